//! The system: masses, springs, energy and forces.

use crate::dynamics::{Hamiltonian, Separable};
use crate::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// A spring of rest length zero between two bodies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spring {
    /// The two bodies it joins.
    pub ends: [usize; 2],
    /// k.
    pub stiffness: f64,
}

/// Masses and springs. Places and momenta are `[n, D]`, body by body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Oscillators {
    /// Mass of each body.
    pub masses: Vec<f64>,
    /// Springs between bodies.
    pub springs: Vec<Spring>,
    /// Stiffness of the spring that ties each body to the origin of its coordinates; 0 for none.
    pub tethers: Vec<f64>,
    /// D.
    pub dimensions: usize,
}

impl Oscillators {
    /// Number of bodies n.
    pub fn bodies(&self) -> usize {
        self.masses.len()
    }

    /// The stiffness between two bodies; 0 where no spring joins them.
    pub fn stiffness(&self, one: usize, other: usize) -> f64 {
        let joins = |spring: &&Spring| spring.ends == [one, other] || spring.ends == [other, one];
        self.springs.iter().filter(joins).map(|spring| spring.stiffness).sum()
    }

    /// Σ |p|²/2m.
    pub fn kinetic_energy(&self, p: &[f64]) -> f64 {
        let square = |p: &[f64]| p.iter().map(|p| p * p).sum::<f64>();
        p.chunks(self.dimensions).zip(&self.masses).map(|(p, mass)| square(p) / (2.0 * mass)).sum()
    }

    /// Energy of all springs.
    pub fn potential_energy(&self, q: &[f64]) -> f64 {
        let d = self.dimensions;
        let between = |spring: &Spring| {
            let [i, j] = spring.ends;
            let square: f64 = (0..d).map(|axis| (q[i * d + axis] - q[j * d + axis]).powi(2)).sum();
            0.5 * spring.stiffness * square
        };
        let tied = |(q, tether): (&[f64], &f64)| 0.5 * tether * q.iter().map(|q| q * q).sum::<f64>();
        self.springs.iter().map(between).sum::<f64>() + q.chunks(d).zip(&self.tethers).map(tied).sum::<f64>()
    }

    /// Σ p, the total momentum, `[D]`. It is conserved where nothing is tied to its place.
    pub fn momentum(&self, p: &[f64]) -> Vec<f64> {
        (0..self.dimensions).map(|axis| p.iter().skip(axis).step_by(self.dimensions).sum()).collect()
    }
}

impl Hamiltonian for Oscillators {
    fn energy(&self, at: &PhasePoint) -> f64 {
        self.kinetic_energy(&at.p) + self.potential_energy(&at.q)
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for Oscillators {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        p.iter().enumerate().map(|(k, p)| p / self.masses[k / self.dimensions]).collect()
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        let d = self.dimensions;
        let mut slope: Vec<f64> = q.iter().enumerate().map(|(k, q)| self.tethers[k / d] * q).collect();
        for Spring { ends: [i, j], stiffness } in &self.springs {
            for axis in 0..d {
                let pull = stiffness * (q[i * d + axis] - q[j * d + axis]);
                slope[i * d + axis] += pull;
                slope[j * d + axis] -= pull;
            }
        }
        slope
    }
}
