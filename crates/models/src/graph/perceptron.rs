//! One of the two networks, evaluated one row at a time in `f64`.

use crate::field::weights::LayerWeights;
use crate::graph::recipe::Rectifier;

/// A network ready to be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Perceptron {
    rectifier: Rectifier,
    layers: Vec<Layer>,
}

#[derive(Clone, Debug, PartialEq)]
struct Layer {
    outputs: usize,
    /// `[inputs, outputs]`, row by row.
    weight: Vec<f64>,
    bias: Vec<f64>,
}

impl Rectifier {
    /// σ(z). NaN stays NaN.
    pub fn value(self, z: f64) -> f64 {
        match self {
            Rectifier::Relu if z < 0.0 => 0.0,
            Rectifier::Relu => z,
            Rectifier::Silu => z / (1.0 + (-z).exp()),
        }
    }
}

impl Perceptron {
    /// The network with these layers.
    pub fn new(rectifier: Rectifier, layers: &[LayerWeights]) -> Self {
        let wide = |xs: &[f32]| xs.iter().map(|x| f64::from(*x)).collect();
        let layer = |layer: &LayerWeights| Layer {
            outputs: layer.outputs,
            weight: wide(&layer.weight),
            bias: wide(&layer.bias),
        };
        Self { rectifier, layers: layers.iter().map(layer).collect() }
    }

    /// What it says to `input`.
    pub fn output(&self, input: &[f64]) -> Vec<f64> {
        let last = self.layers.len().saturating_sub(1);
        self.layers.iter().enumerate().fold(input.to_vec(), |below, (l, layer)| {
            let mut sums = layer.bias.clone();
            for (x, row) in below.iter().zip(layer.weight.chunks_exact(layer.outputs)) {
                sums.iter_mut().zip(row).for_each(|(sum, w)| *sum += x * w);
            }
            if l < last {
                sums.iter_mut().for_each(|z| *z = self.rectifier.value(*z));
            }
            sums
        })
    }
}
