//! The components of the page.

pub mod against;
pub mod cards;
pub mod charts;
pub mod energy;
pub mod latents;
pub mod orbits;
pub mod portrait;
