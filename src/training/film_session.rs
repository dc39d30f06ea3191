//! One model that learns from films, a step at a time: the face of [`crate::training::session::Session`].

use crate::experiment::schedule::Schedule;
use crate::learned::model::ModelKind;
use crate::models::pixel_network::PixelNetwork;
use crate::pixels::film::{Film, Films, SAMPLE};
use crate::pixels::recipe::Recipe;
use crate::pixels::weights::PixelWeights;
use crate::protocol::report::Losses;
use crate::seed::{Purpose, Seed};
use crate::training::engine::Engine;
use crate::training::optimizer::Optimizer;
use burn::tensor::{ExecutionError, Tensor, TensorData};
use std::sync::Arc;

/// One model being trained on films.
pub struct FilmSession {
    kind: ModelKind,
    network: PixelNetwork,
    optimizer: Optimizer,
    films: Arc<Films>,
    batch: usize,
    seed: Seed,
    engine: Engine,
    step: u64,
}

/// Samples that a loss is told on, evenly spread over the films.
const TOLD: usize = 200;

impl FilmSession {
    /// The model before its first step.
    pub fn new(recipe: &Recipe, kind: ModelKind, films: Arc<Films>, seed: Seed, engine: &Engine) -> Self {
        let weights = PixelWeights::initial(recipe.widths, kind, &mut seed.stream(Purpose::Weights));
        let Recipe { steps, batch, lr, decay, .. } = *recipe;
        Self {
            kind,
            network: PixelNetwork::new(kind, &weights, &engine.taped, engine.guard),
            optimizer: Optimizer::new(&Schedule { steps, batch, lr, decay }),
            batch: batch.min(samples(&films.train)),
            films,
            seed,
            engine: engine.clone(),
            step: 0,
        }
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
        let mut rng = self.seed.stream(Purpose::Batches);
        rng.set_word_pos(u128::from(self.step) << 32);
        let chosen = rand::seq::index::sample(&mut rng, samples(&self.films.train), self.batch);
        let both = Tensor::from_inner(self.upload(&pairs(&self.films.train, chosen.into_iter())));
        let gradients = self.network.loss(both).total().backward();
        self.optimizer.step(self.network.parameters_mut(), |_, parameter| parameter.grad(&gradients));
        self.step += 1;
    }

    fn upload(&self, pairs: &[f32]) -> Tensor<2> {
        Tensor::from_data(TensorData::new(pairs.to_vec(), [pairs.len() / SAMPLE, SAMPLE]), &self.engine.plain)
    }

    /// Loss on some training and some test samples, as the model is now.
    pub async fn losses(&self) -> Result<Losses, ExecutionError> {
        let frozen = self.network.frozen();
        let on = |films: &[Film]| {
            let count = samples(films);
            let chosen = (0..count).step_by(count.div_ceil(TOLD).max(1));
            frozen.loss(self.upload(&pairs(films, chosen))).total()
        };
        let both = Tensor::cat(vec![on(&self.films.train), on(&self.films.test)], 0);
        let values: Vec<f32> = both.into_data_async().await?.iter::<f32>().collect();
        Ok(Losses { train: f64::from(values[0]), test: f64::from(values[1]) })
    }

    /// The weights as they are now.
    pub async fn weights(&self) -> Result<PixelWeights, ExecutionError> {
        self.network.weights().await
    }
}

fn samples(films: &[Film]) -> usize {
    films.iter().map(Film::samples).sum()
}

/// The chosen samples row by row, then their successors in the same order.
fn pairs(films: &[Film], chosen: impl Iterator<Item = usize> + Clone) -> Vec<f32> {
    let each = films.first().map_or(1, Film::samples);
    let at = |later: usize| chosen.clone().flat_map(move |i| films[i / each].sample(i % each + later));
    at(0).chain(at(1)).collect()
}
