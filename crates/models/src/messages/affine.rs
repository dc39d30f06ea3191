//! Affine maps between forces and messages, y = Ax + b, and the way back.

/// y = Ax + b for vectors of one size D.
#[derive(Clone, Debug, PartialEq)]
pub struct AffineMap {
    /// A, row by row: `[D, D]`. Row c makes component c of y.
    pub matrix: Vec<f64>,
    /// b, `[D]`.
    pub offset: Vec<f64>,
}

/// A pivot below this part of the largest entry is zero but for rounding.
const SINGULAR: f64 = 1e-12;

impl AffineMap {
    /// D.
    pub fn size(&self) -> usize {
        self.offset.len()
    }

    /// Ax + b.
    pub fn apply(&self, x: &[f64]) -> Vec<f64> {
        let product = |row: &[f64]| row.iter().zip(x).map(|(a, x)| a * x).sum::<f64>();
        self.matrix.chunks(self.size().max(1)).zip(&self.offset).map(|(row, b)| product(row) + b).collect()
    }

    /// x = A⁻¹y − A⁻¹b: turns messages back into forces. None where A loses a direction, as for messages that are no forces or have
    /// fewer numbers.
    pub fn inverse(&self) -> Option<Self> {
        let d = self.size();
        if self.matrix.len() != d * d {
            return None;
        }
        // Gauss and Jordan on [A | 1].
        let mut rows: Vec<Vec<f64>> = self
            .matrix
            .chunks(d.max(1))
            .enumerate()
            .map(|(i, row)| row.iter().copied().chain((0..d).map(|j| f64::from(u8::from(i == j)))).collect())
            .collect();
        let largest = self.matrix.iter().fold(0.0, |largest: f64, a| largest.max(a.abs()));
        for column in 0..d {
            let pivot = (column..d).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
            rows.swap(column, pivot);
            let head = rows[column][column];
            if head.is_nan() || head.abs() <= SINGULAR * largest {
                return None;
            }
            rows[column].iter_mut().for_each(|x| *x /= head);
            let pivot_row = rows[column].clone();
            for (_, row) in rows.iter_mut().enumerate().filter(|(i, _)| *i != column) {
                let factor = row[column];
                row.iter_mut().zip(&pivot_row).for_each(|(x, p)| *x -= factor * p);
            }
        }
        let matrix: Vec<f64> = rows.into_iter().flat_map(|row| row.into_iter().skip(d)).collect();
        let linear = Self { matrix, offset: vec![0.0; d] };
        let offset = linear.apply(&self.offset).into_iter().map(|b| -b).collect();
        Some(Self { offset, ..linear })
    }
}
