//! A multilayer perceptron evaluated one point at a time in `f64`, with the gradient of its output by its input.

use crate::field::activation::Activation;
use crate::field::weights::MlpWeights;

/// A network ready to be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Mlp {
    activation: Activation,
    layers: Vec<Layer>,
}

#[derive(Clone, Debug, PartialEq)]
struct Layer {
    inputs: usize,
    outputs: usize,
    /// `[inputs, outputs]`, row by row.
    weight: Vec<f64>,
    bias: Vec<f64>,
}

impl From<&MlpWeights> for Mlp {
    fn from(weights: &MlpWeights) -> Self {
        let wide = |xs: &[f32]| xs.iter().map(|&x| f64::from(x)).collect();
        let layers = weights
            .layers
            .iter()
            .map(|layer| Layer {
                inputs: layer.inputs,
                outputs: layer.outputs,
                weight: wide(&layer.weight),
                bias: if layer.bias.is_empty() { vec![0.0; layer.outputs] } else { wide(&layer.bias) },
            })
            .collect();
        Self { activation: weights.activation, layers }
    }
}

impl Mlp {
    /// The output at `x`.
    pub fn output(&self, x: &[f64]) -> Vec<f64> {
        self.trace(x, |_| ())
    }

    /// An output at `x`, by its number, and its gradient by `x`: backpropagation written out.
    pub fn value_and_gradient(&self, x: &[f64], output: usize) -> (f64, Vec<f64>) {
        let mut slopes = Vec::with_capacity(self.layers.len());
        let value = self.trace(x, |slope| slopes.push(slope))[output];
        let mut gradient: Vec<f64> = Vec::new();
        for (i, layer) in self.layers.iter().enumerate().rev() {
            gradient = if i + 1 == self.layers.len() {
                layer.weight.iter().skip(output).step_by(layer.outputs).copied().collect()
            } else {
                gradient.iter_mut().zip(&slopes[i]).for_each(|(g, s)| *g *= s);
                layer.backward(&gradient)
            };
        }
        (value, gradient)
    }

    /// Runs the network, handing out σ′ of every hidden layer on the way.
    fn trace(&self, x: &[f64], mut slopes: impl FnMut(Vec<f64>)) -> Vec<f64> {
        let mut h = x.to_vec();
        for (i, layer) in self.layers.iter().enumerate() {
            h = layer.forward(&h);
            if i + 1 < self.layers.len() {
                let mut slope = vec![0.0; h.len()];
                for (z, s) in h.iter_mut().zip(&mut slope) {
                    (*z, *s) = self.activation.value_and_slope(*z);
                }
                slopes(slope);
            }
        }
        h
    }
}

impl Layer {
    /// xW + b, a row at a time: the inner loop runs along memory.
    fn forward(&self, x: &[f64]) -> Vec<f64> {
        let mut y = self.bias.clone();
        for (x, row) in x.iter().zip(self.weight.chunks_exact(self.outputs)) {
            y.iter_mut().zip(row).for_each(|(y, w)| *y += x * w);
        }
        y
    }

    /// gWᵀ.
    fn backward(&self, g: &[f64]) -> Vec<f64> {
        let mut out = Vec::with_capacity(self.inputs);
        out.extend(self.weight.chunks_exact(self.outputs).map(|row| dot(row, g)));
        out
    }
}

/// Four running sums, so that the compiler may use SIMD lanes: a single sum fixes the order of the additions.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a4.remainder().iter().zip(b4.remainder()).map(|(x, y)| x * y).sum();
    let mut lanes = [0.0; 4];
    for (x, y) in a4.zip(b4) {
        for (lane, (x, y)) in lanes.iter_mut().zip(x.iter().zip(y)) {
            *lane += x * y;
        }
    }
    lanes.iter().sum::<f64>() + rest
}
