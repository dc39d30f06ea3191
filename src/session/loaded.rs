//! A file that a visitor brought: what was understood of it, before anything is learned from it. Pure: bytes in, sentences out.

use data::cleaning::Outliers;
use data::columns::{Choice, Column, Motion};
use data::error::ReadError;
use data::preview::Preview;
use data::recording::Recording;
use data::{Options, columns, inspect, travel};
use std::rc::Rc;
use std::sync::Arc;

/// A file with its preview.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// Its name.
    pub name: String,
    bytes: Rc<[u8]>,
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
    pub fn open(name: &str, bytes: Rc<[u8]>) -> Result<Self, ReadError> {
        Self::read(name, bytes, Options { name: name.to_owned(), ..Options::default() })
    }

    /// Reads it again, otherwise.
    pub fn reread(&self, change: Reading) -> Result<Self, String> {
        let mut options = self.options.clone();
        let (time, mut q, mut p) = self.places();
        let time = match change {
            Reading::Time(column) => column,
            Reading::Position(column) => {
                q = column;
                time
            }
            Reading::Momentum(column) => {
                p = column;
                time
            }
            Reading::Outliers(outliers) => {
                options.outliers = outliers;
                time
            }
        };
        let motion = match (q, p) {
            (Some(q), Some(p)) => Motion::Both { q, p },
            (Some(q), None) => Motion::Position(q),
            (None, Some(p)) => Motion::Momentum(p),
            (None, None) => return Err("One column at least has to be q or p.".into()),
        };
        if !matches!(change, Reading::Outliers(_)) {
            options.columns =
                Some(Choice { time, motion, trial: self.options.columns.and_then(|choice| choice.trial) });
        }
        Self::read(&self.name, self.bytes.clone(), options).map_err(|error| error.to_string())
    }

    /// Which columns are time, q and p now.
    pub fn places(&self) -> (usize, Option<usize>, Option<usize>) {
        use data::columns::Role;
        let place = |role: Role| self.preview.columns.iter().position(|column| column.role == role);
        (place(Role::Time).unwrap_or_default(), place(Role::Position), place(Role::Momentum))
    }

    fn read(name: &str, bytes: Rc<[u8]>, options: Options) -> Result<Self, ReadError> {
        let (recording, preview) = inspect(&bytes, &options)?;
        // What fits a link is used as the link rounds it, so that whoever opens the link sees the same numbers.
        let recording = Arc::new(settled(recording));
        Ok(Self { name: name.to_owned(), columns: columns(&bytes)?, bytes, options, recording, preview })
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
