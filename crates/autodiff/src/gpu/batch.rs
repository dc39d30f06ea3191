//! Sums over the batch, and Adam: the same kernels for every function, told by tables what to do.

use crate::adam::{BETA, EPSILON};
use crate::gpu::plan::{Adapter, WORKGROUP};
use crate::gpu::products::multiply_add;
use cubecl::prelude::*;

/// A workgroup that sums is a square of invocations, each of which has a square of sums ([`crate::gpu::plan::Adapter::side`]).
pub(super) const SIDE: usize = 8;
/// Invocations of a workgroup that sums.
pub(super) const SUMMING: usize = SIDE * SIDE;
/// Numbers of a sum in its table: first workgroup, chunks, rows, columns, where its parts go, first pair, pairs.
pub(super) const SUM: usize = 7;
/// Numbers of a pair: whether there is an x, its slot, its columns, g's slot, its columns, rows of an item.
pub(super) const PAIR: usize = 6;
/// Numbers of a parameter: first workgroup, rows, columns, place, place of the transpose or [`NONE`], first term, terms.
pub(super) const PARAMETER: usize = 7;
/// Numbers of a term: place of the parts, chunks, size of a part, stride of rows, of columns, numbers to sum, factor (its bits).
pub(super) const TERM: usize = 7;
/// No transpose.
pub(super) const NONE: u32 = u32::MAX;

/// Σ xᵀ g over rows, in chunks of rows: each workgroup has a part of a sum and a chunk. The first goes on to the next step.
///
/// `jobs`: the number of sums, the sums, the pairs.
#[cube(launch_unchecked)]
pub(super) fn sums(
    arena: &[f32],
    partial: &mut [f32],
    jobs: &[u32],
    steps: &mut [u32],
    items: u32,
    slots: u32,
    #[comptime] adapter: Adapter,
) {
    let side = comptime!(adapter.side());
    let group = CUBE_POS_X;
    if group == 0 && UNIT_POS == 0 {
        steps[0] += 1;
    }
    let mut job = 1usize;
    for other in 1..jobs[0] as usize {
        if jobs[1 + other * SUM] <= group {
            job = 1 + other * SUM;
        }
    }
    let local = (group - jobs[job]) as usize;
    let (chunks, rows, columns) = (jobs[job + 1] as usize, jobs[job + 2] as usize, jobs[job + 3] as usize);
    let wide = columns.div_ceil(comptime!(SIDE * side));
    let (chunk, part) = (local % chunks, local / chunks);
    let row = part / wide * comptime!(SIDE * side) + UNIT_POS as usize / SIDE;
    let column = part % wide * comptime!(SIDE * side) + UNIT_POS as usize % SIDE;
    let mut total = Array::<f32>::new(comptime!(side * side));
    let first = jobs[job + 5] as usize;
    let (mut left_at, mut right_at) = (Sequence::<usize>::new(), Sequence::<usize>::new());
    #[unroll]
    for i in 0..side {
        left_at.push(min(row + i * SIDE, rows - 1));
        right_at.push(min(column + i * SIDE, columns - 1));
    }
    let length = (items as usize).div_ceil(chunks);
    let (begin, end) = (chunk * length, min(items as usize, (chunk + 1) * length));
    for pair in 0..jobs[job + 6] as usize {
        let at = 1 + jobs[0] as usize * SUM + (first + pair) * PAIR;
        let has_x = jobs[at] == 1;
        let (x, x_columns) = (jobs[at + 1] as usize, jobs[at + 2] as usize);
        let (g, g_columns) = (jobs[at + 3] as usize, jobs[at + 4] as usize);
        let item_rows = jobs[at + 5] as usize;
        // From the last row of an item to the first of the next one.
        let x_on = slots as usize - (item_rows - 1) * x_columns;
        let g_on = slots as usize - (item_rows - 1) * g_columns;
        let mut x_row = begin * slots as usize + x;
        let mut g_row = begin * slots as usize + g;
        let mut left_over = item_rows;
        for _ in begin * item_rows..max(begin, end) * item_rows {
            let mut right = Sequence::<f32>::new();
            #[unroll]
            for j in 0..side {
                right.push(arena[g_row + right_at[j]]);
            }
            #[unroll]
            for i in 0..side {
                // Without x, what is read does not matter.
                let left = select(has_x, arena[x_row + left_at[i]], 1.0f32);
                #[unroll]
                for j in 0..side {
                    let sum = comptime!(i * side + j);
                    total[sum] = multiply_add(total[sum], left, right[j], adapter);
                }
            }
            left_over -= 1;
            let next = left_over == 0;
            x_row += select(next, x_on, x_columns);
            g_row += select(next, g_on, g_columns);
            left_over = select(next, item_rows, left_over);
        }
    }
    let to = jobs[job + 4] as usize + chunk * rows * columns;
    #[unroll]
    for i in 0..side {
        #[unroll]
        for j in 0..side {
            let (row, column) = (row + i * SIDE, column + j * SIDE);
            if row < rows && column < columns {
                partial[to + row * columns + column] = total[i * side + j];
            }
        }
    }
}

/// Which number of which parameter an invocation has.
#[derive(CubeType, Clone, Copy)]
#[expand(derive(Clone, Copy))]
struct Mine {
    /// Where the parameter is described.
    parameter: usize,
    /// Row, or beyond the last one.
    row: usize,
    column: usize,
    rows: usize,
    columns: usize,
}

