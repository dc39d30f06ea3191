//! Training of an experiment's models, carried out: steps, losses, snapshots and scores, on any engine.
//!
//! [`session`] trains a few milliseconds at a time; [`trial`] measures an engine on a model.

pub mod session;
pub mod speed;
pub mod trial;
