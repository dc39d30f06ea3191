//! What a visitor and the browser's store do with runs.

use crate::session::action::Effect;
use crate::session::pools::PoolWish;
use crate::session::runs::list::Storage;
use crate::session::runs::run::{Checkpoint, Run, same_networks};
use crate::session::state::Session;
use crate::session::status::Status;
use experiments::{Workbench, limits};
use jobs::job::message::Pace;
use jobs::pool::{SavedPart, Wish};
use jobs::protocol::train::TrainModels;
use language::tr;
use std::rc::Rc;

/// A file has all checkpoints of a run where they have fewer bytes than this: a page reads files of 20 MB.
const MOST_IN_A_FILE: usize = 12_000_000;

/// What is done with runs.
#[derive(Clone, Debug, PartialEq)]
pub enum RunsAction {
    /// Show this run again, as it was at its last checkpoint.
    Open(u32),
    /// Go on with it from there.
    GoOn(u32),
    /// Begin a run with the present settings from a checkpoint of this one, by its place.
    Fork(u32, usize),
    /// Draw its curves over those of others, or no longer.
    Overlay(u32),
    /// Delete it.
    Delete(u32),
    /// Take the last deleted one back.
    TakeBack,
    /// Save it as a file.
    Save(u32),
    /// Leave the offer to go on with the last visit.
    Decline,
    /// Forget all runs, here and in the browser's store.
    ForgetAll,
    /// The store had these records.
    Found(Vec<(u32, Rc<[u8]>)>),
    /// The store cannot be used: why, as the rest of a sentence.
    StoreFailed(String),
}

/// Something for the browser's store to do.
#[derive(Clone, Debug, PartialEq)]
pub enum StoreWish {
    /// Keep this record under this number.
    Put(u32, Rc<[u8]>),
    /// Forget the record of this number.
    Remove(u32),
    /// Forget everything.
    Clear,
}

impl Session {
    pub(in crate::session) fn reduce_runs(&mut self, action: RunsAction) -> Vec<Effect> {
        let runs = Rc::make_mut(&mut self.runs);
        match action {
            RunsAction::Open(key) => self.go_back(key, Pace::Hold),
            RunsAction::GoOn(key) => self.go_back(key, Pace::Run),
            RunsAction::Fork(key, place) => self.fork(key, place),
            RunsAction::Overlay(key) => {
                match runs.overlaid.iter().position(|known| *known == key) {
                    Some(place) => drop(runs.overlaid.remove(place)),
                    None => runs.overlaid.push(key),
                }
                vec![]
            }
            RunsAction::Delete(key) => {
                let current = runs.current == Some(key);
                runs.deleted = runs.remove(key);
                let mut effects = vec![Effect::Store(StoreWish::Remove(key))];
                if current {
                    effects.extend(self.anew(self.workbench.clone()));
                }
                effects
            }
            RunsAction::TakeBack => match runs.deleted.take() {
                Some(run) => {
                    runs.add(Run::clone(&run));
                    self.keep(run.key, true)
                }
                None => vec![],
            },
            RunsAction::Save(key) => match runs.get(key) {
                Some(run) => vec![Effect::Download(
                    format!("orrery-{}.run", run.name),
                    run.write(run.weight() < MOST_IN_A_FILE).into(),
                )],
                None => vec![],
            },
            RunsAction::Decline => {
                runs.offered = None;
                vec![]
            }
            RunsAction::ForgetAll => {
                runs.forget();
                vec![Effect::Store(StoreWish::Clear)]
            }
            RunsAction::Found(records) => self.found(records),
            RunsAction::StoreFailed(why) => {
                runs.storage = Storage::Fails(tr!("Runs are kept until this page is closed: {}.", why));
                vec![]
            }
        }
    }

    /// What the store had. A record that cannot be read is forgotten.
    fn found(&mut self, records: Vec<(u32, Rc<[u8]>)>) -> Vec<Effect> {
        let runs = Rc::make_mut(&mut self.runs);
        runs.storage = Storage::Works;
        let (mut effects, mut bad) = (vec![], 0);
        let mut last = None;
        for (key, bytes) in records {
            match Run::read(&bytes) {
                // What was begun while the store was being read has its number already.
                Some(run) if runs.get(key).is_none() => {
                    last = last.max((!run.checkpoints.is_empty()).then_some(key));
                    runs.add(Run { key, ..run });
                }
                Some(run) => {
                    let own = runs.adopt(run);
                    effects.push(Effect::Store(StoreWish::Put(own, bytes)));
                }
                None => {
                    bad += 1;
                    effects.push(Effect::Store(StoreWish::Remove(key)));
                }
            }
        }
        if self.status == Status::Idle {
            runs.offered = last;
        }
        if bad > 0 {
            self.remarks.push(tr!("{n} kept run could not be read and was left out."
                | "{n} kept runs could not be read and were left out." % bad));
        }
        effects
    }

