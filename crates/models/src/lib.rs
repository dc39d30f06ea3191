//! Learned models as plain numbers: evaluated in `f64`, held against the truth, trained on one core.
//!
//! In reading order: networks of a field, pixels, the messages of graph networks, graph networks, losses, the kernel. Knows
//! nothing of Burn, threads, clocks or the browser.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod field;

pub mod pixels;

pub mod messages;

pub mod graph;

pub mod losses;

pub mod kernel;
