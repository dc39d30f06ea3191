//! The page: a pure reducer, drawing functions over any plotters backend, and a thin layer that speaks to the browser.
//!
//! [`state`], [`scene`] and [`drawing`] are plain Rust and are tested without a browser; only the rest, behind the feature
//! `page`, knows Yew. No component computes physics, and none of this links Burn: trainers are other Wasm files.
//!
//! What it shows comes from the crates beside it:
//!
//! ```
//! use experiments::link;
//! use physics::trajectory::Trajectory;
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

pub mod action;
pub mod drawing;
mod files;
pub mod formula;
pub mod gas_box;
pub mod graph_run;
pub mod graphs;
pub mod islands;
pub mod layers;
pub mod loaded;
mod news;
mod numbers;
pub mod order;
pub mod quantity;
pub mod scene;
pub mod series;
pub mod state;
pub mod status;
pub mod trained;
pub mod uphill;

#[cfg(feature = "page")]
pub mod app;
#[cfg(feature = "page")]
mod client;
#[cfg(feature = "page")]
mod parts;
#[cfg(feature = "page")]
mod workers;
