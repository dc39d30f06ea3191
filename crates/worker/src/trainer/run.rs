//! A run inside a trainer: steps within a budget of time, records, looks and checkpoints in between.

use crate::mailbox::{Post, now};
use autodiff::engine::{Engine, EngineError};
use autodiff::parameters::Checkpoint;
use experiments::Experiment;
use experiments::task::Task;
use experiments::view::{Page, ViewConfig};
use jobs::protocol::look::Look;
use jobs::protocol::message::{Event, Pace, RunId};
use jobs::protocol::study::Subject;
use models::field::model::ModelKind;
use models::learner::{Learner, LossesOn, Trainable};
use physics::phase_space::PhasePoint;

/// Training between two turns of the event loop, in milliseconds.
const BUDGET: f64 = 12.0;
/// A sign of life at least this often.
const PROGRESS_EVERY: f64 = 200.0;
/// Looks at most this often.
const LOOK_EVERY: f64 = 250.0;
/// A look or a score that took long is not repeated before this many times as long has passed, so that training keeps most
/// of the time.
const LOOK_SHARE: f64 = 12.0;
/// Scores at most this often while training.
const SCORE_EVERY: f64 = 2500.0;
/// Checkpoints this often.
const SAVE_EVERY: f64 = 1500.0;
/// Steps before a measurement: the first ones compile.
const WARM_UP_STEPS: u32 = 5;
/// Time of a measurement.
const TRIAL: f64 = 300.0;
/// Steps of a measurement: a GPU queues as many without being asked what it has done.
const TRIAL_STEPS: u32 = 40;

pub struct Run {
    id: RunId,
    experiment: Experiment,
    task: Task,
    models: Vec<Model>,
    pace: Pace,
    /// Whether the page knows that this run holds or has finished.
    settled: bool,
}

struct Model {
    kind: ModelKind,
    session: Learner<Box<dyn Trainable>>,
    recorded: Option<u64>,
    speed: Speed,
    told: f64,
    saved: f64,
    looked: f64,
    look_cost: f64,
    score_cost: f64,
    scored: f64,
    /// What the page was shown: step and whether it was scored.
    shown: Option<(u64, bool)>,
    diverged: bool,
}

/// Steps of the largest model per second: a few to warm up, then as many as fit into [`TRIAL`].
pub async fn measure(experiment: &Experiment, engine: &Engine) -> Result<f64, EngineError> {
    let task = Task::of(experiment);
    let kind = *experiment.models.kinds().last().unwrap_or(&ModelKind::Hnn);
    let mut session = Learner::new(task.training(experiment, kind), engine)?;
    for _ in 0..WARM_UP_STEPS {
        session.step();
    }
    session.losses(LossesOn::Some).await?;
    let begun = now();
    let mut steps = 0;
    while steps < TRIAL_STEPS && now() - begun < TRIAL {
        session.step();
        steps += 1;
    }
    // The queue of a GPU is empty only once something has been read.
    session.losses(LossesOn::Some).await?;
    Ok(1000.0 * f64::from(steps) / (now() - begun).max(1e-3))
}

impl Run {
    pub fn start(
        id: RunId,
        experiment: Experiment,
        kinds: &[ModelKind],
        checkpoints: &[(ModelKind, Checkpoint)],
        pace: Pace,
        engine: &Engine,
    ) -> Result<Self, EngineError> {
        let task = Task::of(&experiment);
        let mut models = Vec::with_capacity(kinds.len());
        for &kind in kinds {
            let mut session = Learner::new(task.training(&experiment, kind), engine)?;
            if let Some((_, checkpoint)) = checkpoints.iter().find(|(of, _)| *of == kind) {
                session.restore(checkpoint)?;
            }
            models.push(Model::new(kind, session));
        }
        Ok(Self { id, experiment, task, models, pace, settled: false })
    }

    pub fn set_pace(&mut self, pace: Pace) {
        self.pace = pace;
        self.settled = false;
    }

    pub fn set_view(&mut self, view: ViewConfig) {
        self.experiment.view = view;
        for model in &mut self.models {
            model.shown = None;
            model.looked = f64::NEG_INFINITY;
        }
        self.settled = false;
    }

    /// Does a little, and says whether there is more to do.
    pub async fn work(&mut self, post: &Post) -> Result<bool, EngineError> {
        let total = self.experiment.schedule.steps;
        let last = match self.pace {
            Pace::Run => total,
            Pace::Steps(_) => total,
            Pace::Hold => 0,
        };
        let mut trained = false;
        let budget = BUDGET / self.models.len() as f64;
        for i in 0..self.models.len() {
            self.record(i, post).await?;
            let until = now() + budget;
            while self.models[i].session.steps_taken() < last && !self.models[i].diverged {
                trained = true;
                let begun = now();
                self.models[i].session.step();
                self.models[i].session.keep_up().await?;
                self.models[i].speed.add(now() - begun);
                self.record(i, post).await?;
                if matches!(self.pace, Pace::Steps(_)) || now() >= until {
                    break;
                }
            }
            self.tell(i, trained, post).await?;
        }
        if let Pace::Steps(left) = self.pace {
            self.pace = if left > 1 { Pace::Steps(left - 1) } else { Pace::Hold };
        }
        if self.models.iter().any(|model| model.diverged) {
            self.pace = Pace::Hold;
            self.settled = true;
            return Ok(false);
        }
        let finished = self.models.iter().all(|model| model.session.steps_taken() >= total);
        if (finished || self.pace == Pace::Hold) && !self.settled {
            self.settle(finished, post).await?;
        }
        Ok(!finished && self.pace != Pace::Hold)
    }

