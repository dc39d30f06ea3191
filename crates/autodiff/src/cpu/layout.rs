//! How arrays lie: in panels of eight columns, which the products read in order.
//!
//! A block of `stride` rows lies as one panel after another; a panel holds eight neighbouring columns, row by row. What lies in
//! columns beyond an array's own, and in rows beyond those in use, is undefined and never read by a reduction.

use crate::cpu::packs::Packs;
use crate::cpu::simd::turned;
use crate::parameters::Matrix;

/// Columns of a panel: two registers of WebAssembly's SIMD, one of AVX.
pub(crate) const LANES: usize = 8;

/// One row of a panel.
pub(crate) type Pack = [f32; LANES];

/// No number.
pub(crate) const ZERO: Pack = [0.0; LANES];

/// How many panels some columns need.
pub(crate) fn panels(columns: usize) -> usize {
    columns.div_ceil(LANES)
}

/// How a shared array lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// `[column / 8][row]`, for products of blocks.
    Panels,
    /// `[row][column / 8]`, for inputs of which most are zero.
    Rows,
}

impl Layout {
    fn place(self, rows: usize, columns: usize, row: usize, panel: usize) -> usize {
        match self {
            Layout::Panels => panel * rows + row,
            Layout::Rows => row * panels(columns) + panel,
        }
    }

    /// A matrix in packs, filled up with zeros.
    pub(crate) fn pack(self, matrix: &Matrix) -> Packs {
        let Matrix { rows, columns, values } = matrix;
        let mut packs = Packs::zeros(panels(*columns) * rows);
        for (row, values) in values.chunks_exact(*columns).enumerate() {
            for (panel, values) in values.chunks(LANES).enumerate() {
                packs[self.place(*rows, *columns, row, panel)][..values.len()].copy_from_slice(values);
            }
        }
        packs
    }

    /// The matrix that lies in these packs.
    pub(crate) fn unpack(self, packs: &[Pack], rows: usize, columns: usize) -> Matrix {
        let mut matrix = Matrix::zeros(rows, columns);
        for (row, values) in matrix.values.chunks_exact_mut(columns).enumerate() {
            for (panel, values) in values.chunks_mut(LANES).enumerate() {
                values.copy_from_slice(&packs[self.place(rows, columns, row, panel)][..values.len()]);
            }
        }
        matrix
    }
}

/// The transpose of a packed matrix `[rows, columns]`, packed likewise as `[columns, rows]`: of its first `used` rows, rounded up
/// to eights.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn transpose((rows, columns): (usize, usize), used: usize, from: &[Pack], to: &mut [Pack]) {
    for (panel, from) in from.chunks_exact(rows).enumerate() {
        let lanes = LANES.min(columns - panel * LANES);
        for (above, from) in from.chunks(LANES).take(used.div_ceil(LANES)).enumerate() {
            let to = &mut to[above * columns + panel * LANES..][..lanes];
            if let (Ok(from), Ok(to)) = (<&[Pack; LANES]>::try_from(from), <&mut [Pack; LANES]>::try_from(&mut *to)) {
                *to = turned(from);
                continue;
            }
            for (lane, to) in to.iter_mut().enumerate() {
                for (to, from) in to.iter_mut().zip(from) {
                    *to = from[lane];
                }
            }
        }
    }
}

/// Rows of numbers into a block.
pub(crate) fn fill(block: &mut [Pack], stride: usize, columns: usize, numbers: &[f32]) {
    for (row, values) in numbers.chunks_exact(columns).enumerate() {
        for (panel, values) in values.chunks(LANES).enumerate() {
            let pack = &mut block[panel * stride + row];
            match <&Pack>::try_from(values) {
                Ok(values) => *pack = *values,
                Err(_) => {
                    *pack = ZERO;
                    pack[..values.len()].copy_from_slice(values);
                }
            }
        }
    }
}

/// Rows of a block, one after the other.
pub(crate) fn read(block: &[Pack], stride: usize, columns: usize, rows: usize, out: &mut Vec<f32>) {
    for row in 0..rows {
        for panel in 0..panels(columns) {
            let width = LANES.min(columns - panel * LANES);
            out.extend_from_slice(&block[panel * stride + row][..width]);
        }
    }
}

/// The places of a row that are not zero.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sparse {
    /// Where each row begins, and where the last one ends.
    bounds: Vec<usize>,
    /// (column, number).
    entries: Vec<(u32, f32)>,
}

impl Sparse {
    /// Those of rows of `columns` numbers.
    pub(crate) fn find(&mut self, columns: usize, numbers: &[f32]) {
        self.entries.clear();
        self.bounds.clear();
        self.bounds.push(0);
        for row in numbers.chunks_exact(columns) {
            let (panels, rest) = row.as_chunks::<LANES>();
            for (panel, values) in panels.iter().enumerate() {
                // Looked through as a whole: without its sign, a zero has no bits.
                if values.iter().fold(0, |bits, x| bits | x.to_bits() << 1) == 0 {
                    continue;
                }
                // Without branches, which could not be foretold: each is written, and written over if it was zero.
                let (mut found, mut count) = ([(0, 0.0); LANES], 0);
                for (lane, x) in values.iter().enumerate() {
                    found[count % LANES] = ((panel * LANES + lane) as u32, *x);
                    count += usize::from(*x != 0.0);
                }
                self.entries.extend_from_slice(&found[..count]);
            }
            let first = panels.len() * LANES;
            let found = rest.iter().enumerate().filter(|(_, x)| **x != 0.0);
            self.entries.extend(found.map(|(lane, x)| ((first + lane) as u32, *x)));
            self.bounds.push(self.entries.len());
        }
    }

    /// Row by row.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[(u32, f32)]> {
        self.bounds.windows(2).map(|bounds| &self.entries[bounds[0]..bounds[1]])
    }
}
