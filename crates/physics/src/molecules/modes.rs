//! The normal modes of a chain with fixed ends, in closed form.
//!
//! | symbol | meaning |
//! |---|---|
//! | N | moving masses, i = 1 … N |
//! | j | number of a mode, 1 … N: it has j half waves between the walls |
//! | ωⱼ | 2 √(k/m) sin(πj/(2(N+1))) |
//! | Qⱼ, Pⱼ | √(2/(N+1)) Σᵢ sin(πij/(N+1)) qᵢ, and the same of pᵢ |
//! | Eⱼ | (Pⱼ²/m + m ωⱼ² Qⱼ²)/2 |
//!
//! In these coordinates H = Σ Eⱼ: N oscillators that know nothing of one another, so each Eⱼ is conserved. Goldstein, Poole
//! and Safko, *Classical Mechanics*, ch. 6. The table of sines is symmetric and its own inverse: one function goes both ways.

use crate::molecules::settings::ChainConfig;
use crate::phase_space::PhasePoint;
use std::f64::consts::PI;

/// The change to normal coordinates and back.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalModes {
    mass: f64,
    frequencies: Vec<f64>,
    /// Row by row, √(2/(N+1)) sin(πij/(N+1)).
    table: Vec<f64>,
}

impl NormalModes {
    /// The modes of a chain.
    pub fn of(config: &ChainConfig) -> Self {
        let n = config.masses;
        let walls = (n + 1) as f64;
        let natural = (config.stiffness / config.mass).sqrt();
        let frequencies = (1..=n).map(|j| 2.0 * natural * (PI * j as f64 / (2.0 * walls)).sin()).collect();
        let entry = |i: usize, j: usize| (2.0 / walls).sqrt() * (PI * (i * j) as f64 / walls).sin();
        let table = (1..=n).flat_map(|i| (1..=n).map(move |j| entry(i, j))).collect();
        Self { mass: config.mass, frequencies, table }
    }

    /// Angular frequencies ωⱼ, from the slowest mode to the fastest.
    pub fn frequencies(&self) -> &[f64] {
        &self.frequencies
    }

    /// Qⱼ from all qᵢ (or Pⱼ from all pᵢ), and equally qᵢ from all Qⱼ.
    pub fn transformed<'a>(&'a self, values: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.table.chunks_exact(self.frequencies.len()).map(move |row| row.iter().zip(values).map(|(s, x)| s * x).sum())
    }

    /// Energy of each mode at positions q and momenta p.
    pub fn energies<'a>(&'a self, q: &'a [f64], p: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        let amplitudes = self.transformed(q).zip(self.transformed(p));
        amplitudes
            .zip(&self.frequencies)
            .map(|((q, p), frequency)| 0.5 * (p * p / self.mass + self.mass * frequency * frequency * q * q))
    }

    /// Positions and momenta at which mode j has energy `energies[j − 1]` and phase `phases[j − 1]`: at phase 0 all of it
    /// is kinetic, at π/2 all of it potential.
    pub fn state(&self, energies: &[f64], phases: &[f64]) -> PhasePoint {
        let kinetic = |(energy, phase): (&f64, &f64)| (2.0 * self.mass * energy).sqrt() * phase.cos();
        let momenta: Vec<f64> = energies.iter().zip(phases).map(kinetic).collect();
        let amplitude = |((energy, phase), frequency): ((&f64, &f64), &f64)| {
            (2.0 * energy / self.mass).sqrt() / frequency * phase.sin()
        };
        let amplitudes: Vec<f64> = energies.iter().zip(phases).zip(&self.frequencies).map(amplitude).collect();
        PhasePoint { q: self.transformed(&amplitudes).collect(), p: self.transformed(&momenta).collect() }
    }
}
