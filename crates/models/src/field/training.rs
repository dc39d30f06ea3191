//! A network of phase space with the samples that it learns from.

use crate::field::annealing::Annealing;
use crate::field::model::{LearnedModel, ModelKind};
use crate::field::network::FieldNetwork;
use crate::learner::{Batch, Functions, LossesOn, Measure, Part, Trainable};
use crate::losses::Losses;
use crate::team::WORTH_SHARING;
use autodiff::adam::Adam;
use autodiff::parameters::Parameters;
use data::scaling::Scaling;
use numerics::seed::{Purpose, Seed};
use physics::dataset::{Dataset, Samples};
use physics::dynamics::VectorField;
use std::borrow::Cow;

/// How long a network is trained, and how large its steps are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descent {
    /// Number of steps.
    pub steps: u64,
    /// Samples in a step; all of them if there are no more.
    pub batch: usize,
    /// Learning rate.
    pub lr: f64,
    /// How the learning rate changes on the way.
    pub annealing: Annealing,
    /// Weight decay.
    pub decay: f64,
}

/// A network and its samples.
#[derive(Clone, Debug)]
pub struct FieldTraining {
    network: FieldNetwork,
    descent: Descent,
    seed: Seed,
    train: Rows,
    test: Rows,
    /// Some training and some test rows, for losses along the way.
    some: [Rows; 2],
    /// The data in their own units, where the network sees them scaled.
    unscaled: Option<(Scaling, Dataset)>,
}

/// States and velocities, row by row.
#[derive(Clone, Debug, Default)]
struct Rows {
    states: Vec<f32>,
    velocities: Vec<f32>,
    width: usize,
}

/// Losses along the way are measured on at most this many samples, evenly chosen; at the end on all of them.
pub const RECORDED_ROWS: usize = 2500;
/// Rows on which a scaled model, which is evaluated one at a time, is measured along the way.
const SCALED_ROWS: usize = 300;

impl FieldTraining {
    /// A network before its first step. It sees the samples through `scaling`; losses are measured in their own units.
    pub fn new(network: FieldNetwork, descent: Descent, dataset: &Dataset, scaling: Scaling, seed: Seed) -> Self {
        let scaled = (scaling != Scaling::IDENTITY).then(|| scaling.data_inward(dataset));
        let seen = scaled.as_ref().unwrap_or(dataset);
        let (train, test) = (Rows::new(&seen.train), Rows::new(&seen.test));
        Self {
            network,
            descent,
            seed,
            some: [train.thinned(RECORDED_ROWS), test.thinned(RECORDED_ROWS)],
            train,
            test,
            unscaled: scaled.is_some().then(|| (scaling, dataset.clone())),
        }
    }

    /// Which network is trained.
    pub fn kind(&self) -> ModelKind {
        self.network.kind
    }
}

impl Trainable for FieldTraining {
    fn functions(&self) -> Functions {
        let [training, losses] = self.network.training();
        Functions { training, losses, parts: 1 }
    }

    fn initial(&self) -> Parameters {
        self.network.initial(&mut self.seed.stream(Purpose::Weights))
    }

    fn steps(&self) -> u64 {
        self.descent.steps
    }

    fn batch(&self, step: u64) -> Batch<'_> {
        if self.descent.batch >= self.train.len() {
            return self.train.batch();
        }
        let chosen: Vec<usize> = self.chosen(step).iter().map(|row| *row as usize).collect();
        self.train.chosen(&chosen).into_batch()
    }

    fn data(&self) -> Option<Batch<'_>> {
        Some(self.train.batch())
    }

    fn chosen(&self, step: u64) -> Cow<'_, [u32]> {
        let all = self.train.len();
        if self.descent.batch >= all {
            return (0..all as u32).collect();
        }
        let mut rng = self.seed.stream_at(Purpose::Batches, step - 1);
        rand::seq::index::sample(&mut rng, all, self.descent.batch).into_iter().map(|row| row as u32).collect()
    }

    fn in_halves(&self) -> bool {
        let widths = self.network.widths();
        let weights: usize = widths.windows(2).map(|pair| pair[0] * pair[1]).sum();
        let rows = self.descent.batch.min(self.train.len());
        weights as f64 * rows as f64 >= WORTH_SHARING
    }

    fn adam(&self, step: u64) -> Adam {
        let Descent { lr, annealing, steps, decay, .. } = self.descent;
        Adam { decay, ..Adam::new(lr * annealing.factor(step - 1, steps), step) }
    }

    fn samples(&self, part: Part, on: LossesOn) -> Batch<'_> {
        let [some_train, some_test] = &self.some;
        match (part, on) {
            (Part::Train, LossesOn::All) => self.train.batch(),
            (Part::Test, LossesOn::All) => self.test.batch(),
            (Part::Train, LossesOn::Some) => some_train.batch(),
            (Part::Test, LossesOn::Some) => some_test.batch(),
        }
    }

    fn measure(&self) -> Option<Measure<'_>> {
        let (scaling, dataset) = self.unscaled.as_ref()?;
        Some(Box::new(move |parameters, on| {
            let model = LearnedModel::new(&self.network, parameters).in_units(*scaling);
            let [train, test] = [&dataset.train, &dataset.test].map(|samples| squared_error(&model, samples, on));
            Losses { train, test }
        }))
    }
}

impl Rows {
    fn new(samples: &Samples) -> Self {
        let states: Vec<f32> = samples.states.iter().flat_map(|state| state.coordinates()).map(|x| x as f32).collect();
        let velocities = samples.velocities.iter().flat_map(|velocity| velocity.components());
        let width = states.len().checked_div(samples.len()).unwrap_or(0);
        Self { states, velocities: velocities.map(|x| x as f32).collect(), width }
    }

    fn len(&self) -> usize {
        self.states.len().checked_div(self.width).unwrap_or(0)
    }

    /// At most `count` of them, evenly chosen.
    fn thinned(&self, count: usize) -> Self {
        let every = self.len().div_ceil(count).max(1);
        self.chosen(&(0..self.len()).step_by(every).collect::<Vec<_>>())
    }

    fn chosen(&self, rows: &[usize]) -> Self {
        let of = |values: &[f32]| {
            rows.iter().flat_map(|row| &values[row * self.width..(row + 1) * self.width]).copied().collect()
        };
        Self { states: of(&self.states), velocities: of(&self.velocities), width: self.width }
    }

    fn batch(&self) -> Batch<'_> {
        Batch { inputs: vec![Cow::Borrowed(&self.states), Cow::Borrowed(&self.velocities)], items: self.len() }
    }

    fn into_batch(self) -> Batch<'static> {
        Batch { items: self.len(), inputs: vec![Cow::Owned(self.states), Cow::Owned(self.velocities)] }
    }
}

/// Mean squared error over samples and components in the units of the data.
fn squared_error(model: &LearnedModel, samples: &Samples, on: LossesOn) -> f64 {
    let every = match on {
        LossesOn::All => 1,
        LossesOn::Some => samples.len().div_ceil(SCALED_ROWS).max(1),
    };
    let pairs = samples.states.iter().zip(&samples.velocities).step_by(every);
    let errors = pairs.flat_map(|(state, wanted)| {
        let found = model.velocity(state);
        found.components().zip(wanted.components()).map(|(a, b)| (a - b).powi(2)).collect::<Vec<_>>()
    });
    let (sum, count) = errors.fold((0.0, 0usize), |(sum, count), error| (sum + error, count + 1));
    sum / count.max(1) as f64
}
