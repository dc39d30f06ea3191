//! A job: work that takes long, is split into parts, carried out by workers, and goes on from its last checkpoint.
//!
//! [`Job`] names the plain data that page and worker exchange about one kind of work; [`execution::Execution`] is the
//! work itself, known only to workers and the command line. [`message`] is the one protocol, [`server`] the one loop
//! around an execution, [`crate::pool`] the one supervision.

pub mod crew;
pub mod execution;
pub mod message;
pub mod server;
#[cfg(not(target_arch = "wasm32"))]
pub mod threads;

use experiments::schedule::DeviceChoice;
use language::tr;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// Plain data that can travel between page and worker.
pub trait Data: Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static {}

impl<T: Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static> Data for T {}

/// Which engine a worker runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EngineKind {
    /// One core of the processor.
    Cpu,
    /// The graphics card, by WebGPU.
    Gpu,
}

/// What people call it.
pub fn name(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Cpu => "CPU",
        EngineKind::Gpu => "GPU",
    }
}

/// One kind of work, as the page knows it: names of types, and what supervision has to know. Its values carry nothing.
pub trait Job: Copy + Debug + PartialEq + 'static {
    /// What is to be done. Parts of a job are described by the same type.
    type Spec: Data;
    /// Requests that a part at work accepts.
    type Question: Data;
    /// How far a part is.
    type Progress: Data;
    /// A figure that is kept, such as a loss after so many steps.
    type Record: Data;
    /// The state of a part at one moment, or an answer; replaced by the next.
    type Snapshot: Data;

    /// The role that a worker file is started in.
    const ROLE: &'static str;
    /// The worker file for the processor, without its ending; that of the graphics card is the same for all jobs.
    const FILE: &'static str;
    /// What a visitor may try when workers of this job keep dying: the end of a sentence, in English.
    const REMEDY: &'static str;

    /// Which engine is wanted.
    fn device(_spec: &Self::Spec) -> DeviceChoice {
        DeviceChoice::Cpu
    }

    /// Whether steps are so small that a graphics card cannot be faster.
    fn is_small(_spec: &Self::Spec) -> bool {
        true
    }

    /// The parts that are carried out side by side, at least one. `cores` is the number of logical cores.
    fn parts(spec: &Self::Spec, engine: EngineKind, cores: usize) -> Vec<Self::Spec>;

    /// Milliseconds of silence that are normal for a part at work on one core.
    fn patience(spec: &Self::Spec) -> f64;

    /// Name of a part at the beginning of a sentence, such as "The CPU engine".
    fn name(spec: &Self::Spec, engine: EngineKind) -> String;

    /// How far a checkpoint is, such as "step 70".
    fn mark(step: u64) -> String {
        tr!("step {step}", step = step)
    }

    /// Puts the requests a part has accepted into its description, for a worker that takes it over.
    fn remember(_spec: &mut Self::Spec, _question: &Self::Question) {}

    /// Changes the description of a part, one of `parts`, whose worker died, where the same random numbers would bring the same end.
    fn vary(_spec: &mut Self::Spec, _parts: usize) {}
}
