//! A symplectic recurrent network with the trajectories that it learns from.

use crate::learner::{Batch, Functions, LaterProgram, LossesOn, Part, Trainable};
use crate::recurrent::data::RecurrentData;
use crate::recurrent::network::RecurrentNetwork;
use crate::recurrent::recipe::{RecurrentError, RecurrentRecipe, Variant};
use autodiff::adam::Adam;
use autodiff::parameters::Parameters;
use numerics::seed::{Purpose, Seed};
use physics::phase_space::PhasePoint;
use rand::RngExt;
use std::borrow::Cow;
use std::sync::Arc;

/// A network and its data. What a step reads depends on recipe, variant, seed and the number of the step alone.
#[derive(Clone, Debug)]
pub struct RecurrentTraining {
    recipe: RecurrentRecipe,
    network: RecurrentNetwork,
    seed: Seed,
    data: Arc<RecurrentData>,
    /// `[trajectories, length + 1, 2 dof]`, of training and of test.
    states: [Vec<f32>; 2],
}

/// Pieces that a loss is measured on.
const MEASURED: usize = 400;

impl RecurrentTraining {
    /// A network before its first step, on data that are made for it now.
    pub fn new(recipe: &RecurrentRecipe, variant: Variant, seed: Seed) -> Result<Self, RecurrentError> {
        recipe.check()?;
        Ok(Self::with_data(recipe, variant, Arc::new(RecurrentData::generate(recipe, seed)), seed))
    }

    /// The same on data that are there already, made of the same recipe, which has been checked, by
    /// [`RecurrentData::generate`]: all variants share them.
    pub fn with_data(recipe: &RecurrentRecipe, variant: Variant, data: Arc<RecurrentData>, seed: Seed) -> Self {
        let flat = |motions: &[Vec<PhasePoint>]| -> Vec<f32> {
            motions.iter().flatten().flat_map(PhasePoint::coordinates).map(|x| x as f32).collect()
        };
        let network = RecurrentNetwork::of(recipe, variant, data.world.dof(), data.world.dt(), data.scales);
        let states = [flat(&data.train), flat(&data.test)];
        Self { recipe: *recipe, network, seed, data, states }
    }

    /// How it learns.
    pub fn recipe(&self) -> &RecurrentRecipe {
        &self.recipe
    }

    /// Its networks.
    pub fn network(&self) -> &RecurrentNetwork {
        &self.network
    }

    /// What it learns from and is judged by.
    pub fn data(&self) -> &Arc<RecurrentData> {
        &self.data
    }

    /// Pieces of so many steps: (trajectory, first state).
    fn pieces(&self, states: &[f32], steps: usize, chosen: impl Iterator<Item = (usize, usize)>) -> Batch<'static> {
        let size = 2 * self.network.dof();
        let (mut starts, mut observed, mut items) = (vec![], vec![], 0);
        for (trajectory, first) in chosen {
            let at = (trajectory * (self.recipe.length + 1) + first) * size;
            starts.extend_from_slice(&states[at..at + size]);
            observed.extend_from_slice(&states[at + size..at + (steps + 1) * size]);
            items += 1;
        }
        Batch { inputs: vec![Cow::Owned(starts), Cow::Owned(observed)], items }
    }

    /// Steps in the loss that is shown: those of the end of the training.
    fn last_unroll(&self) -> usize {
        self.recipe.unroll_at(self.network.variant(), self.recipe.course.steps)
    }
}

impl Trainable for RecurrentTraining {
    fn functions(&self) -> Functions {
        let [training, _] = self.network.training(1);
        let [_, losses] = self.network.training(self.last_unroll());
        Functions { training, losses, parts: 1 }
    }

    fn later(&self) -> Vec<LaterProgram> {
        let steps = self.last_unroll();
        let [training, _] = self.network.training(steps);
        if steps > 1 { vec![LaterProgram { after: self.recipe.easy_steps(), training }] } else { vec![] }
    }

    fn initial(&self) -> Parameters {
        self.network.initial(self.seed)
    }

    fn steps(&self) -> u64 {
        self.recipe.course.steps
    }

    fn batch(&self, step: u64) -> Batch<'_> {
        let mut rng = self.seed.stream_at(Purpose::Batches, step);
        let steps = self.recipe.unroll_at(self.network.variant(), step);
        let RecurrentRecipe { trajectories, length, batch, .. } = self.recipe;
        let piece = |_| (rng.random_range(0..trajectories), rng.random_range(0..=length - steps));
        self.pieces(&self.states[0], steps, (0..batch).map(piece))
    }

    fn adam(&self, step: u64) -> Adam {
        self.recipe.course.adam(step)
    }

    fn samples(&self, part: Part, _: LossesOn) -> Batch<'_> {
        let (states, trajectories) = match part {
            Part::Train => (&self.states[0], self.data.train.len()),
            Part::Test => (&self.states[1], self.data.test.len()),
        };
        let steps = self.last_unroll();
        let starts = self.recipe.length + 1 - steps;
        let every = (trajectories * starts).div_ceil(MEASURED).max(1);
        let pieces = (0..trajectories * starts).step_by(every).map(|piece| (piece / starts, piece % starts));
        self.pieces(states, steps, pieces)
    }
}
