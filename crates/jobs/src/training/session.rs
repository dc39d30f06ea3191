//! Training of an experiment's models, carried out a few milliseconds at a time: steps, records, snapshots in between.

use crate::job::crew::{Crew, Stepper};
use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome, lost, sentence};
use crate::job::message::Report;
use crate::protocol::convergence::Subject;
use crate::protocol::motion_snapshot::MotionSnapshot;
use crate::protocol::train::{ModelProgress, ModelQuestion, ModelRecord, ModelSnapshot, TrainModels, TrainSpec};
use crate::training::speed::Speed;
use crate::training::trial;
use autodiff::engine::Engine;
use autodiff::parameters::Checkpoint;
use experiments::FieldExperiment;
use experiments::task::Task;
use language::tr;
use models::field::model::ModelKind;
use models::learner::{Learner, LossesOn, Trainable};
use physics::dynamics::Dynamics;
use physics::phase_space::PhasePoint;
use std::rc::Rc;

/// Progress is reported at least this often, in milliseconds.
const PROGRESS_EVERY: f64 = 200.0;
/// Snapshots at most this often.
const SNAPSHOT_EVERY: f64 = 250.0;
/// A snapshot or a score that took long is not repeated before this many times as long has passed, so that training keeps most
/// of the time.
const SNAPSHOT_SHARE: f64 = 12.0;
/// Scores at most this often while training.
const SCORE_EVERY: f64 = 2500.0;

type Reports = Vec<Report<TrainModels>>;

/// Models in training.
pub struct TrainingSession {
    side_by_side: usize,
    experiment: FieldExperiment,
    task: Task,
    models: Vec<Model>,
    /// Whether a snapshot for another view is wanted.
    pending: bool,
    /// Whether they hold still.
    holds: bool,
    /// Whether they hold still and a snapshot with all that takes long is still to come.
    whole: bool,
    /// Whether schemes are to be tried on models that hold still.
    wants_convergence: bool,
    /// Whether they hold still and what schemes do with them is still to be found.
    convergence: bool,
}

struct Model {
    kind: ModelKind,
    learner: Learner<Box<dyn Trainable>>,
    recorded: Option<u64>,
    speed: Speed,
    stepper: Stepper,
    reported_at: f64,
    shot: f64,
    snapshot_cost: f64,
    score_cost: f64,
    scored: f64,
    /// The last snapshot: step, and whether the model was scored.
    shown: Option<(u64, bool)>,
    diverged: bool,
}

impl Execution for TrainingSession {
    type Job = TrainModels;
    type Engine = Engine;
    type Checkpoint = Vec<(ModelKind, Checkpoint)>;

    fn begin(spec: TrainSpec, checkpoint: Option<Self::Checkpoint>, engine: &Engine) -> Result<Self, String> {
        let TrainSpec { experiment, kinds, convergence: wants_convergence, side_by_side, .. } = spec;
        let task = Task::of(&experiment);
        let saved = checkpoint.unwrap_or_default();
        let model = |kind: ModelKind| {
            let mut learner = Learner::new(task.training(&experiment, kind), engine).map_err(sentence)?;
            if let Some((_, checkpoint)) = saved.iter().find(|(of, _)| *of == kind) {
                // A checkpoint of another model changes nothing: training begins anew.
                let _ = learner.restore(checkpoint);
            }
            Ok(Model::new(kind, learner))
        };
        let models = kinds.into_iter().map(model).collect::<Result<Vec<Model>, String>>()?;
        Ok(Self {
            side_by_side,
            experiment,
            task,
            models,
            wants_convergence,
            pending: false,
            holds: false,
            whole: false,
            convergence: false,
        })
    }

    fn offer(&mut self, crew: &Rc<dyn Crew>) {
        // Several models that share a core have none to spare.
        if let [model] = self.models.as_mut_slice() {
            model.stepper = Stepper::with(crew.clone(), self.side_by_side);
        }
    }

    async fn step(&mut self, budget: Budget, clock: Clock<'_>) -> Result<(Reports, Outcome), Lost> {
        (self.holds, self.whole, self.convergence) = (false, false, false);
        let mut reports = vec![];
        for i in 0..self.models.len() {
            self.record(i, clock, &mut reports).await?;
            let trained = self.train(i, budget, clock, &mut reports).await?;
            if trained {
                self.report_progress(i, clock, &mut reports).await?;
            }
        }
        let diverged = self.models.iter().find(|model| model.diverged);
        let outcome = match diverged {
            Some(model) => Outcome::Diverged(diverged_sentence(model.kind, model.learner.steps_taken())),
            None if self.models.iter().all(|model| model.learner.is_done()) => Outcome::Finished,
            None => Outcome::Continues,
        };
        Ok((reports, outcome))
    }

