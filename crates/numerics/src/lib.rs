//! What all other crates count with: one seed with a stream of random numbers for each purpose, medians, eigenvectors.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod seed;
pub mod statistics;
pub mod symmetric;
