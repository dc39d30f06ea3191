//! Numbers in rows of equal width: one row per edge and moment.

/// A table `[rows, width]`, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    width: usize,
    numbers: Vec<f64>,
}

/// Numbers that make no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The last row is not full.
    #[error("{count} numbers do not fill rows of {width}")]
    Ragged {
        /// How many numbers there are.
        count: usize,
        /// How many a row takes.
        width: usize,
    },
    /// One of them is infinite or no number.
    #[error("row {row} holds something that is not a finite number")]
    NotFinite {
        /// The first such row.
        row: usize,
    },
}

impl Table {
    /// A table of finite numbers, row by row.
    pub fn new(width: usize, numbers: Vec<f64>) -> Result<Self, TableError> {
        if width == 0 || !numbers.len().is_multiple_of(width) {
            return Err(TableError::Ragged { count: numbers.len(), width });
        }
        match numbers.iter().position(|x| !x.is_finite()) {
            Some(place) => Err(TableError::NotFinite { row: place / width }),
            None => Ok(Self { width, numbers }),
        }
    }

    /// Numbers in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.numbers.len() / self.width
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The rows, in order.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.numbers.chunks_exact(self.width)
    }

    /// One column, from top to bottom; empty beyond the last.
    pub fn column(&self, index: usize) -> Vec<f64> {
        self.rows().filter_map(|row| row.get(index)).copied().collect()
    }

    /// Standard deviation of every column.
    pub fn deviations(&self) -> Vec<f64> {
        let rows = self.len().max(1) as f64;
        let mut means = vec![0.0; self.width];
        for row in self.rows() {
            means.iter_mut().zip(row).for_each(|(mean, x)| *mean += x / rows);
        }
        let mut variances = vec![0.0; self.width];
        for row in self.rows() {
            for ((variance, x), mean) in variances.iter_mut().zip(row).zip(&means) {
                *variance += (x - mean).powi(2) / rows;
            }
        }
        variances.into_iter().map(f64::sqrt).collect()
    }

    /// Every row divided by a number of its own. Rows without one are left out.
    pub fn divided(&self, divisors: &[f64]) -> Result<Self, TableError> {
        let numbers = self.rows().zip(divisors).flat_map(|(row, divisor)| row.iter().map(move |x| x / divisor));
        Self::new(self.width, numbers.collect())
    }
}
