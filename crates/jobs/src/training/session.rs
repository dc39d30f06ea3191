//! One model being trained, a step at a time.

use crate::protocol::checkpoint::NetworkCheckpoint;
use crate::training::burn_models::network::{Examples, Network, Rows};
use crate::training::engine::{Engine, GradientBy};
use crate::training::optimizer::Optimizer;
use burn::tensor::ExecutionError;
use burn::tensor::{Int, Tensor, TensorData};
use data::scaling::Scaling;
use experiments::Experiment;
use experiments::limits::RECORDED_ROWS;
use experiments::schedule::Schedule;
use experiments::task::Task;
use models::field::initial::orthogonal_mlp;
use models::field::model::{LearnedModel, ModelKind};
use models::field::weights::MlpWeights;
use models::kernel::{Output, loss, loss_and_gradients};
use models::losses::Losses;
use numerics::seed::{Purpose, Seed};
use physics::dataset::{Dataset, Samples};
use physics::dynamics::VectorField;

/// One model being trained.
///
/// Steps are queued without waiting for their result; only [`Session::losses`], [`Session::weights`] and
/// [`Session::checkpoint`] wait for the device.
pub struct Session {
    kind: ModelKind,
    network: Network,
    schedule: Schedule,
    optimizer: Optimizer,
    rows: Rows,
    test_rows: Rows,
    train: Examples,
    test: Examples,
    /// Some of the training and test rows, for losses along the way.
    some: [Rows; 2],
    batch: Option<usize>,
    seed: Seed,
    engine: Engine,
    step: u64,
    /// The data in their own units, where a network sees them scaled.
    unscaled: Option<(Scaling, Dataset)>,
}

/// On how many samples a loss is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossesOn {
    /// On all.
    All,
    /// On enough to see where training is.
    Some,
}

