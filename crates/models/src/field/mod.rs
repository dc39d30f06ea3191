//! Networks of phase space: a velocity, an energy, or an energy with friction.
//!
//! [`network`] is the one place where their output is written down. Evaluation in `f64`, so that rollouts, fields, energies and
//! every figure of merit are computed by the same code and to the same accuracy for truth and model, is in [`model`].

pub mod annealing;
pub mod initial;
pub mod model;
pub mod network;
pub mod score;
pub mod training;
