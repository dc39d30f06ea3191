//! Orrery: neural networks learn the laws of motion while you watch.
//!
//! The modules stand in reading order, and each imports only from those before it.
//!
//! ```
//! use orrery::experiment::link;
//! use orrery::physics::trajectory::Trajectory;
//!
//! let (experiment, remarks) = link::decode("#v=1&preset=pendulum&integrator=leapfrog");
//! assert!(remarks.is_empty());
//! let view = &experiment.view;
//! let system = experiment.system;
//! let motion = Trajectory::simulate(system.dynamics(), &experiment.start(), view.scheme, view.dt, view.horizon);
//! let energy = system.energy(&motion.states[0]);
//! assert!(motion.states.iter().all(|state| (system.energy(state) / energy - 1.0).abs() < 0.01));
//! ```

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod seed;

pub mod statistics;

pub mod physics;

pub mod measured;

pub mod molecules;

pub mod worlds;

pub mod messages;

pub mod symbolic;

pub mod learned;

pub mod pixels;

pub mod graph;

pub mod experiment;

pub mod protocol;

pub mod kernel;

#[cfg(feature = "engine")]
pub mod models;

#[cfg(feature = "engine")]
pub mod training;

#[cfg(feature = "browser")]
pub mod mailbox;

#[cfg(feature = "worker")]
pub mod worker;

pub mod searcher;

pub mod grapher;

pub mod supervisor;

pub mod ui;
