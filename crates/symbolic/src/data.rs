//! The numbers a law is looked for in: a [`Table`] that has been checked and laid out in blocks of rows.

pub use crate::table::{DataError, Table};
use numerics::statistics::{median, weighted_median};

/// Rows that are evaluated together: 1 KiB for each intermediate result, so that a law's stay in the fastest cache.
pub const BLOCK: usize = 128;

/// One column over one block of rows.
pub type Block = [f64; BLOCK];

/// A table that has been checked, in blocks of [`BLOCK`] rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    names: Vec<String>,
    target_name: String,
    rows: usize,
    blocks: Vec<Rows>,
    measured: bool,
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
    /// What puts an error in units of the one that was measured; 1 where none was.
    pub precision: Block,
    /// How many of the rows count.
    pub len: usize,
}

/// The best constant for each objective.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Constants {
    mean: f64,
    median: f64,
    weighted_median: f64,
}

/// Columns of numbers from which blocks are made.
#[derive(Clone, Default)]
struct Columns {
    columns: Vec<Vec<f64>>,
    target: Vec<f64>,
    weights: Vec<f64>,
    precision: Vec<f64>,
}

impl Dataset {
    /// Checks a table.
    pub fn new(table: &Table) -> Result<Self, DataError> {
        Self::checked(table, None)
    }

    /// Checks a table whose target was measured with these standard errors, one for each row and in its unit. Losses are
    /// then those of errors in units of the measured ones.
    pub fn measured(table: &Table, errors: &[f64]) -> Result<Self, DataError> {
        Self::checked(table, Some(errors))
    }

    fn checked(table: &Table, errors: Option<&[f64]>) -> Result<Self, DataError> {
        table.check()?;
        let rows = table.target.len();
        if let Some(errors) = errors {
            if errors.len() != rows {
                return Err(DataError::RaggedErrors { found: errors.len(), expected: rows });
            }
            if let Some(row) = errors.iter().position(|error| !(error.is_normal() && *error > 0.0)) {
                return Err(DataError::NotAnError { row: row + 1 });
            }
        }
        let columns = Columns {
            columns: table.columns.clone(),
            target: table.target.clone(),
            weights: weights(&table.target),
            precision: errors.map_or(vec![1.0; rows], |errors| errors.iter().map(|error| error.recip()).collect()),
        };
        let data = Self::of(table.names.clone(), table.target_name.clone(), &columns, errors.is_some());
        if !data.mean_square.is_finite() || data.mean_square < f64::MIN_POSITIVE / f64::EPSILON.powi(3) {
            return Err(DataError::OutOfScale(table.target_name.clone()));
        }
        let mean = table.target.iter().sum::<f64>() / rows as f64;
        let variance = table.target.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / rows as f64;
        // A mean of n equal numbers is off by up to n/2 roundings.
        if variance.sqrt() <= mean.abs() * f64::EPSILON * rows as f64 {
            return Err(DataError::ConstantTarget(table.target_name.clone()));
        }
        Ok(data)
    }

    fn of(names: Vec<String>, target_name: String, all: &Columns, measured: bool) -> Self {
        let rows = all.target.len();
        let block = |column: &[f64], start: usize| -> Block {
            std::array::from_fn(|i| column.get(start + i).or(column.last()).copied().unwrap_or(0.0))
        };
        let blocks = (0..rows)
            .step_by(BLOCK)
            .map(|start| Rows {
                columns: all.columns.iter().map(|column| block(column, start)).collect(),
                target: block(&all.target, start),
                weights: block(&all.weights, start),
                precision: block(&all.precision, start),
                len: (rows - start).min(BLOCK),
            })
            .collect();
        let pairs = || all.target.iter().copied().zip(all.precision.iter().copied());
        let weight: f64 = pairs().map(|(_, w)| w * w).sum();
        let constant = Constants {
            mean: pairs().map(|(y, w)| y * w * w).sum::<f64>() / weight,
            median: weighted_median(pairs()).unwrap_or_default(),
            weighted_median: weighted_median(all.target.iter().copied().zip(all.weights.iter().copied()))
                .unwrap_or_default(),
        };
        let mean_square = pairs().map(|(y, w)| (y * w).powi(2)).sum::<f64>() / rows as f64;
        Self { names, target_name, rows, blocks, measured, constant, mean_square }
    }

    /// The rows with these numbers, with the weights that they have here. There must be at least one.
    pub fn subset(&self, rows: &[usize]) -> Self {
        let picked = |value: fn(&Rows) -> &Block| -> Vec<f64> {
            rows.iter().map(|row| value(&self.blocks[row / BLOCK])[row % BLOCK]).collect()
        };
        let column = |at: usize| rows.iter().map(|row| self.blocks[row / BLOCK].columns[at][row % BLOCK]).collect();
        let columns = Columns {
            columns: (0..self.columns()).map(column).collect(),
            target: picked(|rows| &rows.target),
            weights: picked(|rows| &rows.weights),
            precision: picked(|rows| &rows.precision),
        };
        Self::of(self.names.clone(), self.target_name.clone(), &columns, self.measured)
    }

    /// Whether losses are in units of measured errors.
    pub fn is_measured(&self) -> bool {
        self.measured
    }

    /// A column that a law may use.
    pub fn column(&self, at: usize) -> Vec<f64> {
        self.blocks.iter().flat_map(|rows| rows.columns[at][..rows.len].iter().copied()).collect()
    }

    /// The column to be explained.
    pub fn target(&self) -> Vec<f64> {
        self.blocks.iter().flat_map(|rows| rows.target[..rows.len].iter().copied()).collect()
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

    /// The target's median: the constant with the least mean size of errors.
    pub fn median(&self) -> f64 {
        self.constant.median
    }

    /// The constant with the least mean relative error: the median of the target by weight.
    pub fn weighted_median(&self) -> f64 {
        self.constant.weighted_median
    }

    /// The step in which the target was written down: 0.01 where its numbers have two decimals at most. None where it has whole
    /// numbers, which may be exact, or so many decimals that they were computed.
    pub fn step(&self) -> Option<f64> {
        let decimals = |y: f64| y.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let targets = self.blocks.iter().flat_map(|rows| &rows.target[..rows.len]);
        let most = targets.map(|y| decimals(*y)).max().unwrap_or(0);
        (1..=WRITTEN).contains(&most).then(|| 10f64.powi(-(most as i32)))
    }

    /// The mean of the target's squares (in units of the measured errors, if there are any), the scale of what rounding does.
    pub fn mean_square(&self) -> f64 {
        self.mean_square
    }
}

/// Decimals that a person or an instrument writes, at most.
const WRITTEN: usize = 8;

/// What errors are multiplied by to become relative.
fn weights(target: &[f64]) -> Vec<f64> {
    let sizes: Vec<f64> = target.iter().map(|y| y.abs()).collect();
    // Of a target that is mostly zero, the mean size is what there is.
    let median = median(sizes.clone()).filter(|median| *median > 0.0);
    let scale = median.unwrap_or_else(|| sizes.iter().sum::<f64>() / sizes.len().max(1) as f64);
    sizes.into_iter().map(|size| 1.0 / (size + scale)).collect()
}
