//! The systems a visitor can choose, as one enum that can be compared, stored and put into a link.
//!
//! Each variant's file states H, its symbols, its equations of motion and where they come from.

use crate::physics::dynamics::{Dynamics, Separable};
use crate::physics::phase_space::PhasePoint;
use crate::physics::systems::{mass_spring::MassSpring, pendulum::Pendulum};
use serde::{Deserialize, Serialize};

/// A physical system with its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum System {
    /// A mass on a spring.
    MassSpring(MassSpring),
    /// A plane pendulum.
    Pendulum(Pendulum),
}

impl System {
    /// The true Hamiltonian.
    pub fn hamiltonian(&self) -> &dyn Separable {
        match self {
            System::MassSpring(system) => system,
            System::Pendulum(system) => system,
        }
    }

    /// The true dynamics, with all that is known about them.
    pub fn dynamics(&self) -> Dynamics<'_> {
        Dynamics::Separable(self.hamiltonian())
    }

    /// Degrees of freedom: how many positions, and as many momenta.
    pub fn dof(&self) -> usize {
        match self {
            System::MassSpring(_) | System::Pendulum(_) => 1,
        }
    }

    /// True energy at a point.
    pub fn energy(&self, at: &PhasePoint) -> f64 {
        self.hamiltonian().energy(at)
    }
}
