//! The messages between page and engines, as plain data. Neither Burn nor the browser is known here.

pub mod content;
pub mod convergence;
pub mod ensemble;
pub mod film_snapshot;
pub mod graph;
pub mod interactions;
pub mod motion_snapshot;
pub mod networks;
pub mod ode;
pub mod reading;
pub mod recording;
pub mod recurrent;
pub mod relations;
pub mod search;
pub mod train;
pub mod wiring;
pub mod write;
