//! The list of runs, and how a run in training changes it.

use crate::session::progress::Progress;
use crate::session::runs::changes::changes;
use crate::session::runs::names::{VISITS, name, ordinal};
use crate::session::runs::run::{Checkpoint, Part, Run, RunModel};
use experiments::{Workbench, link};
use language::tr;
use models::field::model::ModelKind;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Most runs that are kept; the oldest are dropped.
const MOST_RUNS: usize = 24;
/// Most bytes of all checkpoints; the oldest are dropped first, and the last of a run last.
const MOST_BYTES: usize = 96_000_000;
/// Checkpoints of a run are at least this part of all its steps apart, but for the last.
const MARKS: u64 = 8;
/// A run in training is written into the store with every so many of its checkpoints: the workers save every second or two.
const STORED_EVERY: u32 = 3;

/// Whether the browser keeps runs beyond this visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// It is being asked.
    #[default]
    Asked,
    /// It does.
    Works,
    /// It does not: a sentence.
    Fails(String),
}

/// All runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runs {
    /// Oldest first.
    pub list: Vec<Rc<Run>>,
    /// The run that is shown.
    pub current: Option<u32>,
    /// Runs whose curves are drawn over one another.
    pub overlaid: Vec<u32>,
    /// A run that was ended by a change, and can be gone back to.
    pub ended: Option<u32>,
    /// A run that was deleted, and can be taken back.
    pub deleted: Option<Rc<Run>>,
    /// The last run of an earlier visit, as long as the visitor has not decided about it.
    pub offered: Option<u32>,
    /// Whether they are kept beyond this visit.
    pub storage: Storage,
    next: u32,
    /// The latest of each part of the current run.
    parts: Vec<(usize, Rc<Part>)>,
    unstored: u32,
}

impl Runs {
    /// None yet. The numbers of a visit begin with the time, in seconds; `visit`, from 0 to 1 and by chance, tells it from others of
    /// that time.
    pub fn of_visit(time: f64, visit: f64) -> Self {
        // Eight minutes for each number of a visit, so that later visits have larger numbers than earlier ones.
        let next = (time / 480.0) as u32 * VISITS + (visit * f64::from(VISITS)) as u32 % VISITS;
        Self { next, ..Self::default() }
    }

    /// The run of this number.
    pub fn get(&self, key: u32) -> Option<&Rc<Run>> {
        self.list.iter().find(|run| run.key == key)
    }

    /// A run begins: its number.
    pub(in crate::session) fn begin(&mut self, workbench: &Workbench, origin: Option<(&Run, u64)>) -> u32 {
        let before = self.list.last().map(|run| run.workbench());
        let mut changed = before.map(|before| changes(&before, workbench)).unwrap_or_default();
        let mut models = vec![];
        if let Some((from, step)) = origin {
            changed.insert(0, tr!("forked from {run} at step {step}", run = from.name, step = step));
            models = from.models.clone();
            models.iter_mut().for_each(|model| {
                model.losses.retain(|(at, _)| *at <= step);
                model.energy_error = None;
            });
        }
        let key = self.next;
        let run = Run {
            key,
            name: self.free_name(),
            link: link::encode(workbench),
            recording: workbench.field.recording.clone(),
            changes: changed,
            planned: workbench.field.schedule.steps,
            models,
            checkpoints: vec![],
        };
        self.add(run);
        (self.current, self.ended, self.offered) = (Some(key), None, None);
        self.parts.clear();
        self.unstored = 0;
        key
    }

    /// The next name that no run has.
    fn free_name(&self) -> String {
        (ordinal(self.next)..).map(name).find(|name| self.list.iter().all(|run| run.name != *name)).unwrap_or_default()
    }

    /// Adds a run; its number is not given again.
    pub(in crate::session) fn add(&mut self, run: Run) {
        if run.key >= self.next {
            let (turn, own) = (run.key / VISITS, self.next % VISITS);
            let later = if own > run.key % VISITS { turn } else { turn.wrapping_add(1) };
            self.next = later.wrapping_mul(VISITS).wrapping_add(own);
        }
        let place = self.list.iter().position(|known| known.key > run.key).unwrap_or(self.list.len());
        self.list.insert(place, Rc::new(run));
    }

