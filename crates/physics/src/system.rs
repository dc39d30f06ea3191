//! The systems a visitor can choose, as one enum that can be compared, stored and put into a link.
//!
//! Each variant's file states H, its symbols, its equations of motion and where they come from.

use crate::dynamics::{Dynamics, Separable};
use crate::phase_space::PhasePoint;
use crate::systems::{
    filmed::Filmed, gravity::Gravity, mass_spring::MassSpring, pendulum::Pendulum, recorded::Recorded,
};
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

/// A physical system with its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum System {
    /// A mass on a spring.
    MassSpring(MassSpring),
    /// A plane pendulum.
    Pendulum(Pendulum),
    /// Bodies that attract one another.
    Gravity(Gravity),
    /// Something that was measured.
    Recorded(Recorded),
    /// Something that is only seen in films.
    Filmed(Filmed),
}

impl System {
    /// The true Hamiltonian; of what was only measured, the one without friction that its yardstick stands for.
    pub fn hamiltonian(&self) -> &dyn Separable {
        match self {
            System::MassSpring(system) => system,
            System::Pendulum(system) => system,
            System::Gravity(system) => system,
            System::Recorded(system) => system,
            System::Filmed(system) => system,
        }
    }

    /// The true dynamics, with all that is known about them.
    pub fn dynamics(&self) -> Dynamics<'_> {
        Dynamics::Separable(self.hamiltonian())
    }

    /// Degrees of freedom: how many positions, and as many momenta.
    pub fn dof(&self) -> usize {
        match self {
            System::Gravity(gravity) => 2 * gravity.bodies(),
            _ => 1,
        }
    }

    /// Whether phase space is a plane that can be drawn.
    pub fn is_planar(&self) -> bool {
        self.dof() == 1
    }

    /// A random start: for one degree of freedom in a uniform direction of the square [−1, 1]², scaled to a uniform radius of
    /// phase space; for bodies see [`Gravity::random_start`].
    pub fn random_start(&self, rng: &mut impl Rng, (near, far): (f64, f64), spread: f64) -> PhasePoint {
        match self {
            System::Gravity(gravity) => gravity.random_start(rng, (near, far), spread),
            _ => {
                let (q, p): (f64, f64) = (rng.random_range(-1.0..=1.0), rng.random_range(-1.0..=1.0));
                let radius = near + (far - near) * rng.random::<f64>();
                let scale = radius / q.hypot(p).max(f64::MIN_POSITIVE);
                PhasePoint::planar(q * scale, p * scale)
            }
        }
    }

    /// What else is conserved: total momentum (x, y) and angular momentum, where there is any.
    pub fn momenta(&self, at: &PhasePoint) -> Option<[f64; 3]> {
        match self {
            System::Gravity(gravity) => Some(gravity.momenta(at)),
            _ => None,
        }
    }

    /// Energy at a point: the true one, or the yardstick of what was only measured.
    pub fn energy(&self, at: &PhasePoint) -> f64 {
        match self {
            System::Recorded(recorded) => recorded.yardstick(at),
            System::Filmed(filmed) => filmed.yardstick(at),
            known => known.hamiltonian().energy(at),
        }
    }
}
