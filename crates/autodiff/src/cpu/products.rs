//! The products that take nearly all the time: a block times a matrix, and the sum over rows of xᵀ g.

use crate::cpu::layout::{LANES, Pack, Sparse, ZERO, panels};
use crate::cpu::simd::{add, added};

/// Rows multiplied at once.
const TILE: usize = 4;
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
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn product(fused: bool, x: Block<'_>, w: &[Pack], bias: Option<&[Pack]>, out: &mut [Pack]) {
    let (stride, columns) = (x.stride, x.columns);
    let count = out.len() / stride;
    let paired = count / WIDE * WIDE;
    let start = |panel: usize| bias.map_or(ZERO, |bias| bias[panel]);
    for first in (0..paired).step_by(WIDE) {
        let w: [&[Pack]; WIDE] = std::array::from_fn(|i| &w[(first + i) * columns..][..columns]);
        let start: [Pack; WIDE] = std::array::from_fn(|i| start(first + i));
        panels_of_product(fused, x, w, start, &mut out[first * stride..][..WIDE * stride]);
    }
    for panel in paired..count {
        let w = &w[panel * columns..][..columns];
        panels_of_product(fused, x, [w], [start(panel)], &mut out[panel * stride..][..stride]);
    }
}

/// Some neighbouring panels of x W + start.
#[inline(always)]
fn panels_of_product<const N: usize>(fused: bool, x: Block<'_>, w: [&[Pack]; N], start: [Pack; N], out: &mut [Pack]) {
    let Block { packs, stride, rows, columns } = x;
    for at in (0..rows).step_by(TILE) {
        let mut sums = start.map(|start| [start; TILE]);
        for panel in 0..columns / LANES {
            let x = &packs[panel * stride + at..][..TILE];
            let w: [&[Pack]; N] = std::array::from_fn(|n| &w[n][panel * LANES..][..LANES]);
            for k in 0..LANES {
                for n in 0..N {
                    for i in 0..TILE {
                        sums[n][i] = added(fused, sums[n][i], x[i][k], &w[n][k]);
                    }
                }
            }
        }
        let whole = columns / LANES * LANES;
        if whole < columns {
            let x = &packs[whole / LANES * stride + at..][..TILE];
            for k in 0..columns - whole {
                for n in 0..N {
                    for i in 0..TILE {
                        sums[n][i] = added(fused, sums[n][i], x[i][k], &w[n][whole + k]);
                    }
                }
            }
        }
        for n in 0..N {
            out[n * stride + at..][..TILE].copy_from_slice(&sums[n]);
        }
    }
}

/// out += Σ xᵀ g over the rows in use; packed like a matrix of as many rows as x has columns.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn outer(fused: bool, x: Block<'_>, g: Block<'_>, out: &mut [Pack]) {
    let (rows, columns) = (x.rows, x.columns);
    for (g, out) in g.packs.chunks_exact(g.stride).zip(out.chunks_exact_mut(columns)) {
        for (x, out) in x.packs.chunks_exact(x.stride).zip(out.chunks_mut(LANES)) {
            let (x, g) = (&x[..rows], &g[..rows]);
            match <&mut [Pack; LANES]>::try_from(&mut *out) {
                Ok(out) => {
                    for half in 0..LANES / TILE {
                        let out: &mut [Pack; TILE] =
                            (&mut out[half * TILE..][..TILE]).try_into().expect("a tile of eight");
                        let mut sums = *out;
                        for (x, g) in x.iter().zip(g) {
                            for i in 0..TILE {
                                sums[i] = added(fused, sums[i], x[half * TILE + i], g);
                            }
                        }
                        *out = sums;
                    }
                }
                Err(_) => {
                    for (i, out) in out.iter_mut().enumerate() {
                        let mut sum = *out;
                        for (x, g) in x.iter().zip(g) {
                            sum = added(fused, sum, x[i], g);
                        }
                        *out = sum;
                    }
                }
            }
        }
    }
}

/// Packs of the output that are summed up at once.
const AT_ONCE: usize = 4;

/// out = x W + bias for an x of which most numbers are zero, and a W that lies row by row.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn sparse_product(
    fused: bool,
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
                        sums[i] = added(fused, sums[i], *number, &w[i]);
                    }
                }
            } else {
                for (column, number) in entries {
                    let w = &w[*column as usize * width + first..][..count];
                    for (sum, w) in sums.iter_mut().zip(w) {
                        *sum = added(fused, *sum, *number, w);
                    }
                }
            }
            for (i, sum) in sums.iter().take(count).enumerate() {
                out[(first + i) * stride + row] = *sum;
            }
        }
    }
}

/// out += Σ xᵀ g for an x of which most numbers are zero; the result lies row by row.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn sparse_outer(fused: bool, x: &Sparse, g: Block<'_>, gathered: &mut Vec<Pack>, out: &mut [Pack]) {
    let width = panels(g.columns);
    for (row, entries) in x.rows().enumerate() {
        gathered.clear();
        gathered.extend((0..width).map(|panel| g.packs[panel * g.stride + row]));
        for (column, number) in entries {
            let out = &mut out[*column as usize * width..][..width];
            for (out, g) in out.iter_mut().zip(&*gathered) {
                *out = added(fused, *out, *number, g);
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
