//! Symplectic recurrent networks: H = K(p) + V(q) learned through several leapfrog steps (Chen et al. 2019, arXiv 1909.13334).
//!
//! | model | integrator of training and test | steps in the loss |
//! |---|---|---|
//! | single-step | leapfrog | 1 |
//! | multi-step, the SRNN | leapfrog | 1 in the first quarter of the training, then K |
//! | Euler | explicit Euler | 1 |
//!
//! The step of time is so coarse that the integrator's own error is large. A network that is trained through the integrator learns the
//! H whose *discrete* motion is right: it beats the true H at that step, and loses where the step is refined.
//!
//! In reading order: the recipe, the worlds, their data, the program, training, the trained model as a system, figures of merit.

pub mod recipe;
pub mod world;

pub mod data;

pub mod network;

pub mod training;

pub mod model;

pub mod starts;

pub mod score;