    fn ask(&mut self, question: ModelQuestion) {
        (self.experiment.view, self.wants_convergence) = (question.view, question.convergence);
        self.pending = true;
    }

    fn is_asked(&self) -> bool {
        self.pending || self.whole || self.convergence
    }

    /// One thing at a time, what is seen first: a visitor who moves a start waits for nothing that takes long.
    async fn answers(&mut self, clock: Clock<'_>) -> Result<Reports, Lost> {
        let mut reports = vec![];
        let (pending, whole) = (std::mem::take(&mut self.pending), self.whole);
        if pending || whole {
            for i in 0..self.models.len() {
                reports.push(self.snapshot(i, !pending, clock).await?);
            }
            self.whole = pending && self.holds;
            self.convergence |= !pending && self.wants_convergence;
            return Ok(reports);
        }
        self.convergence = false;
        for model in &mut self.models {
            model.convergence(&self.experiment, &self.task, &mut reports).await?;
        }
        Ok(reports)
    }

    async fn settle(&mut self, _finished: bool, clock: Clock<'_>) -> Result<Reports, Lost> {
        let mut reports = vec![];
        for i in 0..self.models.len() {
            reports.push(self.models[i].progress());
            if self.models[i].shown != Some((self.models[i].learner.steps_taken(), true)) {
                reports.push(self.snapshot(i, true, clock).await?);
            }
        }
        self.holds = true;
        // Only after the word that they hold: a convergence report of a wide network takes longer than a worker at work may be silent.
        self.convergence = self.wants_convergence;
        Ok(reports)
    }

    async fn checkpoint(&mut self, clock: Clock<'_>) -> Result<(u64, Self::Checkpoint), Lost> {
        let mut saved = vec![];
        for model in &mut self.models {
            model.speed.catch_up(&mut model.learner, clock).await?;
            saved.push((model.kind, model.learner.checkpoint().await.map_err(lost)?));
        }
        let step = saved.iter().map(|(_, checkpoint)| checkpoint.step).min().unwrap_or(0);
        Ok((step, saved))
    }

    /// Of the largest model.
    async fn measure(spec: TrainSpec, engine: &Engine, clock: Clock<'_>) -> Result<f64, Lost> {
        let kind = *spec.kinds.last().unwrap_or(&ModelKind::Hnn);
        trial::speed(Task::of(&spec.experiment).training(&spec.experiment, kind), engine, clock).await
    }
}

impl TrainingSession {
    /// Trains one model for its share of the budget; whether there was a step to take.
    async fn train(&mut self, i: usize, budget: Budget, clock: Clock<'_>, reports: &mut Reports) -> Result<bool, Lost> {
        let until = match budget {
            Budget::Milliseconds(budget) => clock() + budget / self.models.len() as f64,
            Budget::Step => f64::NEG_INFINITY,
        };
        let mut trained = false;
        while !self.models[i].learner.is_done() && !self.models[i].diverged {
            trained = true;
            let Model { learner, speed, stepper, .. } = &mut self.models[i];
            let time = stepper.step(learner, clock).await?;
            speed.add(time, learner.is_behind());
            self.record(i, clock, reports).await?;
            if clock() >= until {
                break;
            }
        }
        Ok(trained)
    }

    /// Losses, where this step is one to be recorded and has not been.
    async fn record(&mut self, i: usize, clock: Clock<'_>, reports: &mut Reports) -> Result<(), Lost> {
        let (every, last) = (self.experiment.record_every(), self.experiment.schedule.steps);
        let model = &mut self.models[i];
        let step = model.learner.steps_taken();
        if !(step.is_multiple_of(every) || step == last) || model.recorded == Some(step) {
            return Ok(());
        }
        model.recorded = Some(step);
        let on = if step == last { LossesOn::All } else { LossesOn::Some };
        model.speed.catch_up(&mut model.learner, clock).await?;
        let (losses, mut parts) = model.learner.measured(on).await.map_err(lost)?;
        if losses.is_finite() {
            if parts.len() < 2 {
                parts.clear();
            }
            reports.push(Report::Recorded(ModelRecord { kind: model.kind, step, losses, parts }));
        } else {
            model.diverged = true;
        }
        Ok(())
    }

