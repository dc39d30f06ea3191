//! Trained arrays as they travel: the one format of weights, moments and checkpoints.

use serde::{Deserialize, Serialize};

/// An array of numbers, row by row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// `[rows, columns]`.
    pub values: Vec<f32>,
}

impl Matrix {
    /// Zeros.
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, values: vec![0.0; rows * columns] }
    }

    /// Whether it has the shape of another, and as many numbers as that takes.
    fn is_shaped_like(&self, other: &Self) -> bool {
        (self.rows, self.columns) == (other.rows, other.columns)
            && self.rows.checked_mul(self.columns) == Some(self.values.len())
    }
}

/// Whether arrays that were read can stand in the place of others.
pub fn fit(read: &Parameters, known: &Parameters) -> bool {
    read.len() == known.len() && read.iter().zip(known).all(|(read, known)| read.is_shaped_like(known))
}

/// The arrays of a model, in the order in which its program has them.
pub type Parameters = Vec<Matrix>;

/// A model in the middle of its training.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Steps taken.
    pub step: u64,
    /// The arrays.
    pub parameters: Parameters,
    /// Adam's running mean of each gradient.
    pub first: Parameters,
    /// Adam's running mean of its square.
    pub second: Parameters,
}
