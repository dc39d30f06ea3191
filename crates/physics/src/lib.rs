//! The laws of motion, as plain `f64` arithmetic.
//!
//! What a system is, how it moves, and what somebody would measure of it. Knows nothing of Burn, threads, clocks or the
//! browser; truth and learned fields go through the same integrators because both are a [`dynamics::VectorField`].

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod phase_space;

pub mod dynamics;
pub mod formula;
pub mod notation;
pub mod parameter;
pub mod picture;
pub mod section;

pub mod mechanical_system;
pub mod systems;

pub mod system;

pub mod integrator;
pub mod integrators;
pub mod trajectory;

pub mod convergence;
pub mod survival;

pub mod dataset;

pub mod coupled;
pub mod interactions;
pub mod molecules;
pub mod oscillators;
pub mod particles;
