//! Training of one graph network, carried out a few milliseconds at a time: motions to learn from, steps, and snapshots between them.

use crate::graph::law_world::PairFormula;
use crate::graph::motion::{motion, motion_by};
use crate::job::crew::{Crew, Stepper};
use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome, lost, sentence};
use crate::job::message::Report;
use crate::protocol::graph::{GraphProgress, GraphQuestion, GraphRecord, GraphSnapshot, GraphSpec, Shown, TrainGraphs};
use crate::protocol::search::{Heading, Sheet};
use crate::protocol::wiring::Wiring;
use crate::training::trial;
use autodiff::engine::Engine;
use autodiff::parameters::{Checkpoint, Parameters};
use language::tr;
use models::graph::centre::centred;
use models::graph::law::clearest_table;
use models::graph::recipe::GraphRecipe;
use models::graph::training::GraphTraining;
use models::graph::zero_shot::zero_shot;
use models::learner::{Learner, LossesOn, Trainable};
use numerics::seed::Seed;
use physics::particles::dataset::{MotionConfig, MotionDataset, Recordings};
use physics::particles::world::Joined;
use std::rc::Rc;
use std::sync::Arc;

/// Progress is reported at least this often, in milliseconds.
const PROGRESS_EVERY: f64 = 200.0;
/// Snapshots of messages and motions are taken at most this often.
const SNAPSHOT_EVERY: [f64; 2] = [1000.0, 3000.0];
/// A snapshot that took long is not repeated before this many times as long has passed.
const SNAPSHOT_SHARE: f64 = 20.0;
/// Losses recorded in a run.
const RECORDS: u64 = 100;
/// Fresh worlds that a formula is judged by.
const LAW_WORLDS: usize = 100;
/// Motions that a measurement of speed learns from.
const TRIAL_MOTIONS: usize = 4;

type Reports = Vec<Report<TrainGraphs>>;

/// One network in training.
pub struct GraphSession {
    side_by_side: usize,
    stepper: Stepper,
    recipe: GraphRecipe,
    seed: Seed,
    shown: Shown,
    engine: Engine,
    stage: Stage,
    /// Where training goes on once the motions are there.
    resumed: Option<Checkpoint>,
    pending: Vec<GraphQuestion>,
    /// A formula that moves the shown world too.
    formula: Option<PairFormula>,
    reported_at: f64,
    /// When snapshots of messages and motion were taken, and how long that took.
    shot: [(f64, f64); 2],
    /// Steps and time since progress was last reported.
    pace: (u64, f64),
}

enum Stage {
    /// Motions are being simulated.
    Preparing(Box<Recordings>, Box<MotionDataset>, usize),
    /// Steps are being taken; with the parameters as they were when they were last read.
    Training(Box<Learner<GraphTraining>>, Parameters),
}

impl Execution for GraphSession {
    type Job = TrainGraphs;
    type Engine = Engine;
    /// Nothing while motions are simulated: the same seed brings the same.
    type Checkpoint = Option<Checkpoint>;

    fn begin(spec: GraphSpec, checkpoint: Option<Option<Checkpoint>>, engine: &Engine) -> Result<Self, String> {
        let recipe = spec.first();
        recipe.check().map_err(sentence)?;
        let recordings = recipe.motions.recordings(spec.seed).map_err(sentence)?;
        Ok(Self {
            side_by_side: spec.side_by_side,
            stepper: Stepper::default(),
            recipe,
            seed: spec.seed,
            shown: spec.shown,
            engine: engine.clone(),
            stage: Stage::Preparing(Box::new(recordings), Box::default(), 0),
            resumed: checkpoint.flatten(),
            pending: spec.law.into_iter().map(GraphQuestion::Obey).collect(),
            formula: None,
            reported_at: 0.0,
            shot: [(f64::NEG_INFINITY, 0.0); 2],
            pace: (0, 0.0),
        })
    }

    fn offer(&mut self, crew: &Rc<dyn Crew>) {
        self.stepper = Stepper::with(crew.clone(), self.side_by_side);
    }

    async fn step(&mut self, budget: Budget, clock: Clock<'_>) -> Result<(Reports, Outcome), Lost> {
        let begun = clock();
        let mut reports = vec![];
        while !self.done() {
            if let Err(outcome) = self.advance(clock, &mut reports).await? {
                return Ok((reports, outcome));
            }
            match budget {
                Budget::Milliseconds(budget) if clock() - begun < budget => {}
                _ => break,
            }
        }
        if clock() - self.reported_at > PROGRESS_EVERY {
            self.pace.1 = (clock() - self.reported_at).min(10.0 * PROGRESS_EVERY);
            self.reported_at = clock();
            reports.push(self.progress());
        }
        for (kind, every) in SNAPSHOT_EVERY.into_iter().enumerate() {
            let (last, cost) = self.shot[kind];
            if clock() - last > every.max(SNAPSHOT_SHARE * cost) && matches!(self.stage, Stage::Training(..)) {
                reports.extend(self.snapshot(kind, clock).await?);
            }
        }
        Ok((reports, if self.done() { Outcome::Finished } else { Outcome::Continues }))
    }

