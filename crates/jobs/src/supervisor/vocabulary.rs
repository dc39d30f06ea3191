//! What the supervisor says to the page, and what it has to know of the browser.

use crate::protocol::message::{Command, Event};

pub use crate::job::EngineKind;
pub use crate::pool::{Choice, Graphics, Machine, Why, WorkerId, name};

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
