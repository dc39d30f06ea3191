//! "Interactions": interaction networks predict a frame at a time, for any number of bodies.

pub mod draw;
pub mod state;
#[cfg(feature = "page")]
pub mod view;
