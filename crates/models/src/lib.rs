//! Models: their programs, the parameters they start from, their evaluation in `f64` and their figures of merit.
//!
//! One folder a model. Each writes its program once ([`field::network`], [`graph::network`], [`pixels::network`],
//! [`ode::network`], [`recurrent::network`], [`interaction::network`], [`relational::network`]); gradients, the
//! executors of one core and of a graphics card and Adam come from the crate `autodiff`. Knows nothing of threads, clocks or the
//! browser.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod activation;

pub mod descent;

pub mod layers;

pub mod losses;

pub mod schedule;

pub mod learner;

pub mod team;

pub mod field;

pub mod pixels;

pub mod messages;

pub mod graph;

pub mod ode;

pub mod recurrent;

pub mod interaction;

pub mod relational;
