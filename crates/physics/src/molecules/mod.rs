//! Molecular dynamics and ergodicity: does one long motion visit everything that its energy allows?
//!
//! Two systems and one question. A [`gas::Gas`] of Lennard-Jones particles is chaotic: followed long enough, its time
//! averages are the averages over all states of the same energy, ⟨A⟩ₜ = ⟨A⟩. A [`chain::Chain`] of masses and springs is
//! not: the energy of each normal mode is conserved, so energy that starts in one mode stays there. [`world::World`] is the
//! one face of both, [`observables`] is what is measured along the way, and [`ensemble`] is what it is compared with.
//!
//! These are hundreds of particles at thousands of steps a second, so they step in place, in arrays of their own, and not
//! through the schemes of [`crate::integrators`], which make a new state each step. Nothing here is learned.

pub mod average;
pub mod settings;

pub mod langevin;

pub mod lennard_jones;
mod neighbours;

pub mod gas;

pub mod chain;
pub mod modes;

pub mod radial;
pub mod speeds;

pub mod settling;

pub mod observables;

pub mod world;

pub mod ensemble;
