//! Adjoints of a block on their way back through a network, to the parameters of each layer.

use crate::kernel::block::{LANES, ROWS, add, add_transposed_product};
use crate::kernel::gradient::{Pass, multiply_rows, product};

impl Pass {
    /// Adjoints from the output of a baseline, downwards.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn backward_from_output(&mut self) {
        let Some((top, hidden)) = self.layers.split_last_mut() else {
            return;
        };
        let below = hidden.last().map_or(&self.input, |layer| &layer.value);
        add_transposed_product(ROWS, below, &self.error, &mut top.by_weight);
        if let Some(layer) = hidden.last_mut() {
            multiply_rows(&self.error, &top.weight_transposed, &mut self.turned, &mut self.spare[..layer.by_sum.len()]);
            product(&self.spare, &layer.slope, &mut layer.by_sum);
        }
        self.downwards();
    }

    /// Adjoints from the input gradient of a Hamiltonian network: upwards along g, then downwards along h.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn backward_from_slope(&mut self) {
        let Some((top, hidden)) = self.layers.split_last_mut() else {
            return;
        };
        for l in 0..hidden.len() {
            let (before, here) = hidden.split_at_mut(l);
            let layer = &mut here[0];
            // The adjoint of gₗ₋₁ has taken its place.
            let below = before.last().map_or(&self.error, |layer| &layer.above);
            add_transposed_product(ROWS, below, &layer.through, &mut layer.by_weight);
            let by_through = &mut self.spare[..layer.through.len()];
            multiply_rows(below, &layer.weight, &mut self.turned, by_through);
            for (((above, bend), by), (slope, curvature)) in (layer.above.iter_mut().zip(&mut layer.bend))
                .zip(by_through)
                .zip(layer.slope.iter().zip(&layer.curvature))
            {
                for i in 0..LANES {
                    bend[i] = by[i] * above[i] * curvature[i];
                    above[i] = by[i] * slope[i];
                }
            }
        }
        if let Some(layer) = hidden.last_mut() {
            for (k, panel) in layer.above.chunks_exact(ROWS).enumerate() {
                let mut sum = [0.0; LANES];
                panel.iter().for_each(|row| add(&mut sum, row));
                top.by_weight[k * LANES..].iter_mut().zip(sum).for_each(|(row, x)| row[0] += x);
            }
            // H itself is in no loss, so nothing comes down from the top but the bend.
            layer.by_sum.copy_from_slice(&layer.bend);
        }
        self.downwards();
    }

    /// From the adjoint of the last hidden layer's z to the parameters of all layers below.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn downwards(&mut self) {
        for l in (0..self.layers.len() - 1).rev() {
            let (before, here) = self.layers.split_at_mut(l);
            let layer = &mut here[0];
            for (sum, panel) in layer.by_bias.iter_mut().zip(layer.by_sum.chunks_exact(ROWS)) {
                panel.iter().for_each(|row| add(sum, row));
            }
            let below = before.last().map_or(&self.input, |layer| &layer.value);
            add_transposed_product(ROWS, below, &layer.by_sum, &mut layer.by_weight);
            let Some(lower) = before.last_mut() else {
                let by_input = &mut self.by_input;
                multiply_rows(&layer.by_sum, &layer.weight_transposed, &mut self.turned, by_input);
                return;
            };
            multiply_rows(&layer.by_sum, &layer.weight_transposed, &mut self.turned, &mut lower.by_sum);
            for (by, slope) in lower.by_sum.iter_mut().zip(&lower.slope) {
                by.iter_mut().zip(slope).for_each(|(by, slope)| *by *= slope);
            }
            for (by, bend) in lower.by_sum.iter_mut().zip(&lower.bend) {
                add(by, bend);
            }
        }
    }
}
