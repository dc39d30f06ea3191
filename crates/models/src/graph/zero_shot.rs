//! A network trained on a few bodies, evaluated on more: the deck's "two springs → three springs".
//!
//! A graph network is one rule for pairs and one for bodies, so it takes any number of them; a network that reads the whole
//! state as one row of numbers does not.

use crate::graph::features::Moment;
use crate::graph::model::GraphModel;
use numerics::seed::{Purpose, Seed};
use physics::particles::start;
use physics::particles::world::WorldConfig;
use serde::{Deserialize, Serialize};

/// Worlds of each size that are evaluated.
pub const WORLDS: usize = 200;

/// A median, and where a quarter and three quarters lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quartiles {
    /// A quarter lies below.
    pub q25: f64,
    /// Half lies below.
    pub median: f64,
    /// Three quarters lie below.
    pub q75: f64,
}

/// How far off accelerations are in worlds of one size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ZeroShot {
    /// Bodies n.
    pub bodies: usize,
    /// Σ|â − a|/n over bodies and components, over random worlds.
    pub error: Quartiles,
    /// Σ|â − a|/Σ|a| over those of them in which something is accelerated: forces grow with n, so this is the fairer one.
    pub relative: Quartiles,
}

impl Quartiles {
    /// Those of some numbers; zeros for none.
    pub fn of(mut numbers: Vec<f64>) -> Self {
        numbers.sort_by(f64::total_cmp);
        let at = |part: f64| -> f64 {
            let place = part * numbers.len().saturating_sub(1) as f64;
            let below = numbers.get(place.floor() as usize).copied().unwrap_or(0.0);
            let above = numbers.get(place.ceil() as usize).copied().unwrap_or(0.0);
            below + (above - below) * place.fract()
        };
        Self { q25: at(0.25), median: at(0.5), q75: at(0.75) }
    }
}

/// Several networks of different seeds as one, size by size: the median of their medians, and the lowest and highest of them in the
/// places of the quarters.
pub fn over_seeds(networks: &[&[ZeroShot]]) -> Vec<ZeroShot> {
    let Some(first) = networks.first() else { return vec![] };
    let of = |bodies: usize, figure: fn(&ZeroShot) -> f64| {
        let found = networks.iter().filter_map(|network| network.iter().find(|of| of.bodies == bodies));
        let mut medians: Vec<f64> = found.map(figure).collect();
        medians.sort_by(f64::total_cmp);
        let (low, high) = (medians.first().copied().unwrap_or_default(), medians.last().copied().unwrap_or_default());
        Quartiles { q25: low, q75: high, ..Quartiles::of(medians) }
    };
    let whole = |bodies: usize| ZeroShot {
        bodies,
        error: of(bodies, |found| found.error.median),
        relative: of(bodies, |found| found.relative.median),
    };
    first.iter().map(|found| whole(found.bodies)).collect()
}

/// Errors of a network in worlds of `sizes` bodies, on fresh starts drawn from `seed`. Sizes the world does not take are left
/// out.
pub fn zero_shot(model: &GraphModel, sizes: &[usize], seed: Seed) -> Vec<ZeroShot> {
    let mut found = vec![];
    for &bodies in sizes {
        let config = WorldConfig { bodies, ..model.recipe().motions.world };
        let mut rng = seed.stream(Purpose::Scoring);
        let (mut errors, mut relative) = (vec![], vec![]);
        for _ in 0..WORLDS {
            let Ok((scene, start)) = start::random(&config, &mut rng) else {
                break;
            };
            let velocities = scene.velocities(&start.p);
            let predicted = model.accelerations(Moment { scene: &scene, positions: &start.q, velocities: &velocities });
            let truth = scene.accelerations(&start.q, &velocities);
            let missed: f64 = predicted.iter().zip(&truth).map(|(predicted, truth)| (predicted - truth).abs()).sum();
            errors.push(missed / bodies as f64);
            let size = truth.iter().map(|a| a.abs()).sum::<f64>();
            if size > 0.0 {
                relative.push(missed / size);
            }
        }
        if !errors.is_empty() {
            found.push(ZeroShot { bodies, error: Quartiles::of(errors), relative: Quartiles::of(relative) });
        }
    }
    found
}
