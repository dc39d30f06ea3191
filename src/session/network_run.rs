//! The networks of a page in training: what a page keeps of a [`TrainNetworks`] job, and how it changes. Pure.

use crate::session::outcome::Outcome;
use crate::session::progress::smoothed;
use crate::session::status::Status;
use experiments::schedule::DeviceChoice;
use jobs::job::message::{Pace, Report};
use jobs::pool::{Choice, News, To, Wish};
use jobs::protocol::networks::{NetworkKind, NetworkSpec, TrainNetworks};
use jobs::protocol::wiring::Wiring;
use models::losses::Losses;
use std::rc::Rc;

/// What a visitor does with a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunAction {
    /// Train, or begin again.
    Train,
    /// Hold, or go on.
    Pause,
    /// Try again after the workers failed.
    Again,
}

/// One network in training.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkState<K: NetworkKind> {
    /// What a visitor reads.
    pub name: &'static str,
    /// Steps taken.
    pub step: u64,
    /// Speed.
    pub steps_per_second: f64,
    /// Losses after some steps.
    pub losses: Vec<(u64, Losses)>,
    /// What is shown of it now.
    pub shown: Option<Rc<K::Snapshot>>,
    /// Its weights now.
    pub wiring: Option<Rc<Wiring>>,
    /// The last snapshot with figures of merit, and the step that it was taken at.
    pub figures: Option<(u64, Rc<K::Snapshot>)>,
}

/// The networks of an experiment, side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkRun<K: NetworkKind> {
    /// Where they are.
    pub status: Status,
    /// The networks by number.
    pub networks: Vec<NetworkState<K>>,
    /// What they are trained for.
    pub experiment: Option<Rc<K::Experiment>>,
    /// Which engine was taken.
    pub choice: Option<Choice>,
    /// What was mended.
    pub notice: Option<String>,
    /// Why the workers failed.
    pub failure: Option<String>,
    /// Bytes of workers that have arrived.
    pub fetched: u64,
}

impl<K: NetworkKind> Default for NetworkRun<K> {
    fn default() -> Self {
        Self {
            status: Status::Idle,
            networks: vec![],
            experiment: None,
            choice: None,
            notice: None,
            failure: None,
            fetched: 0,
        }
    }
}

/// What is wanted of the pool of a kind.
pub type RunWish<K> = Wish<TrainNetworks<K>>;

impl<K: NetworkKind> NetworkRun<K> {
    /// What is to be done about an action, for this experiment.
    pub fn act(&mut self, action: RunAction, experiment: &K::Experiment, device: DeviceChoice) -> Option<RunWish<K>> {
        match action {
            RunAction::Train => Some(self.begin(experiment.clone(), device)),
            RunAction::Pause => {
                let (status, pace) = match self.status {
                    Status::Loading | Status::Training => (Status::Paused, Pace::Hold),
                    Status::Paused => (Status::Training, Pace::Run),
                    Status::Idle | Status::Finished | Status::Failed => return None,
                };
                self.status = status;
                Some(Wish::Pace(pace))
            }
            RunAction::Again => self.failure.take().map(|_| {
                (self.status, self.fetched) = (Status::Loading, 0);
                Wish::Retry
            }),
        }
    }

    /// All networks of an experiment from their first step.
    fn begin(&mut self, experiment: K::Experiment, device: DeviceChoice) -> RunWish<K> {
        let network = |name| NetworkState {
            name,
            step: 0,
            steps_per_second: 0.0,
            losses: vec![],
            shown: None,
            wiring: None,
            figures: None,
        };
        *self = Self {
            status: Status::Loading,
            networks: K::names(&experiment).into_iter().map(network).collect(),
            experiment: Some(Rc::new(experiment.clone())),
            ..Self::default()
        };
        Wish::Start(Box::new(NetworkSpec::all(experiment, device)), Pace::Run)
    }

    /// Another view of networks that are there.
    pub fn show(&mut self, view: K::View) -> Option<RunWish<K>> {
        let experiment = self.experiment.as_mut()?;
        K::show(Rc::make_mut(experiment), view.clone());
        (self.status != Status::Failed).then_some(Wish::Ask(To::All, view))
    }

    /// Forgets the networks: the experiment has become another one.
    pub fn forget(&mut self) -> Option<RunWish<K>> {
        let there = self.status != Status::Idle;
        *self = Self::default();
        there.then_some(Wish::Stop)
    }

    /// The slowest network's step.
    pub fn step(&self) -> u64 {
        self.networks.iter().map(|network| network.step).min().unwrap_or(0)
    }

    /// The slowest network's speed.
    pub fn steps_per_second(&self) -> Option<f64> {
        let speeds = self.networks.iter().map(|network| network.steps_per_second).filter(|speed| *speed > 0.0);
        speeds.reduce(f64::min).filter(|_| self.status == Status::Training)
    }

    /// What came of it: the loss of every network on data that were not learned from.
    pub fn outcome(&self) -> Outcome {
        let finished = self.status == Status::Finished;
        let mut outcome = Outcome { finished, steps: self.step(), ..Outcome::default() };
        for network in &self.networks {
            let test = network.losses.last().map(|(_, losses)| losses.test);
            outcome.add(format!("test-loss-{}", network.name), test);
        }
        outcome
    }

    /// Takes up what the pool tells; a sentence where it refuses.
    pub fn take_up(&mut self, news: News<TrainNetworks<K>>) -> Option<String> {
        match news {
            News::Loading(bytes) => self.fetched = bytes,
            News::Chosen(choice) => self.choice = Some(choice),
            News::Notice(sentence) => self.notice = Some(sentence),
            News::Working if self.status == Status::Loading => self.status = Status::Training,
            News::Said(_, report) => self.said(report),
            News::Finished => self.status = Status::Finished,
            News::Failed(sentence) | News::Late(sentence) => {
                (self.status, self.failure) = (Status::Failed, Some(sentence))
            }
            News::Arrived => (self.status, self.failure) = (Status::Loading, None),
            News::Refused(sentence) => {
                self.status = Status::Failed;
                return Some(sentence);
            }
            News::Working | News::Saved(..) | News::Held => {}
        }
        None
    }

    fn said(&mut self, report: Report<TrainNetworks<K>>) {
        match report {
            Report::Progress(progress) => {
                if let Some(network) = self.networks.get_mut(progress.network) {
                    network.step = progress.step;
                    network.steps_per_second = smoothed(network.steps_per_second, progress.steps_per_second);
                }
            }
            Report::Recorded(record) => {
                if let Some(network) = self.networks.get_mut(record.network) {
                    // A network that went on from a checkpoint reports some losses again.
                    network.losses.retain(|(step, _)| *step < record.step);
                    network.losses.push((record.step, record.losses));
                }
            }
            Report::Snapshot(snapshot) => {
                if let Some(network) = self.networks.get_mut(snapshot.network) {
                    let shown = Rc::new(snapshot.shown);
                    network.step = network.step.max(snapshot.step);
                    if snapshot.thorough {
                        network.figures = Some((snapshot.step, shown.clone()));
                    }
                    network.shown = Some(shown);
                    network.wiring = Some(Rc::new(snapshot.wiring));
                }
            }
            _ => {}
        }
    }
}
