//! Work that takes long: training, searches for formulas, ensembles, carried out and supervised.
//!
//! The same code works behind messages in a worker and in the command line. Nothing here knows the browser.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod job;

pub mod pool;

pub mod protocol;

pub mod ensemble;

pub mod networks;

pub mod training;

pub mod reading;

pub mod symbolic_regression;

pub mod graph;

pub mod dynamics;
pub mod related;