    fn ask(&mut self, question: GraphQuestion) {
        // Only the latest world is shown.
        if matches!(question, GraphQuestion::Show(_)) {
            self.pending.retain(|before| !matches!(before, GraphQuestion::Show(_)));
        }
        self.pending.push(question);
    }

    /// While motions are simulated there is no network yet: questions wait.
    fn is_asked(&self) -> bool {
        matches!(self.stage, Stage::Training(..)) && !self.pending.is_empty()
    }

    async fn answers(&mut self, _clock: Clock<'_>) -> Result<Reports, Lost> {
        self.fetch().await?;
        let pending = std::mem::take(&mut self.pending);
        let answers = pending.into_iter().flat_map(|question| self.answer(question));
        Ok(answers.map(|answer| Report::Snapshot(Box::new(answer))).collect())
    }

    async fn settle(&mut self, finished: bool, clock: Clock<'_>) -> Result<Reports, Lost> {
        let mut reports = vec![];
        if finished {
            reports.extend(self.snapshot(0, clock).await?);
            reports.extend(self.snapshot(1, clock).await?);
        }
        reports.push(self.progress());
        Ok(reports)
    }

    async fn checkpoint(&mut self, _clock: Clock<'_>) -> Result<(u64, Option<Checkpoint>), Lost> {
        match &mut self.stage {
            // What was resumed is not lost by dying once more.
            Stage::Preparing(..) => Ok((self.resumed.as_ref().map_or(0, |saved| saved.step), self.resumed.clone())),
            Stage::Training(learner, _) => {
                let checkpoint = learner.checkpoint().await.map_err(lost)?;
                Ok((checkpoint.step, Some(checkpoint)))
            }
        }
    }

    async fn measure(spec: GraphSpec, engine: &Engine, clock: Clock<'_>) -> Result<f64, Lost> {
        let recipe = spec.first();
        let motions = MotionConfig { simulations: TRIAL_MOTIONS, ..recipe.motions };
        match GraphTraining::new(&GraphRecipe { motions, ..recipe }, spec.seed) {
            Ok(training) => trial::speed(training, engine, clock).await,
            Err(_) => Ok(0.0),
        }
    }
}

impl GraphSession {
    fn done(&self) -> bool {
        matches!(&self.stage, Stage::Training(learner, _) if learner.is_done())
    }

    /// One more motion, or one more step; `Err` where that is the end.
    async fn advance(&mut self, clock: Clock<'_>, reports: &mut Reports) -> Result<Result<(), Outcome>, Lost> {
        let Stage::Training(learner, _) = &mut self.stage else {
            return Ok(self.prepare().map_err(Outcome::Refused));
        };
        self.stepper.step(learner, clock).await?;
        let step = learner.steps_taken();
        let every = self.recipe.steps.div_ceil(RECORDS).max(1);
        if step.is_multiple_of(every) || step == self.recipe.steps {
            let losses = learner.losses(LossesOn::Some).await.map_err(lost)?;
            if !losses.is_finite() {
                return Ok(Err(Outcome::Diverged(tr!(
                    "The network diverged at step {step}. A smaller learning rate or another seed may help.",
                    step = step
                ))));
            }
            reports.push(Report::Recorded(GraphRecord { step, losses }));
        }
        Ok(Ok(()))
    }

    /// One more motion, or the learner once all are there.
    fn prepare(&mut self) -> Result<(), String> {
        let Stage::Preparing(recordings, dataset, count) = &mut self.stage else { return Ok(()) };
        match recordings.next() {
            Some(Ok(recording)) => {
                let training = *count < self.recipe.motions.training_simulations();
                let part = if training { &mut dataset.train } else { &mut dataset.test };
                part.recordings.push(recording);
            }
            Some(Err(_)) => dataset.lost += 1,
            None => {
                let data = Arc::new(std::mem::take(dataset.as_mut()));
                let training = GraphTraining::with_data(&self.recipe, data, self.seed).map_err(sentence)?;
                let mut parameters = training.initial();
                let mut learner = Learner::new(training, &self.engine).map_err(sentence)?;
                // A checkpoint of another network changes nothing: training begins anew.
                if let Some(saved) = self.resumed.take()
                    && learner.restore(&saved).is_ok()
                {
                    self.pace.0 = saved.step;
                    parameters = saved.parameters;
                }
                self.stage = Stage::Training(Box::new(learner), parameters);
                return Ok(());
            }
        }
        *count += 1;
        Ok(())
    }

