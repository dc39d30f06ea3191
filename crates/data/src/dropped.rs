//! Rows that are not used, and why.

use crate::limits::MAX_VALUE;
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
        match self {
            Reason::Empty(column) => write!(f, "{column} is empty"),
            Reason::NotANumber(column, text) => write!(f, "{column} is “{text}”, which is not a number"),
            Reason::NotFinite(column) => write!(f, "{column} is not a finite number"),
            Reason::TooLarge(column, value) => write!(f, "{column} is {value:.3e}, beyond {MAX_VALUE:.0e}"),
            Reason::RepeatedTime(line) => write!(f, "the time is that of line {line}"),
            Reason::Outlier(column, value) => write!(f, "{column} is {value}, far from its neighbours"),
            Reason::ShortTrial(1) => write!(f, "its trial has only one usable row"),
            Reason::ShortTrial(rows) => write!(f, "its trial has only {rows} usable rows"),
            Reason::CutShort(cells) => write!(f, "the file ends in the middle of it, after {cells} cells"),
            Reason::Ragged(cells, columns) => write!(f, "it has {cells} cells, and the table has {columns} columns"),
            Reason::Edge => write!(f, "it is within a period of the end of its trial"),
            Reason::Unwanted => write!(f, "you left it out"),
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
