//! A table as somebody brings it: named columns, and the one to be explained. What is wrong with it is said in one sentence.

use language::tr;
use serde::{Deserialize, Serialize};

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
    #[error("{}", tr!("There is no column to explain the target by."))]
    NoColumns,
    /// More columns than a law can name.
    #[error("{}", tr!("There are {columns} columns; a law can be looked for in at most 1000.", columns = .0))]
    TooManyColumns(usize),
    /// A column without a name.
    #[error("{}", tr!("Column {number} has no name.", number = .0))]
    Unnamed(usize),
    /// Two columns of one name.
    #[error("{}", tr!("Two columns are called \"{name}\".", name = .0))]
    DuplicateName(String),
    /// A column of another length than the target.
    #[error(
        "{}",
        tr!(
            "Column \"{name}\" has {found} rows where the target has {expected}.",
            name = name,
            found = found,
            expected = expected
        )
    )]
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
        "{}",
        tr!(
            "A law needs at least as many rows as columns, and at least two; the table has {rows} for {columns}.",
            rows = rows,
            columns = columns
        )
    )]
    TooFewRows {
        /// Rows.
        rows: usize,
        /// Columns that a law may use.
        columns: usize,
    },
    /// A number that is none.
    #[error("{}", tr!("Row {row} of column \"{name}\" is not a finite number.", row = row, name = name))]
    NotFinite {
        /// The column.
        name: String,
        /// The row, from 1.
        row: usize,
    },
    /// The target is always the same.
    #[error("{}", tr!("The target \"{name}\" is the same in every row, so there is nothing to explain.", name = .0))]
    ConstantTarget(String),
    /// An error that is none.
    #[error("{}", tr!("Row {row} of the column of errors is not a number above 0.", row = row))]
    NotAnError {
        /// The row, from 1.
        row: usize,
    },
    /// Another number of errors than rows.
    #[error("{}", tr!("There are {found} errors for {expected} rows.", found = found, expected = expected))]
    RaggedErrors {
        /// Errors.
        found: usize,
        /// Rows.
        expected: usize,
    },
    /// Squares of the target overflow or vanish.
    #[error(
        "{}",
        tr!("The numbers of the target \"{name}\" are too large or too small; measure it in another unit.", name = .0)
    )]
    OutOfScale(String),
}

impl Table {
    pub(crate) fn check(&self) -> Result<(), DataError> {
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
