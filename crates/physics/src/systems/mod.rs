//! One file per system.

pub mod filmed;
pub mod gravity;
pub mod mass_spring;
pub mod pendulum;
pub mod recorded;