    fn progress(&mut self) -> Report<TrainGraphs> {
        Report::Progress(match &self.stage {
            Stage::Preparing(_, _, count) => GraphProgress::Preparing(*count),
            Stage::Training(learner, _) => {
                let step = learner.steps_taken();
                let taken = step.saturating_sub(self.pace.0);
                self.pace.0 = step;
                GraphProgress::Training {
                    step,
                    steps_per_second: 1000.0 * taken as f64 / self.pace.1.max(1.0),
                    shared: learner.is_shared(),
                }
            }
        })
    }

    /// Reads the parameters as they are now.
    async fn fetch(&mut self) -> Result<(), Lost> {
        if let Stage::Training(learner, parameters) = &mut self.stage {
            *parameters = learner.parameters().await.map_err(lost)?;
        }
        Ok(())
    }

    /// Messages (0) or the shown motion (1) as they are now.
    async fn snapshot(&mut self, kind: usize, clock: Clock<'_>) -> Result<Option<Report<TrainGraphs>>, Lost> {
        let begun = clock();
        self.fetch().await?;
        let snapshot = if kind == 0 { self.messages() } else { self.moved() };
        self.shot[kind] = (clock(), clock() - begun);
        Ok(snapshot.map(|snapshot| Report::Snapshot(Box::new(snapshot))))
    }

    fn messages(&self) -> Option<GraphSnapshot> {
        let Stage::Training(learner, parameters) = &self.stage else { return None };
        // Messages that cannot be compared yet are silent ones.
        let messages = learner.model().messages(parameters, learner.steps_taken()).ok()?;
        Some(GraphSnapshot::Messages(messages, Wiring::of(parameters)))
    }

    fn moved(&self) -> Option<GraphSnapshot> {
        let Stage::Training(learner, parameters) = &self.stage else { return None };
        let model = learner.model().model(parameters);
        motion(&model, &self.shown, learner.steps_taken()).ok().map(GraphSnapshot::Moved)
    }

    fn obeyed(&self) -> Option<GraphSnapshot> {
        let formula = self.formula.as_ref()?;
        let moved = motion_by(formula, &self.recipe.motions.world, &self.shown).map_err(sentence);
        Some(GraphSnapshot::Obeyed(moved.map(|motion| (formula.fit.clone(), motion))))
    }

    fn answer(&mut self, question: GraphQuestion) -> Vec<GraphSnapshot> {
        let Stage::Training(learner, parameters) = &self.stage else { return vec![] };
        let held_out = &learner.model().data().test;
        let model = || learner.model().model(parameters);
        match question {
            GraphQuestion::Show(shown) => {
                self.shown = shown;
                self.moved().into_iter().chain(self.obeyed()).collect()
            }
            GraphQuestion::Bodies(sizes) => {
                let trained = zero_shot(&model(), &sizes, self.seed);
                // Where not all are joined, bodies receive different numbers of messages, and no constant can be moved.
                let all = self.recipe.motions.world.world.joined() == Joined::All;
                let moved = || centred(&model(), held_out);
                let centred = if all { zero_shot(&moved(), &sizes, self.seed) } else { vec![] };
                vec![GraphSnapshot::Bodies([trained, centred])]
            }
            GraphQuestion::Tabulate => {
                let table = clearest_table(&model(), held_out);
                vec![GraphSnapshot::Table(table.map_err(sentence).map(|(table, mixed)| {
                    let names = table.names.into_iter().chain([table.target_name]);
                    let headings = names.map(|name| Heading { name, unit: String::new() }).collect();
                    let columns = table.columns.into_iter().chain([table.target]).collect();
                    (Sheet { headings, columns }, mixed.map(sentence))
                }))]
            }
            GraphQuestion::Obey(law) => {
                self.formula = None;
                if law.is_empty() {
                    return vec![];
                }
                let fresh = self.recipe.motions.fresh(LAW_WORLDS, self.seed).unwrap_or_default();
                match PairFormula::fit(&law, held_out, &fresh) {
                    Ok(formula) => self.formula = Some(formula),
                    Err(why) => return vec![GraphSnapshot::Obeyed(Err(why))],
                }
                self.obeyed().into_iter().collect()
            }
        }
    }
}

/// The learner of a part of a job, for a partner.
pub fn learner(spec: &GraphSpec) -> Option<Learner<GraphTraining>> {
    Learner::new(GraphTraining::new(&spec.first(), spec.seed).ok()?, &Engine::Cpu).ok()
}
