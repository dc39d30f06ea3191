//! Why a file holds no motion of several bodies, each reason as one sentence that says what is expected.

use crate::error::ReadError;
use crate::trajectories::{BODIES, FEWEST_FRAMES};
use language::{fixed, tr};

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TrajectoryError {
    /// No table.
    #[error(transparent)]
    Table(#[from] ReadError),
    /// No column is a coordinate of a body.
    #[error(
        "{}",
        tr!(
            "No column is a position of a body; the columns are {columns}. Expected are an x and a y for each body under its number, such \
             as t, x1, y1, x2, y2, x3, y3, and vx1, vy1, … if they were measured.",
            columns = columns
        )
    )]
    NoBody {
        /// The names there are.
        columns: String,
    },
    /// A body lacks a coordinate.
    #[error(
        "{}",
        tr!(
            "Body {body} has a column {has} but no {lacks}. Expected are both an x and a y for each body, such as x1, y1, x2, y2, x3, y3.",
            body = body,
            has = has,
            lacks = lacks
        )
    )]
    Missing {
        /// What the file calls it.
        body: String,
        /// The column that is there.
        has: String,
        /// The coordinate that is not.
        lacks: &'static str,
    },
    /// Too few or too many bodies.
    #[error(
        "{}",
        tr!(
            "The file has one body (columns {columns}). Expected are {least} to {most} bodies, each with an x and a y."
                | "The file has {n} bodies (columns {columns}). Expected are {least} to {most} bodies, each with an x and a y."
                % *bodies,
            columns = columns,
            least = BODIES.0,
            most = BODIES.1
        )
    )]
    Bodies {
        /// How many.
        bodies: usize,
        /// The columns that were taken for positions.
        columns: String,
    },
    /// A column that ends before others do.
    #[error(
        "{}",
        tr!(
            "Column {column} ends after {rows} of {all} rows. Expected is a number in every row for every body.",
            column = column,
            rows = rows,
            all = of
        )
    )]
    Lengths {
        /// Its name.
        column: String,
        /// Rows up to its last number.
        rows: usize,
        /// Rows of the longest column.
        of: usize,
    },
    /// Too few rows that have all numbers.
    #[error(
        "{}",
        tr!(
            "Only {rows} rows have a number for every body; column {column} has {filled}. Expected are at least {least} such rows, at \
             equal steps of time.",
            rows = rows,
            column = column,
            filled = filled,
            least = FEWEST_FRAMES
        )
    )]
    TooFew {
        /// Rows that can be used.
        rows: usize,
        /// The column with the fewest numbers.
        column: String,
        /// How many these are.
        filled: usize,
    },
    /// Times that fall or stand still.
    #[error(
        "{}",
        tr!(
            "In line {line} the time is not later than in the row before. Expected is one motion, its rows in the order of time.",
            line = line
        )
    )]
    Order {
        /// Where.
        line: usize,
    },
    /// A pause that is too long to be bridged.
    #[error(
        "{}",
        tr!(
            "Before line {line} there is a gap of {steps} steps. Expected is one motion without breaks.",
            line = line,
            steps = fixed(*steps, 0)
        )
    )]
    Break {
        /// Where the motion goes on.
        line: usize,
        /// How long the gap is, in usual steps.
        steps: f64,
    },
    /// Nothing changes.
    #[error("{}", tr!("No body moves in this file: all positions stay as they are."))]
    Still,
}