    /// A run of another visit or another browser, under a number of its own.
    pub(in crate::session) fn adopt(&mut self, run: Run) -> u32 {
        let key = self.next;
        let taken = self.list.iter().any(|known| known.name == run.name);
        let name = if taken { self.free_name() } else { run.name.clone() };
        self.add(Run { key, name, ..run });
        key
    }

    /// Goes on with a run of the list.
    pub(in crate::session) fn take_up(&mut self, key: u32) {
        (self.current, self.ended, self.offered) = (Some(key), None, None);
        self.parts.clear();
        self.unstored = 0;
    }

    /// The current run has come so far.
    pub(in crate::session) fn observe(&mut self, models: &BTreeMap<ModelKind, Progress>) {
        let Some(run) = self.current_mut() else { return };
        let before = std::mem::take(&mut run.models);
        let known = |kind: ModelKind| before.iter().find(|model| model.kind == kind)?.energy_error;
        run.models = models
            .iter()
            .map(|(kind, model)| RunModel {
                kind: *kind,
                losses: model.losses.clone(),
                // The one of the headline.
                energy_error: match model.score {
                    Some(score) => model.is_readable().then(|| score.energy_inside()),
                    None => known(*kind),
                },
            })
            .collect();
    }

    /// A part of the current run, which has so many models, was saved; whether the run should be written into the store now.
    pub(in crate::session) fn saved(&mut self, number: usize, part: Part, models: usize) -> bool {
        self.parts.retain(|(known, _)| *known != number);
        self.parts.push((number, Rc::new(part)));
        let parts: Vec<Rc<Part>> = self.parts.iter().map(|(_, part)| part.clone()).collect();
        if parts.iter().map(|part| part.kinds.len()).sum::<usize>() < models {
            return false;
        }
        let step = parts.iter().map(|part| part.saved.step).min().unwrap_or(0);
        let Some(run) = self.current_mut() else { return false };
        let apart = run.planned.div_ceil(MARKS);
        let last = run.checkpoints.last().map(|last| last.step);
        // A model that is ahead waits for the others: a checkpoint is that of one moment, as far as workers side by side have one.
        if last.is_some_and(|last| last >= step) {
            return false;
        }
        // The last one is replaced until it is far enough from the one before.
        let before = run.checkpoints.len().checked_sub(2).map_or(0, |place| run.checkpoints[place].step);
        if last.is_some_and(|last| last < before + apart) {
            run.checkpoints.pop();
        }
        run.checkpoints.push(Checkpoint { step, parts: parts.into() });
        self.unstored += 1;
        self.unstored % STORED_EVERY == 1
    }

    fn current_mut(&mut self) -> Option<&mut Run> {
        let key = self.current?;
        self.list.iter_mut().find(|run| run.key == key).map(Rc::make_mut)
    }

    /// Drops what is too much; the numbers of runs that are gone.
    pub(in crate::session) fn thin(&mut self) -> Vec<u32> {
        let mut gone = vec![];
        let current = self.current;
        while self.list.len() > MOST_RUNS {
            let Some(place) = self.list.iter().position(|run| Some(run.key) != current) else { break };
            gone.push(self.list.remove(place).key);
        }
        let mut weight: usize = self.list.iter().map(|run| run.weight()).sum();
        // First all checkpoints but the last of each run, then those too, oldest runs first.
        for least in [1, 0] {
            for run in self.list.iter_mut().filter(|run| Some(run.key) != current) {
                if weight <= MOST_BYTES {
                    break;
                }
                let run = Rc::make_mut(run);
                let before = run.weight();
                run.checkpoints.drain(..run.checkpoints.len().saturating_sub(least));
                weight -= before - run.weight();
            }
        }
        self.overlaid.retain(|key| !gone.contains(key));
        gone
    }

    /// Forgets all runs; their numbers are not given again.
    pub(in crate::session) fn forget(&mut self) {
        *self = Self { storage: std::mem::take(&mut self.storage), next: self.next, ..Self::default() };
    }

    /// Takes a run off the list.
    pub(in crate::session) fn remove(&mut self, key: u32) -> Option<Rc<Run>> {
        let place = self.list.iter().position(|run| run.key == key)?;
        self.overlaid.retain(|known| *known != key);
        for held in [&mut self.ended, &mut self.offered, &mut self.current] {
            if *held == Some(key) {
                *held = None;
            }
        }
        Some(self.list.remove(place))
    }
}