    /// A file that claims to be a run.
    pub(in crate::session) fn bring_run(&mut self, name: &str, bytes: &[u8]) -> Vec<Effect> {
        match Run::read(bytes) {
            Some(run) => {
                let key = Rc::make_mut(&mut self.runs).adopt(run);
                let mut effects = self.keep(key, true);
                effects.extend(self.go_back(key, Pace::Hold));
                effects
            }
            None => {
                self.remarks = vec![tr!("{}: this run is damaged, or of another version. Nothing was changed.", name)];
                vec![]
            }
        }
    }

    /// The run that is shown is about to be left; it can be gone back to where it was saved.
    pub(in crate::session) fn leave_run(&mut self) -> Vec<Effect> {
        let runs = Rc::make_mut(&mut self.runs);
        let Some(key) = runs.current.take() else { return vec![] };
        runs.ended = runs.get(key).filter(|run| !run.checkpoints.is_empty()).map(|run| run.key);
        if runs.ended.is_some() { self.keep(key, true) } else { vec![] }
    }

    /// Shows a run again, at its last checkpoint.
    fn go_back(&mut self, key: u32, pace: Pace) -> Vec<Effect> {
        let Some(run) = self.runs.get(key).cloned() else { return vec![] };
        // How a teacher has set the page up is not the run's.
        let workbench = Workbench { assignment: self.workbench.assignment.clone(), ..run.workbench() };
        if let Err(too_large) = limits::check(&workbench) {
            self.remarks = vec![tr!("{run} would need {what}. Nothing was changed.", run = run.name, what = too_large)];
            return vec![];
        }
        let parts = run.checkpoints.last().and_then(|last| last.of(&workbench.field, workbench.device));
        let mut effects = self.anew(workbench);
        Rc::make_mut(&mut self.runs).take_up(key);
        effects.extend(self.resume(&run, u64::MAX, parts, pace));
        effects
    }

    /// A new run with the present settings from a checkpoint of another.
    fn fork(&mut self, key: u32, place: usize) -> Vec<Effect> {
        let Some(run) = self.runs.get(key).cloned() else { return vec![] };
        let Some(Checkpoint { step, .. }) = run.checkpoints.get(place) else { return vec![] };
        if !same_networks(&run.workbench().field, &self.workbench.field) {
            self.remarks = vec![tr!(
                "{} has other networks than those that are set now, so it cannot be forked with these settings. Open it first.",
                run.name
            )];
            return vec![];
        }
        let parts = run.checkpoints[place].of(&self.workbench.field, self.workbench.device);
        let mut effects = self.anew(self.workbench.clone());
        let runs = Rc::make_mut(&mut self.runs);
        runs.begin(&self.workbench, Some((&run, *step)));
        effects.extend(self.resume(&run, *step, parts, Pace::Run));
        effects
    }

    /// Fills in what is known of a run up to a step, and lets workers go on from there.
    fn resume(&mut self, run: &Run, step: u64, parts: Option<Vec<SavedPart<TrainModels>>>, pace: Pace) -> Vec<Effect> {
        for known in &run.models {
            if let Some(model) = self.models.get_mut(&known.kind) {
                model.losses = known.losses.iter().filter(|(at, _)| *at <= step).copied().collect();
                model.step = model.losses.last().map_or(0, |(step, _)| *step);
            }
        }
        let Some(parts) = parts else {
            self.remarks = vec![tr!("{} was not saved at any step: only its curves are left.", run.name)];
            return vec![];
        };
        self.status = Status::Loading;
        vec![Effect::Pool(PoolWish::Run(Wish::Resume(parts, pace)))]
    }

    /// Writes a run into the browser's store: whole, or with its last checkpoint only.
    pub(in crate::session) fn keep(&mut self, key: u32, whole: bool) -> Vec<Effect> {
        let runs = Rc::make_mut(&mut self.runs);
        let gone = runs.thin().into_iter().map(|gone| Effect::Store(StoreWish::Remove(gone)));
        let kept = runs.get(key).map(|run| Effect::Store(StoreWish::Put(key, run.write(whole).into())));
        gone.chain(kept).collect()
    }
}
