//! Inference with the motions that it explains.

use crate::learner::{Batch, Functions, LossesOn, Part, Trainable};
use crate::relational::data::{RelationalData, centred};
use crate::relational::network::RelationalNetwork;
use crate::relational::recipe::{Inference, RecipeError, RelationalRecipe};
use crate::schedule::warm_cosine;
use autodiff::adam::Adam;
use autodiff::parameters::Parameters;
use numerics::seed::{Purpose, Seed};
use physics::coupled::motion::Motion;
use rand::RngExt;
use std::borrow::Cow;
use std::f64::consts::TAU;
use std::sync::Arc;

/// Steps in which the learning rate rises.
const WARM_UP: u64 = 20;
/// The encoder reads every so many frames.
const EVERY: usize = 4;
/// Motions on which a loss is measured.
const MEASURED: usize = 100;

/// Inference and its data. What a step reads depends on recipe, seed and the number of the step alone.
#[derive(Clone, Debug)]
pub struct RelationalTraining {
    recipe: RelationalRecipe,
    network: RelationalNetwork,
    seed: Seed,
    data: Arc<RelationalData>,
}

/// A turn of the plane, or a turn and a reflection.
#[derive(Clone, Copy, Debug)]
struct Turn([[f64; 2]; 2]);

impl Turn {
    const NONE: Self = Self([[1.0, 0.0], [0.0, 1.0]]);

    fn random(rng: &mut impl rand::Rng) -> Self {
        let (sin, cos) = rng.random_range(0.0..TAU).sin_cos();
        let side = if rng.random() { 1.0 } else { -1.0 };
        Self([[cos, -side * sin], [sin, side * cos]])
    }

    fn of(self, [x, y]: [f64; 2]) -> [f64; 2] {
        self.0.map(|[a, b]| a * x + b * y)
    }

    /// Coordinates `[n, 2]`, turned.
    fn all(self, x: &[f64]) -> Vec<f64> {
        x.chunks_exact(2).flat_map(|x| self.of([x[0], x[1]])).collect()
    }
}

/// How many numbers of a body the encoder reads of so many observed frames.
pub fn feature_width(observed: usize) -> usize {
    4 * (observed.saturating_sub(1) / EVERY)
}

/// What the encoder reads of a motion, `[n, features]`: positions relative to the centre of mass and changes of velocity, every
/// fourth frame.
fn features(motion: &Motion, data: &RelationalData, turn: Turn) -> Vec<f64> {
    let n = motion.bodies();
    let mut rows = vec![vec![]; n];
    for frame in (0..data.observed - EVERY).step_by(EVERY) {
        let x = turn.all(&centred(&motion.positions[frame]));
        let change = motion.velocities[frame + EVERY].iter().zip(&motion.velocities[frame]).map(|(b, a)| b - a);
        let v = turn.all(&change.collect::<Vec<f64>>());
        for (body, row) in rows.iter_mut().enumerate() {
            row.extend([0, 1].map(|axis| x[2 * body + axis] / data.scales.position));
            row.extend([0, 1].map(|axis| v[2 * body + axis] / (data.scales.change * EVERY as f64)));
        }
    }
    rows.concat()
}

/// The features of a motion as an evaluation reads them.
pub fn encoder_input(motion: &Motion, data: &RelationalData) -> Vec<f64> {
    features(motion, data, Turn::NONE)
}

/// The scaled state of a frame, `[n, 4]`.
pub fn scaled_state(positions: &[f64], velocities: &[f64], data: &RelationalData) -> Vec<f64> {
    let (x, v) = (data.scales.position, data.scales.velocity);
    let bodies = positions.chunks_exact(2).zip(velocities.chunks_exact(2));
    bodies.flat_map(|(at, moving)| [at[0] / x, at[1] / x, moving[0] / v, moving[1] / v]).collect()
}

/// What the next frame adds to straight lines, scaled, `[n, 4]`.
fn scaled_target(motion: &Motion, frame: usize, data: &RelationalData, turn: Turn) -> Vec<f64> {
    let (x, v) = (&motion.positions, &motion.velocities);
    let mut target = vec![];
    for k in (0..x[frame].len()).step_by(2) {
        let bend = [k, k + 1].map(|k| x[frame + 1][k] - x[frame][k] - data.dt * v[frame][k]);
        let change = [k, k + 1].map(|k| v[frame + 1][k] - v[frame][k]);
        target.extend(turn.of(bend).map(|x| x / data.scales.bend));
        target.extend(turn.of(change).map(|v| v / data.scales.change));
    }
    target
}

impl RelationalTraining {
    /// Inference before its first step, of motions that are simulated now.
    pub fn new(recipe: &RelationalRecipe, seed: Seed) -> Result<Self, RecipeError> {
        recipe.check()?;
        Self::with_data(recipe, Arc::new(RelationalData::generate(recipe, seed)), seed)
    }

