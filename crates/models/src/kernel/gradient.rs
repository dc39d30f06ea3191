//! Loss and gradient of both kinds of network, a block of rows at a time.
//!
//! With hₗ = σ(zₗ), zₗ = hₗ₋₁Wₗ + bₗ, a Hamiltonian network's output is its input gradient y = g₀, where
//! gₗ₋₁ = (gₗ ⊙ σ′(zₗ))Wₗᵀ from g = wᵀ at the top. The loss is differentiated through both chains: up along g (its adjoints
//! come from y, at the bottom), then down along h, which receives σ″(zₗ) of what the first chain left behind.

use crate::field::activation::Activation;
use crate::field::model::ModelKind;
use crate::field::weights::MlpWeights;
use crate::kernel::activation;
use crate::kernel::block::{LANES, Pack, ROWS, multiply, packed, packed_transpose, panels, turn};
use crate::kernel::vectors::with_vectors;

/// What is taken for the output of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// The network's own: a velocity.
    Value,
    /// The gradient of its first output by its input: that of an energy.
    Slope,
}

impl Output {
    /// That of a kind of model; none of one that the kernel does not know.
    pub fn of(model: ModelKind) -> Option<Self> {
        match model {
            ModelKind::Baseline => Some(Output::Value),
            ModelKind::Hnn => Some(Output::Slope),
            ModelKind::Dissipative => None,
        }
    }
}

/// Samples: `[n, width]` each, row by row. Targets are arranged as the network's raw output comes.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// Inputs.
    pub states: &'a [f32],
    /// What the raw output should be.
    pub targets: &'a [f32],
    /// Coordinates of a state.
    pub width: usize,
}

/// ∂loss/∂W and ∂loss/∂b of one layer, laid out as the weights are; no bias, no gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerGradient {
    /// By W, `[inputs, outputs]`.
    pub weight: Vec<f32>,
    /// By b.
    pub bias: Vec<f32>,
}

/// The mean squared error over samples and components, and its gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradients {
    /// The loss.
    pub loss: f64,
    /// First layer to last.
    pub layers: Vec<LayerGradient>,
}

/// Loss and gradient of a network with these weights.
pub fn loss_and_gradients(output: Output, weights: &MlpWeights, batch: Batch<'_>) -> Gradients {
    with_vectors!((output, weights, batch) = (output, weights, batch) => compute(output, weights, batch))
}

/// The mean squared error alone.
pub fn loss(output: Output, weights: &MlpWeights, batch: Batch<'_>) -> f64 {
    with_vectors!((output, weights, batch) = (output, weights, batch) => {
        Pass::new(output, weights, batch.width).run(output, batch, |_| ())
    })
}

#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn compute(output: Output, weights: &MlpWeights, batch: Batch<'_>) -> Gradients {
    differentiate(output, weights, batch, |_| ())
}

/// Loss and gradient; after each block `then` finds the adjoints of its inputs in `by_input` and of its outputs in `error`.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(super) fn differentiate(
    output: Output,
    weights: &MlpWeights,
    batch: Batch<'_>,
    mut then: impl FnMut(&Pass),
) -> Gradients {
    let mut pass = Pass::new(output, weights, batch.width);
    let loss = pass.run(
        output,
        batch,
        #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
        |pass| {
            match output {
                Output::Value => pass.backward_from_output(),
                Output::Slope => pass.backward_from_slope(),
            }
            then(pass);
        },
    );
    Gradients { loss, layers: pass.layers.iter().map(Layer::gradient).collect() }
}

/// What a block leaves behind in each layer on its way through.
pub(super) struct Pass {
    pub(super) activation: Activation,
    pub(super) layers: Vec<Layer>,
    pub(super) input: Vec<Pack>,
    pub(super) output: Vec<Pack>,
    pub(super) error: Vec<Pack>,
    /// Adjoint of the input.
    pub(super) by_input: Vec<Pack>,
    pub(super) spare: Vec<Pack>,
    pub(super) turned: Vec<Pack>,
}

