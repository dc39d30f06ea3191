//! Why a file cannot be used at all, each reason as one sentence that names the line where there is one.
//!
//! What is wrong with single rows is no error: they are left out and said, see [`crate::dropped`].

use crate::limits::{MAX_COLUMNS, MAX_ROWS, MIN_ROWS, too_large};
use language::tr;

/// Why nothing can be learned from a file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or only blank lines.
    #[error("{}", tr!("The file is empty."))]
    Empty,
    /// More than [`crate::limits::MAX_BYTES`].
    #[error("{}", too_large(*bytes))]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// A spreadsheet, a picture, an archive: no text.
    #[error("{}", tr!("The file is not text; please export the measurement as CSV and use that."))]
    Binary,
    /// Column names, if that is what they are, and no numbers under them.
    #[error("{}", tr!("Line {line} may name columns, but no row of numbers follows it.", line = line))]
    HeaderOnly {
        /// Where the names stand.
        line: usize,
    },
    /// More than [`MAX_ROWS`].
    #[error("{}", tr!("Line {line} is one row too many; at most {most} rows are read.", line = line, most = MAX_ROWS))]
    TooManyRows {
        /// The first row beyond the limit.
        line: usize,
    },
    /// More than [`MAX_LINE`](crate::limits::MAX_LINE) bytes without a line ending.
    #[error(
        "{}",
        tr!("Line {line} has {characters} characters: that is no row of a table.", line = line, characters = characters)
    )]
    LineTooLong {
        /// Where.
        line: usize,
        /// Characters there.
        characters: usize,
    },
    /// More than [`MAX_COLUMNS`].
    #[error(
        "{}",
        tr!("Line {line} has {columns} columns; at most {most} are read.", line = line, columns = columns, most = MAX_COLUMNS)
    )]
    TooManyColumns {
        /// Where.
        line: usize,
        /// Columns there.
        columns: usize,
    },
    /// No column that could be the time, or none that could be a motion.
    #[error("{}", no_column(*missing, columns))]
    NoUsableColumn {
        /// What was looked for.
        missing: Missing,
        /// The names there are.
        columns: String,
    },
    /// A choice of columns that this file does not allow.
    #[error(
        "{}",
        tr!(
            "Column {number} was asked for twice or is not there; the file has {columns} columns.",
            number = number,
            columns = columns
        )
    )]
    BadChoice {
        /// Its number, from 1.
        number: usize,
        /// Columns of the file.
        columns: usize,
    },
    /// No column of this name or number.
    #[error("{}", tr!("There is no column “{name}”; the columns are {columns}.", name = name, columns = columns))]
    NoSuchColumn {
        /// What was asked for.
        name: String,
        /// The names there are.
        columns: String,
    },
    /// No column of numbers at all.
    #[error("{}", tr!("This is not a table of numbers: no column holds any."))]
    NoNumbers,
    /// A column without numbers, where numbers are needed.
    #[error("{}", tr!("The column “{name}” does not hold numbers.", name = name))]
    NotNumbers {
        /// As it was asked for.
        name: String,
    },
    /// A unit that is not known.
    #[error("{}", tr!("The unit “{unit}” is not known; write ms, deg, cm/s, m/s^2 or their like.", unit = unit))]
    UnknownUnit {
        /// As it was given.
        unit: String,
    },
    /// Accelerations alone, and no sound way to a position.
    #[error(
        "{}",
        tr!(
            "Only accelerations were recorded, and no position can be computed from them: {why}. Record the angular velocity with the \
             gyroscope, or a position with a distance sensor or a video.",
            why = why
        )
    )]
    Acceleration {
        /// Why not, without a full stop.
        why: String,
    },
    /// A column that never changes.
    #[error("{}", tr!("Column “{column}” has the same value in every row, so there is no motion in it.", column = column))]
    Constant {
        /// Its name.
        column: String,
    },
    /// Fewer than [`MIN_ROWS`] rows are left.
    #[error(
        "{}",
        tr!(
            "Only {usable} of {read} rows can be used, and at least {least} are needed{first}.",
            usable = usable,
            read = read,
            least = MIN_ROWS,
            first = first_left_out(first)
        )
    )]
    TooFewRows {
        /// Rows left.
        usable: usize,
        /// Rows in the file.
        read: usize,
        /// The first that was left out and why, if any was.
        first: Option<String>,
    },
}

/// What no column could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The column that the visitor chose, of another run.
    Chosen,
    /// A time.
    Time,
    /// A motion.
    Motion,
}

fn no_column(missing: Missing, columns: &str) -> String {
    match missing {
        Missing::Chosen => tr!(
            "No column looks like the one that was chosen in every run; the columns are {columns}.",
            columns = columns
        ),
        Missing::Time => tr!("No column looks like a time; the columns are {columns}.", columns = columns),
        Missing::Motion => tr!(
            "No column looks like a motion (an angle, a position or a velocity); the columns are {columns}.",
            columns = columns
        ),
    }
}

fn first_left_out(first: &Option<String>) -> String {
    first.as_ref().map_or_else(String::new, |first| format!(" ({first})"))
}
