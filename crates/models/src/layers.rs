//! Fully connected layers as part of a program, and how many numbers they have.

use crate::activation::Activation;
use autodiff::parameters::{Matrix, Parameters};
use autodiff::program::{Program, Value};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};

/// The parameters of neighbouring layers: for each a weight `[inputs, outputs]` and, where it has one, a bias `[1, outputs]`.
#[derive(Clone, Debug)]
pub struct Layers<'p>(Vec<(Value<'p>, Option<Value<'p>>)>);

/// Whether the last layer of a network has a bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastBias {
    /// It has one.
    Present,
    /// It has none: as in the reference code of Hamiltonian networks.
    Absent,
}

impl<'p> Layers<'p> {
    /// Further parameters of a program: layers of these widths, input first.
    pub fn new(program: &'p Program, widths: &[usize], last: LastBias) -> Self {
        let count = widths.len().saturating_sub(1);
        let layer = |(i, pair): (usize, &[usize])| {
            let weight = program.parameter(pair[0], pair[1]);
            let bias = (i + 1 < count || last == LastBias::Present).then(|| program.parameter(1, pair[1]));
            (weight, bias)
        };
        Self(widths.windows(2).enumerate().map(layer).collect())
    }

    /// A multilayer perceptron of `x`, `[rows, inputs]`: the activation stands between layers.
    pub fn perceptron(&self, x: Value<'p>, activation: Activation) -> Value<'p> {
        self.stack(x, |sums| activation.apply(sums))
    }

    /// The same with any function between layers.
    pub fn stack(&self, x: Value<'p>, activation: impl Fn(Value<'p>) -> Value<'p>) -> Value<'p> {
        let last = self.0.len().saturating_sub(1);
        self.0.iter().enumerate().fold(x, |x, (l, (weight, bias))| {
            let sums = x.dense(*weight, *bias);
            if l < last { activation(sums) } else { sums }
        })
    }

    /// The same with ReLU, where each layer between the first and the last adds to its input instead of replacing it.
    pub fn residual_stack(&self, x: Value<'p>) -> Value<'p> {
        let last = self.0.len().saturating_sub(1);
        self.0.iter().enumerate().fold(x, |x, (l, (weight, bias))| {
            let sums = x.dense(*weight, *bias);
            match l {
                l if l == last => sums,
                0 => sums.relu(),
                _ => x + sums.relu(),
            }
        })
    }
}

/// Numbers that training adjusts.
pub fn count(parameters: &Parameters) -> usize {
    parameters.iter().map(|matrix| matrix.values.len()).sum()
}

/// Layers that start as PyTorch's do: weights and biases uniform in ±1/√inputs.
pub fn uniform(widths: &[usize], rng: &mut impl Rng) -> Parameters {
    let mut parameters = vec![];
    for pair in widths.windows(2) {
        let bound = 1.0 / (pair[0] as f32).sqrt();
        let mut numbers = |count: usize| (0..count).map(|_| rng.random_range(-bound..bound)).collect();
        parameters.push(Matrix { rows: pair[0], columns: pair[1], values: numbers(pair[0] * pair[1]) });
        parameters.push(Matrix { rows: 1, columns: pair[1], values: numbers(pair[1]) });
    }
    parameters
}

/// Layers with normal weights of this variance, from inputs and outputs of a layer, and biases of zero.
pub fn normal(widths: &[usize], variance: impl Fn(f64, f64) -> f64, rng: &mut impl Rng) -> Parameters {
    let mut parameters = vec![];
    for pair in widths.windows(2) {
        let deviation = variance(pair[0] as f64, pair[1] as f64).sqrt();
        let weight = |_| (deviation * Distribution::<f64>::sample(&StandardNormal, rng)) as f32;
        let values = (0..pair[0] * pair[1]).map(weight).collect();
        parameters.push(Matrix { rows: pair[0], columns: pair[1], values });
        parameters.push(Matrix::zeros(1, pair[1]));
    }
    parameters
}

/// Variance 2/inputs, for ReLU (He et al. 2015, arXiv 1502.01852).
pub fn he(inputs: f64, _: f64) -> f64 {
    2.0 / inputs
}

/// Variance 2/(inputs + outputs) (Glorot and Bengio 2010).
pub fn xavier(inputs: f64, outputs: f64) -> f64 {
    2.0 / (inputs + outputs)
}

/// Variance 1/inputs (LeCun et al. 1998).
pub fn lecun(inputs: f64, _: f64) -> f64 {
    1.0 / inputs
}
