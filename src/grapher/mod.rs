//! A graph network being trained in a worker of its own: commands in; losses, messages, motions out. No
//! Burn, but where its steps are asked for on a device ([`learning`]).
//!
//! [`run`] is pure but for a clock that it is given; [`serve`] is the worker around it.

pub mod law_world;
pub mod learning;
pub mod motion;
pub mod run;
#[cfg(any(feature = "graph", feature = "gpu"))]
pub mod serve;
