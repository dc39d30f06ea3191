//! The three hidden layers that encoder and decoder have in common: h₁ = ρ(z₁), then twice h ← h + ρ(hW + b), ρ a rectifier.

use crate::field::weights::LayerWeights;
use crate::kernel::block::{LANES, Pack, add, panels};
use crate::kernel::dense::{Dense, Layout};

/// The second and third hidden layers, and what a block of rows leaves behind in all three.
#[derive(Clone, Debug)]
pub(super) struct Tower {
    pub(super) layers: Vec<Dense>,
    /// h of each hidden layer.
    pub(super) values: Vec<Vec<Pack>>,
    /// ρ(z) of the layers above the first.
    raised: Vec<Vec<Pack>>,
    /// The adjoint of the last h, then of the one below, and at last that of z₁.
    pub(super) adjoint: Vec<Pack>,
    through: Vec<Pack>,
    pub(super) room: [Vec<Pack>; 2],
}

impl Tower {
    pub(super) fn new(hidden: &[LayerWeights]) -> Self {
        let layers: Vec<Dense> = hidden.iter().map(|layer| Dense::new(layer, Layout::Panels)).collect();
        Self {
            values: vec![vec![]; layers.len() + 1],
            raised: vec![vec![]; layers.len()],
            layers,
            adjoint: vec![],
            through: vec![],
            room: [vec![], vec![]],
        }
    }

    /// Makes room for blocks of `rows` rows and `width` columns.
    pub(super) fn fit(&mut self, rows: usize, width: usize) {
        let blocks = self.values.iter_mut().chain(&mut self.raised).chain([&mut self.adjoint, &mut self.through]);
        blocks.for_each(|block| block.resize(panels(width) * rows, [0.0; LANES]));
    }

    /// Upwards, from z₁ in the place of h₁.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn forward(&mut self, rows: usize) {
        rectify(&mut self.values[0]);
        for (l, layer) in self.layers.iter().enumerate() {
            let (below, above) = self.values.split_at_mut(l + 1);
            let (below, above, raised) = (&below[l], &mut above[0], &mut self.raised[l]);
            layer.forward(rows, below, &mut self.room[0], raised);
            rectify(raised);
            for ((above, below), raised) in above.iter_mut().zip(below).zip(raised) {
                *above = *below;
                add(above, raised);
            }
        }
    }

    /// Downwards, from the adjoint of the top to that of z₁.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn backward(&mut self, rows: usize) {
        for (l, layer) in self.layers.iter_mut().enumerate().rev() {
            self.through.copy_from_slice(&self.adjoint);
            block_where_flat(&mut self.through, &self.raised[l]);
            layer.backward(rows, &self.values[l], &self.through, &mut self.room, &mut self.adjoint);
        }
        block_where_flat(&mut self.adjoint, &self.values[0]);
    }
}

/// ρ(z) = max(z, 0).
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn rectify(block: &mut [Pack]) {
    // Not `max`, which would turn a NaN into 0: training must see it.
    block.as_flattened_mut().iter_mut().for_each(|z| *z = if *z < 0.0 { 0.0 } else { *z });
}

/// The adjoint of z from that of ρ(z): nothing where ρ is flat.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn block_where_flat(adjoint: &mut [Pack], raised: &[Pack]) {
    for (adjoint, raised) in adjoint.as_flattened_mut().iter_mut().zip(raised.as_flattened()) {
        *adjoint = if *raised == 0.0 { 0.0 } else { *adjoint };
    }
}