pub(super) struct Layer {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) has_bias: bool,
    pub(super) weight: Vec<Pack>,
    pub(super) weight_transposed: Vec<Pack>,
    pub(super) bias: Vec<f32>,
    pub(super) by_weight: Vec<Pack>,
    pub(super) by_bias: Vec<Pack>,
    /// hₗ, σ′(zₗ), σ″(zₗ): of hidden layers.
    pub(super) value: Vec<Pack>,
    pub(super) slope: Vec<Pack>,
    pub(super) curvature: Vec<Pack>,
    /// gₗ, then its adjoint.
    pub(super) above: Vec<Pack>,
    /// aₗ = gₗ ⊙ σ′(zₗ).
    pub(super) through: Vec<Pack>,
    /// What the chain of g leaves for zₗ.
    pub(super) bend: Vec<Pack>,
    /// Adjoint of zₗ.
    pub(super) by_sum: Vec<Pack>,
}

impl Pass {
    fn new(output: Output, weights: &MlpWeights, width: usize) -> Self {
        let last = weights.layers.len().saturating_sub(1);
        let block = |columns: usize| vec![[0.0; LANES]; panels(columns) * ROWS];
        let layers: Vec<Layer> = weights
            .layers
            .iter()
            .enumerate()
            .map(|(l, layer)| {
                let (mut weight, mut weight_transposed) = (vec![], vec![]);
                packed(&layer.weight, layer.inputs, layer.outputs, &mut weight);
                packed_transpose(&layer.weight, layer.inputs, layer.outputs, &mut weight_transposed);
                let hidden = if l < last { layer.outputs } else { 0 };
                let chain = if output == Output::Slope { hidden } else { 0 };
                let mut bias = layer.bias.clone();
                bias.resize(panels(layer.outputs) * LANES, 0.0);
                Layer {
                    inputs: layer.inputs,
                    outputs: layer.outputs,
                    has_bias: !layer.bias.is_empty(),
                    by_weight: vec![[0.0; LANES]; weight.len()],
                    by_bias: vec![[0.0; LANES]; panels(layer.outputs)],
                    weight,
                    weight_transposed,
                    bias,
                    value: block(hidden),
                    slope: block(hidden),
                    curvature: block(hidden),
                    above: block(chain),
                    through: block(chain),
                    bend: block(chain),
                    by_sum: block(hidden),
                }
            })
            .collect();
        let widest = weights.layers.iter().map(|layer| layer.inputs.max(layer.outputs)).max().unwrap_or(0);
        Self {
            activation: weights.activation,
            layers,
            input: block(width),
            output: block(width),
            error: block(width),
            by_input: block(width),
            spare: block(widest),
            turned: block(widest),
        }
    }

