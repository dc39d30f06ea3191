//! Anybody's own measurements of a pendulum, or of anything else with one degree of freedom: from the bytes of a file to data
//! that a network can learn from.
//!
//! [`inspect`] says what was understood and what was left out, [`differences`] makes the training set, [`travel`] puts a
//! small recording into a link, [`synthetic`] generates one for those who have none, [`tracking`] follows a spot through a film. Bytes in, plain data out: choosing and
//! fetching files is not done here.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod limits;

pub mod recording;

pub mod error;
pub mod layout;
pub mod text;

pub mod grid;
pub mod heading;
pub mod names;
pub mod table;
pub mod units;
pub mod words;

pub mod columns;
pub mod facts;
pub mod options;
pub mod roles;
pub mod runs;

pub mod cleaning;
pub mod dropped;
pub mod outliers;

pub mod damping;
pub mod integral;
pub mod slope;

pub mod guesses;
pub mod preview;
pub mod sentences;
pub mod sheet;

pub mod differences;
pub mod reference_energy;
pub mod scaling;
pub mod synthetic;
pub mod trajectories;
pub mod travel;

pub mod picture;
pub mod tracking;

mod assembly;
mod derive;

use crate::assembly::{Understood, plain_columns};
use crate::columns::Column;
use crate::error::ReadError;
pub use crate::options::Options;
use crate::preview::Preview;
use crate::recording::Recording;
use crate::table::Table;
use crate::text::Encoding;

/// A file as a table, of which nothing is understood yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Its cells.
    pub table: Table,
    /// How its characters were stored.
    pub encoding: Encoding,
}

/// The table in a file: CSV, TSV, columns of spaces, as programs and people write them.
///
/// Fails with one sentence where there is none.
pub fn open(bytes: &[u8]) -> Result<Opened, ReadError> {
    let (text, encoding) = text::decode(bytes)?;
    Ok(Opened { table: Table::parse(&text)?, encoding })
}

impl Opened {
    /// The recording in the table, and what was understood and done to get it.
    ///
    /// Fails with one sentence where nothing can be learned from it.
    pub fn recording(&self, options: &Options) -> Result<(Recording, Preview), ReadError> {
        Understood::of(&self.table, options)?.recording(options, self.encoding)
    }

    /// The columns, with the roles that would be taken; without roles where nothing could be guessed.
    pub fn columns(&self, options: &Options) -> Vec<Column> {
        Understood::of(&self.table, options)
            .map_or_else(|_| plain_columns(&self.table), |understood| understood.columns())
    }
}

/// The recording in a file.
pub fn read(bytes: &[u8], options: &Options) -> Result<Recording, ReadError> {
    inspect(bytes, options).map(|(recording, _)| recording)
}

/// The recording in a file, and what was understood and done to get it.
pub fn inspect(bytes: &[u8], options: &Options) -> Result<(Recording, Preview), ReadError> {
    open(bytes)?.recording(options)
}
