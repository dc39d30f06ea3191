//! How a workgroup shares the sums of a tile.

use crate::gpu::plan::{Adapter, Segment, Tile, WORKGROUP};

/// Rows and columns of an invocation's part of a product, and over how many invocations each sum is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Spread {
    pub rows: usize,
    pub columns: usize,
    pub split: usize,
}

/// How a workgroup shares `[rows, columns]` sums of `inner` products: large parts where there is enough to do for all.
fn spread(rows: usize, columns: usize, inner: usize, adapter: Adapter) -> Spread {
    let wide = columns.min(adapter.side());
    let groups = columns.div_ceil(wide);
    let enough = match adapter {
        Adapter::Card => WORKGROUP / 2,
        // One core computes four invocations at a time, and waits for none.
        Adapter::Software => 4,
    };
    let all = [8, 4, 2].into_iter().filter(|tall| *tall <= adapter.side());
    let tall = all.into_iter().find(|tall| rows.div_ceil(*tall) * groups >= enough).unwrap_or(1);
    let units = rows.div_ceil(tall) * groups;
    let mut split = 1;
    while adapter == Adapter::Card && tall == 1 && units * split * 2 <= WORKGROUP && inner / (split * 2) >= 8 {
        split *= 2;
    }
    Spread { rows: tall, columns: wide, split }
}

impl Tile {
    pub fn spread(&self, segment: &Segment) -> Spread {
        let inner = self.products.iter().map(|product| product.inner).max().unwrap_or(0);
        spread(self.rows * segment.items, self.columns, inner, segment.adapter)
    }
}
