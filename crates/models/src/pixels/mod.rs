//! A pendulum that is only seen: frames of a film, the model that learns its motion from them, and how well it did.
//!
//! The experiment from pixels of Greydanus, Dzamba and Yosinski, *Hamiltonian Neural Networks* (2019), Section 6. An
//! autoencoder squeezes two neighbouring frames into two numbers, a field predicts how those move, and neither is given that
//! there is an angle. Here are the films, the program of the model and its evaluation in `f64`, so that a page can show
//! what a model sees without the machinery that trains it. Draws frames itself: the reference crops pictures of a physics
//! simulator, by amounts tuned to one screen, so absolute losses differ from the published ones.
//!
//! In reading order: how it moves, how it looks, what is learned from, the program, the model at work, its score, training.

pub mod swing;

pub mod frame;

pub mod film;

pub mod network;

pub mod autoencoder;
pub mod model;

pub mod reading;
pub mod score;

pub mod recipe;

pub mod training;
