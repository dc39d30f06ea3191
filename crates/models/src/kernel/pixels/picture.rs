//! The last layer of the decoder together with the reconstruction loss, some pixels at a time.
//!
//! This layer is half of a step's work. Of 64 pixels, forward product, error and all three adjoints are done before the next
//! 64: the decoded picture is never written down.

use crate::kernel::block::{LANES, Pack, add, add_product, add_transposed_product, turn};
use crate::kernel::dense::Dense;

/// Packs of pixels taken at a time: the adjoint of the layer's input is passed over once for each.
const AT_ONCE: usize = 8;

/// Where the layer works.
#[derive(Clone, Debug, Default)]
pub(super) struct Picture {
    turned: Vec<Pack>,
    error: Vec<Pack>,
    error_turned: Vec<Pack>,
    transposed: Vec<Pack>,
}

impl Picture {
    /// Sum of squared errors of the first `present` rows of xW + b against `target`.
    ///
    /// With an adjoint to add to, also the gradients of the sum times `scale / 2`, by weight, bias and x.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn pass(
        &mut self,
        layer: &mut Dense,
        [rows, present]: [usize; 2],
        x: &[Pack],
        target: &[Pack],
        scale: f32,
        mut by_x: Option<&mut [Pack]>,
    ) -> f64 {
        let depth = x.len() / rows * LANES;
        self.turned.resize(x.len(), [0.0; LANES]);
        turn(rows, x, &mut self.turned);
        let mut squares = 0.0;
        let parts = (layer.weight.value.chunks(AT_ONCE * depth).zip(layer.weight.gradient.chunks_mut(AT_ONCE * depth)))
            .zip(layer.bias.value.chunks(AT_ONCE).zip(layer.bias.gradient.chunks_mut(AT_ONCE)))
            .zip(target.chunks(AT_ONCE * rows));
        for (((weight, by_weight), (bias, by_bias)), target) in parts {
            self.error.resize(target.len(), [0.0; LANES]);
            for ((panel, bias), target) in self.error.chunks_exact_mut(rows).zip(bias).zip(target.chunks_exact(rows)) {
                for (error, target) in panel.iter_mut().zip(target) {
                    for i in 0..LANES {
                        error[i] = bias[i] - target[i];
                    }
                }
            }
            add_product(rows, &self.turned, weight, &mut self.error);
            for panel in self.error.chunks_exact_mut(rows) {
                let mut sums = [0.0; LANES];
                for error in &mut panel[..present] {
                    for i in 0..LANES {
                        sums[i] += error[i] * error[i];
                        error[i] *= scale;
                    }
                }
                panel[present..].fill([0.0; LANES]);
                squares += sums.iter().map(|sum| f64::from(*sum)).sum::<f64>();
            }
            let Some(by_x) = &mut by_x else {
                continue;
            };
            by_weight.fill([0.0; LANES]);
            add_transposed_product(rows, x, &self.error, by_weight);
            for (sum, panel) in by_bias.iter_mut().zip(self.error.chunks_exact(rows)) {
                *sum = [0.0; LANES];
                panel.iter().for_each(|row| add(sum, row));
            }
            self.error_turned.resize(self.error.len(), [0.0; LANES]);
            turn(rows, &self.error, &mut self.error_turned);
            self.transposed.resize(weight.len(), [0.0; LANES]);
            turn(depth, weight, &mut self.transposed);
            add_product(rows, &self.error_turned, &self.transposed, by_x);
        }
        squares
    }
}
