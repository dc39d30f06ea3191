//! Drawings of what moves.

pub mod films;
pub mod world;