    /// Progress and a snapshot, each where it is due.
    async fn report_progress(&mut self, i: usize, clock: Clock<'_>, reports: &mut Reports) -> Result<(), Lost> {
        let model = &mut self.models[i];
        let time = clock();
        // The first score comes a while after the first step.
        model.scored = if model.scored.is_finite() { model.scored } else { time };
        if time - model.reported_at > PROGRESS_EVERY {
            model.reported_at = time;
            reports.push(model.progress());
        }
        // Another core waits while a shared model is looked at.
        let every = if model.learner.is_shared() { 2.0 * SNAPSHOT_EVERY } else { SNAPSHOT_EVERY };
        if time - model.shot > every.max(SNAPSHOT_SHARE * model.snapshot_cost) {
            let score = time - model.scored > SCORE_EVERY.max(SNAPSHOT_SHARE * model.score_cost);
            reports.push(self.snapshot(i, score, clock).await?);
        }
        Ok(())
    }

    async fn snapshot(&mut self, i: usize, score: bool, clock: Clock<'_>) -> Result<Report<TrainModels>, Lost> {
        let model = &mut self.models[i];
        model.speed.catch_up(&mut model.learner, clock).await?;
        let begun = clock();
        let parameters = model.learner.parameters().await.map_err(lost)?;
        let step = model.learner.steps_taken();
        let snapshot = MotionSnapshot::of(&self.experiment, &self.task, model.kind, step, &parameters, score);
        model.shot = clock();
        // What was scored at this step stays scored, in whatever view.
        model.shown = Some((step, score || model.shown == Some((step, true))));
        if score {
            model.scored = model.shot;
            model.score_cost = model.shot - begun;
        } else {
            model.snapshot_cost = model.shot - begun;
        }
        Ok(Report::Snapshot(Box::new(ModelSnapshot::Motion(snapshot))))
    }
}

impl Model {
    fn new(kind: ModelKind, learner: Learner<Box<dyn Trainable>>) -> Self {
        Self {
            kind,
            learner,
            recorded: None,
            speed: Speed::default(),
            stepper: Stepper::default(),
            reported_at: 0.0,
            shot: f64::NEG_INFINITY,
            snapshot_cost: 0.0,
            score_cost: 0.0,
            scored: f64::NEG_INFINITY,
            shown: None,
            diverged: false,
        }
    }

    fn progress(&self) -> Report<TrainModels> {
        let (kind, step) = (self.kind, self.learner.steps_taken());
        let (steps_per_second, shared) = (self.speed.steps_per_second(), self.learner.is_shared());
        Report::Progress(ModelProgress { kind, step, steps_per_second, shared })
    }

    /// What every scheme does with the model as it is now.
    async fn convergence(
        &mut self,
        experiment: &FieldExperiment,
        task: &Task,
        reports: &mut Reports,
    ) -> Result<(), Lost> {
        let (kind, step) = (self.kind, self.learner.steps_taken());
        let model = task.model(kind, &self.learner.parameters().await.map_err(lost)?);
        let start = experiment.start();
        let energy = |at: &PhasePoint| match kind {
            ModelKind::Hnn if experiment.system.mechanics().is_driven() => match model.dynamics() {
                Dynamics::Hamiltonian(extended) => extended.energy(at),
                _ => 0.0,
            },
            ModelKind::Hnn => model.learned_energy(at).unwrap_or_default(),
            _ => experiment.system.conserved_energy(at),
        };
        let subject = Subject::new(model.dynamics(), &energy, &start);
        let convergence = subject.iter().flat_map(Subject::convergence);
        reports.extend(
            convergence
                .map(|convergence| Report::Snapshot(Box::new(ModelSnapshot::Convergence { kind, step, convergence }))),
        );
        Ok(())
    }
}

fn diverged_sentence(kind: ModelKind, step: u64) -> String {
    tr!(
        "The loss of the {model} was no longer a number by step {step}: the steps were too large. Try a learning rate three \
         to ten times smaller, or tanh as the activation.",
        model = kind.label(),
        step = step
    )
}

/// The learner of a part of a job that trains one model, for a partner.
pub fn learner(spec: &TrainSpec) -> Option<Learner<Box<dyn Trainable>>> {
    let training = Task::of(&spec.experiment).training(&spec.experiment, *spec.kinds.first()?);
    Learner::new(training, &Engine::Cpu).ok()
}
