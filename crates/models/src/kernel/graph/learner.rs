//! A graph network being trained, a step at a time.

use crate::graph::batch::GraphBatch;
use crate::graph::checkpoint::GraphCheckpoint;
use crate::graph::model::GraphModel;
use crate::graph::recipe::{GraphRecipe, Positions, RecipeError, Strategy};
use crate::graph::report::{EDGES, FINAL_EDGES, MessageReport};
use crate::graph::schedule::one_cycle;
use crate::graph::weights::GraphWeights;
use crate::kernel::adam::Adam;
use crate::kernel::dense::Part;
use crate::kernel::graph::GraphKernel;
use crate::losses::Losses;
use crate::messages::comparison::ComparisonError;
use numerics::seed::{Purpose, Seed};
use physics::particles::dataset::{MotionDataset, Motions};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use std::sync::Arc;

/// A graph network, its data, and how far it has come. Where it is after a step depends on recipe, seed and the number of
/// the step alone.
#[derive(Clone, Debug)]
pub struct GraphLearner {
    recipe: GraphRecipe,
    seed: Seed,
    data: Arc<MotionDataset>,
    kernel: GraphKernel,
    step: u64,
    told: [GraphBatch; 2],
}

/// What a step takes.
#[derive(Clone, Debug)]
pub struct Draw {
    /// Random graphs.
    pub batch: GraphBatch,
    /// Noise for their messages, where there is any.
    pub noise: Option<Vec<f32>>,
    /// Learning rate and decay.
    pub adam: Adam,
}

/// Graphs that a loss is told on, evenly spread.
const TOLD: usize = 200;

impl GraphLearner {
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
        let kernel = GraphKernel::new(recipe, &GraphWeights::initial(recipe, seed));
        let told = [&data.train, &data.test].map(|motions| told(recipe, motions));
        Ok(Self { recipe: *recipe, seed, data, kernel, step: 0, told })
    }

    /// How it learns.
    pub fn recipe(&self) -> &GraphRecipe {
        &self.recipe
    }

    /// What it learns from and is judged by.
    pub fn data(&self) -> &Arc<MotionDataset> {
        &self.data
    }

    /// Steps taken so far.
    pub fn steps_taken(&self) -> u64 {
        self.step
    }

    /// Whether the recipe has been followed to its end.
    pub fn is_done(&self) -> bool {
        self.step >= self.recipe.steps
    }

    /// One step of gradient descent.
    pub fn step(&mut self) {
        let Draw { batch, noise, adam } = self.draw();
        self.kernel.differentiate(&batch, noise.as_deref());
        self.kernel.descend(&adam);
    }

    /// What the next step takes, for whoever takes it elsewhere; it counts as taken. Beyond the recipe's last step the learning rate
    /// stays as small as it was there.
    pub fn draw(&mut self) -> Draw {
        self.step += 1;
        let (batch, noise) = self.batch();
        let lr = one_cycle(self.recipe.lr, self.recipe.steps, self.step);
        Draw { batch, noise, adam: Adam { lr, decay: self.recipe.decay, time: self.step } }
    }

    /// The weights that steps taken elsewhere led to.
    pub fn adopt(&mut self, weights: &GraphWeights) {
        self.kernel.put(Part::Value, weights);
    }

    /// Random graphs, a shift for all of them, and noise for their messages.
    fn batch(&self) -> (GraphBatch, Option<Vec<f32>>) {
        let mut rng = self.seed.stream(Purpose::Batches);
        rng.set_word_pos(u128::from(self.step) << 32);
        let motions = &self.data.train;
        let all = motions.len();
        let chosen: Vec<usize> = (0..self.recipe.batch).map(|_| rng.random_range(0..all)).collect();
        let shifted = self.recipe.positions == Positions::Absolute;
        let reach = if shifted { self.recipe.shift } else { 0.0 };
        let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
        let shift: Vec<f64> = (0..self.recipe.motions.world.dimensions).map(|_| reach * normal()).collect();
        let batch = GraphBatch::of(&self.recipe, chosen.into_iter().filter_map(|index| motions.sample(index)), &shift);
        let noise = match self.recipe.strategy {
            Strategy::Kl { size, .. } => Some((0..batch.present.len() * size).map(|_| normal() as f32).collect()),
            _ => None,
        };
        (batch, noise)
    }

    /// Σ|â − a| over bodies and components per graph, on some training and some test graphs, as the network is now. What messages
    /// cost is not in it.
    pub fn losses(&mut self) -> Losses {
        let [train, test] = [0, 1].map(|part| self.kernel.loss(&self.told[part]).prediction);
        Losses { train, test }
    }

    /// The weights as they are now.
    pub fn weights(&self) -> GraphWeights {
        self.kernel.part(Part::Value)
    }

    /// The network as it is now, to be evaluated.
    pub fn model(&self) -> GraphModel {
        GraphModel::new(&self.recipe, &self.weights())
    }

    /// Its messages held against the forces of held-out motions.
    pub fn messages(&self) -> Result<MessageReport, ComparisonError> {
        let edges = if self.is_done() { FINAL_EDGES } else { EDGES };
        MessageReport::of(&self.model(), &self.data.test, edges, self.step)
    }

    /// All that is needed to go on from here.
    pub fn checkpoint(&self) -> GraphCheckpoint {
        let [weights, first, second] = [Part::Value, Part::First, Part::Second].map(|part| self.kernel.part(part));
        GraphCheckpoint { step: self.step, weights, first, second }
    }

    /// Goes on from a checkpoint of the same recipe and seed; one of another shape is refused.
    pub fn restore(&mut self, checkpoint: &GraphCheckpoint) -> Result<(), RecipeError> {
        let GraphCheckpoint { step, weights, first, second } = checkpoint;
        if [weights, first, second].iter().any(|numbers| !numbers.fits(&self.recipe)) {
            return Err(RecipeError::Widths);
        }
        self.step = *step;
        self.kernel = GraphKernel::new(&self.recipe, weights);
        self.kernel.put(Part::First, first);
        self.kernel.put(Part::Second, second);
        Ok(())
    }
}

fn told(recipe: &GraphRecipe, motions: &Motions) -> GraphBatch {
    GraphBatch::of(recipe, motions.spread(TOLD), &vec![0.0; recipe.motions.world.dimensions])
}
