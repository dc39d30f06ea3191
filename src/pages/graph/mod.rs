//! "Graph networks": networks learn particle worlds, and their messages are compared with the forces.

pub mod draw;
pub mod hand;
pub mod network;
pub mod run;
pub mod state;
pub mod sweep;
#[cfg(feature = "page")]
pub mod view;
