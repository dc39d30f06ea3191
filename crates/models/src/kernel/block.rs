//! Small matrices in panels of eight columns, and the two products that backpropagation needs.
//!
//! A matrix of `rows × columns` lies as one panel after another; a panel holds eight neighbouring columns, row by row. Both
//! products then read all their operands in the order in which they lie.

/// Columns of a panel: two registers of WebAssembly's SIMD.
pub const LANES: usize = 8;
/// Rows of a block of a small network: enough to use a weight often while it is near, few enough that a block's layers stay near too.
pub const ROWS: usize = 48;
/// Rows multiplied at once: eight sums, the most for which no register has to be put aside.
const TILE: usize = 4;

/// One row of a panel.
pub type Pack = [f32; LANES];

/// How many panels some columns need; what is left over in the last one is zero.
pub fn panels(columns: usize) -> usize {
    columns.div_ceil(LANES)
}

/// A matrix `[rows, columns]` given row by row, in panels; its rows too are filled up to a multiple of eight with zeros.
pub fn packed(matrix: &[f32], rows: usize, columns: usize, out: &mut Vec<Pack>) {
    let depth = panels(rows) * LANES;
    out.clear();
    out.resize(panels(columns) * depth, [0.0; LANES]);
    for (row, values) in matrix.chunks_exact(columns).take(rows).enumerate() {
        for (panel, part) in values.chunks(LANES).enumerate() {
            out[panel * depth + row][..part.len()].copy_from_slice(part);
        }
    }
}

/// The transpose of a matrix given row by row, packed like [`packed`].
pub fn packed_transpose(matrix: &[f32], rows: usize, columns: usize, out: &mut Vec<Pack>) {
    let depth = panels(columns) * LANES;
    out.clear();
    out.resize(panels(rows) * depth, [0.0; LANES]);
    for (row, values) in matrix.chunks_exact(columns).take(rows).enumerate() {
        let panel = &mut out[row / LANES * depth..][..columns];
        panel.iter_mut().zip(values).for_each(|(pack, value)| pack[row % LANES] = *value);
    }
}

/// A block of `rows` rows turned on its side, eight rows at a time: `[row / 8][column]` packs of eight rows. Of a packed
/// matrix it is the packed transpose.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub fn turn(rows: usize, block: &[Pack], out: &mut [Pack]) {
    let columns = block.len() / rows * LANES;
    for (p, panel) in block.chunks_exact(rows).enumerate() {
        for (rows, out) in panel.as_chunks::<LANES>().0.iter().zip(out.chunks_exact_mut(columns)) {
            for (i, out) in out[p * LANES..][..LANES].iter_mut().enumerate() {
                for (x, row) in out.iter_mut().zip(rows) {
                    *x = row[i];
                }
            }
        }
    }
}

/// c = a · b for a block `a` of `rows` rows, turned on its side, and a packed matrix `b` with as many rows as `a` has
/// columns.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
#[cfg_attr(feature = "relaxed", target_feature(enable = "relaxed-simd"))]
pub fn multiply(rows: usize, a: &[Pack], b: &[Pack], c: &mut [Pack]) {
    let depth = a.len() / rows * LANES;
    for (b, c) in b.chunks_exact(depth).zip(c.chunks_exact_mut(rows)) {
        for (a, c) in a.chunks_exact(depth).zip(c.as_chunks_mut::<LANES>().0) {
            let (upper, lower) = c.split_at_mut(TILE);
            upper.copy_from_slice(&tile::<0>([[0.0; LANES]; TILE], a, b));
            lower.copy_from_slice(&tile::<TILE>([[0.0; LANES]; TILE], a, b));
        }
    }
}

/// c += a · b, otherwise like [`multiply`].
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
#[cfg_attr(feature = "relaxed", target_feature(enable = "relaxed-simd"))]
pub fn add_product(rows: usize, a: &[Pack], b: &[Pack], c: &mut [Pack]) {
    let depth = a.len() / rows * LANES;
    for (b, c) in b.chunks_exact(depth).zip(c.chunks_exact_mut(rows)) {
        for (a, c) in a.chunks_exact(depth).zip(c.as_chunks_mut::<LANES>().0) {
            let (upper, lower) = c.as_chunks_mut::<TILE>().0.split_at_mut(1);
            upper[0] = tile::<0>(upper[0], a, b);
            lower[0] = tile::<TILE>(lower[0], a, b);
        }
    }
}

/// c += aᵀ · b for two blocks of `rows` rows; `c` is packed like a weight matrix of as many rows as `a` has columns.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
#[cfg_attr(feature = "relaxed", target_feature(enable = "relaxed-simd"))]
pub fn add_transposed_product(rows: usize, a: &[Pack], b: &[Pack], c: &mut [Pack]) {
    let depth = a.len() / rows * LANES;
    for (b, c) in b.chunks_exact(rows).zip(c.chunks_exact_mut(depth)) {
        for (a, c) in a.chunks_exact(rows).zip(c.as_chunks_mut::<LANES>().0) {
            let (upper, lower) = c.as_chunks_mut::<TILE>().0.split_at_mut(1);
            upper[0] = tile::<0>(upper[0], a, b);
            lower[0] = tile::<TILE>(lower[0], a, b);
        }
    }
}

/// Adds a[·][i + FIRST] · b[·][j] to each sum (i, j): the only loop that takes time.
#[cfg_attr(not(feature = "relaxed"), inline(always))]
#[cfg_attr(feature = "relaxed", inline)]
#[cfg_attr(feature = "relaxed", target_feature(enable = "relaxed-simd"))]
fn tile<const FIRST: usize>(mut sums: [Pack; TILE], a: &[Pack], b: &[Pack]) -> [Pack; TILE] {
    for (a, b) in a.iter().zip(b) {
        for i in 0..TILE {
            sums[i] = added(sums[i], a[FIRST + i], b);
        }
    }
    sums
}

/// sum + x · pack.
#[cfg(not(feature = "relaxed"))]
#[inline(always)]
pub fn added(mut sum: Pack, x: f32, pack: &Pack) -> Pack {
    for (sum, y) in sum.iter_mut().zip(pack) {
        *sum += x * y;
    }
    sum
}

/// sum + x · pack, in one instruction for every four numbers where the processor has it.
#[cfg(feature = "relaxed")]
#[inline]
#[target_feature(enable = "relaxed-simd")]
pub fn added(sum: Pack, x: f32, pack: &Pack) -> Pack {
    use std::arch::wasm32::{f32x4, f32x4_extract_lane, f32x4_relaxed_madd, f32x4_splat};
    let half = |p: &Pack, i: usize| f32x4(p[i], p[i + 1], p[i + 2], p[i + 3]);
    let x = f32x4_splat(x);
    let (low, high) =
        (f32x4_relaxed_madd(x, half(pack, 0), half(&sum, 0)), f32x4_relaxed_madd(x, half(pack, 4), half(&sum, 4)));
    [
        f32x4_extract_lane::<0>(low),
        f32x4_extract_lane::<1>(low),
        f32x4_extract_lane::<2>(low),
        f32x4_extract_lane::<3>(low),
        f32x4_extract_lane::<0>(high),
        f32x4_extract_lane::<1>(high),
        f32x4_extract_lane::<2>(high),
        f32x4_extract_lane::<3>(high),
    ]
}

/// sum += pack.
#[inline(always)]
pub fn add(sum: &mut Pack, pack: &Pack) {
    for (sum, y) in sum.iter_mut().zip(pack) {
        *sum += y;
    }
}
