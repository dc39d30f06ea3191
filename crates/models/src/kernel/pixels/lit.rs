//! Samples of which most pixels are black, and the first layer of the encoder, which skips those.
//!
//! One pixel in eight is lit. Skipping the rest changes no result: they would add zeros.

use crate::kernel::block::{LANES, Pack, add, added};
use crate::kernel::dense::Dense;
use crate::pixels::frame::brightness;

/// The lit pixels of each row.
#[derive(Clone, Debug, Default)]
pub(super) struct Lit {
    /// Where each row begins, and where the last one ends.
    bounds: Vec<usize>,
    /// (pixel, brightness).
    pixels: Vec<(usize, f32)>,
}

/// Packs of the output that are summed up at once: as many sums as WebAssembly has registers to spare.
const AT_ONCE: usize = 4;

impl Lit {
    /// Finds them in samples of so many levels.
    pub(super) fn find(&mut self, levels: &[u8], sample: usize) {
        self.pixels.clear();
        self.bounds.clear();
        self.bounds.push(0);
        for row in levels.chunks_exact(sample) {
            for (part, chunk) in row.chunks(LANES).enumerate() {
                if chunk.iter().any(|level| *level != 0) {
                    let lit = chunk.iter().enumerate().filter(|(_, level)| **level != 0);
                    self.pixels.extend(lit.map(|(i, level)| (part * LANES + i, brightness(*level))));
                }
            }
            self.bounds.push(self.pixels.len());
        }
    }

    /// Row by row.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[(usize, f32)]> {
        self.bounds.windows(2).map(|bounds| &self.pixels[bounds[0]..bounds[1]])
    }

    /// The first `count` rows as a block, the panels of eight pixels one after another.
    pub(super) fn spread(&self, count: usize, rows: usize, out: &mut [Pack]) {
        out.fill([0.0; LANES]);
        for (row, pixels) in self.rows().take(count).enumerate() {
            for (pixel, light) in pixels {
                out[pixel / LANES * rows + row][pixel % LANES] = *light;
            }
        }
    }

    /// out = xW + b; rows beyond the samples are b.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    #[cfg_attr(feature = "relaxed", target_feature(enable = "relaxed-simd"))]
    pub(super) fn forward(&self, layer: &Dense, rows: usize, out: &mut [Pack]) {
        layer.spread_bias(rows, out);
        let columns = layer.panels();
        for (row, pixels) in self.rows().enumerate() {
            for first in (0..columns).step_by(AT_ONCE) {
                let count = AT_ONCE.min(columns - first);
                let mut sums = [[0.0; LANES]; AT_ONCE];
                if count == AT_ONCE {
                    for (pixel, light) in pixels {
                        let weights = &layer.weight.value[pixel * columns + first..][..AT_ONCE];
                        for i in 0..AT_ONCE {
                            sums[i] = added(sums[i], *light, &weights[i]);
                        }
                    }
                } else {
                    for (pixel, light) in pixels {
                        let weights = &layer.weight.value[pixel * columns + first..][..count];
                        for (sum, weights) in sums.iter_mut().zip(weights) {
                            *sum = added(*sum, *light, weights);
                        }
                    }
                }
                for (i, sum) in sums.iter().take(count).enumerate() {
                    add(&mut out[(first + i) * rows + row], sum);
                }
            }
        }
    }

    /// From the adjoint of the output to those of weight and bias.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    #[cfg_attr(feature = "relaxed", target_feature(enable = "relaxed-simd"))]
    pub(super) fn backward(&self, layer: &mut Dense, rows: usize, by_out: &[Pack]) {
        layer.sum_bias(rows, by_out);
        let columns = layer.panels();
        layer.weight.gradient.fill([0.0; LANES]);
        let mut by_row = vec![[0.0; LANES]; columns];
        for (row, pixels) in self.rows().enumerate() {
            by_row.iter_mut().enumerate().for_each(|(panel, by)| *by = by_out[panel * rows + row]);
            for (pixel, light) in pixels {
                let gradient = &mut layer.weight.gradient[pixel * columns..][..columns];
                for (gradient, by) in gradient.iter_mut().zip(&by_row) {
                    *gradient = added(*gradient, *light, by);
                }
            }
        }
    }
}
