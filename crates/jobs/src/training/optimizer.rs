//! Adam with L2-coupled weight decay over the parameters of a network, with a state that can be stored.

use crate::protocol::checkpoint::Moments;
use crate::training::burn_models::mlp::read;
use burn::optim::decay::WeightDecayConfig;
use burn::optim::{Adam, AdamConfig, AdamState, AdaptiveMomentumState, Optimizer as _};
use burn::tensor::ExecutionError;
use burn::tensor::{Device, Tensor, TensorData};

/// Adam (Kingma and Ba 2015) as PyTorch has it: ε = 1e-8, and the decay added to the gradient, biases included.
pub struct Optimizer {
    adam: Adam,
    states: Vec<Option<AdamState<2>>>,
}

impl Optimizer {
    /// At rest: no moments yet.
    pub fn new(decay: f64) -> Self {
        let config = AdamConfig::new().with_epsilon(1e-8);
        let config = match decay {
            0.0 => config,
            decay => config.with_weight_decay(Some(WeightDecayConfig::new(decay as f32))),
        };
        Self { adam: config.build(), states: vec![] }
    }

    /// Moves every parameter one step down its gradient, which is asked for by the parameter's number.
    pub fn step<'a>(
        &mut self,
        lr: f64,
        parameters: impl Iterator<Item = &'a mut Tensor<2>>,
        mut gradient: impl FnMut(usize, &Tensor<2>) -> Option<Tensor<2>>,
    ) {
        for (i, parameter) in parameters.enumerate() {
            if self.states.len() <= i {
                self.states.push(None);
            }
            let Some(gradient) = gradient(i, parameter) else {
                continue;
            };
            let (moved, state) = self.adam.step(lr, parameter.clone().inner(), gradient, self.states[i].take());
            self.states[i] = state;
            *parameter = Tensor::from_inner(moved).require_grad();
        }
    }

    /// The running moments as plain numbers.
    pub async fn moments(&self) -> Result<Vec<Option<Moments>>, ExecutionError> {
        let mut moments = Vec::with_capacity(self.states.len());
        for state in &self.states {
            moments.push(match state {
                None => None,
                Some(AdamState { momentum }) => Some(Moments {
                    time: momentum.time as u32,
                    shape: momentum.moment_1.dims(),
                    first: read(&momentum.moment_1).await?,
                    second: read(&momentum.moment_2).await?,
                }),
            });
        }
        Ok(moments)
    }

    /// Goes on from stored moments.
    pub fn restore(&mut self, moments: &[Option<Moments>], device: &Device) {
        let upload = |values: &[f32], shape| Tensor::<2>::from_data(TensorData::new(values.to_vec(), shape), device);
        self.states = moments
            .iter()
            .map(|stored| {
                stored.as_ref().map(|m| {
                    let (first, second) = (upload(&m.first, m.shape), upload(&m.second, m.shape));
                    AdamState::new(AdaptiveMomentumState::new(m.time as usize, first, second))
                })
            })
            .collect();
    }
}
