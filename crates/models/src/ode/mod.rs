//! Graph networks with ODE integrators, on masses joined by springs (Sanchez-Gonzalez et al. 2019, arXiv 1909.12790).
//!
//! | model | output of the graph network | next state |
//! |---|---|---|
//! | DeltaGN | the change of (q, p) of every body in one step | the state plus that |
//! | OGN | (dq/dt, dp/dt) of every body | by an integrator |
//! | HOGN | a number for every body, whose sum is H | by an integrator of (∂H/∂p, −∂H/∂q) |
//!
//! The integrator is part of the program of the loss; a trained OGN or HOGN is then stepped by any other, and by any step of time.
//!
//! In reading order: the recipe, its data, the program, training, the trained model as a system, its figures of merit.

pub mod recipe;

pub mod data;

pub mod network;

pub mod training;

pub mod model;
pub mod stepping;

pub mod score;