impl Session {
    /// The model before its first step.
    pub fn new(experiment: &Experiment, kind: ModelKind, task: &Task, engine: &Engine) -> Self {
        let mut rng = experiment.seed.stream(Purpose::Weights);
        let weights = orthogonal_mlp(&experiment.widths(kind), experiment.network.activation, &mut rng);
        let batch = experiment.batch_size();
        let scaled = (task.scaling != Scaling::IDENTITY).then(|| task.scaling.data_inward(&task.dataset));
        let dataset = scaled.as_ref().unwrap_or(&task.dataset);
        let rows = Rows::new(&dataset.train, kind);
        let test_rows = Rows::new(&dataset.test, kind);
        Self {
            kind,
            network: Network::new(kind, &weights, &engine.taped, engine.guard),
            schedule: experiment.schedule,
            optimizer: Optimizer::new(experiment.schedule.decay),
            train: Examples::new(&rows, &engine.plain),
            test: Examples::new(&test_rows, &engine.plain),
            some: [rows.thinned(RECORDED_ROWS), test_rows.thinned(RECORDED_ROWS)],
            batch: (batch < rows.len()).then_some(batch),
            rows,
            test_rows,
            seed: experiment.seed,
            engine: engine.clone(),
            step: 0,
            unscaled: scaled.as_ref().map(|_| (task.scaling, task.dataset.clone())),
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
        let chosen = self.batch.map(|size| self.batch_of(size));
        match self.kernel() {
            None => self.step_by_tape(chosen),
            Some(output) => self.step_by_kernel(chosen, output),
        }
        self.step += 1;
    }

    /// What the kernel takes for the output, where it does the work: it knows no friction.
    fn kernel(&self) -> Option<Output> {
        Output::of(self.kind).filter(|_| self.engine.gradient == GradientBy::Kernel)
    }

    fn step_by_tape(&mut self, chosen: Option<Vec<usize>>) {
        let examples = match chosen {
            None => self.train.clone(),
            Some(rows) => {
                let count = rows.len();
                let rows: Vec<i32> = rows.into_iter().map(|row| row as i32).collect();
                let rows = Tensor::<1, Int>::from_data(TensorData::new(rows, [count]), &self.engine.plain);
                Examples {
                    states: self.train.states.clone().select(0, rows.clone()),
                    targets: self.train.targets.clone().select(0, rows),
                }
            }
        };
        let examples =
            Examples { states: Tensor::from_inner(examples.states), targets: Tensor::from_inner(examples.targets) };
        let gradients = self.network.loss(&examples).backward();
        // A bias that only shifts an energy has no gradient.
        let lr = self.schedule.rate(self.step);
        self.optimizer.step(lr, self.network.mlp.parameters_mut(), |_, parameter| parameter.grad(&gradients));
    }

    /// The kernel runs where the weights are, so reading them waits for nothing.
    fn step_by_kernel(&mut self, chosen: Option<Vec<usize>>, output: Output) {
        let some;
        let rows = match chosen {
            None => &self.rows,
            Some(numbers) => {
                some = self.rows.chosen(&numbers);
                &some
            }
        };
        let gradients = loss_and_gradients(output, &self.network.mlp.weights_here(), rows.batch());
        let mut parts: Vec<Vec<f32>> =
            gradients.layers.into_iter().flat_map(|layer| [layer.weight, layer.bias]).collect();
        parts.retain(|part| !part.is_empty());
        let device = &self.engine.plain;
        let lr = self.schedule.rate(self.step);
        self.optimizer.step(lr, self.network.mlp.parameters_mut(), |i, parameter| {
            Some(Tensor::from_data(TensorData::new(std::mem::take(parts.get_mut(i)?), parameter.dims()), device))
        });
    }

    /// The numbers of a random subset of the training set that depends on the seed and the number of the step alone, so
    /// that a run that goes on from a checkpoint sees the same batches.
    fn batch_of(&self, size: usize) -> Vec<usize> {
        let mut rng = self.seed.stream(Purpose::Batches);
        rng.set_word_pos(u128::from(self.step) << 32);
        rand::seq::index::sample(&mut rng, self.rows.len(), size).into_vec()
    }

    /// Loss on training and test samples as the model is now, in the units of the data: on all of them, or on enough of each.
    pub async fn losses(&self, on: LossesOn) -> Result<Losses, ExecutionError> {
        if let Some((scaling, dataset)) = &self.unscaled {
            let model = LearnedModel::new(self.kind, &self.weights().await?).in_units(*scaling);
            let of = |samples: &Samples| squared_miss(&model, samples, on);
            return Ok(Losses { train: of(&dataset.train), test: of(&dataset.test) });
        }
        let [some_train, some_test] = &self.some;
        if let Some(output) = self.kernel() {
            let weights = self.network.mlp.weights_here();
            let rows = match on {
                LossesOn::All => [&self.rows, &self.test_rows],
                LossesOn::Some => [some_train, some_test],
            };
            let [train, test] = rows.map(|rows| loss(output, &weights, rows.batch()));
            return Ok(Losses { train, test });
        }
        let frozen = self.network.frozen();
        let upload = |rows: &Rows| Examples::new(rows, &self.engine.plain);
        let (train, test) = match on {
            LossesOn::All => (self.train.clone(), self.test.clone()),
            LossesOn::Some => (upload(some_train), upload(some_test)),
        };
        let both = Tensor::cat(vec![frozen.loss(&train), frozen.loss(&test)], 0);
        let values: Vec<f32> = both.into_data_async().await?.iter::<f32>().collect();
        Ok(Losses { train: f64::from(values[0]), test: f64::from(values[1]) })
    }

    /// The weights as they are now.
    pub async fn weights(&self) -> Result<MlpWeights, ExecutionError> {
        self.network.mlp.weights().await
    }

    /// All that is needed to go on from here.
    pub async fn checkpoint(&self) -> Result<NetworkCheckpoint, ExecutionError> {
        Ok(NetworkCheckpoint {
            step: self.step,
            weights: self.weights().await?,
            moments: self.optimizer.moments().await?,
        })
    }

    /// Goes on from a checkpoint of the same model.
    pub fn restore(&mut self, checkpoint: &NetworkCheckpoint) {
        self.step = checkpoint.step;
        self.network = Network::new(self.kind, &checkpoint.weights, &self.engine.taped, self.engine.guard);
        self.optimizer.restore(&checkpoint.moments, &self.engine.plain);
    }
}

/// Rows on which a scaled model, which is evaluated one at a time, is measured along the way.
const SCALED_ROWS: usize = 300;

/// Mean squared error over samples and components in the units of the data.
fn squared_miss(model: &LearnedModel, samples: &Samples, on: LossesOn) -> f64 {
    let every = match on {
        LossesOn::All => 1,
        LossesOn::Some => samples.len().div_ceil(SCALED_ROWS).max(1),
    };
    let pairs = samples.states.iter().zip(&samples.velocities).step_by(every);
    let misses = pairs.flat_map(|(state, wanted)| {
        let found = model.velocity(state);
        found.components().zip(wanted.components()).map(|(a, b)| (a - b).powi(2)).collect::<Vec<_>>()
    });
    let (sum, count) = misses.fold((0.0, 0usize), |(sum, count), miss| (sum + miss, count + 1));
    sum / count.max(1) as f64
}
