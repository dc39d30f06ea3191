//! A model that learns from pixels, with its films.

use crate::field::model::ModelKind;
use crate::learner::{Batch, Functions, LossesOn, Part, Trainable};
use crate::pixels::film::{Film, Films, samples, with_successors};
use crate::pixels::network::{DYNAMICS_WEIGHT, PixelNetwork};
use crate::pixels::recipe::Recipe;
use autodiff::adam::Adam;
use autodiff::parameters::Parameters;
use numerics::seed::{Purpose, Seed};
use std::borrow::Cow;
use std::sync::Arc;

/// A model and its films.
#[derive(Clone, Debug)]
pub struct PixelTraining {
    recipe: Recipe,
    network: PixelNetwork,
    films: Arc<Films>,
    seed: Seed,
    /// Some training and some test samples, for losses.
    some: [[Vec<f32>; 2]; 2],
}

/// Samples that a loss is measured on, evenly spread over the films.
const MEASURED: usize = 200;

/// Numbers of all samples that a graphics card may keep.
const ON_A_CARD: usize = 24 << 20;

impl PixelTraining {
    /// The model before its first step.
    pub fn new(recipe: &Recipe, kind: ModelKind, films: Arc<Films>, seed: Seed) -> Self {
        let some = [&films.train, &films.test].map(|films| measured(films));
        Self { recipe: *recipe, network: PixelNetwork::of(recipe.widths, kind), films, seed, some }
    }

    /// Which model is trained.
    pub fn kind(&self) -> ModelKind {
        self.network.field.kind
    }
}

impl Trainable for PixelTraining {
    fn functions(&self) -> Functions {
        let [training, losses] = self.network.training();
        Functions { training, losses, parts: 3 }
    }

    fn initial(&self) -> Parameters {
        self.network.initial(&mut self.seed.stream(Purpose::Weights))
    }

    fn steps(&self) -> u64 {
        self.recipe.steps
    }

    fn batch(&self, step: u64) -> Batch<'_> {
        let chosen: Vec<usize> = self.chosen(step).iter().map(|sample| *sample as usize).collect();
        let items = chosen.len();
        Batch { inputs: with_successors(&self.films.train, &chosen).map(Cow::Owned).into(), items }
    }

    fn data(&self) -> Option<Batch<'_>> {
        let items = samples(&self.films.train);
        let all: Vec<usize> = (0..items).collect();
        // Two frames and one to compare with.
        (items * 3 * self.network.sample <= ON_A_CARD)
            .then(|| Batch { inputs: with_successors(&self.films.train, &all).map(Cow::Owned).into(), items })
    }

    fn chosen(&self, step: u64) -> Cow<'_, [u32]> {
        let mut rng = self.seed.stream_at(Purpose::Batches, step);
        let all = samples(&self.films.train);
        let chosen = rand::seq::index::sample(&mut rng, all, self.recipe.batch.min(all));
        chosen.into_iter().map(|sample| sample as u32).collect()
    }

    fn adam(&self, step: u64) -> Adam {
        let Recipe { lr, annealing, steps, decay, .. } = self.recipe;
        Adam { decay, ..Adam::new(lr * annealing.factor(step - 1, steps), step) }
    }

    fn samples(&self, part: Part, _: LossesOn) -> Batch<'_> {
        let [train, test] = &self.some;
        let inputs = if part == Part::Train { train } else { test };
        let items = inputs[1].len() / self.network.sample;
        Batch { inputs: inputs.each_ref().map(|input| Cow::Borrowed(input.as_slice())).into(), items }
    }

    fn total(&self, parts: &[f64]) -> f64 {
        parts[0] + parts[1] + DYNAMICS_WEIGHT * parts[2]
    }
}

fn measured(films: &[Film]) -> [Vec<f32>; 2] {
    let all = samples(films);
    let chosen: Vec<usize> = (0..all).step_by(all.div_ceil(MEASURED).max(1)).collect();
    with_successors(films, &chosen)
}
