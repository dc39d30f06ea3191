//! The numbers of a graph network, as they travel, and where its training starts from.

use crate::field::weights::LayerWeights;
use crate::graph::features::Inputs;
use crate::graph::recipe::{GraphRecipe, Strategy};
use numerics::seed::{Purpose, Seed};
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

/// Message network φᵉ and node network φᵛ. Every layer has a bias; the nonlinearity stands between layers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GraphWeights {
    /// φᵉ: what [`Inputs::message`] lists → hidden layers → the message (or its means and variances).
    pub message: Vec<LayerWeights>,
    /// φᵛ: the sum of messages, then what [`Inputs::node`] lists → hidden layers → one vector.
    pub node: Vec<LayerWeights>,
}

impl GraphWeights {
    /// Random weights, from the seed and nothing else.
    pub fn initial(recipe: &GraphRecipe, seed: Seed) -> Self {
        let mut rng = seed.stream(Purpose::Weights);
        let inputs = Inputs::of(recipe);
        let mut layers = |input: usize, output: usize| -> Vec<LayerWeights> {
            let hidden = std::iter::repeat_n(recipe.widths.hidden, recipe.widths.depth);
            let widths: Vec<usize> = std::iter::once(input).chain(hidden).chain([output]).collect();
            widths.windows(2).map(|pair| uniform_layer(pair[0], pair[1], &mut rng)).collect()
        };
        let mut message = layers(inputs.message_width(), recipe.strategy.outputs());
        let node = layers(recipe.strategy.size() + inputs.node_width(), recipe.motions.world.dimensions);
        // Not with KL: half of its outputs are logarithms.
        if let (Some(last), false) = (message.last_mut(), matches!(recipe.strategy, Strategy::Kl { .. })) {
            last.weight.iter_mut().for_each(|w| *w *= recipe.loudness as f32);
        }
        Self { message, node }
    }

    /// All layers in one order that does not change: φᵉ, then φᵛ.
    pub fn layers(&self) -> impl Iterator<Item = &LayerWeights> {
        self.message.iter().chain(&self.node)
    }

    /// The same, to be changed.
    pub fn layers_mut(&mut self) -> impl Iterator<Item = &mut LayerWeights> {
        self.message.iter_mut().chain(&mut self.node)
    }

    /// Weight and bias of each layer, with rows and columns.
    pub fn tensors_mut(&mut self) -> impl Iterator<Item = ([usize; 2], &mut Vec<f32>)> {
        self.layers_mut().flat_map(LayerWeights::tensors_mut)
    }

    /// Nothing yet, in the same shape.
    pub fn zeros(&self) -> Self {
        let mut zeros = self.clone();
        zeros.tensors_mut().for_each(|(_, values)| values.fill(0.0));
        zeros
    }

    /// How many numbers training adjusts.
    pub fn parameters(&self) -> usize {
        self.layers().map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }

    /// Whether these are weights of that recipe's networks.
    pub fn fits(&self, recipe: &GraphRecipe) -> bool {
        let inputs = Inputs::of(recipe);
        let ends = [
            (inputs.message_width(), recipe.strategy.outputs()),
            (recipe.strategy.size() + inputs.node_width(), recipe.motions.world.dimensions),
        ];
        [&self.message, &self.node].into_iter().zip(ends).all(|(layers, (input, output))| {
            let mut width = input;
            layers.len() == recipe.widths.depth + 1
                && layers.iter().enumerate().all(|(l, layer)| {
                    let expected = if l == recipe.widths.depth { output } else { recipe.widths.hidden };
                    let fits = layer.inputs == width
                        && layer.outputs == expected
                        && layer.weight.len() == width * expected
                        && layer.bias.len() == expected;
                    width = expected;
                    fits
                })
        })
    }
}

/// Weights and biases uniform in ±1/√inputs, as PyTorch's layers start.
fn uniform_layer(inputs: usize, outputs: usize, rng: &mut impl Rng) -> LayerWeights {
    let bound = 1.0 / (inputs as f32).sqrt();
    let mut numbers = |count: usize| (0..count).map(|_| rng.random_range(-bound..bound)).collect();
    LayerWeights { inputs, outputs, weight: numbers(inputs * outputs), bias: numbers(outputs) }
}
