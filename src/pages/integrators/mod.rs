//! "Integrators": error against step size for every scheme, measured orders.

pub mod draw;
pub mod state;
#[cfg(feature = "page")]
pub mod view;
