//! The numbers a law is looked for in: named columns, and the one to be explained.
//!
//! A [`Table`] is what somebody brings; a [`Dataset`] is a table that a search can work with, laid out in blocks of rows. What
//! is wrong with a table is said in one sentence.

use numerics::statistics::{median, weighted_median};
use serde::{Deserialize, Serialize};

/// Rows that are evaluated together: 1 KiB for each intermediate result, so that a law's stay in the fastest cache.
pub const BLOCK: usize = 128;

/// One column over one block of rows.
pub type Block = [f64; BLOCK];

/// Columns of numbers and the column to be explained, as somebody brings them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The names of the columns that a law may use.
    pub names: Vec<String>,
    /// Those columns, all of one length.
    pub columns: Vec<Vec<f64>>,
    /// The name of the column to be explained.
    pub target_name: String,
    /// That column.
    pub target: Vec<f64>,
}

/// A table that no law can be looked for in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// Nothing to explain by.
    #[error("There is no column to explain the target by.")]
    NoColumns,
    /// More columns than a law can name.
    #[error("There are {0} columns; a law can be looked for in at most 1000.")]
    TooManyColumns(usize),
    /// A column without a name.
    #[error("Column {0} has no name.")]
    Unnamed(usize),
    /// Two columns of one name.
    #[error("Two columns are called \"{0}\".")]
    DuplicateName(String),
    /// A column of another length than the target.
    #[error("Column \"{name}\" has {found} rows where the target has {expected}.")]
    Ragged {
        /// The column.
        name: String,
        /// Its length.
        found: usize,
        /// The target's.
        expected: usize,
    },
    /// Fewer rows than columns.
    #[error(
        "There are {rows} rows for {columns} columns; a law needs at least as many rows as columns, and at least two."
    )]
    TooFewRows {
        /// Rows.
        rows: usize,
        /// Columns that a law may use.
        columns: usize,
    },
    /// A number that is none.
    #[error("Row {row} of column \"{name}\" is not a finite number.")]
    NotFinite {
        /// The column.
        name: String,
        /// The row, from 1.
        row: usize,
    },
    /// The target is always the same.
    #[error("The target \"{0}\" is the same in every row, so there is nothing to explain.")]
    ConstantTarget(String),
    /// Squares of the target overflow or vanish.
    #[error("The numbers of the target \"{0}\" are too large or too small; measure it in another unit.")]
    OutOfScale(String),
}

/// A table that has been checked, in blocks of [`BLOCK`] rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    names: Vec<String>,
    target_name: String,
    rows: usize,
    blocks: Vec<Rows>,
    constant: Constants,
    mean_square: f64,
}

/// Some rows, column by column. The last block of a table is filled up with its last row.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// What a law may use.
    pub columns: Vec<Block>,
    /// What is to be explained.
    pub target: Block,
    /// What makes an error relative: 1/(|y| + the median of |y|), so that no target near zero decides.
    pub weights: Block,
    /// How many of the rows count.
    pub len: usize,
}

/// The best constant for each objective.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Constants {
    mean: f64,
    weighted_median: f64,
}

impl Dataset {
    /// Checks a table.
    pub fn new(table: &Table) -> Result<Self, DataError> {
        table.check()?;
        let rows = table.target.len();
        let block = |column: &[f64], start: usize| -> Block {
            std::array::from_fn(|i| column.get(start + i).or(column.last()).copied().unwrap_or(0.0))
        };
        let weights = weights(&table.target);
        let blocks = (0..rows)
            .step_by(BLOCK)
            .map(|start| Rows {
                columns: table.columns.iter().map(|column| block(column, start)).collect(),
                target: block(&table.target, start),
                weights: block(&weights, start),
                len: (rows - start).min(BLOCK),
            })
            .collect();
        let mean = table.target.iter().sum::<f64>() / rows as f64;
        let mean_square = table.target.iter().map(|y| y * y).sum::<f64>() / rows as f64;
        let variance = table.target.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / rows as f64;
        if !mean_square.is_finite() || mean_square < f64::MIN_POSITIVE / f64::EPSILON.powi(3) {
            return Err(DataError::OutOfScale(table.target_name.clone()));
        }
        // A mean of n equal numbers is off by up to n/2 roundings.
        if variance.sqrt() <= mean.abs() * f64::EPSILON * rows as f64 {
            return Err(DataError::ConstantTarget(table.target_name.clone()));
        }
        let middle = weighted_median(table.target.iter().copied().zip(weights));
        let constant = Constants { mean, weighted_median: middle.unwrap_or_default() };
        let (names, target_name) = (table.names.clone(), table.target_name.clone());
        Ok(Self { names, target_name, rows, blocks, constant, mean_square })
    }

    /// The names of the columns that a law may use.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name of the column to be explained.
    pub fn target_name(&self) -> &str {
        &self.target_name
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns that a law may use.
    pub fn columns(&self) -> usize {
        self.names.len()
    }

    /// The rows, block by block.
    pub fn blocks(&self) -> &[Rows] {
        &self.blocks
    }

    /// The target's mean: the constant with the least mean squared error.
    pub fn mean(&self) -> f64 {
        self.constant.mean
    }

    /// The constant with the least mean relative error: the median of the target by weight.
    pub fn weighted_median(&self) -> f64 {
        self.constant.weighted_median
    }

    /// The mean of the target's squares, the scale of what rounding does.
    pub fn mean_square(&self) -> f64 {
        self.mean_square
    }
}

/// What errors are multiplied by to become relative.
fn weights(target: &[f64]) -> Vec<f64> {
    let sizes: Vec<f64> = target.iter().map(|y| y.abs()).collect();
    // Of a target that is mostly zero, the mean size is what there is.
    let median = median(sizes.clone()).filter(|median| *median > 0.0);
    let scale = median.unwrap_or_else(|| sizes.iter().sum::<f64>() / sizes.len().max(1) as f64);
    sizes.into_iter().map(|size| 1.0 / (size + scale)).collect()
}

impl Table {
    fn check(&self) -> Result<(), DataError> {
        let (rows, columns) = (self.target.len(), self.columns.len());
        if columns == 0 || self.names.len() != columns {
            return Err(DataError::NoColumns);
        }
        if columns > 1000 {
            return Err(DataError::TooManyColumns(columns));
        }
        let all = self.names.iter().zip(&self.columns).chain([(&self.target_name, &self.target)]);
        for (i, (name, column)) in all.clone().enumerate() {
            if name.trim().is_empty() {
                return Err(DataError::Unnamed(i + 1));
            }
            if all.clone().take(i).any(|(other, _)| other == name) {
                return Err(DataError::DuplicateName(name.clone()));
            }
            if column.len() != rows {
                return Err(DataError::Ragged { name: name.clone(), found: column.len(), expected: rows });
            }
        }
        if rows < columns.max(2) {
            return Err(DataError::TooFewRows { rows, columns });
        }
        for (name, column) in all {
            if let Some(row) = column.iter().position(|x| !x.is_finite()) {
                return Err(DataError::NotFinite { name: name.clone(), row: row + 1 });
            }
        }
        Ok(())
    }
}
