//! Learned models as plain numbers: what a network says, without the machinery that trained it.
//!
//! A trained network crosses from an engine as [`weights::MlpWeights`]. Here it is evaluated in `f64`, so that rollouts,
//! fields, energies and every figure of merit are computed by the same code and to the same accuracy for truth and model,
//! on whichever engine the weights were found. Knows nothing of Burn or the browser.

pub mod activation;
pub mod annealing;
pub mod initial;
pub mod mlp;
pub mod model;
pub mod score;
pub mod weights;
