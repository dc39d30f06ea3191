//! What the supervisor says to the page, and what it has to know of the browser.

use crate::protocol::message::{Command, Event};

/// Which engine a worker runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EngineKind {
    /// Burn Flex and the kernel on one core.
    Cpu,
    /// Burn on WebGPU.
    Gpu,
}

/// The name of one worker, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkerId(pub u32);

/// Something for the page to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Start a worker.
    Spawn(WorkerId, EngineKind),
    /// Send it a command.
    Post(WorkerId, Command),
    /// End it.
    Dismiss(WorkerId),
    /// Show this.
    Tell(News),
}

/// What the page learns of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// Engines are being fetched or measured.
    Loading,
    /// Every model is in an engine that works on it.
    Training,
    /// Something a trainer said of the run.
    Said(Event),
    /// Which engine was taken, and why.
    Chosen(Choice),
    /// Something went wrong and was mended.
    Notice(String),
    /// All models hold.
    Held,
    /// All models are at their last step.
    Finished,
    /// The run cannot go on.
    Failed(String),
}

/// Which engine was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Taken.
    pub engine: EngineKind,
    /// For this reason.
    pub why: Why,
}

/// Why an engine was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// The visitor wants it.
    Asked,
    /// The steps are too small for a GPU to pay.
    Small,
    /// There is no GPU that could be faster.
    NoCard(Graphics),
    /// Both were measured, in steps of the HNN per second; `None` where an engine could not be.
    Measured {
        /// On one core.
        cpu: Option<f64>,
        /// On the card.
        gpu: Option<f64>,
    },
    /// The GPU was lost too often.
    GpuLost,
}

/// What this browser has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Logical cores.
    pub cores: usize,
    /// Its graphics card.
    pub gpu: Graphics,
}

/// What WebGPU says about the graphics card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graphics {
    /// There is no WebGPU or no adapter.
    None,
    /// Software pretending to be one: right, but slow.
    Software,
    /// A real one.
    Card,
}

/// What people call it.
pub fn name(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Cpu => "CPU",
        EngineKind::Gpu => "GPU",
    }
}
