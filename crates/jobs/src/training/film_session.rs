//! One model that learns from films, a step at a time: the face of [`crate::training::session::Session`].

use crate::protocol::checkpoint::Moments;
use crate::training::burn_models::pixel_network::PixelNetwork;
use crate::training::engine::{Engine, GradientBy};
use crate::training::optimizer::Optimizer;
use burn::tensor::{ExecutionError, Tensor, TensorData};
use models::field::model::ModelKind;
use models::kernel::pixels::PixelKernel;
use models::kernel::{Adam, Output, Part};
use models::losses::Losses;
use models::pixels::checkpoint::FilmCheckpoint;
use models::pixels::film::{Film, Films, SAMPLE, levels_with_successors, samples};
use models::pixels::frame::brightness;
use models::pixels::loss::PixelLoss;
use models::pixels::recipe::Recipe;
use models::pixels::weights::PixelWeights;
use numerics::seed::{Purpose, Seed};
use std::sync::Arc;

/// One model being trained on films.
///
/// Only [`FilmSession::losses`], [`FilmSession::weights`] and [`FilmSession::checkpoint`] wait for the device.
pub struct FilmSession {
    kind: ModelKind,
    recipe: Recipe,
    films: Arc<Films>,
    seed: Seed,
    engine: Engine,
    learner: Learner,
    step: u64,
}

/// Who holds the parameters.
enum Learner {
    /// Burn: its tape, its Adam.
    Tape(Box<PixelNetwork>, Optimizer),
    /// The kernel for one core.
    Kernel(Box<PixelKernel>),
}

/// Samples that a loss is told on, evenly spread over the films.
const TOLD: usize = 200;

impl FilmSession {
    /// The model before its first step.
    pub fn new(recipe: &Recipe, kind: ModelKind, films: Arc<Films>, seed: Seed, engine: &Engine) -> Self {
        let weights = PixelWeights::initial(recipe.widths, kind, &mut seed.stream(Purpose::Weights));
        let learner = Learner::new(recipe, kind, &weights, engine);
        Self { kind, recipe: *recipe, films, seed, engine: engine.clone(), learner, step: 0 }
    }

    /// The model it trains.
    pub fn kind(&self) -> ModelKind {
        self.kind
    }

    /// Steps taken so far.
    pub fn steps_taken(&self) -> u64 {
        self.step
    }

    /// One step of gradient descent.
    pub fn step(&mut self) {
        self.step += 1;
        let levels = self.batch();
        let lr = self.recipe.lr * self.recipe.annealing.factor(self.step - 1, self.recipe.steps);
        match &mut self.learner {
            Learner::Tape(network, optimizer) => {
                let both = Tensor::from_inner(upload(&levels, &self.engine));
                let gradients = network.loss(both).total().backward();
                optimizer.step(lr, network.parameters_mut(), |_, parameter| parameter.grad(&gradients));
            }
            Learner::Kernel(kernel) => {
                kernel.differentiate(&levels);
                kernel.descend(&Adam { lr, decay: self.recipe.decay, time: self.step });
            }
        }
    }

    /// Random samples that depend on the seed and the number of the step alone, with their successors.
    fn batch(&self) -> Vec<u8> {
        let mut rng = self.seed.stream(Purpose::Batches);
        rng.set_word_pos(u128::from(self.step) << 32);
        let all = samples(&self.films.train);
        let chosen = rand::seq::index::sample(&mut rng, all, self.recipe.batch.min(all)).into_vec();
        levels_with_successors(&self.films.train, &chosen)
    }

