//! The figures of merit of a trained model: how far its motions stray from the true ones.
//!
//! 15 fresh starts, truth and model by the same adaptive integrator (see [`Trials`] for how long). None is left out: a rollout
//! that runs away counts, with a cap that keeps the mean a number.

use crate::learned::model::LearnedModel;
use crate::physics::dataset::DataConfig;
use crate::physics::dynamics::VectorField;
use crate::physics::integrators::dormand_prince::{self, Tolerance};
use crate::physics::phase_space::PhasePoint;
use crate::physics::system::System;
use crate::physics::systems::gravity::Gravity;
use crate::seed::{Purpose, Seed};
use rand::RngExt;
use serde::{Deserialize, Serialize};

/// Number of rollouts.
pub const ROLLOUTS: usize = 15;
/// The rollouts of a system: the times of its published figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trials {
    /// Time of the last point.
    pub horizon: f64,
    /// Points along each rollout, the start included.
    pub points: usize,
}

impl Trials {
    /// t = 20 for spring and pendulum, whose starts have each coordinate uniform in ±[0.2, 1.0]; t = 25 and t = 3 for two and
    /// three bodies, which start like their data.
    pub fn of(system: &System) -> Self {
        match system {
            System::MassSpring(_) | System::Pendulum(_) => Self { horizon: 20.0, points: 100 },
            System::Gravity(Gravity::Two) => Self { horizon: 25.0, points: 500 },
            System::Gravity(Gravity::Three) => Self { horizon: 3.0, points: 500 },
        }
    }

    fn start(system: &System, data: &DataConfig, rng: &mut impl rand::Rng) -> PhasePoint {
        if !system.is_planar() {
            return system.random_start(rng, (data.radius_min, data.radius_max), data.spread);
        }
        let mut coordinate = || rng.random_range(0.2..=1.0) * if rng.random::<bool>() { 1.0 } else { -1.0 };
        let (q, p) = (coordinate(), coordinate());
        PhasePoint::planar(q, p)
    }
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
    /// Scores a model against the system that it learned. The starts depend on the seed alone.
    pub fn of(model: &LearnedModel, system: &System, data: &DataConfig, seed: Seed) -> Self {
        let mut rng = seed.stream(Purpose::Scoring);
        let Trials { horizon, points } = Trials::of(system);
        let times: Vec<f64> = (0..points).map(|i| horizon * i as f64 / (points - 1) as f64).collect();
        let (mut energy, mut state, mut linear, mut angular) = (0.0, 0.0, 0.0, 0.0);
        let mut diverged = false;
        for _ in 0..ROLLOUTS {
            let start = Trials::start(system, data, &mut rng);
            let before = system.momenta(&start);
            let truth = motion(&system.dynamics(), &start, &times);
            match (truth, motion(model, &start, &times)) {
                (Some(truth), Some(learned)) => {
                    for (t, l) in truth.iter().zip(&learned) {
                        energy += (system.energy(l) - system.energy(t)).powi(2);
                        state += squared_distance(t, l);
                        if let (Some(before), Some(now)) = (before, system.momenta(l)) {
                            linear += (now[0] - before[0]).powi(2) + (now[1] - before[1]).powi(2);
                            angular += (now[2] - before[2]).powi(2);
                        }
                    }
                }
                _ => diverged = true,
            }
        }
        let count = (ROLLOUTS * points) as f64;
        let mut mean = |sum: f64| {
            let mean = sum / count;
            let fine = !diverged && mean.is_finite() && mean < CAP;
            diverged |= !fine;
            if fine { mean } else { CAP }
        };
        let (energy_mse, rollout_mse) = (mean(energy), mean(state));
        let momenta = system.momenta(&PhasePoint::from_coordinates(&vec![0.0; 2 * system.dof()]));
        let momenta = momenta.map(|_| MomentumErrors { linear: mean(linear), angular: mean(angular) });
        Self { energy_mse, rollout_mse, momenta, diverged }
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
