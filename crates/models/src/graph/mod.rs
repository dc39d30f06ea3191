//! The graph network of the deck, G(u, V, E): its recipe, its numbers, its evaluation, its messages.
//!
//! A message φᵉ for every ordered pair of bodies, the sum of what each body receives, a node network φᵛ that turns the sum
//! into an acceleration (Battaglia et al. 2016, arXiv 1612.00222; Cranmer et al. 2020, arXiv 2006.11287). Where a message
//! has no more room than a force, it becomes the force but for a linear map. The program of both
//! networks is in [`network`].
//!
//! In reading order: the recipe, its inputs, the program, the network at work, training, its messages, the law in them, more
//! bodies.

pub mod recipe;
pub mod schedule;

pub mod batch;
pub mod features;

pub mod network;

pub mod model;

pub mod training;

pub mod report;

pub mod law;

pub mod centre;
pub mod zero_shot;

pub mod presets;
