//! The runs of this visit and of earlier ones: kept, compared, gone back to, forked, deleted. A pure reducer, as all of the session.
//!
//! A run begins when training does, and is written into the browser's own store as it goes, so that a reload, a crash or a
//! change of mind loses nothing. Checkpoints are bytes that only workers read.

mod changes;
mod list;
mod names;
pub mod reduce;
pub mod run;

pub use list::{Runs, Storage};
pub use names::ordinal;
