//! A multilayer perceptron over a block of rows, upwards and back.

use crate::field::weights::LayerWeights;
use crate::graph::recipe::Rectifier;
use crate::kernel::activation::tanh;
use crate::kernel::block::{LANES, Pack, add, add_transposed_product, multiply, panels, turn};
use crate::kernel::dense::{Dense, Layout};

/// The layers of one network, and what a block of rows leaves behind in them.
#[derive(Clone, Debug)]
pub(super) struct Stack {
    rectifier: Rectifier,
    pub(super) layers: Vec<Dense>,
    /// Of each layer's weight.
    transposed: Vec<Vec<Pack>>,
    /// h and σ′(z) of each hidden layer.
    values: Vec<Vec<Pack>>,
    slopes: Vec<Vec<Pack>>,
    /// What the network says.
    pub(super) output: Vec<Pack>,
    adjoint: Vec<Pack>,
    below: Vec<Pack>,
    turned: Vec<Pack>,
}

impl Stack {
    pub(super) fn new(rectifier: Rectifier, layers: &[LayerWeights]) -> Self {
        let hidden = layers.len().saturating_sub(1);
        Self {
            rectifier,
            layers: layers.iter().map(|layer| Dense::new(layer, Layout::Panels)).collect(),
            transposed: vec![vec![]; layers.len()],
            values: vec![vec![]; hidden],
            slopes: vec![vec![]; hidden],
            output: vec![],
            adjoint: vec![],
            below: vec![],
            turned: vec![],
        }
    }

    /// Before the first block that goes back: no gradient yet, and the transposes of the weights as they are now.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn begin(&mut self) {
        for (layer, transposed) in self.layers.iter_mut().zip(&mut self.transposed) {
            layer.weight.gradient.fill([0.0; LANES]);
            layer.bias.gradient.fill([0.0; LANES]);
            transposed.resize(layer.weight.value.len(), [0.0; LANES]);
            let rows = layer.weight.value.len() / layer.panels().max(1);
            turn(rows, &layer.weight.value, transposed);
        }
    }

    /// From a block of inputs to [`Stack::output`].
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn forward(&mut self, rows: usize, input: &[Pack]) {
        for (l, layer) in self.layers.iter().enumerate() {
            let (before, here) = self.values.split_at_mut(l);
            let below: &[Pack] = before.last().map_or(input, |below| below);
            match here.first_mut() {
                Some(value) => {
                    let slope = &mut self.slopes[l];
                    value.resize(layer.panels() * rows, [0.0; LANES]);
                    slope.resize(value.len(), [0.0; LANES]);
                    layer.forward(rows, below, &mut self.turned, value);
                    bend(self.rectifier, value, slope);
                }
                None => {
                    self.output.resize(layer.panels() * rows, [0.0; LANES]);
                    layer.forward(rows, below, &mut self.turned, &mut self.output);
                }
            }
        }
    }

    /// From the adjoint of the output, added to the gradients of all parameters, and on to that of the first columns of the
    /// input: as many panels as `by_input` has.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn backward(&mut self, rows: usize, input: &[Pack], by_output: &[Pack], by_input: &mut [Pack]) {
        self.adjoint.clear();
        self.adjoint.extend_from_slice(by_output);
        for (l, layer) in self.layers.iter_mut().enumerate().rev() {
            let below: &[Pack] = if l == 0 { input } else { &self.values[l - 1] };
            add_transposed_product(rows, below, &self.adjoint, &mut layer.weight.gradient);
            for (sum, panel) in layer.bias.gradient.iter_mut().zip(self.adjoint.chunks_exact(rows)) {
                panel.iter().for_each(|row| add(sum, row));
            }
            if l == 0 && by_input.is_empty() {
                return;
            }
            self.turned.resize(self.adjoint.len(), [0.0; LANES]);
            turn(rows, &self.adjoint, &mut self.turned);
            if l == 0 {
                multiply(rows, &self.turned, &self.transposed[l], by_input);
                return;
            }
            self.below.resize(below.len(), [0.0; LANES]);
            multiply(rows, &self.turned, &self.transposed[l], &mut self.below);
            for (by, slope) in self.below.iter_mut().zip(&self.slopes[l - 1]) {
                by.iter_mut().zip(slope).for_each(|(by, slope)| *by *= slope);
            }
            std::mem::swap(&mut self.adjoint, &mut self.below);
        }
    }
}

/// Rows of `width` numbers into a block of `rows` rows, from column `first` on; the rest of it stays.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(super) fn place(block: &mut [Pack], rows: usize, first: usize, width: usize, numbers: &[f32]) {
    for (row, values) in numbers.chunks_exact(width).enumerate() {
        for (column, value) in (first..).zip(values) {
            block[column / LANES * rows + row][column % LANES] = *value;
        }
    }
}

/// A block of zeros.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(super) fn clear(block: &mut Vec<Pack>, rows: usize, columns: usize) {
    block.clear();
    block.resize(panels(columns) * rows, [0.0; LANES]);
}

/// Replaces z by σ(z), and writes σ′(z). NaN stays NaN: training must see it.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn bend(rectifier: Rectifier, z: &mut [Pack], slopes: &mut [Pack]) {
    match rectifier {
        Rectifier::Relu => {
            for (z, slope) in z.iter_mut().zip(slopes) {
                for i in 0..LANES {
                    slope[i] = if z[i] > 0.0 { 1.0 } else { 0.0 };
                    z[i] = if z[i] < 0.0 { 0.0 } else { z[i] };
                }
            }
        }
        Rectifier::Silu => {
            for (z, slope) in z.iter_mut().zip(slopes) {
                // On copies: written through the references this loop is compiled to scalar code.
                let (mut h, mut bent) = (*z, [0.0; LANES]);
                for (h, bent) in h.iter_mut().zip(&mut bent) {
                    let sigmoid = 0.5 + 0.5 * tanh(0.5 * *h);
                    *h *= sigmoid;
                    *bent = sigmoid + *h * (1.0 - sigmoid);
                }
                (*z, *slope) = (h, bent);
            }
        }
    }
}
