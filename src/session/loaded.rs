//! A file that a visitor brought: what was understood of it, before anything is learned from it. Pure: bytes in, sentences out.

use data::columns::{Column, Pick, Role};
use data::dropped::Outliers;
use data::error::ReadError;
use data::preview::Preview;
use data::recording::Recording;
use data::{Opened, Options, open, travel};
use std::rc::Rc;
use std::sync::Arc;

/// A file with its preview.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// Its name.
    pub name: String,
    opened: Rc<Opened>,
    /// Its columns and what each was taken for.
    pub columns: Vec<Column>,
    /// What the visitor decided.
    pub options: Options,
    /// What can be learned from.
    pub recording: Arc<Recording>,
    /// What was understood and done.
    pub preview: Preview,
}

/// A visitor's change to how a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// This column is the time.
    Time(usize),
    /// This column is q, or none is.
    Position(Option<usize>),
    /// This column is p, or none is.
    Momentum(Option<usize>),
    /// What becomes of outliers.
    Outliers(Outliers),
}

impl Loaded {
    /// Reads a file as far as it can be guessed.
    pub fn open(name: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        let opened = Rc::new(open(bytes)?);
        Self::read(name, opened, Options { name: name.to_owned(), ..Options::default() })
    }

    /// Reads it again, otherwise. What is not changed stays as it is, the trials too.
    pub fn reread(&self, change: Reading) -> Result<Self, String> {
        let mut options = self.options.clone();
        let pick = |column: Option<usize>| column.map_or(Pick::Nothing, Pick::Column);
        match change {
            Reading::Time(column) => options.choice.time = Pick::Column(column),
            Reading::Position(column) => options.choice.q = pick(column),
            Reading::Momentum(column) => options.choice.p = pick(column),
            Reading::Outliers(outliers) => options.outliers = outliers,
        }
        Self::read(&self.name, self.opened.clone(), options).map_err(|error| error.to_string())
    }

    /// Which columns are time, q and p now.
    pub fn places(&self) -> (usize, Option<usize>, Option<usize>) {
        let place = |role: Role| self.columns.iter().position(|column| column.role == role);
        (place(Role::Time).unwrap_or_default(), place(Role::Position), place(Role::Momentum))
    }

    fn read(name: &str, opened: Rc<Opened>, options: Options) -> Result<Self, ReadError> {
        let (recording, preview) = opened.recording(&options)?;
        // What fits a link is used as the link rounds it, so that whoever opens the link sees the same numbers.
        let recording = Arc::new(settled(recording));
        Ok(Self { name: name.to_owned(), columns: preview.columns.clone(), opened, options, recording, preview })
    }
}

/// Journeys after which a rounded recording no longer changes.
const MOST_JOURNEYS: usize = 8;

/// A recording as it is after travelling in links, if it fits one: rounding can change the step of the next rounding, so it
/// goes on until nothing changes.
fn settled(mut recording: Recording) -> Recording {
    for _ in 0..MOST_JOURNEYS {
        match travel::to_link(&recording).and_then(|text| travel::from_link(&text).ok()) {
            Some(next) if next != recording => recording = next,
            _ => break,
        }
    }
    recording
}
