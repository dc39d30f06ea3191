//! Tiles with products: the kernels' part that computes them.

use crate::gpu::chain::{Batch, Here, chain};
use crate::gpu::plan::{Adapter, Product, Segment, Source, Stored, Tile, WORKGROUP};
use crate::gpu::spread::Spread;
use cubecl::prelude::*;

/// Where a row of a product's x begins.
#[cube]
fn begin(
    steps: &[u32],
    batch: Batch,
    row: usize,
    #[comptime] x: Product,
    #[comptime] rows: usize,
    #[comptime] record: usize,
) -> usize {
    // Rows beyond the batch are those of its last item, and not stored.
    let item = min(batch.first + row / rows, batch.items - 1);
    let row = row % rows;
    match x.x {
        Source::Value(Stored::Slot(slot)) => item * batch.slots + (row * x.inner + slot),
        Source::Value(Stored::Node(_)) => comptime!(panic!("a value has no slot")),
        Source::Input(offset) => steps[batch.list + item] as usize * record + (row * x.inner + offset),
    }
}

#[cube]
fn number(arena: &[f32], data: &[f32], place: usize, #[comptime] x: Source) -> f32 {
    match x {
        Source::Value(_) => arena[place],
        Source::Input(_) => data[place],
    }
}

/// sum + x y. A software adapter has no instruction for that and calls a function for each number. CubeCL's compiler joins a product
/// with its sum where that is its only use, so there it is given another one, which is dropped later.
#[cube]
pub(super) fn multiply_add(sum: f32, x: f32, y: f32, #[comptime] adapter: Adapter) -> f32 {
    let product = x * y;
    if comptime!(adapter == Adapter::Software) {
        let _unused = -product;
    }
    product + sum
}

/// Adds x W for `geometry.rows` rows and `geometry.columns` columns, for every `split`-th of the inner numbers from `start` on, to
/// the sums that begin at number `from`.
#[cube]
fn accumulate(
    arena: &[f32],
    weights: &[f32],
    data: &[f32],
    begins: &Sequence<usize>,
    columns: &Sequence<usize>,
    sums: &mut Array<f32>,
    start: usize,
    #[comptime] from: usize,
    #[comptime] split: usize,
    #[comptime] x: Product,
    #[comptime] width: usize,
    #[comptime] geometry: Spread,
    #[comptime] adapter: Adapter,
) {
    for k in range_stepped(start, x.inner, split) {
        let mut right = Sequence::<f32>::new();
        #[unroll]
        for j in 0..geometry.columns {
            right.push(weights[k * width + columns[j]]);
        }
        #[unroll]
        for i in 0..geometry.rows {
            let left = number(arena, data, begins[i] + k, x.x);
            #[unroll]
            for j in 0..geometry.columns {
                let sum = comptime!(from + i * geometry.columns + j);
                sums[sum] = multiply_add(sums[sum], left, right[j], adapter);
            }
        }
    }
}

/// Where an invocation reads: the rows of x from `first` on, and the columns of W from `left` on.
#[cube]
fn reads(
    steps: &[u32],
    batch: Batch,
    first: usize,
    left: usize,
    begins: &mut Sequence<usize>,
    columns: &mut Sequence<usize>,
    #[comptime] x: Product,
    #[comptime] tile: Tile,
    #[comptime] geometry: Spread,
    #[comptime] segment: Segment,
) {
    let rows = comptime!(tile.rows * segment.items);
    let groups = comptime!(tile.columns.div_ceil(geometry.columns));
    #[unroll]
    for i in 0..geometry.rows {
        begins.push(begin(steps, batch, min(first + i, rows - 1), x, tile.rows, segment.record));
    }
    #[unroll]
    for j in 0..geometry.columns {
        // Neighbours read neighbouring columns.
        columns.push(min(left + j * groups, tile.columns - 1) + x.weight);
    }
}

/// Computes what a tile has at an invocation's places, from its sums.
#[cube]
fn finish(
    arena: &mut [f32],
    weights: &[f32],
    data: &[f32],
    table: &[u32],
    steps: &[u32],
    batch: Batch,
    first: usize,
    left: usize,
    results: &Array<f32>,
    #[comptime] tile: Tile,
    #[comptime] geometry: Spread,
    #[comptime] segment: Segment,
) {
    let rows = comptime!(tile.rows * segment.items);
    let groups = comptime!(tile.columns.div_ceil(geometry.columns));
    let each = comptime!(geometry.rows * geometry.columns);
    for e in 0..each {
        let row = first + e / geometry.columns;
        let column = left + e % geometry.columns * groups;
        let here = Here { item: batch.first + row / tile.rows, row: row % tile.rows, column, sum: e };
        if row < rows && column < tile.columns && here.item < batch.items {
            chain(
                arena,
                weights,
                data,
                table,
                steps,
                batch,
                here,
                results,
                each,
                comptime!(tile.clone()),
                comptime!(segment.record),
            );
        }
    }
}

