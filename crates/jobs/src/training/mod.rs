//! Carrying out an experiment: steps, losses, checkpoints. The same code in `lab` and in a worker.

pub mod burn_models;
pub mod engine;
pub mod film_session;
pub mod graph_session;
pub mod learner;
pub mod optimizer;
pub mod session;
