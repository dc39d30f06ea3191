//! Reading a file, carried out: done as soon as it has begun.

use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome};
use crate::job::message::Report;
use crate::protocol::reading::{FileKind, ReadFile};
use crate::protocol::relations::Bodies;
use crate::protocol::search::{Contents, Tables};
use crate::symbolic_regression::sheet;
use data::trajectories::{self, Trajectories};

/// How a worker reads files.
pub trait Readable: FileKind {
    /// The contents of a file.
    ///
    /// # Errors
    /// One sentence, where it holds none.
    fn read(bytes: &[u8]) -> Result<Self::Contents, String>;
}

impl Readable for Tables {
    fn read(bytes: &[u8]) -> Result<Contents, String> {
        let (sheet, remarks, uncertainties) = sheet::read(bytes)?;
        let rows = sheet.columns.first().map_or(0, Vec::len);
        Ok(Contents { headings: sheet.headings, rows, remarks, uncertainties })
    }
}

impl Readable for Bodies {
    fn read(bytes: &[u8]) -> Result<Trajectories, String> {
        trajectories::read(bytes).map_err(|error| error.to_string())
    }
}

/// A file that was read.
pub struct FileReading<K: Readable>(K::Contents);

impl<K: Readable> Execution for FileReading<K> {
    type Job = ReadFile<K>;
    type Engine = ();
    type Checkpoint = ();

    fn begin(bytes: Vec<u8>, _checkpoint: Option<()>, (): &()) -> Result<Self, String> {
        K::read(&bytes).map(Self)
    }

    async fn step(&mut self, _budget: Budget, _clock: Clock<'_>) -> Result<(Vec<Report<ReadFile<K>>>, Outcome), Lost> {
        Ok((vec![Report::Snapshot(Box::new(self.0.clone()))], Outcome::Finished))
    }

    fn ask(&mut self, (): ()) {}

    fn is_asked(&self) -> bool {
        false
    }

    async fn answers(&mut self, _clock: Clock<'_>) -> Result<Vec<Report<ReadFile<K>>>, Lost> {
        Ok(vec![])
    }

    async fn settle(&mut self, _finished: bool, _clock: Clock<'_>) -> Result<Vec<Report<ReadFile<K>>>, Lost> {
        Ok(vec![])
    }

    async fn checkpoint(&mut self, _clock: Clock<'_>) -> Result<(u64, ()), Lost> {
        Ok((0, ()))
    }

    async fn measure(_bytes: Vec<u8>, (): &(), _clock: Clock<'_>) -> Result<f64, Lost> {
        Ok(0.0)
    }
}
