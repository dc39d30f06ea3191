//! The products that take nearly all the time: a block times a matrix, and the sum over rows of xᵀ g.

#[cfg(any(target_arch = "wasm32", test))]
use crate::cpu::layout::transpose;
use crate::cpu::layout::{LANES, Pack, Sparse, ZERO, panels};
use crate::cpu::packs::Packs;
use crate::cpu::simd::{Vectors, add, added};

/// Rows multiplied at once, and columns of x in a sum over rows.
const TILE: usize = 4;
/// The same where there are registers for as many sums.
const TALL: usize = 8;
/// Panels of the result that are summed up at once: with [`TILE`] rows as many sums as there are registers to hold them.
const WIDE: usize = if cfg!(target_arch = "wasm32") { 1 } else { 2 };

/// A block of rows: `rows` of them in use, `stride` rows apart from panel to panel.
#[derive(Clone, Copy)]
pub(crate) struct Block<'a> {
    pub(crate) packs: &'a [Pack],
    pub(crate) stride: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

/// out = x W + bias, for a packed W with as many rows as x has columns.
#[cfg(target_arch = "wasm32")]
pub(crate) use product_on_its_side as product;

/// The same, with x laid on its side in `room` first: then both operands lie one after the other for as many turns of the innermost loop
/// as there are columns, which is what the compilers of browsers make fast.
#[cfg(any(target_arch = "wasm32", test))]
pub(crate) fn product_on_its_side(
    vectors: Vectors,
    x: Block<'_>,
    w: &[Pack],
    bias: Option<&[Pack]>,
    room: &mut Packs,
    out: &mut [Pack],
) {
    let (stride, columns) = (x.stride, x.columns);
    let room = room.room(stride / LANES * columns);
    transpose((stride, columns), x.rows, x.packs, room);
    for (panel, (w, out)) in w.chunks_exact(columns).zip(out.chunks_exact_mut(stride)).enumerate() {
        let start = [bias.map_or(ZERO, |bias| bias[panel]); TILE];
        let groups = room.chunks_exact(columns).zip(out.as_chunks_mut::<LANES>().0);
        for (x, out) in groups.take(x.rows.div_ceil(LANES)) {
            let (upper, lower) = out.split_at_mut(TILE);
            upper.copy_from_slice(&summed(vectors, x, 0, [w], [start])[0]);
            lower.copy_from_slice(&summed(vectors, x, TILE, [w], [start])[0]);
        }
    }
}

/// out = x W + bias, for a packed W with as many rows as x has columns.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
pub(crate) fn product(
    vectors: Vectors,
    x: Block<'_>,
    w: &[Pack],
    bias: Option<&[Pack]>,
    _: &mut Packs,
    out: &mut [Pack],
) {
    let (stride, columns) = (x.stride, x.columns);
    let count = out.len() / stride;
    let paired = count / WIDE * WIDE;
    let start = |panel: usize| bias.map_or(ZERO, |bias| bias[panel]);
    for first in (0..paired).step_by(WIDE) {
        let w: [&[Pack]; WIDE] = std::array::from_fn(|i| &w[(first + i) * columns..][..columns]);
        let start: [Pack; WIDE] = std::array::from_fn(|i| start(first + i));
        panels_of_product(vectors, x, w, start, &mut out[first * stride..][..WIDE * stride]);
    }
    for panel in paired..count {
        let w = &w[panel * columns..][..columns];
        panels_of_product(vectors, x, [w], [start(panel)], &mut out[panel * stride..][..stride]);
    }
}

/// Some neighbouring panels of x W + start.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
fn panels_of_product<const N: usize>(
    vectors: Vectors,
    x: Block<'_>,
    w: [&[Pack]; N],
    start: [Pack; N],
    out: &mut [Pack],
) {
    let mut at = 0;
    while vectors.many() && at + TILE < x.rows {
        tile_of_product::<N, TALL>(vectors, x, w, start, out, at);
        at += TALL;
    }
    while at < x.rows {
        tile_of_product::<N, TILE>(vectors, x, w, start, out, at);
        at += TILE;
    }
}

/// Some rows of them, from the row `at` on.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
fn tile_of_product<const N: usize, const ROWS: usize>(
    vectors: Vectors,
    x: Block<'_>,
    w: [&[Pack]; N],
    start: [Pack; N],
    out: &mut [Pack],
    at: usize,
) {
    let Block { packs, stride, columns, .. } = x;
    let mut sums = start.map(|start| [start; ROWS]);
    for panel in 0..columns / LANES {
        let x = &packs[panel * stride + at..][..ROWS];
        let w: [&[Pack]; N] = std::array::from_fn(|n| &w[n][panel * LANES..][..LANES]);
        for k in 0..LANES {
            for n in 0..N {
                for i in 0..ROWS {
                    sums[n][i] = added(vectors, sums[n][i], x[i][k], &w[n][k]);
                }
            }
        }
    }
    let whole = columns / LANES * LANES;
    if whole < columns {
        let x = &packs[whole / LANES * stride + at..][..ROWS];
        for k in 0..columns - whole {
            for n in 0..N {
                for i in 0..ROWS {
                    sums[n][i] = added(vectors, sums[n][i], x[i][k], &w[n][whole + k]);
                }
            }
        }
    }
    for n in 0..N {
        out[n * stride + at..][..ROWS].copy_from_slice(&sums[n]);
    }
}

