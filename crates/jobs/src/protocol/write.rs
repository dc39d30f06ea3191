//! Writing the files that a visitor takes away of a run, as a job: a worker of its own has all that this needs.

use crate::job::{EngineKind, Job};
use export::files::File;
use language::{text, tr};
use serde::{Deserialize, Serialize};

/// Writing of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteFiles;

/// Which files of which run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WriteSpec {
    /// The run as the page keeps it: settings, losses, a checkpoint.
    pub run: Vec<u8>,
    /// The link of what is shown of it now.
    pub link: String,
    /// The address of the page, for links that can be opened.
    pub address: String,
    /// What its pictures show.
    pub look: PictureView,
    /// The file of this name alone; all in one ZIP file where none is named.
    pub wanted: Option<String>,
}

/// What pictures show, as far as a visitor can choose it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureView {
    /// Parts of the phase portrait: data, field, learned energy, true energy.
    pub layers: [bool; 4],
    /// The quantity over time, by its place.
    pub quantity: u8,
}

impl Job for WriteFiles {
    type Spec = WriteSpec;
    type Question = ();
    type Progress = ();
    type Record = ();
    type Snapshot = File;

    const ROLE: &'static str = "write";
    const FILE: &'static str = "writer";
    const REMEDY: &'static str = text!("take fewer files at a time");

    fn parts(spec: &WriteSpec, _engine: EngineKind, _cores: usize) -> Vec<WriteSpec> {
        vec![spec.clone()]
    }

    fn patience(_spec: &WriteSpec) -> f64 {
        120_000.0
    }

    fn name(_spec: &WriteSpec, _engine: EngineKind) -> String {
        tr!("The worker that writes files").into()
    }
}
