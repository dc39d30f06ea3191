//! Motions to explain, and the scales of their numbers.

use crate::relational::recipe::{HELD_OUT, Inference, OBSERVED, RelationalRecipe};
use numerics::seed::{Purpose, Seed};
use numerics::statistics::median;
use physics::coupled::motion::Motion;
use physics::coupled::system::DT;

/// Motions, all of as many bodies and frames.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationalData {
    /// To learn from.
    pub motions: Vec<Motion>,
    /// To be judged by: others where an encoder reads motions, and none where logits belong to the motions themselves.
    pub others: Vec<Motion>,
    /// Frames that inference sees; those after them are held out.
    pub observed: usize,
    /// Time from one frame to the next.
    pub dt: f64,
    /// Scales of all numbers.
    pub scales: StateScales,
}

/// Scales of positions, velocities and what one frame does to them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateScales {
    /// Root mean square of positions relative to the centre of mass.
    pub position: f64,
    /// Root mean square of velocities relative to that of the centre.
    pub velocity: f64,
    /// Typical change of position over a frame beyond that of a straight line.
    pub bend: f64,
    /// Typical change of velocity over a frame.
    pub change: f64,
    /// Half of the range of all positions, and of all velocities: the units in which the paper gives errors.
    pub range: [f64; 2],
}

/// Motions by which an encoder is judged.
const JUDGED: usize = 300;

impl RelationalData {
    /// Simulates the motions of a recipe.
    pub fn generate(recipe: &RelationalRecipe, seed: Seed) -> Self {
        let of = |purpose: Purpose, count: usize| -> Vec<Motion> {
            (0..count).map(|number| motion(recipe, purpose, seed, number)).collect()
        };
        let motions = of(Purpose::InitialStates, recipe.motions);
        let others = of(Purpose::Scoring, if recipe.inference == Inference::Amortised { JUDGED } else { 0 });
        Self::of(motions, others, OBSERVED, DT)
    }

    /// The motion with this number among those that figures of merit are about, by itself.
    pub fn judged_motion(recipe: &RelationalRecipe, seed: Seed, number: usize) -> Motion {
        let amortised = recipe.inference == Inference::Amortised;
        motion(recipe, if amortised { Purpose::Scoring } else { Purpose::InitialStates }, seed, number)
    }

    /// How many figures of merit are about.
    pub fn judged_count(recipe: &RelationalRecipe) -> usize {
        if recipe.inference == Inference::Amortised { JUDGED } else { recipe.motions }
    }

    /// Motions that are there already, of equal numbers of bodies and frames, `dt` apart.
    pub fn of(motions: Vec<Motion>, others: Vec<Motion>, observed: usize, dt: f64) -> Self {
        let scales = StateScales::of(&motions, observed, dt);
        Self { motions, others, observed, dt, scales }
    }

    /// Those that figures of merit are about.
    pub fn judged(&self) -> &[Motion] {
        if self.others.is_empty() { &self.motions } else { &self.others }
    }
}

/// The motion with this number: each has a part of the stream to itself.
fn motion(recipe: &RelationalRecipe, purpose: Purpose, seed: Seed, number: usize) -> Motion {
    let mut rng = seed.stream(purpose);
    rng.set_word_pos((number as u128) << 16);
    recipe.coupling.random(recipe.bodies, OBSERVED + HELD_OUT, &mut rng)
}

impl StateScales {
    fn of(motions: &[Motion], observed: usize, dt: f64) -> Self {
        let (mut positions, mut velocities, mut bends, mut changes) = (vec![], vec![], vec![], vec![]);
        let mut ends = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
        for motion in motions {
            for frame in 0..observed.min(motion.frames()) {
                let (x, v) = (&motion.positions[frame], &motion.velocities[frame]);
                positions.extend(centred(x));
                velocities.extend(centred(v));
                if frame + 1 < observed {
                    for k in 0..x.len() {
                        bends.push(motion.positions[frame + 1][k] - x[k] - dt * v[k]);
                        changes.push(motion.velocities[frame + 1][k] - v[k]);
                    }
                }
                for (end, numbers) in ends.iter_mut().zip([x, v]) {
                    numbers.iter().for_each(|x| *end = [end[0].min(*x), end[1].max(*x)]);
                }
            }
        }
        let root = |x: Vec<f64>| {
            let count = x.len().max(1) as f64;
            (x.into_iter().map(|x| x * x).sum::<f64>() / count).sqrt().max(LEAST)
        };
        let range = ends.map(|[low, high]| ((high - low) / 2.0).max(LEAST));
        Self {
            position: root(positions),
            velocity: root(velocities),
            bend: typical(bends),
            change: typical(changes),
            range,
        }
    }
}

/// No scale is smaller.
const LEAST: f64 = 1e-12;

/// The standard deviation of normal numbers with the same median of absolute values: a few large ones do not move it.
fn typical(x: Vec<f64>) -> f64 {
    const MEDIAN: f64 = 0.674_489_750_196_081_7;
    (median(x.into_iter().map(f64::abs).collect()).unwrap_or_default() / MEDIAN).max(LEAST)
}

/// Coordinates `[n, 2]` relative to their mean.
pub fn centred(x: &[f64]) -> Vec<f64> {
    let n = (x.len() / 2).max(1) as f64;
    let mean = |axis: usize| x.iter().skip(axis).step_by(2).sum::<f64>() / n;
    let mean = [mean(0), mean(1)];
    x.iter().enumerate().map(|(k, x)| x - mean[k % 2]).collect()
}
