//! Training of graph networks, carried out: losses, messages, motions, more bodies.
//!
//! [`session`] trains one network a few milliseconds at a time, on any engine.

pub mod law_world;
pub mod motion;
pub mod session;
