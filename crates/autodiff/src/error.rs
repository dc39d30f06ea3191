//! What can go wrong with an engine.

use crate::cpu::PlanError;

/// An engine that cannot run a program, or not any more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The program is one that this engine cannot run.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Parameters or a checkpoint of other shapes than the program's.
    #[error("the numbers do not fit the network")]
    Shapes,
    /// There is no such device here, or it did not start.
    #[error("did not start ({0})")]
    Start(String),
    /// The device stopped.
    #[error("stopped ({0})")]
    Lost(String),
}
