//! Interaction networks (Battaglia et al. 2016, arXiv 1612.00222): one step ahead, from relations between bodies.
//!
//! A relation network turns each relation into an effect, effects are summed at their receiver, an object network turns body and
//! sum into the change of velocity over one frame. The same two networks serve any number of bodies. Beside it three others:
//! no network at all (velocities stay as they are), an object network without effects, a perceptron of the whole state. An
//! interaction network of its own predicts the potential energy, as in the paper.
//!
//! Other than the paper: fewer and narrower layers, SiLU instead of ReLU, the distance among the inputs of a relation, and,
//! where a recipe says so, training on several numbers of bodies at once.

pub mod recipe;

pub mod data;
pub mod features;

pub mod network;

pub mod model;

pub mod training;

pub mod score;
