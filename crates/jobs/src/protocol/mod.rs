//! The messages between page and engines, as plain data. Neither Burn nor the browser is known here.

pub mod film_look;
pub mod graph;
pub mod look;
pub mod search;
pub mod study;
pub mod train;
