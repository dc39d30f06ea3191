//! The figures of merit of a trained model: how far its motions stray from the true ones.
//!
//! 15 fresh starts, truth and model by the same adaptive integrator (see [`Trials`] for how long). None is left out: a rollout
//! that runs away counts, with a cap that keeps the mean a number.

use crate::field::model::LearnedModel;
use data::differences::Stretch;
use numerics::seed::{Purpose, Seed};
use physics::dataset::DataConfig;
use physics::dynamics::VectorField;
use physics::integrators::dormand_prince::{self, Tolerance};
use physics::mechanical_system::Trials;
use physics::phase_space::PhasePoint;
use physics::system::System;
use rand::RngExt;
use serde::{Deserialize, Serialize};

/// Number of rollouts.
pub const ROLLOUTS: usize = 15;

/// A start of a rollout, as the reference code draws it: where phase space is a plane, each coordinate uniform in ±[0.2, 1.0]; otherwise one like the data's.
fn start_of_trial(system: &System, data: &DataConfig, rng: &mut impl rand::Rng) -> PhasePoint {
    if !system.is_planar() {
        return system.random_start(rng, (data.radius_min, data.radius_max), data.spread);
    }
    let mut coordinate = || rng.random_range(0.2..=1.0) * if rng.random::<bool>() { 1.0 } else { -1.0 };
    let (q, p) = (coordinate(), coordinate());
    PhasePoint::planar(q, p)
}

/// What runs away is counted as this.
pub const CAP: f64 = 1e30;

/// Errors over all rollouts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Mean of (H(learned state) − H(true state))², with the true H.
    pub energy_mse: f64,
    /// Mean squared coordinate difference between learned and true states.
    pub rollout_mse: f64,
    /// Mean squared change of the total momentum and of the angular momentum since the start, of systems that conserve them.
    pub momenta: Option<MomentumErrors>,
    /// Whether a rollout ran away, or an error exceeded the cap.
    pub diverged: bool,
    /// The same from starts like those of the data, where the ones above are not: the reference code starts each coordinate of a plane
    /// at 0.2 to 1.0, so that for the pendulum nine in ten have less energy than anything that was learned from.
    pub inside: Option<InsideErrors>,
}

/// Errors over rollouts from starts like those of the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct InsideErrors {
    /// As [`Score::energy_mse`].
    pub energy_mse: f64,
    /// As [`Score::rollout_mse`].
    pub rollout_mse: f64,
}

/// How far what should be conserved is not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MomentumErrors {
    /// Mean of |P(t) − P(0)|², P the total momentum.
    pub linear: f64,
    /// Mean of (L(t) − L(0))², L the angular momentum.
    pub angular: f64,
}

impl Score {
    /// Of a model that cannot be followed at all.
    pub const RAN_AWAY: Self = Self { energy_mse: CAP, rollout_mse: CAP, momenta: None, diverged: true, inside: None };

    /// The energy error where the model has learned: from starts like those of the data.
    pub fn energy_inside(&self) -> f64 {
        self.inside.map_or(self.energy_mse, |inside| inside.energy_mse)
    }

    /// The path error likewise.
    pub fn rollout_inside(&self) -> f64 {
        self.inside.map_or(self.rollout_mse, |inside| inside.rollout_mse)
    }

    /// Scores a model against the system that it learned. The starts depend on the seed alone.
    pub fn of(model: &LearnedModel, system: &System, data: &DataConfig, seed: Seed) -> Self {
        let mut rng = seed.stream(Purpose::Scoring);
        let Trials { horizon, points } = system.mechanics().trials();
        let times: Vec<f64> = (0..points).map(|i| horizon * i as f64 / (points - 1) as f64).collect();
        let scored = |start: &mut dyn FnMut() -> PhasePoint| {
            let mut sums = Sums::default();
            for _ in 0..ROLLOUTS {
                let start = start();
                let truth = motion(&system.dynamics(), &start, &times);
                sums.add(system, truth.as_deref(), motion(model, &start, &times).as_deref());
            }
            sums.score()
        };
        let score = scored(&mut || start_of_trial(system, data, &mut rng));
        if !system.is_planar() {
            return score;
        }
        let radii = (data.radius_min, data.radius_max);
        let Self { energy_mse, rollout_mse, diverged, .. } =
            scored(&mut || system.random_start(&mut rng, radii, data.spread));
        let inside = Some(InsideErrors { energy_mse, rollout_mse });
        Self { inside, diverged: score.diverged || diverged, ..score }
    }

    /// Scores a model against measured motions: it starts where each starts and is compared with every later row.
    pub fn along(model: &LearnedModel, system: &System, stretches: &[Stretch]) -> Self {
        let mut sums = Sums::default();
        for stretch in stretches {
            if let Some(start) = stretch.states.first() {
                let learned = motion(model, start, &stretch.times);
                sums.add(system, Some(&stretch.states), learned.as_deref());
            }
        }
        sums.score()
    }
}

/// Squares, summed over all points so far.
#[derive(Default)]
struct Sums {
    energy: f64,
    state: f64,
    linear: f64,
    angular: f64,
    points: usize,
    /// Whether there is more to conserve than energy.
    conserves: bool,
    ran_away: bool,
}

impl Sums {
    /// Adds a true and a learned motion; `None` is one that ran away.
    fn add(&mut self, system: &System, truth: Option<&[PhasePoint]>, learned: Option<&[PhasePoint]>) {
        self.conserves = system.mechanics().conserves_momenta();
        let (Some(truth), Some(learned)) = (truth, learned) else {
            self.ran_away = true;
            return;
        };
        let before = learned.first().and_then(|start| system.momenta(start));
        for (t, l) in truth.iter().zip(learned) {
            self.energy += (system.energy(l) - system.energy(t)).powi(2);
            self.state += squared_distance(&system.observed(t), &system.observed(l));
            self.points += 1;
            if let (Some(before), Some(now)) = (before, system.momenta(l)) {
                self.linear += (now[0] - before[0]).powi(2) + (now[1] - before[1]).powi(2);
                self.angular += (now[2] - before[2]).powi(2);
            }
        }
    }

    fn score(self) -> Score {
        let mut diverged = self.ran_away;
        let mut mean = |sum: f64| {
            let mean = sum / self.points.max(1) as f64;
            let fine = !self.ran_away && mean.is_finite() && mean < CAP;
            diverged |= !fine;
            if fine { mean } else { CAP }
        };
        let (energy_mse, rollout_mse) = (mean(self.energy), mean(self.state));
        let momenta = self.conserves.then(|| MomentumErrors { linear: mean(self.linear), angular: mean(self.angular) });
        Score { energy_mse, rollout_mse, momenta, diverged, inside: None }
    }
}

fn motion(field: &dyn VectorField, start: &PhasePoint, times: &[f64]) -> Option<Vec<PhasePoint>> {
    dormand_prince::integrate(field, start, times, Tolerance::SCORING).ok()
}

/// Mean over coordinates.
fn squared_distance(a: &PhasePoint, b: &PhasePoint) -> f64 {
    let squares: f64 = a.coordinates().zip(b.coordinates()).map(|(a, b)| (a - b).powi(2)).sum();
    squares / (2 * a.dof()) as f64
}
