//! Anybody's own measurements of a pendulum, or of anything else with one degree of freedom: from the bytes of a file to data
//! that a network can learn from.
//!
//! [`inspect`] says what was understood and what was left out, [`differences`] makes the training set, [`travel`] puts a
//! small recording into a link, [`synthetic`] generates one for those who have none. Bytes in, plain data out: choosing and
//! fetching files is not done here.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod recording;

pub mod error;
pub mod layout;
pub mod table;
pub mod text;

pub mod cleaning;
pub mod columns;
pub mod outliers;
pub mod slope;

pub mod damping;
pub mod preview;

pub mod differences;
pub mod reference_energy;
pub mod scaling;
pub mod synthetic;
pub mod travel;

mod assembly;

use crate::cleaning::{Cleaned, Outliers};
use crate::columns::{Choice, Column, Role, quantity};
use crate::error::ReadError;
use crate::preview::Preview;
use crate::recording::Recording;
use crate::table::Table;
use serde::{Deserialize, Serialize};

/// What the visitor decides about a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// What the recording shall be called; usually the name of the file.
    pub name: String,
    /// Which column is what; guessed where nothing is said.
    pub columns: Option<Choice>,
    /// What becomes of outliers.
    pub outliers: Outliers,
}

/// The recording in a file: CSV, TSV, columns of spaces, the data of Schmidt and Lipson, or what phyphox exports.
///
/// Fails with one sentence where nothing can be learned from it.
pub fn read(bytes: &[u8], options: &Options) -> Result<Recording, ReadError> {
    inspect(bytes, options).map(|(recording, _)| recording)
}

/// The recording in a file, and what was understood and done to get it.
pub fn inspect(bytes: &[u8], options: &Options) -> Result<(Recording, Preview), ReadError> {
    let (text, encoding) = text::decode(bytes)?;
    let table = Table::parse(&text)?;
    let (choice, by_place) = match options.columns {
        Some(choice) => (choice, false),
        None => Choice::guess(&table)?,
    };
    choice.check(table.names.len())?;
    let time = assembly::seconds(&quantity(&table.names[choice.time]));
    let cleaned = Cleaned::of(&table, &choice, time.factor, options.outliers);
    let mut notes = time.note.into_iter().collect::<Vec<_>>();
    notes.extend(assembly::notes(&table, &cleaned, &choice, by_place));
    assembly::assembled(&table, &choice, cleaned, time.quantity, options, encoding, notes)
}

/// The columns of a file, with the roles that would be guessed, for a visitor who wants to choose.
pub fn columns(bytes: &[u8]) -> Result<Vec<Column>, ReadError> {
    let table = Table::parse(&text::decode(bytes)?.0)?;
    let guess = Choice::guess(&table).ok().map(|(choice, _)| choice);
    let role = |i: usize| guess.map_or(Role::Unused, |choice| choice.role(i));
    Ok(table.names.iter().enumerate().map(|(i, name)| Column { quantity: quantity(name), role: role(i) }).collect())
}