    /// The parts of the loss on some training and on some test samples, as the model is now.
    pub async fn loss_parts(&mut self) -> Result<[PixelLoss; 2], ExecutionError> {
        let mut parts = [PixelLoss::default(); 2];
        for (parts, films) in parts.iter_mut().zip([&self.films.train, &self.films.test]) {
            let levels = told(films);
            *parts = match &mut self.learner {
                Learner::Kernel(kernel) => kernel.loss(&levels),
                Learner::Tape(network, _) => {
                    let found = network.frozen().loss(upload(&levels, &self.engine));
                    let found = Tensor::cat(vec![found.reconstruction, found.canonical, found.dynamics], 0);
                    let values: Vec<f32> = found.into_data_async().await?.iter::<f32>().collect();
                    let [reconstruction, canonical, dynamics] = [0, 1, 2].map(|i| f64::from(values[i]));
                    PixelLoss { reconstruction, canonical, dynamics }
                }
            };
        }
        Ok(parts)
    }

    /// The whole loss on these samples.
    pub async fn losses(&mut self) -> Result<Losses, ExecutionError> {
        let [train, test] = self.loss_parts().await?.map(|parts| parts.total());
        Ok(Losses { train, test })
    }

    /// The weights as they are now.
    pub async fn weights(&self) -> Result<PixelWeights, ExecutionError> {
        match &self.learner {
            Learner::Tape(network, _) => network.weights().await,
            Learner::Kernel(kernel) => Ok(kernel.part(Part::Value)),
        }
    }

    /// All that is needed to go on from here.
    pub async fn checkpoint(&self) -> Result<FilmCheckpoint, ExecutionError> {
        let weights = self.weights().await?;
        let (first, second) = match &self.learner {
            Learner::Kernel(kernel) => (kernel.part(Part::First), kernel.part(Part::Second)),
            Learner::Tape(_, optimizer) => {
                let (mut first, mut second) = (weights.zeros(), weights.zeros());
                let places = first.tensors_mut().zip(second.tensors_mut());
                for (((_, first), (_, second)), moments) in places.zip(optimizer.moments().await?) {
                    if let Some(moments) = moments {
                        (*first, *second) = (moments.first, moments.second);
                    }
                }
                (first, second)
            }
        };
        Ok(FilmCheckpoint { step: self.step, weights, first, second })
    }

    /// Goes on from a checkpoint of the same model.
    pub fn restore(&mut self, checkpoint: &FilmCheckpoint) {
        self.step = checkpoint.step;
        self.learner = Learner::new(&self.recipe, self.kind, &checkpoint.weights, &self.engine);
        match &mut self.learner {
            Learner::Kernel(kernel) => {
                kernel.put(Part::First, &checkpoint.first);
                kernel.put(Part::Second, &checkpoint.second);
            }
            Learner::Tape(_, optimizer) if checkpoint.step > 0 => {
                let (mut first, mut second) = (checkpoint.first.clone(), checkpoint.second.clone());
                let pairs = first.tensors_mut().zip(second.tensors_mut());
                let moments: Vec<Option<Moments>> = pairs
                    .map(|((shape, first), (_, second))| {
                        let (first, second) = (std::mem::take(first), std::mem::take(second));
                        Some(Moments { time: checkpoint.step as u32, shape, first, second })
                    })
                    .collect();
                optimizer.restore(&moments, &self.engine.plain);
            }
            Learner::Tape(..) => (),
        }
    }
}

impl Learner {
    fn new(recipe: &Recipe, kind: ModelKind, weights: &PixelWeights, engine: &Engine) -> Self {
        match (engine.gradient, Output::of(kind)) {
            (GradientBy::Kernel, Some(output)) => Learner::Kernel(Box::new(PixelKernel::new(output, weights))),
            _ => {
                let network = PixelNetwork::new(kind, weights, &engine.taped, engine.guard);
                Learner::Tape(Box::new(network), Optimizer::new(recipe.decay))
            }
        }
    }
}

fn told(films: &[Film]) -> Vec<u8> {
    let all = samples(films);
    let chosen: Vec<usize> = (0..all).step_by(all.div_ceil(TOLD).max(1)).collect();
    levels_with_successors(films, &chosen)
}

fn upload(levels: &[u8], engine: &Engine) -> Tensor<2> {
    let values: Vec<f32> = levels.iter().map(|level| brightness(*level)).collect();
    Tensor::from_data(TensorData::new(values, [levels.len() / SAMPLE, SAMPLE]), &engine.plain)
}
