//! Reading a table, carried out: done as soon as it has begun.

use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome};
use crate::job::message::Report;
use crate::protocol::search::{Contents, ReadTable};
use crate::symbolic_regression::sheet;

/// A table that was read.
pub struct TableReading {
    contents: Contents,
}

impl Execution for TableReading {
    type Job = ReadTable;
    type Engine = ();
    type Checkpoint = ();

    fn begin(bytes: Vec<u8>, _checkpoint: Option<()>, (): &()) -> Result<Self, String> {
        let (sheet, remarks, uncertainties) = sheet::read(&bytes)?;
        let rows = sheet.columns.first().map_or(0, Vec::len);
        Ok(Self { contents: Contents { headings: sheet.headings, rows, remarks, uncertainties } })
    }

    async fn step(&mut self, _budget: Budget, _clock: Clock<'_>) -> Result<(Vec<Report<ReadTable>>, Outcome), Lost> {
        Ok((vec![Report::Snapshot(Box::new(self.contents.clone()))], Outcome::Finished))
    }

    fn ask(&mut self, (): ()) {}

    fn is_asked(&self) -> bool {
        false
    }

    async fn answers(&mut self, _clock: Clock<'_>) -> Result<Vec<Report<ReadTable>>, Lost> {
        Ok(vec![])
    }

    async fn settle(&mut self, _finished: bool, _clock: Clock<'_>) -> Result<Vec<Report<ReadTable>>, Lost> {
        Ok(vec![])
    }

    async fn checkpoint(&mut self) -> Result<(u64, ()), Lost> {
        Ok((0, ()))
    }

    async fn measure(_bytes: Vec<u8>, (): &(), _clock: Clock<'_>) -> Result<f64, Lost> {
        Ok(0.0)
    }
}
