//! Rows that are not used, and why.

use crate::limits::MAX_VALUE;
use crate::names::shown;
use language::{tr, written};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A row that is not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dropped {
    /// Its line in the file, from 1.
    pub row: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a row is not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    /// A needed cell is empty.
    Empty(String),
    /// A needed cell holds something else than a number: column and content.
    NotANumber(String, String),
    /// A needed cell says NaN or infinity.
    NotFinite(String),
    /// A number beyond [`MAX_VALUE`]: column and value.
    TooLarge(String, f64),
    /// The time of an earlier line of the same trial.
    RepeatedTime(usize),
    /// Far from its neighbours, and the visitor wants such rows dropped: column and value.
    Outlier(String, f64),
    /// Too few rows in its trial.
    ShortTrial(usize),
    /// The last line of the file, with too few cells.
    CutShort(usize),
    /// Cells of the line, and columns of the table.
    Ragged(usize, usize),
    /// At the beginning or end of a trial, where an integral without drift is not known.
    Edge,
    /// The visitor left it out.
    Unwanted,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Reason::Empty(column) => tr!("{column} is empty", column = shown(column)),
            Reason::NotANumber(column, text) => {
                tr!("{column} is “{text}”, which is not a number", column = shown(column), text = text)
            }
            Reason::NotFinite(column) => tr!("{column} is not a finite number", column = shown(column)),
            Reason::TooLarge(column, value) => tr!(
                "{column} is {value}, beyond {most}",
                column = shown(column),
                value = written(format!("{value:.3e}")),
                most = format!("{MAX_VALUE:.0e}")
            ),
            Reason::RepeatedTime(line) => tr!("the time is that of line {line}", line = line),
            Reason::Outlier(column, value) => tr!(
                "{column} is {value}, far from its neighbours",
                column = shown(column),
                value = written(value.to_string())
            ),
            Reason::ShortTrial(rows) => {
                tr!("its trial has only one usable row" | "its trial has only {n} usable rows" % *rows)
            }
            Reason::CutShort(cells) => tr!("the file ends in the middle of it, after {cells} cells", cells = cells),
            Reason::Ragged(cells, columns) => {
                tr!("it has {cells} cells, and the table has {columns} columns", cells = cells, columns = columns)
            }
            Reason::Edge => tr!("it is within a period of the end of its trial").to_owned(),
            Reason::Unwanted => tr!("you left it out").to_owned(),
        })
    }
}

/// What a line between the rows is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Passed {
    /// A comment.
    Comment,
    /// A text that stands alone.
    Text(String),
    /// The heading once more.
    Heading,
}

impl Passed {
    /// That a line is passed over, in a sentence.
    pub fn said(&self, line: usize) -> String {
        match self {
            Passed::Comment => tr!("Line {line} is a comment and is passed over.", line = line),
            Passed::Text(text) => tr!("Line {line} says “{text}” and is passed over.", line = line, text = text),
            Passed::Heading => tr!("Line {line} repeats the heading and is passed over.", line = line),
        }
    }
}

/// What becomes of outliers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outliers {
    /// They are named and used.
    #[default]
    Keep,
    /// They are named and left out.
    Drop,
}
