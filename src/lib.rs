//! Orrery: neural networks learn the laws of motion while you watch.
//!
//! The modules stand in reading order, and each imports only from those before it.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod seed;

pub mod physics;

pub mod learned;

pub mod experiment;
