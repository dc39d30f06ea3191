//! What a visitor takes away: files that a worker writes, since the weights are there, and downloads.

use crate::session::action::Effect;
use crate::session::pools::PoolWish;
use crate::session::state::Session;
use crate::session::status::Status;
use experiments::FieldExperiment;
use export::files::File;
use export::record::Record;
use export::zip::zip;
use jobs::pool::{To, Wish};
use jobs::protocol::train::ModelQuestion;
use models::field::model::ModelKind;
use std::rc::Rc;

/// What of a run is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Everything in one ZIP file.
    All,
    /// The file of this name.
    File(String),
}

/// Files that are being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Taking {
    wanted: Wanted,
    files: Vec<File>,
    /// Models that have not written theirs.
    missing: Vec<ModelKind>,
}

/// Files that can be taken of a run, besides pictures: name, and what is in it.
pub fn offered(experiment: &FieldExperiment) -> Vec<(String, &'static str)> {
    let documents = [
        ("report.html", "the run on one page, for reading and printing"),
        ("data.csv", "what was learned from"),
        ("losses.csv", "the losses"),
        ("motion.csv", "the shown motions"),
        ("reproduce.py", "moves the models and draws the figure (NumPy, SciPy)"),
    ];
    let model = [
        (".onnx", "the forward pass for any ONNX runtime"),
        (".safetensors", "the weights"),
        (".py", "the forward pass in NumPy"),
    ];
    let of_model = |kind: &ModelKind| model.map(|(ending, what)| (format!("{}{ending}", kind.key()), what));
    let documents = documents.map(|(name, what)| (name.to_owned(), what)).into_iter();
    documents.chain(experiment.models.kinds().iter().flat_map(of_model)).collect()
}

impl Session {
    /// Whether a worker has the models, so that files about them can be written.
    pub fn can_take(&self) -> bool {
        matches!(self.status, Status::Training | Status::Paused | Status::Finished)
            && self.models.values().all(|model| model.snapshot.is_some())
    }

    /// Whether files are being written.
    pub fn is_taking(&self) -> bool {
        self.taking.is_some()
    }

    /// Asks the workers for files about the run of this record.
    pub fn take_away(&mut self, wanted: Wanted, record: Record) -> Vec<Effect> {
        if !self.can_take() {
            return vec![];
        }
        let missing = self.models.keys().copied().collect();
        self.taking = Some(Rc::new(Taking { wanted, files: vec![], missing }));
        vec![Effect::Pool(PoolWish::Run(Wish::Ask(To::All, ModelQuestion::Write(Box::new(record)))))]
    }

    /// Takes up files that a worker has written; those that were wanted are downloaded once all are there.
    pub(super) fn written(&mut self, kinds: &[ModelKind], files: &[File]) -> Vec<Effect> {
        let Some(mut taking) = self.taking.take().map(Rc::unwrap_or_clone) else { return vec![] };
        taking.missing.retain(|kind| !kinds.contains(kind));
        taking.files.extend_from_slice(files);
        let done = match &taking.wanted {
            Wanted::File(name) => {
                taking.files.iter().position(|file| file.name == *name).map(|at| taking.files.swap_remove(at))
            }
            Wanted::All if taking.missing.is_empty() => {
                taking.files.sort_by(|a, b| a.name.cmp(&b.name));
                Some(File::new(format!("{}.zip", self.file_stem()), zip(&taking.files)))
            }
            Wanted::All => None,
        };
        match done {
            Some(File { name, bytes }) => vec![Effect::Download(name, bytes.into())],
            None if taking.missing.is_empty() => {
                self.notice = Some("This file cannot be written of a model that has learned nothing yet.".into());
                vec![]
            }
            None => {
                self.taking = Some(Rc::new(taking));
                vec![]
            }
        }
    }

    /// Name of a file about the whole run, without its ending.
    pub fn file_stem(&self) -> String {
        let field = &self.workbench.field;
        format!("orrery-{}-seed-{}", field.preset.key(), field.seed.0)
    }
}
