//! One file per system.

pub mod mass_spring;
pub mod pendulum;
