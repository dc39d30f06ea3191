//! What the kinds of model share: a velocity at each state, and the loss that compares it with what was measured.

use crate::training::burn_models::mlp::{Guard, Mlp};
use burn::tensor::{Device, Tensor, TensorData};
use models::field::model::ModelKind;
use models::field::weights::MlpWeights;
use models::kernel::Batch;
use physics::dataset::Samples;

/// A network in training.
#[derive(Clone, Debug)]
pub struct Network {
    kind: ModelKind,
    /// Its layers.
    pub mlp: Mlp,
}

/// States and targets on a device, `[n, 2·dof]` each.
///
/// The targets are arranged as the network's raw output comes: velocities (q̇, ṗ) for a baseline and with friction, and for a Hamiltonian
/// network the gradient (∂H/∂q, ∂H/∂p) = (−ṗ, q̇) that the velocity asks for. That is the same mean squared error, with the
/// rearrangement done once instead of in every step.
#[derive(Clone, Debug)]
pub struct Examples {
    /// (q…, p…) in each row.
    pub states: Tensor<2>,
    /// What the network's raw output should be there.
    pub targets: Tensor<2>,
}

impl Network {
    /// A network with these weights.
    pub fn new(kind: ModelKind, weights: &MlpWeights, device: &Device, guard: Guard) -> Self {
        Self { kind, mlp: Mlp::new(weights, device, guard) }
    }

    /// Mean squared error over samples and components, `[1]`.
    pub fn loss(&self, examples: &Examples) -> Tensor<1> {
        let states = examples.states.clone();
        let output = match self.kind {
            ModelKind::Baseline => self.mlp.forward(states),
            ModelKind::Hnn => self.mlp.input_gradient(states),
            ModelKind::Dissipative => {
                let [slope, energy] = self.mlp.input_gradients(states);
                slope + turned(energy)
            }
        };
        let error = output - examples.targets.clone();
        (error.clone() * error).mean()
    }

    /// The same network without a tape, to be evaluated only.
    pub fn frozen(&self) -> Self {
        Self { kind: self.kind, mlp: self.mlp.frozen() }
    }
}

/// (∂H/∂q, ∂H/∂p) in each row turned into the velocity (∂H/∂p, −∂H/∂q).
pub(super) fn turned(gradient: Tensor<2>) -> Tensor<2> {
    let [rows, width] = gradient.dims();
    let half = |from: usize| gradient.clone().slice([0..rows, from..from + width / 2]);
    Tensor::cat(vec![half(width / 2), half(0).neg()], 1)
}

/// The same as plain numbers, row by row.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// (q…, p…) in each row.
    pub states: Vec<f32>,
    /// What the network's raw output should be there.
    pub targets: Vec<f32>,
    /// Numbers in a row.
    pub width: usize,
}

impl Rows {
    /// Samples arranged for one kind of model.
    pub fn new(samples: &Samples, kind: ModelKind) -> Self {
        let states: Vec<f32> = samples.states.iter().flat_map(|state| state.coordinates()).map(|x| x as f32).collect();
        let targets = samples.velocities.iter().flat_map(|velocity| match kind {
            ModelKind::Baseline | ModelKind::Dissipative => [velocity.dq.clone(), velocity.dp.clone()].concat(),
            ModelKind::Hnn => velocity.dp.iter().map(|force| -force).chain(velocity.dq.iter().copied()).collect(),
        });
        let width = states.len().checked_div(samples.len()).unwrap_or(0);
        Self { states, targets: targets.map(|x| x as f32).collect(), width }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.states.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// As the kernel takes them.
    pub fn batch(&self) -> Batch<'_> {
        Batch { states: &self.states, targets: &self.targets, width: self.width }
    }

    /// At most `count` of them, evenly chosen.
    pub fn thinned(&self, count: usize) -> Self {
        let every = self.len().div_ceil(count).max(1);
        self.chosen(&(0..self.len()).step_by(every).collect::<Vec<_>>())
    }

    /// Some of them, by their numbers.
    pub fn chosen(&self, rows: &[usize]) -> Self {
        let of = |values: &[f32]| {
            rows.iter().flat_map(|row| &values[row * self.width..(row + 1) * self.width]).copied().collect()
        };
        Self { states: of(&self.states), targets: of(&self.targets), width: self.width }
    }
}

impl Examples {
    /// Uploads them.
    pub fn new(rows: &Rows, device: &Device) -> Self {
        let upload =
            |values: &[f32]| Tensor::from_data(TensorData::new(values.to_vec(), [rows.len(), rows.width]), device);
        Self { states: upload(&rows.states), targets: upload(&rows.targets) }
    }
}
