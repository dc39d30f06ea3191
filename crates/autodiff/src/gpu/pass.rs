//! The pass over items: every workgroup takes a few items through all phases.

use crate::gpu::chain::{Batch, Here, chain};
use crate::gpu::plan::{Segment, Tile, WORKGROUP};
use crate::gpu::products::{products, shared_products};
use cubecl::prelude::*;

/// Numbers that a workgroup shares.
fn shared(segment: &Segment) -> usize {
    let tiles = segment.phases.iter().flatten().filter(|tile| !tile.products.is_empty());
    let split = tiles.map(|tile| tile.spread(segment)).filter(|spread| spread.split > 1);
    split.map(|spread| spread.rows * spread.columns * WORKGROUP).max().unwrap_or(1)
}

/// `arena`: values, item by item. `data`: inputs, record by record. `steps`: the number of the step, then for each step four
/// numbers and the records of its items.
#[cube(launch_unchecked)]
pub(super) fn pass(
    arena: &mut [f32],
    weights: &[f32],
    data: &[f32],
    table: &[u32],
    steps: &[u32],
    items: u32,
    slots: u32,
    #[comptime] segment: Segment,
) {
    let batch = Batch {
        items: items as usize,
        first: CUBE_POS_X as usize * segment.items,
        list: steps[0] as usize * (items as usize + 4) + 5,
        slots: slots as usize,
    };
    // Shared by all tiles: memory of a workgroup is scarce.
    let mut parts = Shared::<[f32]>::new_slice(comptime!(shared(&segment)));
    #[unroll]
    for phase in 0..segment.phases.len() {
        if comptime!(phase > 0) {
            sync_storage();
        }
        let tiles = comptime!(segment.phases[phase].clone());
        #[unroll]
        for number in 0..tiles.len() {
            let tile = comptime!(tiles[number].clone());
            let geometry = comptime!(tile.spread(&segment));
            if comptime!(tile.products.is_empty()) {
                places(arena, weights, data, table, steps, batch, tile, comptime!(segment.clone()));
            } else if comptime!(geometry.split == 1) {
                products(arena, weights, data, table, steps, batch, tile, geometry, comptime!(segment.clone()));
            } else {
                shared_products(
                    arena,
                    weights,
                    data,
                    table,
                    steps,
                    &mut parts,
                    batch,
                    tile,
                    geometry,
                    comptime!(segment.clone()),
                );
            }
        }
    }
}

/// A tile without products: a place at a time.
#[cube]
fn places(
    arena: &mut [f32],
    weights: &[f32],
    data: &[f32],
    table: &[u32],
    steps: &[u32],
    batch: Batch,
    #[comptime] tile: Tile,
    #[comptime] segment: Segment,
) {
    let size = comptime!(tile.rows * tile.columns * segment.items);
    let none = Array::<f32>::new(1usize);
    for place in range_stepped(UNIT_POS as usize, size, WORKGROUP) {
        let row = place / tile.columns;
        let here = Here {
            item: batch.first + row / tile.rows,
            row: row % tile.rows,
            column: place % tile.columns,
            sum: 0usize,
        };
        if here.item < batch.items {
            chain(
                arena,
                weights,
                data,
                table,
                steps,
                batch,
                here,
                &none,
                1usize,
                comptime!(tile.clone()),
                comptime!(segment.record),
            );
        }
    }
}
