//! The figures of merit of a trained model: how far its motions stray from the true ones.
//!
//! 15 fresh starts, each coordinate uniform in ±[0.2, 1.0], 100 points to t = 20, truth and model by the same adaptive
//! integrator. None is left out: a rollout that runs away counts, with a cap that keeps the mean a number.

use crate::learned::model::LearnedModel;
use crate::physics::dynamics::VectorField;
use crate::physics::integrators::dormand_prince::{self, Tolerance};
use crate::physics::phase_space::PhasePoint;
use crate::physics::system::System;
use crate::seed::{Purpose, Seed};
use rand::RngExt;
use serde::{Deserialize, Serialize};

/// Number of rollouts.
pub const ROLLOUTS: usize = 15;
/// Points along each.
pub const POINTS: usize = 100;
/// Time of the last point.
pub const HORIZON: f64 = 20.0;
/// What runs away is counted as this.
pub const CAP: f64 = 1e30;

/// Errors over all rollouts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Mean of (H(learned state) − H(true state))², with the true H.
    pub energy_mse: f64,
    /// Mean squared coordinate difference between learned and true states.
    pub rollout_mse: f64,
    /// Whether a rollout ran away, or an error exceeded the cap.
    pub diverged: bool,
}

impl Score {
    /// Scores a model against the system that it learned. The starts depend on the seed alone.
    pub fn of(model: &LearnedModel, system: &System, seed: Seed) -> Self {
        let mut rng = seed.stream(Purpose::Scoring);
        let times: Vec<f64> = (0..POINTS).map(|i| HORIZON * i as f64 / (POINTS - 1) as f64).collect();
        let (mut energy, mut state) = (0.0, 0.0);
        let mut diverged = false;
        for _ in 0..ROLLOUTS {
            let mut coordinate = || rng.random_range(0.2..=1.0) * if rng.random::<bool>() { 1.0 } else { -1.0 };
            let start = PhasePoint::from_coordinates(&(0..2 * system.dof()).map(|_| coordinate()).collect::<Vec<_>>());
            let truth = motion(&system.dynamics(), &start, &times);
            match (truth, motion(model, &start, &times)) {
                (Some(truth), Some(learned)) => {
                    for (t, l) in truth.iter().zip(&learned) {
                        energy += (system.energy(l) - system.energy(t)).powi(2);
                        state += squared_distance(t, l);
                    }
                }
                _ => diverged = true,
            }
        }
        let count = (ROLLOUTS * POINTS) as f64;
        let mut mean = |sum: f64| {
            let mean = sum / count;
            let fine = !diverged && mean.is_finite() && mean < CAP;
            diverged |= !fine;
            if fine { mean } else { CAP }
        };
        let (energy_mse, rollout_mse) = (mean(energy), mean(state));
        Self { energy_mse, rollout_mse, diverged }
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