/// A tile with products, each sum by one invocation.
#[cube]
pub(super) fn products(
    arena: &mut [f32],
    weights: &[f32],
    data: &[f32],
    table: &[u32],
    steps: &[u32],
    batch: Batch,
    #[comptime] tile: Tile,
    #[comptime] geometry: Spread,
    #[comptime] segment: Segment,
) {
    let rows = comptime!(tile.rows * segment.items);
    let groups = comptime!(tile.columns.div_ceil(geometry.columns));
    let units = comptime!(rows.div_ceil(geometry.rows) * groups);
    let each = comptime!(geometry.rows * geometry.columns);
    for unit in range_stepped(UNIT_POS as usize, units, WORKGROUP) {
        let (first, left) = (unit / groups * geometry.rows, unit % groups);
        let mut results = Array::<f32>::new(comptime!(each * tile.products.len()));
        #[unroll]
        for p in 0..tile.products.len() {
            let x = comptime!(tile.products[p]);
            let mut begins = Sequence::<usize>::new();
            let mut columns = Sequence::<usize>::new();
            reads(
                steps,
                batch,
                first,
                left,
                &mut begins,
                &mut columns,
                x,
                comptime!(tile.clone()),
                geometry,
                comptime!(segment.clone()),
            );
            accumulate(
                &*arena,
                weights,
                data,
                &begins,
                &columns,
                &mut results,
                0usize,
                comptime!(p * each),
                1usize,
                x,
                tile.columns,
                geometry,
                segment.adapter,
            );
        }
        finish(
            arena,
            weights,
            data,
            table,
            steps,
            batch,
            first,
            left,
            &results,
            comptime!(tile.clone()),
            geometry,
            comptime!(segment.clone()),
        );
    }
}

/// A tile with products, each sum by several invocations: there are few sums, of many products each.
#[cube]
pub(super) fn shared_products(
    arena: &mut [f32],
    weights: &[f32],
    data: &[f32],
    table: &[u32],
    steps: &[u32],
    parts: &mut Shared<[f32]>,
    batch: Batch,
    #[comptime] tile: Tile,
    #[comptime] geometry: Spread,
    #[comptime] segment: Segment,
) {
    let rows = comptime!(tile.rows * segment.items);
    let groups = comptime!(tile.columns.div_ceil(geometry.columns));
    let units = comptime!(rows.div_ceil(geometry.rows) * groups);
    let each = comptime!(geometry.rows * geometry.columns);
    let (unit, part) = (UNIT_POS as usize % units, UNIT_POS as usize / units);
    let (first, left) = (unit / groups * geometry.rows, unit % groups);
    let mut results = Array::<f32>::new(comptime!(each * tile.products.len()));
    #[unroll]
    for p in 0..tile.products.len() {
        let x = comptime!(tile.products[p]);
        let mut begins = Sequence::<usize>::new();
        let mut columns = Sequence::<usize>::new();
        reads(
            steps,
            batch,
            first,
            left,
            &mut begins,
            &mut columns,
            x,
            comptime!(tile.clone()),
            geometry,
            comptime!(segment.clone()),
        );
        if part < geometry.split {
            accumulate(
                &*arena,
                weights,
                data,
                &begins,
                &columns,
                &mut results,
                part,
                comptime!(p * each),
                geometry.split,
                x,
                tile.columns,
                geometry,
                segment.adapter,
            );
            #[unroll]
            for e in 0..each {
                parts[(part * units + unit) * each + e] = results[p * each + e];
            }
        }
        sync_cube();
        if part == 0 {
            #[unroll]
            for e in 0..each {
                let mut sum = 0.0f32;
                for other in 0..geometry.split {
                    sum += parts[(other * units + unit) * each + e];
                }
                results[p * each + e] = sum;
            }
        }
        sync_cube();
    }
    if part == 0 {
        finish(
            arena,
            weights,
            data,
            table,
            steps,
            batch,
            first,
            left,
            &results,
            comptime!(tile.clone()),
            geometry,
            comptime!(segment.clone()),
        );
    }
}
