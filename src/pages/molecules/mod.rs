//! "Molecules": a gas or a chain, averages over time and over an ensemble.

pub mod draw;
pub mod figures;
pub mod gas_box;
pub mod state;
#[cfg(feature = "page")]
pub mod view;
