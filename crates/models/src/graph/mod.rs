//! The graph network of the deck, G(u, V, E): its recipe, its numbers, its evaluation, what its messages say.
//!
//! A message φᵉ for every ordered pair of bodies, the sum of what each body receives, a node network φᵛ that turns the sum
//! into an acceleration (Battaglia et al. 2016, arXiv 1612.00222; Cranmer et al. 2020, arXiv 2006.11287). Where a message
//! has no more room than a force, it becomes the force but for a linear map. Trained by [`crate::kernel::graph`]; nothing
//! here knows how.
//!
//! In reading order: the recipe, what is told, the numbers, the network at work, its loss, its messages, the law in them,
//! more bodies.

pub mod recipe;
pub mod schedule;

pub mod batch;
pub mod features;

pub mod checkpoint;
pub mod weights;

pub mod perceptron;

pub mod model;

pub mod loss;

pub mod report;

pub mod law;

pub mod centre;
pub mod zero_shot;

pub mod presets;