    /// The same with motions from elsewhere: as many as in the recipe, of its number of bodies.
    pub fn with_data(recipe: &RelationalRecipe, data: Arc<RelationalData>, seed: Seed) -> Result<Self, RecipeError> {
        recipe.check()?;
        if data.motions.len() != recipe.motions || data.observed <= EVERY {
            return Err(RecipeError::Data);
        }
        if let Some(motion) = data.motions.iter().find(|motion| motion.bodies() != recipe.bodies) {
            return Err(RecipeError::Bodies(motion.bodies()));
        }
        let network = RelationalNetwork::of(recipe, feature_width(data.observed));
        Ok(Self { recipe: *recipe, network, seed, data })
    }

    /// How it learns.
    pub fn recipe(&self) -> &RelationalRecipe {
        &self.recipe
    }

    /// Its networks.
    pub fn network(&self) -> &RelationalNetwork {
        &self.network
    }

    /// What is explained.
    pub fn data(&self) -> &Arc<RelationalData> {
        &self.data
    }

    /// Items of these motions, each with frames and a turn; `noise` where the program takes some.
    fn items(&self, motions: &[Motion], chosen: &[(usize, Vec<usize>, Turn)], noise: Option<Vec<f32>>) -> Batch<'_> {
        let mut inputs = [const { Vec::<f32>::new() }; 3];
        let narrow = |to: &mut Vec<f32>, from: Vec<f64>| to.extend(from.into_iter().map(|x| x as f32));
        for (index, frames, turn) in chosen {
            let motion = &motions[*index];
            match self.recipe.inference {
                Inference::Free => {
                    let before = inputs[0].len();
                    inputs[0].resize(before + self.recipe.motions, 0.0);
                    inputs[0][before + index] = 1.0;
                }
                Inference::Amortised => narrow(&mut inputs[0], features(motion, &self.data, *turn)),
            }
            for frame in frames {
                let (x, v) = (turn.all(&motion.positions[*frame]), turn.all(&motion.velocities[*frame]));
                narrow(&mut inputs[1], scaled_state(&x, &v, &self.data));
                narrow(&mut inputs[2], scaled_target(motion, *frame, &self.data, *turn));
            }
        }
        let [who, states, targets] = inputs;
        let inputs = [Some(who), noise, Some(states), Some(targets)];
        Batch { inputs: inputs.into_iter().flatten().map(Cow::Owned).collect(), items: chosen.len() }
    }
}

impl Trainable for RelationalTraining {
    fn functions(&self) -> Functions {
        let [training, losses] = self.network.training();
        Functions { training, losses, parts: 2 }
    }

    fn initial(&self) -> Parameters {
        self.network.initial(self.seed)
    }

    fn steps(&self) -> u64 {
        self.recipe.steps
    }

    /// Random motions, turned at random, random frames of each, and noise for every pair.
    fn batch(&self, step: u64) -> Batch<'_> {
        let mut rng = self.seed.stream_at(Purpose::Batches, step);
        let mut choose = || {
            let index = rng.random_range(0..self.data.motions.len());
            let frames = (0..self.recipe.starts).map(|_| rng.random_range(0..self.data.observed - 1)).collect();
            (index, frames, Turn::random(&mut rng))
        };
        let chosen: Vec<_> = (0..self.recipe.batch).map(|_| choose()).collect();
        let logistic = |_| {
            let u: f64 = rng.random_range(1e-9..1.0 - 1e-9);
            (u / (1.0 - u)).ln() as f32
        };
        let noise = (0..self.recipe.batch * self.recipe.pairs()).map(logistic).collect();
        self.items(&self.data.motions, &chosen, Some(noise))
    }

    fn adam(&self, step: u64) -> Adam {
        Adam::new(warm_cosine(self.recipe.lr, WARM_UP, self.recipe.steps, step), step)
    }

    /// Frames that are learned from; or those of other motions, or where there are none, frames that are held out.
    fn samples(&self, part: Part, _: LossesOn) -> Batch<'_> {
        let observed = self.data.observed;
        let (motions, frames) = match part {
            Part::Test if !self.data.others.is_empty() => (&self.data.others, 0..observed - 1),
            Part::Test if self.data.motions.iter().all(|motion| motion.frames() > observed) => {
                (&self.data.motions, observed - 1..self.data.motions[0].frames() - 1)
            }
            _ => (&self.data.motions, 0..observed - 1),
        };
        let spread = |start: usize| frames.start + start * frames.len() / self.recipe.starts;
        let of = |index: usize| (index, (0..self.recipe.starts).map(spread).collect(), Turn::NONE);
        let chosen: Vec<_> = (0..motions.len().min(MEASURED)).map(of).collect();
        self.items(motions, &chosen, None)
    }

    /// Mean of ln(1 + e²) over the errors of the next frame, in typical changes beyond straight lines.
    fn total(&self, parts: &[f64]) -> f64 {
        parts[0]
    }
}
