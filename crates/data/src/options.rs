//! What a visitor decides about a file.

use crate::columns::Choice;
use crate::dropped::Outliers;
use serde::{Deserialize, Serialize};

/// What the visitor decides about a file; the default leaves all to guessing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// What the recording shall be called; usually the name of the file.
    pub name: String,
    /// Which column is what; guessed where nothing is said.
    pub choice: Choice,
    /// Units by column, counted from 0: in place of those of the file.
    pub units: Vec<(usize, String)>,
    /// First and last lines of parts that are left out, counted from 1.
    pub left_out: Vec<(usize, usize)>,
    /// What becomes of outliers.
    pub outliers: Outliers,
}
