//! A graph network being trained in a worker of its own: commands in; losses, messages, motions out. No
//! Burn, but where its steps are asked for on a device ([`learning`]).
//!
//! [`run`] is pure but for a clock that it is given; a worker is built around it.

pub mod law_world;
pub mod learning;
pub mod motion;
pub mod run;
