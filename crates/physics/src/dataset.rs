//! What somebody would measure: noisy states and the velocities that go with them, split by trajectory.
//!
//! The recipe of Greydanus, Dzamba and Yosinski (2019), as their code has it: random starts (see [`System::random_start`]),
//! samples at equal times over a span, Gaussian noise on the state only, some of the trajectories held out for testing. With noise on the inputs and none on the targets
//! the loss has a floor: a loss far below it means that the noise is missing, not that the network is good.

use crate::integrators::dormand_prince::{self, Tolerance};
use crate::phase_space::{PhasePoint, PhaseVelocity};
use crate::system::System;
use numerics::seed::{Purpose, Seed};
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

/// How the data are made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataConfig {
    /// Number of trajectories, training and test together.
    pub trajectories: usize,
    /// Samples along each.
    pub samples: usize,
    /// Time covered by each.
    pub span: f64,
    /// Smallest distance of a start from the origin, as [`System::random_start`] takes it.
    pub radius_min: f64,
    /// Largest distance of a start from the origin.
    pub radius_max: f64,
    /// How far the speeds at the start are off those of a circular orbit, as a part of them; of orbits only.
    pub spread: f64,
    /// The part of the trajectories that is held out for testing.
    pub held_out: f64,
    /// Standard deviation of the noise on each coordinate.
    pub noise: f64,
    /// Targets of the networks.
    pub targets: Targets,
}

/// The velocity that goes with each sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Targets {
    /// The exact derivative at the clean state, as in the reference code.
    Exact,
    /// The deck's Δq/Δt and Δp/Δt to the next clean sample, which carries discretisation error: a velocity that belongs to a time half
    /// a step later.
    Difference,
    /// The same over two steps, from the sample before to the one after: an error of second order, and no lag.
    Central,
}

/// States and the velocities at them; equal lengths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// Observed states.
    pub states: Vec<PhasePoint>,
    /// Targets.
    pub velocities: Vec<PhaseVelocity>,
}

/// Training and test samples, from different trajectories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// To learn from.
    pub train: Samples,
    /// To be judged by.
    pub test: Samples,
}

impl Samples {
    /// Number of samples.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there is nothing here.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// Mean over components of the variance of the targets: the loss of a model that always predicts the mean.
    pub fn target_variance(&self) -> f64 {
        let n = self.len() as f64;
        let components = self.velocities.first().map_or(0, |v| v.components().count());
        let moment = |c: usize, power: i32| {
            self.velocities.iter().filter_map(|v| v.components().nth(c)).map(|x| x.powi(power)).sum::<f64>() / n
        };
        (0..components).map(|c| moment(c, 2) - moment(c, 1).powi(2)).sum::<f64>() / components as f64
    }
}

impl DataConfig {
    /// Samples that one trajectory yields: a difference needs a next sample, so the last one yields none; a central one needs two.
    pub fn samples_per_trajectory(&self) -> usize {
        match self.targets {
            Targets::Exact => self.samples,
            Targets::Difference => self.samples.saturating_sub(1),
            Targets::Central => self.samples.saturating_sub(2),
        }
    }

    /// How many trajectories are for training; the rest are for testing. Of two trajectories or more, each side gets one at
    /// least.
    pub fn training_trajectories(&self) -> usize {
        let held_out = (self.trajectories as f64 * self.held_out) as usize;
        self.trajectories - held_out.clamp(1, self.trajectories.max(2) - 1)
    }

    /// Number of training samples.
    pub fn training_samples(&self) -> usize {
        self.training_trajectories() * self.samples_per_trajectory()
    }
}

impl Dataset {
    /// Simulates and measures. A trajectory that runs away (no system here does) yields nothing.
    pub fn generate(system: &System, config: &DataConfig, seed: Seed) -> Self {
        Self::beginning(system, config, seed, config.trajectories)
    }

    /// The same, from the first trajectories only.
    pub fn beginning(system: &System, config: &DataConfig, seed: Seed, trajectories: usize) -> Self {
        let mut starts = seed.stream(Purpose::InitialStates);
        let mut noise = seed.stream(Purpose::Noise);
        let gaps = config.samples.saturating_sub(1).max(1) as f64;
        let times: Vec<f64> = (0..config.samples).map(|i| config.span * i as f64 / gaps).collect();
        let mut dataset = Self::default();
        for trajectory in 0..config.trajectories.min(trajectories) {
            let start = system.random_start(&mut starts, (config.radius_min, config.radius_max), config.spread);
            let field = system.dynamics();
            let clean = dormand_prince::integrate(&field, &start, &times, Tolerance::TRUTH).unwrap_or_default();
            let part = if trajectory < config.training_trajectories() { &mut dataset.train } else { &mut dataset.test };
            let step = config.span / gaps;
            for i in 0..config.samples_per_trajectory().min(clean.len()) {
                let (at, velocity) = match config.targets {
                    Targets::Exact => (i, system.hamiltonian().flow(&clean[i])),
                    Targets::Difference => (i, difference(&clean[i], &clean[i + 1], step)),
                    Targets::Central => (i + 1, difference(&clean[i], &clean[i + 2], 2.0 * step)),
                };
                let mut seen = blurred(&clean[at], config.noise, &mut noise);
                if system.mechanics().is_driven() {
                    // A clock is exact, and nobody measures the energy that was put in.
                    (seen.q[1], seen.p[1]) = (clean[at].q[1], clean[at].p[1]);
                }
                part.states.push(seen);
                part.velocities.push(velocity);
            }
        }
        dataset
    }
}

/// Root mean square of what targets are off the exact derivatives at their samples, as a part of the root mean square of those; 0 for
/// exact ones. Measured on the first trajectories, without noise.
pub fn discretisation_error(system: &System, config: &DataConfig, seed: Seed, trajectories: usize) -> f64 {
    if config.targets == Targets::Exact {
        return 0.0;
    }
    let clean = DataConfig { noise: 0.0, ..*config };
    let Dataset { train, test } = Dataset::beginning(system, &clean, seed, trajectories);
    let mut sums = (0.0, 0.0);
    for Samples { states, velocities } in [&train, &test] {
        for (state, target) in states.iter().zip(velocities) {
            for (exact, target) in system.hamiltonian().flow(state).components().zip(target.components()) {
                sums = (sums.0 + (target - exact).powi(2), sums.1 + exact * exact);
            }
        }
    }
    (sums.0 / f64::max(sums.1, f64::MIN_POSITIVE)).sqrt()
}

fn difference(now: &PhasePoint, next: &PhasePoint, dt: f64) -> PhaseVelocity {
    let slope = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (b - a) / dt).collect();
    PhaseVelocity { dq: slope(&now.q, &next.q), dp: slope(&now.p, &next.p) }
}

fn blurred(clean: &PhasePoint, noise: f64, rng: &mut impl rand::Rng) -> PhasePoint {
    let mut blur = |x: &f64| {
        let unit: f64 = StandardNormal.sample(rng);
        x + noise * unit
    };
    PhasePoint { q: clean.q.iter().map(&mut blur).collect(), p: clean.p.iter().map(&mut blur).collect() }
}
