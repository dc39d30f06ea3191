//! How a particle world moves: as a system for the integrators, with q = x and p = mv.
//!
//! A world without drag is a Hamiltonian T(p) + V(q), so that every scheme of [`crate::integrator`] is open to it;
//! with drag it is only a field. The discontinuous law counts as Hamiltonian too: its force is the slope of a potential
//! that does not jump, [`crate::particles::law::PairLaw::potential`] less 1 beyond the cut.

use crate::dynamics::{Dynamics, Hamiltonian, Separable, VectorField};
use crate::integrators::dormand_prince::{self, Diverged, Tolerance};
use crate::particles::scene::Scene;
use crate::phase_space::{PhasePoint, PhaseVelocity};

/// For motions that networks learn from in single precision (1e-7): a tenth of that, per step.
pub const RECORDING: Tolerance = Tolerance { relative: 1e-8, absolute: 1e-8 };

impl Scene {
    /// The true dynamics, with all that is known about them.
    pub fn dynamics(&self) -> Dynamics<'_> {
        if self.globals.drag == 0.0 { Dynamics::Separable(self) } else { Dynamics::Field(self) }
    }

    /// The states at `times` (ascending, `start` at the first) by an integrator that adapts its step.
    ///
    /// Fails where bodies run away, or meet so closely that the steps become too many.
    pub fn motion(&self, start: &PhasePoint, times: &[f64], tolerance: Tolerance) -> Result<Vec<PhasePoint>, Diverged> {
        dormand_prince::integrate(&self.dynamics(), start, times, tolerance)
    }

    /// The point of phase space for positions and velocities, each [n, D].
    pub fn phase_point(&self, positions: &[f64], velocities: &[f64]) -> PhasePoint {
        let p = velocities.iter().enumerate().map(|(k, v)| v * self.masses[k / self.dimensions]).collect();
        PhasePoint { q: positions.to_vec(), p }
    }

    /// v = p/m, [n, D].
    pub fn velocities(&self, p: &[f64]) -> Vec<f64> {
        p.iter().enumerate().map(|(k, p)| p / self.masses[k / self.dimensions]).collect()
    }
}

impl VectorField for Scene {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        let dq = self.velocities(&at.p);
        let forces = self.conservative_forces(&at.q);
        let dp = forces.iter().zip(&dq).map(|(f, v)| f - self.globals.drag * v).collect();
        PhaseVelocity { dq, dp }
    }
}

/// The energy; its equations leave out the drag.
impl Hamiltonian for Scene {
    fn energy(&self, at: &PhasePoint) -> f64 {
        self.total_energy(&at.q, &self.velocities(&at.p))
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.velocities(&at.p)
    }
}

impl Separable for Scene {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        self.velocities(p)
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        self.conservative_forces(q).into_iter().map(|force| -force).collect()
    }
}
