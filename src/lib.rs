//! The page: a pure reducer, drawing functions over any plotters backend, and a thin layer that speaks to the browser.
//!
//! A page is a folder in [`pages`]; [`session`] is what they share, [`shell`] what is around them. States and
//! drawings are plain Rust and are tested without a browser; only components, behind the feature `page`, know Yew. No component computes physics, and none of this links Burn: trainers are other Wasm files.
//!
//! What it shows comes from the crates beside it:
//!
//! ```
//! use experiments::link;
//! use physics::trajectory::Trajectory;
//!
//! let (workbench, remarks) = link::decode("#v=1&preset=pendulum&integrator=leapfrog");
//! assert!(remarks.is_empty());
//! let (experiment, view) = (&workbench.field, workbench.field.view);
//! let system = experiment.system;
//! let motion = Trajectory::simulate(system.dynamics(), &experiment.start(), view.scheme, view.dt, view.horizon);
//! let energy = system.energy(&motion.states[0]);
//! assert!(motion.states.iter().all(|state| (system.energy(state) / energy - 1.0).abs() < 0.01));
//! ```

#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "page")]
mod components;
pub mod drawing;
pub mod pages;
pub mod session;
pub mod shell;
pub mod teacher;
pub mod words;
#[cfg(feature = "page")]
mod workers;
