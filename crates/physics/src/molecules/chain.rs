//! The harmonic chain: N masses between two walls, joined by springs. It is not ergodic.
//!
//! H = Σ pᵢ²/2m + (k/2) Σ_{i=0}^{N} (q_{i+1} − qᵢ)², with q₀ = q_{N+1} = 0 (fixed ends).
//!
//! Its N mode energies are N conserved quantities, as many as there are degrees of freedom: the motion winds round an
//! N-dimensional torus in a (2N − 1)-dimensional energy surface and never leaves it. Energy put into one mode stays there,
//! where an ergodic system would share it out as E/N each. The total kinetic energy still averages to E/2, which proves
//! nothing: the virial theorem gives that to every harmonic oscillator, each on its own. (Fermi, Pasta, Ulam and Tsingou
//! expected a small nonlinearity to cure this, and were surprised: Los Alamos report LA-1940, 1955.)
//!
//! The average over states of the same energy needs no simulation. With pᵢ/√(2m) and √(m/2) ωⱼQⱼ as coordinates, the energy
//! surface is a sphere in 2N dimensions: by symmetry every mode has E/N on average and kinetic energy has E/2.

use crate::molecules::langevin::Bath;
use crate::molecules::modes::NormalModes;
use crate::molecules::settings::{ChainConfig, Unfit};
use crate::phase_space::PhasePoint;
use rand::RngExt;
use rand_distr::{Distribution, Exp1};
use serde::{Deserialize, Serialize};

/// How the energy is given to the chain at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChainStart {
    /// All of it to one mode, counted from 1, as velocity.
    Mode(usize),
    /// A point drawn uniformly from all states of this energy.
    Random,
}

/// Masses and springs between two walls.
#[derive(Clone, Debug)]
pub struct Chain {
    config: ChainConfig,
    modes: NormalModes,
    state: PhasePoint,
    forces: Vec<f64>,
    steps: u64,
}

impl Chain {
    /// A chain with the energy of `config`, given as `start` says.
    pub fn new(config: ChainConfig, start: ChainStart, rng: &mut impl rand::Rng) -> Result<Self, Unfit> {
        let config = config.checked()?;
        let (n, modes) = (config.masses, NormalModes::of(&config));
        let (mut energies, mut phases) = (vec![0.0; n], vec![0.0; n]);
        match start {
            ChainStart::Mode(mode) if (1..=n).contains(&mode) => energies[mode - 1] = config.energy,
            ChainStart::Mode(mode) => return Err(Unfit::Mode { mode, masses: n }),
            ChainStart::Random => {
                // On a sphere in 2N dimensions the squared length in each of N planes is an exponential variate over
                // their sum, and the direction in each plane is uniform.
                energies.fill_with(|| Exp1.sample(rng));
                phases.fill_with(|| rng.random_range(0.0..std::f64::consts::TAU));
                let sum: f64 = energies.iter().sum();
                energies.iter_mut().for_each(|energy| *energy *= config.energy / sum);
            }
        }
        let state = modes.state(&energies, &phases);
        let mut chain = Self { config, modes, state, forces: vec![0.0; n], steps: 0 };
        chain.find_forces();
        Ok(chain)
    }

    /// One step of velocity Verlet.
    pub fn step(&mut self) {
        let dt = self.config.dt;
        kick(&mut self.state.p, &self.forces, 0.5 * dt);
        kick(&mut self.state.q, &self.state.p, dt / self.config.mass);
        self.find_forces();
        kick(&mut self.state.p, &self.forces, 0.5 * dt);
        self.steps += 1;
    }

    /// One step in a heat bath.
    pub fn step_in(&mut self, bath: &Bath, rng: &mut impl rand::Rng) {
        let ChainConfig { dt, mass, .. } = self.config;
        kick(&mut self.state.p, &self.forces, 0.5 * dt);
        kick(&mut self.state.q, &self.state.p, 0.5 * dt / mass);
        self.state.p.iter_mut().for_each(|p| *p = bath.exchanged(*p, mass, dt, rng));
        kick(&mut self.state.q, &self.state.p, 0.5 * dt / mass);
        self.find_forces();
        kick(&mut self.state.p, &self.forces, 0.5 * dt);
        self.steps += 1;
    }

    /// Turns all momenta round: the motion runs back the way it came.
    pub fn reverse(&mut self) {
        self.state.p.iter_mut().for_each(|p| *p = -*p);
    }

    /// The settings.
    pub fn config(&self) -> &ChainConfig {
        &self.config
    }

    /// Its normal modes.
    pub fn modes(&self) -> &NormalModes {
        &self.modes
    }

    /// Displacements and momenta of the N masses.
    pub fn state(&self) -> &PhasePoint {
        &self.state
    }

    /// Force on each mass, k (q_{i−1} − 2qᵢ + q_{i+1}).
    pub fn forces(&self) -> &[f64] {
        &self.forces
    }

    /// Time since the start.
    pub fn time(&self) -> f64 {
        self.steps as f64 * self.config.dt
    }

    /// Kinetic energy of all masses.
    pub fn kinetic(&self) -> f64 {
        self.state.p.iter().map(|p| p * p).sum::<f64>() / (2.0 * self.config.mass)
    }

    /// Potential energy of all N + 1 springs.
    pub fn potential(&self) -> f64 {
        let q = &self.state.q;
        let between: f64 = q.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
        let at_the_walls: f64 = [q.first(), q.last()].into_iter().flatten().map(|q| q * q).sum();
        0.5 * self.config.stiffness * (between + at_the_walls)
    }

    /// Energy in each mode, from the slowest to the fastest; their sum is the total energy.
    pub fn mode_energies(&self) -> impl Iterator<Item = f64> + '_ {
        self.modes.energies(&self.state.q, &self.state.p)
    }

    fn find_forces(&mut self) {
        let q = &self.state.q;
        for (i, force) in self.forces.iter_mut().enumerate() {
            // Beyond the ends are the walls, which do not move.
            let left = if i > 0 { q[i - 1] } else { 0.0 };
            let right = q.get(i + 1).copied().unwrap_or(0.0);
            *force = self.config.stiffness * (left - 2.0 * q[i] + right);
        }
    }
}

/// `of += by·dt`
fn kick(of: &mut [f64], by: &[f64], dt: f64) {
    for (value, slope) in of.iter_mut().zip(by) {
        *value += dt * slope;
    }
}
