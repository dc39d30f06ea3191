//! "Through an integrator": graph networks that are trained through one step of an integrator, and then stepped by any other.

pub mod draw;
pub mod state;
#[cfg(feature = "page")]
pub mod view;
