//! What a graph network learns from: many short motions of one world, split by motion.
//!
//! Each motion has bodies of its own. No moment of a test motion is seen in training: whole motions are put aside, the
//! last quarter of them, as the reference code of Cranmer et al. (2020) splits its data. Motions are drawn one after
//! another from one stream, so asking for more of them keeps those that were there.

use crate::integrators::dormand_prince::Diverged;
use crate::particles::motion::RECORDING;
use crate::particles::sample::{Recording, Sample};
use crate::particles::scene::Edge;
use crate::particles::start;
use crate::particles::world::{World, WorldConfig, WorldError};
use language::tr;
use numerics::seed::{Purpose, Seed};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// Target of each body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Its acceleration (Cranmer et al. 2020).
    Acceleration,
    /// The change of its velocity over one step dt (Cranmer et al. 2019, arXiv 1909.05862).
    VelocityChange,
}

/// How the data are made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MotionConfig {
    /// Which world, and of what size.
    pub world: WorldConfig,
    /// Number of motions S, training and test together.
    pub simulations: usize,
    /// Moments T of each.
    pub snapshots: usize,
    /// Steps from one moment to the next.
    pub every: usize,
    /// Step of time.
    pub dt: f64,
    /// What is to be predicted.
    pub target: Target,
}

/// Data that cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum MotionError {
    /// The world is not one.
    #[error(transparent)]
    World(#[from] WorldError),
    /// More than a tab should hold.
    #[error("{}", tr!("these data would take {megabytes} MB, and {limit} MB is the most", megabytes = megabytes, limit = MOST_BYTES / 1_000_000))]
    TooLarge {
        /// What they would take.
        megabytes: usize,
    },
    /// Nothing to record.
    #[error("{}", tr!("the data need at least one motion, one moment of it and a step of time above zero"))]
    Nothing,
}

/// The reference's million moments of four bodies in the plane take 192 MB; a tab has a few times that for everything.
pub const MOST_BYTES: usize = 256_000_000;

/// Motions to learn from and motions to be judged by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MotionDataset {
    /// To learn from.
    pub train: Motions,
    /// To be judged by.
    pub test: Motions,
    /// How many motions were left out because their bodies ran away or met too closely to be followed.
    pub lost: usize,
}

/// Motions of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Motions {
    /// One per simulation.
    pub recordings: Vec<Recording>,
}

impl Motions {
    /// Number of moments in all motions.
    pub fn len(&self) -> usize {
        self.recordings.len() * self.recordings.first().map_or(0, Recording::len)
    }

    /// Whether there is nothing here.
    pub fn is_empty(&self) -> bool {
        self.recordings.is_empty()
    }

    /// The mean size of a component of what is to be predicted: the loss per component of a network that predicts nothing. 1 where
    /// there is nothing to predict.
    ///
    /// A mean of sizes, not of squares: of forces that fall as 1/r² a few near collisions would decide the latter.
    pub fn target_size(&self) -> f64 {
        let targets = || self.recordings.iter().flat_map(|recording| &recording.targets);
        let size = targets().map(|target| target.abs()).sum::<f64>() / targets().count().max(1) as f64;
        if size > 0.0 && size.is_finite() { size } else { 1.0 }
    }

    /// The moment with this number, motion after motion.
    pub fn sample(&self, index: usize) -> Option<Sample<'_>> {
        let moments = self.recordings.first().map_or(1, Recording::len).max(1);
        self.recordings.get(index / moments)?.sample(index % moments)
    }

    /// About `count` moments, evenly spread over the motions and over the moments of a motion: the stride has no factor in
    /// common with the length of a motion.
    pub fn spread(&self, count: usize) -> impl Iterator<Item = Sample<'_>> {
        let moments = self.recordings.first().map_or(1, Recording::len);
        let divides = |a: usize, b: usize| (2..=b).any(|factor| a.is_multiple_of(factor) && b.is_multiple_of(factor));
        let least = self.len().div_ceil(count.max(1)).max(1);
        let every = (least..).find(|every| !divides(*every, moments)).unwrap_or(least);
        (0..self.len()).step_by(every).filter_map(|index| self.sample(index))
    }
}

