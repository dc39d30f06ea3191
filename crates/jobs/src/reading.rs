//! Reading a file as a recording, carried out: the table stays open, so that another decision about it costs no second parse.

use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome};
use crate::job::message::Report;
use crate::protocol::recording::{FileSeen, ReadRecording, ReadingSpec, ShownRow, Understood};
use data::names::text_of;
use data::{Opened, Options, travel};

/// Rows that are shown.
const SHOWN_ROWS: usize = 6;

/// An open file.
pub struct Reading {
    opened: Opened,
    asked: Option<Options>,
}

impl Reading {
    /// The file under these decisions.
    pub fn seen(opened: &Opened, options: &Options) -> FileSeen {
        let table = &opened.table;
        let row = |row: &data::table::Row| -> ShownRow {
            (row.line, (0..table.headings.len()).map(|column| text_of(table.cell(row, column))).collect())
        };
        let understood = opened.recording(options).map_err(|error| error.to_string());
        let columns = match &understood {
            Ok((_, preview)) => preview.columns.clone(),
            Err(_) => opened.columns(options),
        };
        let understood = understood.map(|(recording, preview)| Understood {
            recording: travel::settled(recording),
            rows_read: preview.rows_read,
            outliers: preview.outliers.len(),
            sentences: preview.sentences(),
            trials: preview.trials,
            questions: preview.questions,
        });
        let first = table.rows.iter().take(SHOWN_ROWS).map(row).collect();
        FileSeen { options: options.clone(), columns, rows: table.rows.len(), first, understood }
    }

    fn answer(&mut self) -> Vec<Report<ReadRecording>> {
        let asked = self.asked.take();
        asked.map(|options| Report::Snapshot(Box::new(Self::seen(&self.opened, &options)))).into_iter().collect()
    }
}

impl Execution for Reading {
    type Job = ReadRecording;
    type Engine = ();
    type Checkpoint = ();

    fn begin(spec: ReadingSpec, _checkpoint: Option<()>, (): &()) -> Result<Self, String> {
        let opened = data::open(&spec.content).map_err(|error| error.to_string())?;
        Ok(Self { opened, asked: Some(spec.options) })
    }

    async fn step(
        &mut self,
        _budget: Budget,
        _clock: Clock<'_>,
    ) -> Result<(Vec<Report<ReadRecording>>, Outcome), Lost> {
        Ok((self.answer(), Outcome::Finished))
    }

    /// Only the last decision counts.
    fn ask(&mut self, options: Options) {
        self.asked = Some(options);
    }

    fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    async fn answers(&mut self, _clock: Clock<'_>) -> Result<Vec<Report<ReadRecording>>, Lost> {
        Ok(self.answer())
    }

    async fn settle(&mut self, _finished: bool, _clock: Clock<'_>) -> Result<Vec<Report<ReadRecording>>, Lost> {
        Ok(vec![])
    }

    async fn checkpoint(&mut self, _clock: Clock<'_>) -> Result<(u64, ()), Lost> {
        Ok((0, ()))
    }

    async fn measure(_spec: ReadingSpec, (): &(), _clock: Clock<'_>) -> Result<f64, Lost> {
        Ok(0.0)
    }
}
