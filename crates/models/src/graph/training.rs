//! A graph network with the motions that it learns from.

use crate::graph::batch::GraphBatch;
use crate::graph::model::GraphModel;
use crate::graph::network::GraphNetwork;
use crate::graph::recipe::{GraphRecipe, MessageRegulariser, Positions, RecipeError};
use crate::graph::report::{EDGES, FINAL_EDGES, MessageReport};
use crate::graph::schedule::one_cycle;
use crate::learner::{Batch, Functions, LossesOn, Part, Trainable};
use crate::messages::comparison::ComparisonError;
use crate::team::WORTH_SHARING;
use autodiff::adam::Adam;
use autodiff::parameters::Parameters;
use numerics::seed::{Purpose, Seed};
use physics::particles::dataset::{MotionDataset, Motions, Target};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use std::borrow::Cow;
use std::sync::Arc;

/// A graph network and its data. What a step reads depends on recipe, seed and the number of the step alone.
#[derive(Clone, Debug)]
pub struct GraphTraining {
    recipe: GraphRecipe,
    network: GraphNetwork,
    seed: Seed,
    data: Arc<MotionDataset>,
    /// What an output of 1 stands for.
    unit: f64,
    /// Some training and some test graphs, for losses.
    some: [GraphBatch; 2],
}

/// Graphs that a loss is measured on, evenly spread.
const MEASURED: usize = 200;

impl GraphTraining {
    /// A network before its first step, on data that are made for it now: this takes as long as simulating them.
    pub fn new(recipe: &GraphRecipe, seed: Seed) -> Result<Self, RecipeError> {
        recipe.check()?;
        let data = MotionDataset::generate(&recipe.motions, seed).map_err(RecipeError::Motions)?;
        Self::with_data(recipe, Arc::new(data), seed)
    }

    /// The same on data that are there already, made by `recipe.motions`: networks with different messages can share them.
    pub fn with_data(recipe: &GraphRecipe, data: Arc<MotionDataset>, seed: Seed) -> Result<Self, RecipeError> {
        recipe.check()?;
        if data.train.is_empty() || data.test.is_empty() {
            return Err(RecipeError::TooFewMotions);
        }
        let unit = unit(recipe, &data.train);
        let some = [&data.train, &data.test].map(|motions| measured(recipe, motions, unit));
        Ok(Self { recipe: *recipe, network: GraphNetwork::of(recipe), seed, data, unit, some })
    }

    /// How it learns.
    pub fn recipe(&self) -> &GraphRecipe {
        &self.recipe
    }

    /// What it learns from and is judged by.
    pub fn data(&self) -> &Arc<MotionDataset> {
        &self.data
    }

    /// The network with these parameters.
    pub fn model(&self, parameters: &Parameters) -> GraphModel {
        GraphModel::new(&self.recipe, parameters, self.unit)
    }

    /// A network with these parameters held against the forces of held-out motions, after `step` steps.
    pub fn messages(&self, parameters: &Parameters, step: u64) -> Result<MessageReport, ComparisonError> {
        let edges = if step >= self.recipe.steps { FINAL_EDGES } else { EDGES };
        MessageReport::of(&self.model(parameters), &self.data.test, edges, step)
    }
}

impl Trainable for GraphTraining {
    fn functions(&self) -> Functions {
        let [training, losses] = self.network.training(self.recipe.motions.world.bodies);
        Functions { training, losses, parts: 2 }
    }

    fn initial(&self) -> Parameters {
        self.network.initial(self.recipe.initial_gain, self.seed)
    }

    fn steps(&self) -> u64 {
        self.recipe.steps
    }

    /// Random graphs, a shift for all of them, and noise for their messages.
    fn batch(&self, step: u64) -> Batch<'_> {
        let mut rng = self.seed.stream_at(Purpose::Batches, step);
        let motions = &self.data.train;
        let all = motions.len();
        let chosen: Vec<usize> = (0..self.recipe.batch).map(|_| rng.random_range(0..all)).collect();
        let shifted = self.recipe.positions == Positions::Absolute;
        let reach = if shifted { self.recipe.shift } else { 0.0 };
        let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
        let shift: Vec<f64> = (0..self.recipe.motions.world.dimensions).map(|_| reach * normal()).collect();
        let samples = chosen.into_iter().filter_map(|index| motions.sample(index));
        let batch = GraphBatch::of(&self.recipe, samples, &shift, self.unit);
        let noise = match self.recipe.regulariser {
            MessageRegulariser::Kl { size, .. } => {
                Some((0..batch.present.len() * size).map(|_| normal() as f32).collect())
            }
            _ => None,
        };
        let items = batch.graphs();
        let GraphBatch { message_inputs, node_inputs, present, targets, .. } = batch;
        let inputs = [message_inputs, node_inputs, present, targets].into_iter().chain(noise);
        Batch { inputs: inputs.map(Cow::Owned).collect(), items }
    }

    fn in_halves(&self) -> bool {
        self.network.multiplications(self.recipe.motions.world.bodies) * self.recipe.batch as f64 >= WORTH_SHARING
    }

    /// Beyond the recipe's last step the learning rate stays as small as it was there.
    fn adam(&self, step: u64) -> Adam {
        Adam { decay: self.recipe.decay, ..Adam::new(one_cycle(self.recipe.lr, self.recipe.steps, step), step) }
    }

    fn samples(&self, part: Part, _: LossesOn) -> Batch<'_> {
        let [train, test] = &self.some;
        let batch = if part == Part::Train { train } else { test };
        let inputs = [&batch.message_inputs, &batch.node_inputs, &batch.present, &batch.targets];
        Batch { inputs: inputs.map(|input| Cow::Borrowed(input.as_slice())).into(), items: batch.graphs() }
    }

    /// Σ|â − a| over bodies and components per graph. What messages cost is not in it.
    fn total(&self, parts: &[f64]) -> f64 {
        parts[0] * self.unit
    }
}

/// What an output of 1 stands for.
///
/// Accelerations are learned in the world's own units, in which they are of order 1, as in the reference. A change of velocity over
/// one step is a thousand times smaller: an output of order 1 would have to be learned down to that first, and what remains to be
/// told apart is below what Adam moves a weight by. So changes of velocity are learned in units of their own mean size.
fn unit(recipe: &GraphRecipe, motions: &Motions) -> f64 {
    match recipe.motions.target {
        Target::Acceleration => 1.0,
        Target::VelocityChange => motions.target_size(),
    }
}

fn measured(recipe: &GraphRecipe, motions: &Motions, unit: f64) -> GraphBatch {
    GraphBatch::of(recipe, motions.spread(MEASURED), &vec![0.0; recipe.motions.world.dimensions], unit)
}
