//! The pages, a folder each: its state, its drawings, its components.

pub mod formula;
pub mod graph;
pub mod integrators;
pub mod learning;
pub mod molecules;