#[cube]
fn mine(parameters: &[u32]) -> Mine {
    let group = CUBE_POS_X;
    let mut parameter = 1usize;
    for other in 1..parameters[0] as usize {
        if parameters[1 + other * PARAMETER] <= group {
            parameter = 1 + other * PARAMETER;
        }
    }
    let place = (group - parameters[parameter]) as usize * WORKGROUP + UNIT_POS as usize;
    let columns = parameters[parameter + 2] as usize;
    Mine { parameter, row: place / columns, column: place % columns, rows: parameters[parameter + 1] as usize, columns }
}

/// The gradient at a number: its terms, each the sum of the chunks' parts.
#[cube]
fn slope(partial: &[f32], parameters: &[u32], mine: Mine, share: f32) -> f32 {
    let first = parameters[mine.parameter + 5] as usize;
    let mut gradient = 0.0f32;
    for term in first..first + parameters[mine.parameter + 6] as usize {
        let at = 1 + parameters[0] as usize * PARAMETER + term * TERM;
        let from = parameters[at] as usize
            + mine.row * parameters[at + 3] as usize
            + mine.column * parameters[at + 4] as usize;
        let mut sum = 0.0f32;
        for chunk in 0..parameters[at + 1] as usize {
            for number in 0..parameters[at + 5] as usize {
                sum += partial[from + chunk * parameters[at + 2] as usize + number];
            }
        }
        gradient += sum * f32::reinterpret(parameters[at + 6]);
    }
    gradient * share
}

/// A step of Adam for every number of every parameter, or (`clipped`) for gradients that are there already, with the sums of
/// their squares by workgroup.
#[cube(launch_unchecked)]
pub(super) fn adam(
    weights: &mut [f32],
    moments: &mut [f32],
    gradients: &[f32],
    parameters: &[u32],
    steps: &[u32],
    items: u32,
    share: f32,
    numbers: u32,
    #[comptime] clipped: bool,
) {
    let mine = mine(parameters);
    // The sums have gone on to the next step.
    let step = (steps[0] as usize - 1) * (items as usize + 4) + 1;
    let place = parameters[mine.parameter + 3] as usize + mine.row * mine.columns + mine.column;
    let mut scale = 1.0f32;
    if comptime!(clipped) {
        let mut squares = Shared::<[f32]>::new_slice(WORKGROUP);
        let mut sum = 0.0f32;
        for group in range_stepped(UNIT_POS, CUBE_COUNT_X, comptime!(WORKGROUP as u32)) {
            sum += gradients[(numbers + group) as usize];
        }
        squares[UNIT_POS as usize] = sum;
        let norm = total(&mut squares).sqrt();
        let clip = f32::reinterpret(steps[step + 3]);
        scale = clip / max(norm, clip);
    }
    if mine.row < mine.rows {
        let gradient =
            if comptime!(clipped) { gradients[place] * scale } else { slope(gradients, parameters, mine, share) };
        let value = weights[place];
        let slope = gradient + f32::reinterpret(steps[step + 2]) * value;
        let keep = comptime!(BETA.map(|beta| beta as f32));
        let take = comptime!(BETA.map(|beta| (1.0 - beta) as f32));
        let first = moments[place] * comptime!(keep[0]) + slope * comptime!(take[0]);
        let second = moments[place + numbers as usize] * comptime!(keep[1]) + slope * slope * comptime!(take[1]);
        moments[place] = first;
        moments[place + numbers as usize] = second;
        let (rate, spread) = (f32::reinterpret(steps[step]), f32::reinterpret(steps[step + 1]));
        let moved = value - rate * first / (second.sqrt() * spread + comptime!(EPSILON as f32));
        weights[place] = moved;
        let transposed = parameters[mine.parameter + 4];
        if transposed != NONE {
            weights[transposed as usize + mine.column * mine.rows + mine.row] = moved;
        }
    }
}

/// Gradients, then the sums of their squares by workgroup.
#[cube(launch_unchecked)]
pub(super) fn gradients(partial: &[f32], gradients: &mut [f32], parameters: &[u32], share: f32, numbers: u32) {
    let mine = mine(parameters);
    let mut squares = Shared::<[f32]>::new_slice(WORKGROUP);
    let mut gradient = 0.0f32;
    if mine.row < mine.rows {
        gradient = slope(partial, parameters, mine, share);
        gradients[parameters[mine.parameter + 3] as usize + mine.row * mine.columns + mine.column] = gradient;
    }
    squares[UNIT_POS as usize] = gradient * gradient;
    let sum = total(&mut squares);
    if UNIT_POS == 0 {
        gradients[(numbers + CUBE_POS_X) as usize] = sum;
    }
}

/// The sum of a workgroup's numbers, for all of them.
#[cube]
fn total(numbers: &mut Shared<[f32]>) -> f32 {
    let mut half = comptime!(WORKGROUP as u32 / 2).runtime();
    sync_cube();
    while half > 0 {
        if UNIT_POS < half {
            let other = numbers[(UNIT_POS + half) as usize];
            numbers[UNIT_POS as usize] += other;
        }
        half /= 2;
        sync_cube();
    }
    numbers[0]
}