impl MotionConfig {
    /// A world with its own step, one moment in five as in the reference, accelerations as targets.
    pub fn new(world: WorldConfig, simulations: usize, snapshots: usize) -> Self {
        let dt = World::dt(world.world);
        Self { world, simulations, snapshots, every: 5, dt, target: Target::Acceleration }
    }

    /// What the motions take: positions, velocities and targets of every moment, and the edges of every motion.
    pub fn bytes(&self) -> usize {
        let n = self.world.bodies;
        let product =
            |factors: &[usize]| factors.iter().fold(1, |product: usize, factor| product.saturating_mul(*factor));
        let moments = product(&[self.simulations, self.snapshots, 3, n, self.world.dimensions, size_of::<f64>()]);
        moments.saturating_add(product(&[self.simulations, n, n, size_of::<Edge>()]))
    }

    /// How many motions are for training; the rest, a quarter, are for testing.
    pub fn training_simulations(&self) -> usize {
        self.simulations - self.simulations / 4
    }

    /// Whether such data can be made.
    pub fn check(&self) -> Result<(), MotionError> {
        self.world.check()?;
        if self.simulations.min(self.snapshots).min(self.every) == 0 || !(self.dt > 0.0 && self.dt.is_finite()) {
            return Err(MotionError::Nothing);
        }
        if self.bytes() > MOST_BYTES {
            return Err(MotionError::TooLarge { megabytes: self.bytes() / 1_000_000 });
        }
        Ok(())
    }

    /// `count` motions of the same kind that are neither learned from nor judged by, from a stream of their own; those that cannot be
    /// followed are left out.
    pub fn fresh(self, count: usize, seed: Seed) -> Result<Motions, MotionError> {
        let config = Self { simulations: count, ..self };
        config.check()?;
        let recordings = Recordings { config, rng: seed.stream(Purpose::Scoring), left: count };
        Ok(Motions { recordings: recordings.filter_map(Result::ok).collect() })
    }

    /// The motions, one at a time, so that progress can be reported.
    pub fn recordings(self, seed: Seed) -> Result<Recordings, MotionError> {
        self.check()?;
        Ok(Recordings { config: self, rng: seed.stream(Purpose::InitialStates), left: self.simulations })
    }
}

impl MotionDataset {
    /// Simulates and records everything. The same configuration and seed give the same data.
    pub fn generate(config: &MotionConfig, seed: Seed) -> Result<Self, MotionError> {
        let mut dataset = Self::default();
        for (index, recording) in config.recordings(seed)?.enumerate() {
            let part = if index < config.training_simulations() { &mut dataset.train } else { &mut dataset.test };
            match recording {
                Ok(recording) => part.recordings.push(recording),
                Err(_) => dataset.lost += 1,
            }
        }
        Ok(dataset)
    }
}

/// Simulations, one after another.
#[derive(Clone, Debug)]
pub struct Recordings {
    config: MotionConfig,
    rng: ChaCha8Rng,
    left: usize,
}

impl Iterator for Recordings {
    type Item = Result<Recording, Diverged>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        // The world was checked when this was made.
        let (scene, start) = start::random(&self.config.world, &mut self.rng).ok()?;
        let MotionConfig { snapshots, every, dt, target, .. } = self.config;
        let stride = match target {
            Target::Acceleration => 1,
            Target::VelocityChange => 2,
        };
        // A change of velocity needs the state one step on, which may be the next moment itself: a leg of no length.
        let moments = (0..snapshots).flat_map(|k| [k * every, k * every + 1].into_iter().take(stride));
        let times: Vec<f64> = moments.map(|step| step as f64 * dt).collect();
        let states = match scene.motion(&start, &times, RECORDING) {
            Ok(states) => states,
            Err(diverged) => return Some(Err(diverged)),
        };
        let size = snapshots * start.q.len();
        let (mut positions, mut velocities) = (Vec::with_capacity(size), Vec::with_capacity(size));
        let mut targets = Vec::with_capacity(size);
        for moment in states.chunks(stride) {
            let now = scene.velocities(&moment[0].p);
            match moment.get(1) {
                None => targets.extend(scene.accelerations(&moment[0].q, &now)),
                Some(next) => targets.extend(scene.velocities(&next.p).iter().zip(&now).map(|(next, now)| next - now)),
            }
            positions.extend_from_slice(&moment[0].q);
            velocities.extend(now);
        }
        Some(Ok(Recording { scene, positions, velocities, targets }))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}
