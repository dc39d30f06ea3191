//! Drawings of what moves.

pub mod films;
pub mod recording;
pub mod world;
