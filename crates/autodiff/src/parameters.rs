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
