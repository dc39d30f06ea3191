//! What the two kinds of model share: a velocity at each state, and the loss that compares it with what was measured.

use crate::learned::model::ModelKind;
use crate::learned::weights::MlpWeights;
use crate::models::mlp::{Guard, Mlp};
use crate::physics::dataset::Samples;
use burn::tensor::{Device, Tensor, TensorData};

/// A network in training.
#[derive(Clone, Debug)]
pub struct Network {
    kind: ModelKind,
    /// Its layers.
    pub mlp: Mlp,
}

/// States and targets on a device, `[n, 2·dof]` each.
///
/// The targets are arranged as the network's raw output comes: velocities (q̇, ṗ) for a baseline, and for a Hamiltonian
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
        };
        let error = output - examples.targets.clone();
        (error.clone() * error).mean()
    }

    /// The same network without a tape, to be evaluated only.
    pub fn frozen(&self) -> Self {
        Self { kind: self.kind, mlp: self.mlp.frozen() }
    }
}

impl Examples {
    /// Uploads samples for one kind of model.
    pub fn new(samples: &Samples, kind: ModelKind, device: &Device) -> Self {
        let states = samples.states.iter().flat_map(|state| state.coordinates());
        let targets = samples.velocities.iter().flat_map(|velocity| match kind {
            ModelKind::Baseline => [velocity.dq.clone(), velocity.dp.clone()].concat(),
            ModelKind::Hnn => velocity.dp.iter().map(|force| -force).chain(velocity.dq.iter().copied()).collect(),
        });
        Self { states: upload(states, samples.len(), device), targets: upload(targets, samples.len(), device) }
    }
}

fn upload(values: impl Iterator<Item = f64>, rows: usize, device: &Device) -> Tensor<2> {
    let values: Vec<f32> = values.map(|x| x as f32).collect();
    let columns = values.len().checked_div(rows).unwrap_or(0);
    Tensor::from_data(TensorData::new(values, [rows, columns]), device)
}
