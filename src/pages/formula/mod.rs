//! "Find a formula": symbolic regression in tables, learned energies and messages.

pub mod draw;
pub mod fit;
pub mod islands;
pub mod source;
pub mod state;
#[cfg(feature = "page")]
pub mod view;
