//! The numbers of a multilayer perceptron, as they travel: from an engine to the page, and into checkpoints.

use crate::field::activation::Activation;
use serde::{Deserialize, Serialize};

/// One layer, y = xW + b.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerWeights {
    /// Width of the input.
    pub inputs: usize,
    /// Width of the output.
    pub outputs: usize,
    /// W, row by row: `[inputs, outputs]`.
    pub weight: Vec<f32>,
    /// b, `[outputs]`; empty where the layer has none.
    pub bias: Vec<f32>,
}

impl LayerWeights {
    /// W and b, where there is one, with rows and columns.
    pub fn tensors_mut(&mut self) -> impl Iterator<Item = ([usize; 2], &mut Vec<f32>)> {
        let Self { inputs, outputs, weight, bias } = self;
        let bias = (!bias.is_empty()).then_some(([1, *outputs], bias));
        std::iter::once(([*inputs, *outputs], weight)).chain(bias)
    }
}

/// A whole network: activation between layers, none after the last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MlpWeights {
    /// Between layers.
    pub activation: Activation,
    /// First to last.
    pub layers: Vec<LayerWeights>,
}

impl MlpWeights {
    /// How many numbers training adjusts.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }
}
