//! Carrying out experiments: the messages between page and engines, searching, graph networks, and the supervision of workers.
//!
//! The same code works behind messages in a worker and in the command line. Nothing here knows the browser.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod job;

pub mod pool;

pub mod protocol;

pub mod training;

pub mod searcher;

pub mod grapher;

pub mod supervisor;
