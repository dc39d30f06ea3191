//! What to do: experiments, complete and serialisable, and nothing about how they are done.
//!
//! An [`Experiment`] is a sum of kinds: each has a module with its settings, its recipes and, apart from them, its view: what
//! is shown of it, which changes nothing that is learned. A link, a preset and a command line all become a [`Workbench`], which
//! keeps the settings of every kind side by side and knows which page is open. One table of [`fields`] gives each setting its
//! name, range and help; controls, links and `lab --set` all come from it, and every kind passes the [`limits`].

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod arrival;
pub mod assignment;
pub mod field;
pub mod fields;
mod fit;
pub mod formula;
pub mod graph;
pub mod interaction;
pub mod limits;
pub mod link;
pub mod molecules;
pub mod motion_view;
pub mod ode;
pub mod page;
pub mod placed;
pub mod preset;
pub mod published;
pub mod recorded;
pub mod recurrent;
pub mod relational;
mod remarks;
pub mod schedule;
pub mod task;
pub mod trained;
mod workbench;

pub use field::{FieldExperiment, Models};
pub use workbench::{Experiment, Workbench};