    /// Runs a batch through, a block at a time, and returns its loss; `then` finds the adjoint of the output in `error`.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn run(&mut self, output: Output, batch: Batch<'_>, mut then: impl FnMut(&mut Self)) -> f64 {
        let width = batch.width;
        let rows = batch.states.len() / width;
        let scale = 2.0 / (rows * width) as f32;
        let mut squares = 0.0;
        for (states, targets) in batch.states.chunks(ROWS * width).zip(batch.targets.chunks(ROWS * width)) {
            fill(&mut self.input, states, width);
            fill(&mut self.error, targets, width);
            self.forward(output);
            // The error takes the place of the targets; rows beyond the batch have none, and columns beyond the width are
            // zero in both.
            let present = states.len() / width;
            for (error, output) in self.error.chunks_exact_mut(ROWS).zip(self.output.chunks_exact(ROWS)) {
                for (error, output) in error.iter_mut().zip(output).take(present) {
                    for (error, output) in error.iter_mut().zip(output) {
                        let miss = output - *error;
                        squares += f64::from(miss).powi(2);
                        *error = miss * scale;
                    }
                }
                error[present..].fill([0.0; LANES]);
            }
            then(self);
        }
        squares / (rows * width) as f64
    }

    /// From the input to the raw output.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn forward(&mut self, output: Output) {
        let hidden = self.layers.len() - 1;
        for l in 0..hidden {
            let (before, here) = self.layers.split_at_mut(l);
            let below = before.last().map_or(&self.input, |layer| &layer.value);
            let layer = &mut here[0];
            multiply_rows(below, &layer.weight, &mut self.turned, &mut layer.value);
            for (panel, bias) in layer.value.chunks_exact_mut(ROWS).zip(layer.bias.chunks_exact(LANES)) {
                panel.iter_mut().for_each(|z| z.iter_mut().zip(bias).for_each(|(z, b)| *z += b));
            }
            activation::apply(self.activation, &mut layer.value, &mut layer.slope, &mut layer.curvature);
        }
        match (output, self.layers.split_last()) {
            (Output::Value, Some((top, hidden))) => {
                let below = hidden.last().map_or(&self.input, |layer| &layer.value);
                multiply_rows(below, &top.weight, &mut self.turned, &mut self.output);
            }
            _ => self.slopes(),
        }
    }

    /// y = g₀, the gradient of the first output by the input.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn slopes(&mut self) {
        let Some((top, hidden)) = self.layers.split_last_mut() else {
            return;
        };
        // All rows start from the same g: the weights of the first output.
        if let Some(layer) = hidden.last_mut() {
            for (k, panel) in layer.above.chunks_exact_mut(ROWS).enumerate() {
                let mut pack = [0.0; LANES];
                pack.iter_mut().zip(&top.weight[k * LANES..]).for_each(|(x, row)| *x = row[0]);
                panel.fill(pack);
            }
        }
        for l in (0..hidden.len()).rev() {
            let (before, here) = hidden.split_at_mut(l);
            let layer = &mut here[0];
            let below = before.last_mut().map_or(&mut self.output, |layer| &mut layer.above);
            product(&layer.above, &layer.slope, &mut layer.through);
            multiply_rows(&layer.through, &layer.weight_transposed, &mut self.turned, below);
        }
    }
}

impl Layer {
    fn gradient(&self) -> LayerGradient {
        let depth = panels(self.inputs) * LANES;
        let mut weight = vec![0.0; self.inputs * self.outputs];
        for (row, values) in weight.chunks_exact_mut(self.outputs).enumerate() {
            for (panel, part) in values.chunks_mut(LANES).enumerate() {
                part.copy_from_slice(&self.by_weight[panel * depth + row][..part.len()]);
            }
        }
        let bias =
            if self.has_bias { self.by_bias.iter().flatten().copied().take(self.outputs).collect() } else { vec![] };
        LayerGradient { weight, bias }
    }
}

/// c = a · b for a block of rows as it lies; `turned` is room for it on its side.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(super) fn multiply_rows(a: &[Pack], b: &[Pack], turned: &mut [Pack], c: &mut [Pack]) {
    let turned = &mut turned[..a.len()];
    turn(ROWS, a, turned);
    multiply(ROWS, turned, b, c);
}

/// c = a ⊙ b.
pub(super) fn product(a: &[Pack], b: &[Pack], c: &mut [Pack]) {
    for ((a, b), c) in a.iter().zip(b).zip(c) {
        for i in 0..LANES {
            c[i] = a[i] * b[i];
        }
    }
}

/// Rows of `width` numbers into the first panel of a block.
fn fill(block: &mut [Pack], rows: &[f32], width: usize) {
    block.fill([0.0; LANES]);
    for (row, values) in rows.chunks_exact(width).enumerate() {
        for (panel, part) in values.chunks(LANES).enumerate() {
            block[panel * ROWS + row][..part.len()].copy_from_slice(part);
        }
    }
}