    /// Losses, where this step is one to be recorded and has not been.
    async fn record(&mut self, i: usize, post: &Post) -> Result<(), EngineError> {
        let model = &mut self.models[i];
        let step = model.session.steps_taken();
        let due = step.is_multiple_of(self.experiment.record_every()) || step == self.experiment.schedule.steps;
        if !due || model.recorded == Some(step) {
            return Ok(());
        }
        model.recorded = Some(step);
        let last = step == self.experiment.schedule.steps;
        let losses = model.session.losses(if last { LossesOn::All } else { LossesOn::Some }).await?;
        let kind = model.kind;
        if losses.is_finite() {
            post.send(&Event::Recorded { run: self.id, kind, step, losses });
        } else {
            model.diverged = true;
            post.send(&Event::Diverged { run: self.id, kind, step });
        }
        Ok(())
    }

    /// Progress, a look and a checkpoint, each where it is due.
    async fn tell(&mut self, i: usize, training: bool, post: &Post) -> Result<(), EngineError> {
        let model = &mut self.models[i];
        let time = now();
        if training && time - model.told > PROGRESS_EVERY {
            model.told = time;
            self.progress(i, post);
        }
        let model = &mut self.models[i];
        if time - model.looked > LOOK_EVERY.max(LOOK_SHARE * model.look_cost) && training {
            let score = time - model.scored > SCORE_EVERY.max(LOOK_SHARE * model.score_cost);
            self.look(i, score, post).await?;
        }
        let model = &mut self.models[i];
        if training && time - model.saved > SAVE_EVERY {
            model.saved = time;
            self.save(i, post).await?;
        }
        Ok(())
    }

    fn progress(&self, i: usize, post: &Post) {
        let model = &self.models[i];
        post.send(&Event::Progress {
            run: self.id,
            kind: model.kind,
            step: model.session.steps_taken(),
            steps_per_second: model.speed.steps_per_second(),
        });
    }

    async fn look(&mut self, i: usize, score: bool, post: &Post) -> Result<(), EngineError> {
        let model = &mut self.models[i];
        let begun = now();
        let parameters = model.session.parameters().await?;
        let step = model.session.steps_taken();
        let look = Look::of(&self.experiment, &self.task, model.kind, step, &parameters, score);
        post.send(&Event::Looked { run: self.id, look: Box::new(look) });
        model.looked = now();
        model.shown = Some((step, score));
        if score {
            model.scored = model.looked;
            model.score_cost = model.looked - begun;
        } else {
            model.look_cost = model.looked - begun;
        }
        Ok(())
    }

    async fn save(&mut self, i: usize, post: &Post) -> Result<(), EngineError> {
        let model = &mut self.models[i];
        let checkpoint = Box::new(model.session.checkpoint().await?);
        post.send(&Event::Saved { run: self.id, kind: model.kind, checkpoint });
        Ok(())
    }

    /// What every scheme does with a model as it is now.
    async fn study(&mut self, i: usize, post: &Post) -> Result<(), EngineError> {
        let Model { kind, session, .. } = &mut self.models[i];
        let kind = *kind;
        let model = self.task.model(kind, &session.parameters().await?);
        let start = self.experiment.start();
        let energy = |at: &PhasePoint| match kind {
            ModelKind::Hnn => model.learned_energy(at).unwrap_or_default(),
            _ => self.experiment.system.energy(at),
        };
        let subject = Subject::new(model.dynamics(), &energy, &start);
        for study in subject.iter().flat_map(Subject::studies) {
            let (run, step) = (self.id, session.steps_taken());
            post.send(&Event::Studied { run, kind, step, study: Box::new(study) });
        }
        Ok(())
    }

    /// Everything up to date, then the word that nothing moves any more.
    async fn settle(&mut self, finished: bool, post: &Post) -> Result<(), EngineError> {
        self.settled = true;
        for i in 0..self.models.len() {
            self.progress(i, post);
            let step = self.models[i].session.steps_taken();
            if self.models[i].shown != Some((step, true)) {
                self.look(i, true, post).await?;
            }
            self.save(i, post).await?;
        }
        post.send(&if finished { Event::Finished { run: self.id } } else { Event::Held { run: self.id } });
        // Only now: a study of a wide network takes longer than a worker at work may be silent.
        if self.experiment.view.page == Page::Integrators {
            for i in 0..self.models.len() {
                self.study(i, post).await?;
            }
        }
        Ok(())
    }
}

impl Model {
    fn new(kind: ModelKind, session: Learner<Box<dyn Trainable>>) -> Self {
        Self {
            kind,
            session,
            recorded: None,
            speed: Speed::default(),
            told: 0.0,
            saved: now(),
            looked: f64::NEG_INFINITY,
            look_cost: 0.0,
            score_cost: 0.0,
            scored: now(),
            shown: None,
            diverged: false,
        }
    }
}

/// The speed of the latest steps, records and looks aside: the first ones run before the browser has optimised them, and say little.
#[derive(Default)]
struct Speed {
    steps: u32,
    time: f64,
    latest: Option<f64>,
}

/// Time over which a speed is averaged.
const SPEED_OVER: f64 = 800.0;

impl Speed {
    fn add(&mut self, time: f64) {
        self.steps += 1;
        self.time += time;
        if self.time >= SPEED_OVER {
            self.latest = Some(self.mean());
            (self.steps, self.time) = (0, 0.0);
        }
    }

    fn mean(&self) -> f64 {
        if self.time > 0.0 { 1000.0 * f64::from(self.steps) / self.time } else { 0.0 }
    }

    fn steps_per_second(&self) -> f64 {
        self.latest.unwrap_or_else(|| self.mean())
    }
}
