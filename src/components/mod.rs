//! Components that several pages use.

pub mod canvas;
pub mod controls;
pub mod failure;
pub mod typed;
