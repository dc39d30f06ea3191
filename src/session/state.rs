//! What all pages share, and how it changes: the experiment, its training run, its data. A pure reducer.
//!
//! An [`Action`] is what a visitor or a trainer does; reducing it changes the [`Session`] and returns what the page has to do
//! about it ([`Effect`]). Nothing here touches the browser.

use crate::session::action::{Action, Effect};
use crate::session::clock::Clock;
use crate::session::files::Held;
use crate::session::loaded::{Brought, Loaded};
use crate::session::pools::PoolWish;
use crate::session::progress::Progress;
use crate::session::runs::Runs;
use crate::session::runs::run::Run;
use crate::session::scene::Scene;
use crate::session::series::Series;
use crate::session::status::Status;
use crate::session::take::Wanted;
use experiments::fields::{Field, Group, next_seed};
use experiments::{FieldExperiment, Workbench, limits, link};
use jobs::job::message::Pace;
use jobs::pool::{Choice, To, Wish};
use jobs::protocol::search::Sheet;
use jobs::protocol::train::{ModelQuestion, TrainSpec};
use language::tr;
use models::field::model::ModelKind;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What all pages share.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The experiments of all pages.
    pub workbench: Workbench,
    /// What was changed in the last link or setting, and why.
    pub remarks: Vec<String>,
    /// Truth and data.
    pub scene: Rc<Scene>,
    /// Where the run is.
    pub status: Status,
    /// How far each model is.
    pub models: BTreeMap<ModelKind, Progress>,
    /// Which engine was taken.
    pub choice: Option<Choice>,
    /// What was mended of the run.
    pub mended: Option<String>,
    /// What came of something that the visitor wanted.
    pub notice: Option<String>,
    /// Why the run ended.
    pub failure: Option<String>,
    /// Whether another try may succeed: the workers failed, and not the run itself.
    pub again: bool,
    /// Bytes of workers that have arrived.
    pub fetched: u64,
    /// Whether the link is on the clipboard; `Some(false)` where that was not allowed.
    pub copied: Option<bool>,
    /// A film in which something is followed, and its name.
    pub film: Option<(String, Rc<Held>)>,
    /// A file that is being read.
    pub brought: Option<Rc<Brought>>,
    /// A file that was brought, and what was understood of it.
    pub loaded: Option<Rc<Loaded>>,
    /// The same experiment with several seeds.
    pub series: Option<Rc<Series>>,
    /// The same experiment with fewer and with more trajectories.
    pub sizes: Option<Rc<Series>>,
    /// The runs of this visit and of earlier ones.
    pub runs: Rc<Runs>,
    /// Files that are being written.
    pub taking: Option<Wanted>,
    /// The address of this page, without a fragment; empty where it is not known.
    pub address: String,
    /// Messages of a graph network as a table.
    pub messages: Option<Rc<Sheet>>,
    /// Whether a graph network can move its world by a law.
    pub takes_laws: bool,
    /// Bumped whenever the shown motions should start from their beginning.
    pub take: u32,
    /// Whether they move.
    pub moving: bool,
    /// The time at which they are shown.
    pub clock: Clock,
}

impl Session {
    /// The page on opening this fragment.
    pub fn open(fragment: &str) -> Self {
        let (workbench, remarks) = link::decode(fragment);
        Self {
            remarks: remarks.iter().map(ToString::to_string).chain(limits::long_wait(&workbench)).collect(),
            ..Self::of(Rc::new(Scene::of(&workbench)), workbench)
        }
    }

    /// The page as it shows these experiments before anything is trained.
    pub fn showing(workbench: Workbench) -> Self {
        Self::of(Rc::new(Scene::of(&workbench)), workbench)
    }

    /// Experiments of which nothing was trained yet, and the scene of the field.
    fn of(scene: Rc<Scene>, workbench: Workbench) -> Self {
        let kinds = workbench.field.models.kinds();
        Self {
            scene,
            models: kinds.iter().map(|&kind| (kind, Progress::default())).collect(),
            workbench,
            remarks: vec![],
            status: Status::Idle,
            choice: None,
            mended: None,
            notice: None,
            failure: None,
            again: false,
            fetched: 0,
            copied: None,
            film: None,
            brought: None,
            loaded: None,
            series: None,
            sizes: None,
            runs: Rc::default(),
            taking: None,
            address: String::new(),
            messages: None,
            takes_laws: false,
            take: 0,
            moving: true,
            clock: Clock::default(),
        }
    }

