//! A kept run: what was set, what came of it, and where it can go on.

use crate::session::progress::{has_fallen, times};
use data::recording::Recording;
use experiments::link;
use experiments::schedule::DeviceChoice;
use experiments::{FieldExperiment, Workbench};
use jobs::job::EngineKind;
use jobs::job::message::{Saved, decode, encode};
use jobs::pool::SavedPart;
use jobs::protocol::train::{TrainModels, TrainSpec};
use models::field::model::ModelKind;
use models::losses::Losses;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use std::sync::Arc;

/// One run of this visit, or of an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its number, never used twice.
    pub key: u32,
    /// What it is called.
    pub name: String,
    /// What was set, as a link has it.
    pub link: String,
    /// The recording that was learned from, where there is one.
    pub recording: Option<Arc<Recording>>,
    /// What changed from the run before, or where it was forked from.
    pub changes: Vec<String>,
    /// Steps it was to take.
    pub planned: u64,
    /// What came of each model.
    pub models: Vec<RunModel>,
    /// Where it can go on, in the order of steps.
    pub checkpoints: Vec<Checkpoint>,
}

/// What came of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunModel {
    /// Which.
    pub kind: ModelKind,
    /// Losses after some steps.
    pub losses: Vec<(u64, Losses)>,
    /// Its energy error from starts like those of the data, when that was last measured.
    pub energy_error: Option<f64>,
}

/// Where a run can go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// Steps taken: of several models, by the one that is behind.
    pub step: u64,
    /// The parts of the run, as the workers saved them.
    pub parts: Rc<[Rc<Part>]>,
}

/// A part of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Its models.
    pub kinds: Vec<ModelKind>,
    /// Whether it was trained on the graphics card.
    pub on_card: bool,
    /// Where it can go on: bytes that only workers read.
    pub saved: Saved,
}

/// A run in a file or in the browser's store. Fields are only ever added, behind a new version.
#[derive(Serialize, Deserialize)]
struct Written {
    key: u32,
    name: String,
    link: String,
    recording: Option<Recording>,
    changes: Vec<String>,
    planned: u64,
    models: Vec<RunModel>,
    checkpoints: Vec<(u64, Vec<Part>)>,
}

/// What a written run begins with: a name that no other file has, and the version.
const MAGIC: &[u8] = b"orrery run\x02";
/// The version before: the same but for energy errors, which are from the paper's starts.
const BEFORE: &[u8] = b"orrery run\x01";
/// A name longer than this was not given here.
const LONGEST_NAME: usize = 60;

impl Run {
    /// The models as they are in the middle of training.
    pub fn step(&self) -> u64 {
        self.models.iter().filter_map(|model| model.losses.last()).map(|(step, _)| *step).min().unwrap_or(0)
    }

    /// Whether it took all its steps.
    pub fn is_finished(&self) -> bool {
        self.checkpoints.last().is_some_and(|last| last.step >= self.planned)
    }

    /// How many times smaller the HNN's energy error is than the baseline's: the headline of this run. Nothing before both have learned.
    pub fn ratio(&self) -> Option<f64> {
        if !self.models.iter().all(|model| has_fallen(&model.losses).unwrap_or(self.is_finished())) {
            return None;
        }
        let of = |kind| self.models.iter().find(|model| model.kind == kind)?.energy_error;
        Some(times(of(ModelKind::Baseline)?, of(ModelKind::Hnn)?))
    }

    /// The experiments as they were set.
    pub fn workbench(&self) -> Workbench {
        let (mut workbench, _) = link::decode(&self.link);
        if self.recording.is_some() {
            workbench.field.recording = self.recording.clone();
        }
        workbench
    }

    /// Bytes of its checkpoints.
    pub fn weight(&self) -> usize {
        self.checkpoints.iter().flat_map(|at| at.parts.iter()).map(|part| part.saved.bytes.len()).sum()
    }

    /// As bytes, for a file or the browser's store: with the last checkpoint only, or with all of them.
    pub fn write(&self, all: bool) -> Vec<u8> {
        let from = if all { 0 } else { self.checkpoints.len().saturating_sub(1) };
        let written = Written {
            key: self.key,
            name: self.name.clone(),
            link: self.link.clone(),
            recording: self.recording.as_deref().cloned(),
            changes: self.changes.clone(),
            planned: self.planned,
            models: self.models.clone(),
            checkpoints: self.checkpoints[from..]
                .iter()
                .map(|at| (at.step, at.parts.iter().map(|part| Part::clone(part)).collect()))
                .collect(),
        };
        [MAGIC.to_vec(), encode(&written)].concat()
    }

    /// Whether these bytes claim to be a run.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(&MAGIC[..MAGIC.len() - 1])
    }

    /// From such bytes; `None` where they are something else, damaged, or of another version.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let before = bytes.strip_prefix(BEFORE);
        let written: Written = decode(before.or_else(|| bytes.strip_prefix(MAGIC))?)?;
        let Written { key, name, link, recording, changes, planned, mut models, checkpoints } = written;
        if before.is_some() {
            // They are measured anew when the run is shown again.
            models.iter_mut().for_each(|model| model.energy_error = None);
        }
        if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return None;
        }
        if recording.as_ref().is_some_and(|recording| recording.check().is_err()) {
            return None;
        }
        let checkpoints = checkpoints
            .into_iter()
            .map(|(step, parts)| Checkpoint { step, parts: parts.into_iter().map(Rc::new).collect() });
        let checkpoints: Vec<Checkpoint> = checkpoints.collect();
        if checkpoints.windows(2).any(|pair| pair[0].step >= pair[1].step) {
            return None;
        }
        let recording = recording.map(Arc::new);
        Some(Self { key, name, link, recording, changes, planned, models, checkpoints })
    }
}

impl Checkpoint {
    /// The parts of an experiment that go on from here; `None` where these are other models than the experiment's.
    pub fn of(&self, field: &FieldExperiment, device: DeviceChoice) -> Option<Vec<SavedPart<TrainModels>>> {
        let kinds = || self.parts.iter().flat_map(|part| part.kinds.iter());
        let wanted = field.models.kinds();
        let same = kinds().count() == wanted.len() && wanted.iter().all(|kind| kinds().any(|known| known == kind));
        let part = |part: &Rc<Part>| SavedPart {
            spec: TrainSpec {
                kinds: part.kinds.clone(),
                device,
                side_by_side: self.parts.len(),
                ..TrainSpec::all(field.clone())
            },
            engine: if part.on_card { EngineKind::Gpu } else { EngineKind::Cpu },
            saved: part.saved.clone(),
        };
        same.then(|| self.parts.iter().map(part).collect())
    }
}

impl From<&SavedPart<TrainModels>> for Part {
    fn from(part: &SavedPart<TrainModels>) -> Self {
        Self { kinds: part.spec.kinds.clone(), on_card: part.engine == EngineKind::Gpu, saved: part.saved.clone() }
    }
}

/// Whether networks of two experiments have the same arrays, so that one can go on from a checkpoint of the other.
pub fn same_networks(a: &FieldExperiment, b: &FieldExperiment) -> bool {
    a.models == b.models
        && a.network == b.network
        && a.system.dof() == b.system.dof()
        && a.film_recipe().is_some() == b.film_recipe().is_some()
}
