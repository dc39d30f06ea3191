//! The operations of a tile at one place, written out by [`Code`].

use crate::gpu::plan::{Code, Source, Stored, Tile};
use crate::unary::Unary;
use cubecl::prelude::*;

/// Some WGSL drivers return no number for tanh of large arguments; beyond this, tanh is ±1 in `f32` anyway.
const TANH_SATURATED: f32 = 15.0;

/// Where the numbers of a pass are.
#[derive(CubeType, Clone, Copy)]
#[expand(derive(Clone, Copy))]
pub(super) struct Batch {
    /// Items of the batch.
    pub items: usize,
    /// The first item of this workgroup.
    pub first: usize,
    /// Where the list of the batch's records begins among `steps`.
    pub list: usize,
    /// Numbers of an item's values.
    pub slots: usize,
}

/// Where an invocation is.
#[derive(CubeType, Clone, Copy)]
#[expand(derive(Clone, Copy))]
pub(super) struct Here {
    /// Item of the batch.
    pub item: usize,
    /// Row of the item.
    pub row: usize,
    /// Column.
    pub column: usize,
    /// Which of the invocation's sums of products is this place's.
    pub sum: usize,
}

/// Computes what a tile has at one place, and stores it.
#[cube]
pub(super) fn chain(
    arena: &mut [f32],
    weights: &[f32],
    data: &[f32],
    table: &[u32],
    steps: &[u32],
    batch: Batch,
    here: Here,
    sums: &Array<f32>,
    #[comptime] each: usize,
    #[comptime] tile: Tile,
    #[comptime] record: usize,
) {
    let values = here.item * batch.slots;
    let inputs =
        if comptime!(reads_inputs(&tile)) { steps[batch.list + here.item] as usize * record } else { 0usize.runtime() };
    let mut results = Sequence::<f32>::new();
    let mut places = Sequence::<usize>::new();
    places.push(here.row);
    places.push(here.column);
    #[unroll]
    for number in 0..tile.code.len() {
        let code = comptime!(tile.code[number].clone());
        match code {
            Code::Fill(bits) => results.push(comptime!(f32::from_bits(bits)).runtime()),
            Code::Product(product) => results.push(sums[product * each + here.sum]),
            Code::Load { from, columns, row, column } => {
                let place = places[row] * columns + places[column];
                results.push(load(&*arena, data, values, inputs, place, from));
            }
            Code::Weight { offset, stride, row, column } => {
                results.push(weights[places[row] * stride + places[column] + offset]);
            }
            Code::Scatter { from, columns, lists, row, column } => {
                let mut sum = 0.0f32;
                let list = places[row] + lists;
                for entry in table[list] as usize..table[list + 1] as usize {
                    let place = table[entry] as usize * columns + places[column];
                    sum += load(&*arena, data, values, inputs, place, from);
                }
                results.push(sum);
            }
            Code::SumColumns { from, columns, row } => {
                let mut sum = 0.0f32;
                for column in 0..columns {
                    sum += load(&*arena, data, values, inputs, places[row] * columns + column, from);
                }
                results.push(sum);
            }
            Code::Unary(function, x) => results.push(unary(results[x], function)),
            Code::Add(x, y) => results.push(results[x] + results[y]),
            Code::Subtract(x, y) => results.push(results[x] - results[y]),
            Code::Multiply(x, y) => results.push(results[x] * results[y]),
            Code::Affine(x, factor, offset) => {
                results.push(results[x] * comptime!(f32::from_bits(factor)) + comptime!(f32::from_bits(offset)));
            }
            Code::Within { value, otherwise, column, from, to } => {
                let inside = places[column] >= from && places[column] < to;
                let other = match otherwise {
                    Some(other) => results[other],
                    None => 0.0f32,
                };
                results.push(select(inside, results[value], other));
            }
            Code::Gathered { index, row } => {
                places.push(table[places[row] + index] as usize);
                results.push(0.0f32);
            }
            Code::Shifted { column, by, columns } => {
                let moved = places[column] as i32 + comptime!(by as i32);
                places.push(clamp(moved, 0i32, comptime!(columns as i32 - 1)) as usize);
                results.push(0.0f32);
            }
            Code::First => {
                places.push(0usize);
                results.push(0.0f32);
            }
        }
    }
    #[unroll]
    for number in 0..tile.stores.len() {
        let (result, place) = comptime!(tile.stores[number]);
        let slot = comptime!(match place {
            Stored::Slot(slot) => slot,
            Stored::Node(_) => panic!("a value has no slot"),
        });
        arena[values + (here.row * tile.columns + here.column + slot)] = results[result];
    }
}

/// Whether a tile reads inputs at its places.
fn reads_inputs(tile: &Tile) -> bool {
    tile.code.iter().any(|code| match code {
        Code::Load { from, .. } | Code::Scatter { from, .. } | Code::SumColumns { from, .. } => {
            matches!(from, Source::Input(_))
        }
        _ => false,
    })
}

#[cube]
fn load(arena: &[f32], data: &[f32], values: usize, inputs: usize, place: usize, #[comptime] from: Source) -> f32 {
    match from {
        Source::Value(Stored::Slot(slot)) => arena[values + (place + slot)],
        Source::Value(Stored::Node(_)) => comptime!(panic!("a value has no slot")),
        Source::Input(offset) => data[inputs + (place + offset)],
    }
}

#[cube]
fn unary(x: f32, #[comptime] function: Unary) -> f32 {
    match function {
        Unary::Tanh => clamp(x, -TANH_SATURATED, TANH_SATURATED).tanh(),
        Unary::Sigmoid => 1.0 / (1.0 + (-x).exp()),
        // max(x, 0) + ln(1 + e^−|x|): neither part overflows.
        Unary::Softplus => max(x, 0.0) + (1.0 + (-x.abs()).exp()).ln(),
        Unary::Exp => x.exp(),
        Unary::Ln => x.ln(),
        Unary::Sqrt => x.sqrt(),
        Unary::Reciprocal => 1.0 / x,
        // NaN stays NaN.
        Unary::Relu => select(x < 0.0, 0.0f32, x),
        Unary::Step => select(x > 0.0, 1.0f32, 0.0f32),
        Unary::Abs => x.abs(),
        Unary::Sign => select(x > 0.0, 1.0f32, select(x < 0.0, -1.0f32, 0.0f32)),
        Unary::Sine => x.sin(),
        Unary::Cosine => x.cos(),
    }
}
