//! What a visitor takes away: files that a worker writes from what is kept of the run, and downloads.

use crate::session::action::Effect;
use crate::session::pools::PoolWish;
use crate::session::state::Session;
use experiments::{FieldExperiment, link};
use jobs::job::message::{Pace, Report};
use jobs::pool::{News, Wish};
use jobs::protocol::write::{PictureView, WriteFiles, WriteSpec};
use language::tr;
use models::field::model::ModelKind;

/// What of a run is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Everything in one ZIP file.
    All,
    /// The file of this name.
    File(String),
    /// The picture of this name, in pixels.
    Pixels(&'static str),
}

/// Files that can be taken of a run, besides pictures: name, and what is in it.
pub fn offered(experiment: &FieldExperiment) -> Vec<(String, &'static str)> {
    let documents = [
        ("report.html", tr!("the run on one page, for reading and printing")),
        ("data.csv", tr!("what was learned from")),
        ("losses.csv", tr!("the losses")),
        ("motion.csv", tr!("the shown motions")),
        ("reproduce.py", tr!("moves the models and draws the figure (NumPy, SciPy)")),
    ];
    let model = [
        (".onnx", tr!("the forward pass for any ONNX runtime")),
        (".safetensors", tr!("the weights")),
        (".py", tr!("the forward pass in NumPy")),
    ];
    let of_model = |kind: &ModelKind| model.map(|(ending, what)| (format!("{}{ending}", kind.key()), what));
    let documents = documents.map(|(name, what)| (name.to_owned(), what)).into_iter();
    documents.chain(experiment.models.kinds().iter().flat_map(of_model)).collect()
}

impl Session {
    /// Whether the run that is shown was saved at some step, so that files can be written of it.
    pub fn can_take(&self) -> bool {
        self.runs.current.and_then(|key| self.runs.get(key)).is_some_and(|run| !run.checkpoints.is_empty())
    }

    /// Asks a worker for files about the run as it was last saved.
    pub fn take_away(&mut self, wanted: Wanted, look: PictureView) -> Vec<Effect> {
        let Some(run) = self.runs.current.and_then(|key| self.runs.get(key)).filter(|_| self.can_take()) else {
            return vec![];
        };
        let name = match &wanted {
            Wanted::All => None,
            Wanted::File(name) => Some(name.clone()),
            Wanted::Pixels(name) => Some(format!("{name}.svg")),
        };
        let (link, address) = (link::encode(&self.workbench), self.address.clone());
        let spec = WriteSpec { run: run.write(false), link, address, look, wanted: name };
        self.taking = Some(wanted);
        vec![Effect::Pool(PoolWish::Files(Wish::Start(Box::new(spec), Pace::Run)))]
    }

    /// Takes up what the worker tells: a file is downloaded, and the worker is not needed any more.
    pub(super) fn hear_files(&mut self, news: &News<WriteFiles>) -> Vec<Effect> {
        let release = Effect::Pool(PoolWish::Files(Wish::Release));
        match news {
            News::Said(_, Report::Snapshot(file)) => match self.taking.take() {
                Some(Wanted::Pixels(name)) => {
                    let svg = String::from_utf8_lossy(&file.bytes).into_owned();
                    vec![Effect::DownloadPixels(format!("{name}.png"), svg), release]
                }
                Some(_) => vec![Effect::Download(file.name.clone(), file.bytes.as_slice().into()), release],
                None => vec![release],
            },
            News::Refused(sentence) | News::Failed(sentence) => {
                self.taking = None;
                self.notice = Some(sentence.clone());
                vec![release]
            }
            News::Late(sentence) => {
                self.notice = Some(sentence.clone());
                vec![]
            }
            News::Arrived => {
                self.notice = None;
                vec![]
            }
            _ => vec![],
        }
    }
}
