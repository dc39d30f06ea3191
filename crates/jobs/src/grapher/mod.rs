//! A graph network being trained in a worker of its own: commands in; losses, messages and motions out.
//!
//! [`run`] is pure but for a clock that it is given; a worker is built around it.

pub mod law_world;
pub mod motion;
pub mod run;
