//! Reading a visitor's file as a recording, as a job: a worker parses it once and understands it as often as the visitor changes
//! what is to be understood. The page gets plain data: columns, first rows, numbers and sentences.

use crate::job::{EngineKind, Job};
use crate::protocol::content::Content;
use data::Options;
use data::columns::Column;
use data::preview::{Question, TrialSeen};
use data::recording::Recording;
use language::{text, tr};
use serde::{Deserialize, Serialize};

/// Reading of recordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadRecording;

/// A file, and what the visitor decided about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadingSpec {
    /// Its content.
    pub content: Content,
    /// What the visitor decided.
    pub options: Options,
}

/// A row as it is shown: its line in the file, and its cells.
pub type ShownRow = (usize, Vec<String>);

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileSeen {
    /// Under these decisions.
    pub options: Options,
    /// Its columns, with the roles and units that were found or chosen.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: usize,
    /// The first of them.
    pub first: Vec<ShownRow>,
    /// The recording in it, or one sentence that tells why there is none.
    pub understood: Result<Understood, String>,
}

/// A recording, and what a visitor should know of it before anything is learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    /// The recording, as a link would carry it where it is small enough for one.
    pub recording: Recording,
    /// Rows of all trials that were looked at, used or not.
    pub rows_read: usize,
    /// The trials.
    pub trials: Vec<TrialSeen>,
    /// Guesses that matter.
    pub questions: Vec<Question>,
    /// Lines that look like mistakes.
    pub outliers: usize,
    /// What was understood, left out, converted and computed.
    pub sentences: Vec<String>,
}

impl Job for ReadRecording {
    type Spec = ReadingSpec;
    /// Other decisions about the same file.
    type Question = Options;
    type Progress = ();
    type Record = ();
    type Snapshot = FileSeen;

    const ROLE: &'static str = "recording";
    const FILE: &'static str = "reader";
    const REMEDY: &'static str = text!("bring fewer rows");

    fn parts(spec: &ReadingSpec, _engine: EngineKind, _cores: usize) -> Vec<ReadingSpec> {
        vec![spec.clone()]
    }

    fn patience(_spec: &ReadingSpec) -> f64 {
        30_000.0
    }

    fn name(_spec: &ReadingSpec, _engine: EngineKind) -> String {
        tr!("The worker that reads it").into()
    }

    fn remember(spec: &mut ReadingSpec, question: &Options) {
        spec.options.clone_from(question);
    }
}
