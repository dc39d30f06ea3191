//! "A coarse step": networks K(p) + V(q) that are trained and stepped with a step of time at which the true H goes wrong.

pub mod draw;
pub mod state;
#[cfg(feature = "page")]
pub mod view;
