//! Random systems of masses on springs, and random starts.
//!
//! | system | bodies | joined | after |
//! |---|---|---|---|
//! | [`network`], all pairs | in a plane | every pair | Sanchez-Gonzalez et al. 2019, arXiv 1909.12790 |
//! | [`network`], a ring | in a plane | neighbours on a ring, and random chords | |
//! | [`chain`] | on a line, between two walls | neighbours | Chen et al. 2019, arXiv 1909.13334 |

use crate::oscillators::system::{Oscillators, Spring};
use crate::phase_space::PhasePoint;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

/// Which pairs a spring joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Joined {
    /// Every pair: the more bodies, the more springs at each.
    All,
    /// Each body and the next, round a ring, and a chord here and there: as many springs at a body whatever the number of bodies.
    Ring,
}

/// Chords at a body of a ring, on average.
pub const CHORDS: f64 = 0.8;
/// The fewest bodies of a network.
pub const FEWEST: usize = 3;

/// Masses and stiffnesses uniform in [0.5, 1.5]; coordinates and velocities uniform in ±1, centre of mass and total momentum
/// removed.
pub fn network(bodies: usize, joined: Joined, rng: &mut impl Rng) -> (Oscillators, PhasePoint) {
    let masses: Vec<f64> = (0..bodies).map(|_| rng.random_range(0.5..=1.5)).collect();
    let mut springs = vec![];
    for i in 0..bodies {
        for j in i + 1..bodies {
            let neighbours = j == i + 1 || (i == 0 && j == bodies - 1);
            // As many random numbers whatever is joined.
            let (stiffness, chance) = (rng.random_range(0.5..=1.5), rng.random::<f64>());
            let others = bodies.saturating_sub(3).max(1) as f64;
            if joined == Joined::All || neighbours || chance < CHORDS / others {
                springs.push(Spring { ends: [i, j], stiffness });
            }
        }
    }
    let mut vectors = |weights: &dyn Fn(usize) -> f64| -> Vec<f64> {
        let mut all: Vec<f64> = (0..2 * bodies).map(|_| rng.random_range(-1.0..=1.0)).collect();
        for axis in 0..2 {
            let sum: f64 = all.iter().skip(axis).step_by(2).enumerate().map(|(body, x)| weights(body) * x).sum();
            let mean = sum / (0..bodies).map(weights).sum::<f64>();
            all.iter_mut().skip(axis).step_by(2).for_each(|x| *x -= mean);
        }
        all
    };
    let q = vectors(&|body| masses[body]);
    let v = vectors(&|body| masses[body]);
    let p = v.iter().enumerate().map(|(k, v)| masses[k / 2] * v).collect();
    let tethers = vec![0.0; bodies];
    (Oscillators { masses, springs, tethers, dimensions: 2 }, PhasePoint { q, p })
}

/// Masses on a line between two walls: m = max(0.3, 1 + N/4), k = 5 max(0.3, 1 + N/4) with N from N(0, 1).
pub fn chain(bodies: usize, rng: &mut impl Rng) -> Oscillators {
    let mut factor = || -> f64 {
        let unit: f64 = StandardNormal.sample(rng);
        (1.0 + unit / 4.0).max(0.3)
    };
    let masses: Vec<f64> = (0..bodies).map(|_| factor()).collect();
    let stiffness: Vec<f64> = (0..=bodies).map(|_| 5.0 * factor()).collect();
    let springs = (1..bodies).map(|i| Spring { ends: [i - 1, i], stiffness: stiffness[i] }).collect();
    let mut tethers = vec![0.0; bodies];
    if bodies > 0 {
        tethers[0] += stiffness[0];
        tethers[bodies - 1] += stiffness[bodies];
    }
    Oscillators { masses, springs, tethers, dimensions: 1 }
}

/// A start of a chain: displacements uniform in ±1, momenta in ±√5.
pub fn chain_start(bodies: usize, rng: &mut impl Rng) -> PhasePoint {
    let q = (0..bodies).map(|_| rng.random_range(-1.0..=1.0)).collect();
    let p = (0..bodies).map(|_| 5f64.sqrt() * rng.random_range(-1.0..=1.0)).collect();
    PhasePoint { q, p }
}