    /// The same page with another experiment: what is not about an experiment stays.
    fn turned_to(&mut self, other: Self) -> Self {
        Self {
            take: self.take + 1,
            moving: self.moving,
            clock: self.clock.clone(),
            address: std::mem::take(&mut self.address),
            runs: std::mem::take(&mut self.runs),
            film: self.film.take(),
            brought: self.brought.take(),
            loaded: self.loaded.take(),
            messages: self.messages.take(),
            takes_laws: self.takes_laws,
            ..other
        }
    }

    /// Changes, and says what is to be done about it.
    pub fn reduce(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Open(fragment) => {
                // What this page wrote into its own address comes back as an event.
                if fragment.trim_start_matches('#') == link::encode(&self.workbench) {
                    return vec![];
                }
                let (workbench, remarks) = link::decode(&fragment);
                // The same networks seen otherwise, or from another page: they are what the link is about.
                if self.status != Status::Idle && workbench.field.trains_like(&self.workbench.field) {
                    let effects = self.look(workbench);
                    self.remarks = remarks.iter().map(ToString::to_string).collect();
                    return effects;
                }
                let mut effects = self.leave_run();
                *self = self.turned_to(Self::open(&fragment));
                effects.extend([PoolWish::Run(Wish::Stop), PoolWish::Series(Wish::Stop)].map(Effect::Pool));
                effects
            }
            // What a teacher has set holds.
            Action::Choose(_) if self.workbench.assignment.locks("preset") => vec![],
            Action::NewSeed if self.workbench.assignment.locks("seed") => vec![],
            Action::Choose(preset) => self.anew(Workbench { field: preset.experiment(), ..self.workbench.clone() }),
            Action::Set(key, text) => self.set(key, &text),
            Action::Train => self.go(Pace::Run),
            Action::Step => self.go(Pace::Steps(1)),
            Action::Pause if self.status.busy() => vec![Effect::Pool(PoolWish::Run(Wish::Pace(Pace::Hold)))],
            Action::Pause => vec![],
            Action::Rewind => self.anew(self.workbench.clone()),
            Action::NewSeed => {
                let mut workbench = self.workbench.clone();
                workbench.field.seed = next_seed(workbench.field.seed);
                self.anew(workbench)
            }
            // A recording starts where it was recorded.
            Action::PickStart(..) if self.workbench.field.recording.is_some() => vec![],
            Action::PickStart(q, p) => {
                let hundredths = |x: f64| ((x * 100.0).round() / 100.0).to_string();
                let mut effects = self.set("start-q", &hundredths(q));
                effects.extend(self.set("start-p", &hundredths(p)));
                effects
            }
            Action::RunSeries => self.run_series(),
            Action::RunSizes => self.run_sizes(),
            Action::StopSizes => {
                self.sizes = None;
                vec![Effect::Pool(PoolWish::Series(Wish::Stop))]
            }
            Action::StopSeries => {
                self.series = None;
                vec![Effect::Pool(PoolWish::Series(Wish::Stop))]
            }
            Action::Move => {
                self.moving = !self.moving;
                vec![]
            }
            Action::Load(name, bytes) if Run::is_one(&bytes) => self.bring_run(&name, &bytes),
            Action::Load(name, bytes) => self.bring(name, bytes),
            Action::Refuse(sentence) => self.refuse(&sentence),
            Action::File(action) => self.reduce_file(action),
            Action::TryAgain if self.again => {
                (self.status, self.failure, self.again, self.fetched) = (Status::Loading, None, false, 0);
                vec![Effect::Pool(PoolWish::Run(Wish::Retry))]
            }
            Action::TryAgain => vec![],
            Action::CopyLink => vec![Effect::Copy(link::encode(&self.workbench))],
            Action::Copied(done) => {
                self.copied = Some(done);
                vec![]
            }
            Action::HandIn => vec![Effect::HandIn],
            Action::Speak(code) => {
                // What a link asks for would come back with the next change of the address.
                if let Some(asked) = &mut self.workbench.assignment.language {
                    *asked = code;
                    return vec![Effect::Address(link::encode(&self.workbench)), Effect::Speak(code)];
                }
                vec![Effect::Speak(code)]
            }
            Action::HandedIn(sentence) => {
                self.notice = Some(sentence).filter(|sentence| !sentence.is_empty());
                vec![]
            }
            Action::Dismiss => {
                (self.mended, self.notice) = (None, None);
                self.remarks.clear();
                vec![]
            }
            Action::Runs(action) => self.reduce_runs(action),
        }
    }

    /// The field of this workbench, from its first step.
    pub(super) fn anew(&mut self, workbench: Workbench) -> Vec<Effect> {
        let left = self.leave_run();
        let same = same_scene(&workbench, &self.workbench);
        let scene = if same { self.scene.clone() } else { Rc::new(Scene::of(&workbench)) };
        let address = Effect::Address(link::encode(&workbench));
        // What several seeds of it came to stays true of the same experiment with yet another seed.
        let kept = self.series.take().filter(|series| {
            let seed = series.experiment.seed;
            FieldExperiment { seed, ..workbench.field.clone() }.trains_like(&series.experiment)
        });
        let mut effects = vec![Effect::Pool(PoolWish::Run(Wish::Stop)), address];
        effects.extend(left);
        let sizes_run = self.sizes.as_ref().is_some_and(|sizes| sizes.is_running());
        if kept.is_none() || sizes_run {
            effects.push(Effect::Pool(PoolWish::Series(Wish::Stop)));
        }
        *self = self.turned_to(Self { series: kept, ..Self::of(scene, workbench) });
        effects
    }

    /// Sets a field that the training run does not depend on. Nothing else is touched by it.
    pub fn set_aside(&mut self, key: &'static str, text: &str) -> Vec<Effect> {
        if self.workbench.assignment.locks(key) {
            return vec![];
        }
        if let Err(remark) = link::set(&mut self.workbench, key, text) {
            self.remarks = vec![tr!("{} Nothing was changed.", remark.refusal())];
            return vec![];
        }
        vec![self.address()]
    }

    /// The address of the experiment as it is now. What was copied before is another link.
    pub fn address(&mut self) -> Effect {
        self.copied = None;
        Effect::Address(link::encode(&self.workbench))
    }

    fn set(&mut self, key: &'static str, text: &str) -> Vec<Effect> {
        let group = Field::named(key).map(|field| field.group);
        if group.is_some_and(Group::stands_apart) {
            return self.set_aside(key, text);
        }
        if self.workbench.assignment.locks(key) {
            return vec![];
        }
        let mut changed = self.workbench.clone();
        if let Err(remark) = link::set(&mut changed, key, text) {
            self.remarks = vec![tr!("{} Nothing was changed.", remark.refusal())];
            return vec![];
        }
        if changed == self.workbench {
            return vec![];
        }
        if !matches!(group, Some(Group::View | Group::Molecules)) {
            return self.anew(changed);
        }
        self.look(changed)
    }

    /// Looks at the same run otherwise.
    fn look(&mut self, workbench: Workbench) -> Vec<Effect> {
        self.scene = Rc::new(self.scene.seen_from(&workbench));
        self.workbench = workbench;
        self.remarks.clear();
        self.copied = None;
        self.take += 1;
        let address = Effect::Address(link::encode(&self.workbench));
        match self.status {
            Status::Idle | Status::Failed => vec![address],
            _ => vec![Effect::Pool(PoolWish::Run(Wish::Ask(To::All, ModelQuestion::of(&self.workbench)))), address],
        }
    }

    fn go(&mut self, pace: Pace) -> Vec<Effect> {
        self.copied = None;
        match self.status {
            Status::Loading | Status::Training => vec![],
            Status::Paused => {
                self.status = Status::Training;
                vec![Effect::Pool(PoolWish::Run(Wish::Pace(pace)))]
            }
            Status::Idle | Status::Finished | Status::Failed => {
                let mut effects = self.anew(self.workbench.clone());
                Rc::make_mut(&mut self.runs).begin(&self.workbench, None);
                self.status = Status::Loading;
                let spec = Box::new(TrainSpec::of(&self.workbench));
                effects.push(Effect::Pool(PoolWish::Run(Wish::Start(spec, pace))));
                effects
            }
        }
    }
}

/// A run of the series, with all models.
pub(super) fn run_all(spec: TrainSpec) -> Effect {
    Effect::Pool(PoolWish::Series(Wish::Start(Box::new(spec), Pace::Run)))
}

fn same_scene(a: &Workbench, b: &Workbench) -> bool {
    let (field, other) = (&a.field, &b.field);
    a.page == b.page
        && field.system == other.system
        && field.data == other.data
        && field.recording == other.recording
        && field.seed == other.seed
        && field.view == other.view
}