/// sums[n][i] + Σ x[k][from + i] g[n][k] over all k.
#[inline(always)]
fn summed<const N: usize, const COUNT: usize>(
    vectors: Vectors,
    x: &[Pack],
    from: usize,
    g: [&[Pack]; N],
    mut sums: [[Pack; COUNT]; N],
) -> [[Pack; COUNT]; N] {
    let g = g.map(|g| &g[..x.len()]);
    for (k, x) in x.iter().enumerate() {
        let x = &x[from..][..COUNT];
        for n in 0..N {
            for i in 0..COUNT {
                sums[n][i] = added(vectors, sums[n][i], x[i], &g[n][k]);
            }
        }
    }
    sums
}

/// out += Σ xᵀ g over the rows in use; packed like a matrix of as many rows as x has columns.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn outer(vectors: Vectors, x: Block<'_>, g: Block<'_>, out: &mut [Pack]) {
    let (rows, columns) = (x.rows, x.columns);
    let count = out.len() / columns;
    let paired = count / WIDE * WIDE;
    let panel = |panel: usize| &g.packs[panel * g.stride..][..rows];
    for first in (0..paired).step_by(WIDE) {
        let g: [&[Pack]; WIDE] = std::array::from_fn(|n| panel(first + n));
        panels_of_outer(vectors, x, g, &mut out[first * columns..][..WIDE * columns]);
    }
    for place in paired..count {
        panels_of_outer(vectors, x, [panel(place)], &mut out[place * columns..][..columns]);
    }
}

/// Some neighbouring panels of it.
#[inline(always)]
fn panels_of_outer<const N: usize>(vectors: Vectors, x: Block<'_>, g: [&[Pack]; N], out: &mut [Pack]) {
    let columns = x.columns;
    for (panel, x_panel) in x.packs.chunks_exact(x.stride).enumerate() {
        let (before, x) = (panel * LANES, &x_panel[..x.rows]);
        let width = LANES.min(columns - before);
        let mut from = 0;
        while vectors.many() && from + TALL <= width {
            tile_of_outer::<N, TALL>(vectors, x, from, g, out, (before, columns));
            from += TALL;
        }
        while from + TILE <= width {
            tile_of_outer::<N, TILE>(vectors, x, from, g, out, (before, columns));
            from += TILE;
        }
        while from < width {
            tile_of_outer::<N, 1>(vectors, x, from, g, out, (before, columns));
            from += 1;
        }
    }
}

/// Some of its rows: those of the columns of x from `from` on, whose panel begins with the column `before`.
#[inline(always)]
fn tile_of_outer<const N: usize, const COLUMNS: usize>(
    vectors: Vectors,
    x: &[Pack],
    from: usize,
    g: [&[Pack]; N],
    out: &mut [Pack],
    (before, columns): (usize, usize),
) {
    let place = |n: usize| n * columns + before + from;
    let sums: [[Pack; COLUMNS]; N] = std::array::from_fn(|n| std::array::from_fn(|i| out[place(n) + i]));
    let sums = summed(vectors, x, from, g, sums);
    for n in 0..N {
        out[place(n)..][..COLUMNS].copy_from_slice(&sums[n]);
    }
}

/// Packs of the output that are summed up at once.
const AT_ONCE: usize = 4;

/// out = x W + bias for an x of which most numbers are zero, and a W that lies row by row.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn sparse_product(
    vectors: Vectors,
    x: &Sparse,
    w: &[Pack],
    bias: Option<&[Pack]>,
    (stride, columns): (usize, usize),
    out: &mut [Pack],
) {
    let width = panels(columns);
    for (row, entries) in x.rows().enumerate() {
        for first in (0..width).step_by(AT_ONCE) {
            let count = AT_ONCE.min(width - first);
            let mut sums = [ZERO; AT_ONCE];
            if let Some(bias) = bias {
                sums[..count].copy_from_slice(&bias[first..][..count]);
            }
            if count == AT_ONCE {
                for (column, number) in entries {
                    let w = &w[*column as usize * width + first..][..AT_ONCE];
                    for i in 0..AT_ONCE {
                        sums[i] = added(vectors, sums[i], *number, &w[i]);
                    }
                }
            } else {
                for (column, number) in entries {
                    let w = &w[*column as usize * width + first..][..count];
                    for (sum, w) in sums.iter_mut().zip(w) {
                        *sum = added(vectors, *sum, *number, w);
                    }
                }
            }
            for (i, sum) in sums.iter().take(count).enumerate() {
                out[(first + i) * stride + row] = *sum;
            }
        }
    }
}

/// out += Σ xᵀ g for an x of which most numbers are zero; the result lies row by row. `room` is for a row of g.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn sparse_outer(vectors: Vectors, x: &Sparse, g: Block<'_>, room: &mut Packs, out: &mut [Pack]) {
    let width = panels(g.columns);
    let room = room.room(width);
    for (row, entries) in x.rows().enumerate() {
        let of = g.packs.chunks_exact(g.stride).map(|panel| panel[row]);
        room.iter_mut().zip(of).for_each(|(room, g)| *room = g);
        for (column, number) in entries {
            let out = &mut out[*column as usize * width..][..width];
            for (out, g) in out.iter_mut().zip(&*room) {
                *out = added(vectors, *out, *number, g);
            }
        }
    }
}

/// sums += Σ x over the rows in use.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn column_sum(x: Block<'_>, sums: &mut [Pack]) {
    for (panel, sum) in x.packs.chunks_exact(x.stride).zip(sums) {
        let mut total = *sum;
        panel[..x.rows].iter().for_each(|row| add(&mut total, row));
        *sum = total;
    }
}

#[cfg(test)]
mod tests;
