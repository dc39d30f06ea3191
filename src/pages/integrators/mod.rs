//! "Integrators": error against step size for every scheme, measured orders.

pub mod draw;
#[cfg(feature = "page")]
pub mod view;
