//! Small matrices in panels of eight columns, and the two products that backpropagation needs.
//!
//! A matrix of `rows × columns` lies as one panel after another; a panel holds eight neighbouring columns, row by row. Both
//! products then read all their operands in the order in which they lie.

/// Columns of a panel: two registers of WebAssembly's SIMD.
pub const LANES: usize = 8;
/// Rows of a block: enough to use a weight often while it is near, few enough that a block's layers stay near too.
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

/// c = a · b for a block `a` of [`ROWS`] rows and a packed matrix `b` with as many rows as `a` has columns.
#[inline(always)]
pub fn multiply(a: &[Pack], b: &[Pack], c: &mut [Pack]) {
    let depth = a.len() / ROWS * LANES;
    for (b, c) in b.chunks_exact(depth).zip(c.chunks_exact_mut(ROWS)) {
        let (b, _) = b.as_chunks::<LANES>();
        for (tile, c) in c.as_chunks_mut::<TILE>().0.iter_mut().enumerate() {
            let mut sums = [[0.0; LANES]; TILE];
            for (a, b) in a.chunks_exact(ROWS).zip(b) {
                let a = &a.as_chunks::<TILE>().0[tile];
                for k in 0..LANES {
                    for i in 0..TILE {
                        add_scaled(&mut sums[i], a[i][k], &b[k]);
                    }
                }
            }
            *c = sums;
        }
    }
}

/// c += aᵀ · b for two blocks of [`ROWS`] rows; `c` is packed like a weight matrix of as many rows as `a` has columns.
#[inline(always)]
pub fn add_transposed_product(a: &[Pack], b: &[Pack], c: &mut [Pack]) {
    let depth = a.len() / ROWS * LANES;
    for (b, c) in b.chunks_exact(ROWS).zip(c.chunks_exact_mut(depth)) {
        let (b, _) = b.as_chunks::<LANES>();
        for (a, c) in a.chunks_exact(ROWS).zip(c.as_chunks_mut::<LANES>().0) {
            let (a, _) = a.as_chunks::<LANES>();
            for (half, c) in c.as_chunks_mut::<TILE>().0.iter_mut().enumerate() {
                let mut sums = *c;
                for (a, b) in a.iter().zip(b) {
                    for k in 0..LANES {
                        for i in 0..TILE {
                            add_scaled(&mut sums[i], a[k][half * TILE + i], &b[k]);
                        }
                    }
                }
                *c = sums;
            }
        }
    }
}

/// sum += x · pack.
#[inline(always)]
pub fn add_scaled(sum: &mut Pack, x: f32, pack: &Pack) {
    for (sum, y) in sum.iter_mut().zip(pack) {
        *sum += x * y;
    }
}
