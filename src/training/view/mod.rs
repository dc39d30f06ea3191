//! Components of the run.

pub mod bar;
pub mod file;
pub mod results;
pub mod stage;
