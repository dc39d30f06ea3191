//! A run in slices of a few milliseconds: motions to learn from, steps, and what is told of them in between.

use crate::grapher::law_world::PairFormula;
use crate::grapher::motion::{motion, motion_by};
use crate::protocol::graph::{GraphEvent, GraphRunId, Shown};
use crate::protocol::search::{Heading, Sheet};
use autodiff::engine::{Engine, EngineError};
use autodiff::parameters::Parameters;
use models::graph::centre::centred;
use models::graph::law::clearest_table;
use models::graph::model::GraphModel;
use models::graph::recipe::GraphRecipe;
use models::graph::training::GraphTraining;
use models::graph::zero_shot::zero_shot;
use models::learner::{Learner, LossesOn, Trainable};
use numerics::seed::Seed;
use physics::particles::dataset::{MotionDataset, Recordings};
use physics::particles::world::Joined;
use std::sync::Arc;

/// Work between two turns of the event loop, in milliseconds.
const SLICE: f64 = 14.0;
/// A sign of life at least this often.
const PROGRESS_EVERY: f64 = 200.0;
/// Messages and motions are looked at at most this often.
const LOOK_EVERY: [f64; 2] = [1000.0, 3000.0];
/// A look that took long is not repeated before this many times as long has passed.
const LOOK_SHARE: f64 = 20.0;
/// Losses recorded in a run.
const RECORDS: u64 = 100;

/// A run.
pub struct Run {
    id: GraphRunId,
    recipe: GraphRecipe,
    seed: Seed,
    shown: Shown,
    engine: Engine,
    stage: Stage,
    holds: bool,
    settled: bool,
    told: f64,
    /// When messages and motion were looked at, and how long that took.
    looked: [(f64, f64); 2],
    /// A formula that moves the shown world too.
    formula: Option<PairFormula>,
    /// Steps and time since the last sign of life.
    pace: (u64, f64),
}

enum Stage {
    /// Motions are being simulated.
    Preparing(Box<Recordings>, Box<MotionDataset>, usize),
    /// Steps are being taken.
    /// With the parameters as they were when they were last read.
    Training(Box<Learner<GraphTraining>>, Parameters),
}

impl Run {
    /// Begins a run, or says in a sentence why it cannot be carried out.
    pub fn begin(
        id: GraphRunId,
        recipe: GraphRecipe,
        seed: Seed,
        shown: Shown,
        engine: Engine,
    ) -> Result<Self, String> {
        recipe.check().map_err(sentence)?;
        let recordings = recipe.motions.recordings(seed).map_err(sentence)?;
        let stage = Stage::Preparing(Box::new(recordings), Box::default(), 0);
        let looked = [(f64::NEG_INFINITY, 0.0); 2];
        let (holds, settled) = (false, false);
        Ok(Self {
            id,
            recipe,
            seed,
            shown,
            engine,
            stage,
            holds,
            settled,
            told: 0.0,
            looked,
            formula: None,
            pace: (0, 0.0),
        })
    }

    /// Whether there is something to do.
    pub fn busy(&self) -> bool {
        !self.holds && !self.settled
    }

    /// Holds after the next slice.
    pub fn hold(&mut self) -> Vec<GraphEvent> {
        self.holds = true;
        let mut events = self.progress();
        events.push(GraphEvent::Settled(self.id, self.done()));
        events
    }

    /// Goes on.
    pub fn go_on(&mut self) {
        self.holds = false;
    }

    /// Shows another world; the network may have been trained on one of another size.
    pub fn show(&mut self, shown: Shown) -> Vec<GraphEvent> {
        self.shown = shown;
        let mut events = self.moved();
        events.extend(self.obeyed());
        events
    }

    /// Moves the shown world by a formula, in the columns of [`Run::tabulate`], from now on.
    pub fn obey(&mut self, text: &str) -> Vec<GraphEvent> {
        let Stage::Training(learner, _) = &self.stage else { return vec![] };
        self.formula = None;
        if text.is_empty() {
            return vec![];
        }
        match PairFormula::fit(text, &learner.model().data().test) {
            Ok(formula) => self.formula = Some(formula),
            Err(why) => return vec![GraphEvent::Obeyed(self.id, Err(why))],
        }
        self.obeyed()
    }

    fn obeyed(&self) -> Vec<GraphEvent> {
        let Some(formula) = &self.formula else { return vec![] };
        let moved = motion_by(formula, &self.recipe.motions.world, &self.shown).map_err(sentence);
        vec![GraphEvent::Obeyed(self.id, moved.map(|motion| (formula.r_squared, Box::new(motion))))]
    }

    /// How good the network is with so many bodies.
    pub fn ask(&self, sizes: &[usize]) -> Vec<GraphEvent> {
        let Stage::Training(learner, parameters) = &self.stage else { return vec![] };
        let trained = zero_shot(parameters, &self.recipe, sizes, self.seed);
        // Where not all are joined, bodies receive different numbers of messages, and no constant can be moved.
        let all = self.recipe.motions.world.world.joined() == Joined::All;
        let moved = || centred(parameters, &self.recipe, &learner.model().data().test);
        let centred = if all { zero_shot(&moved(), &self.recipe, sizes, self.seed) } else { vec![] };
        vec![GraphEvent::Asked(self.id, [trained, centred])]
    }

    /// The messages as a table for a search: along x, the mixture undone where that can be done.
    pub fn tabulate(&self) -> Vec<GraphEvent> {
        let Stage::Training(learner, parameters) = &self.stage else { return vec![] };
        let table = clearest_table(&GraphModel::new(&self.recipe, parameters), &learner.model().data().test);
        let sheet = table.map_err(sentence).map(|table| {
            let names = table.names.into_iter().chain([table.target_name]);
            let headings = names.map(|name| Heading { name, unit: String::new() }).collect();
            Sheet { headings, columns: table.columns.into_iter().chain([table.target]).collect() }
        });
        vec![GraphEvent::Tabulated(self.id, sheet)]
    }

    /// Reads the parameters as they are now.
    pub async fn fetch(&mut self) -> Result<(), EngineError> {
        if let Stage::Training(learner, parameters) = &mut self.stage {
            *parameters = learner.parameters().await?;
        }
        Ok(())
    }

    /// One slice of work. `now` is the time in milliseconds.
    pub async fn work(&mut self, now: impl Fn() -> f64) -> Result<Vec<GraphEvent>, EngineError> {
        let begun = now();
        let mut events = vec![];
        while now() - begun < SLICE && !self.done() {
            match &mut self.stage {
                Stage::Preparing(..) => match self.prepare() {
                    Ok(()) => {}
                    Err(why) => {
                        self.settled = true;
                        return Ok(vec![GraphEvent::Refused(self.id, why)]);
                    }
                },
                Stage::Training(learner, _) => {
                    learner.step();
                    learner.keep_up().await?;
                    let step = learner.steps_taken();
                    let every = self.recipe.steps.div_ceil(RECORDS).max(1);
                    if step.is_multiple_of(every) || step == self.recipe.steps {
                        let losses = learner.losses(LossesOn::Some).await?;
                        if !losses.is_finite() {
                            self.settled = true;
                            let why = format!(
                                "The network diverged at step {step}. A smaller learning rate or another seed may help."
                            );
                            return Ok(vec![GraphEvent::Refused(self.id, why)]);
                        }
                        events.push(GraphEvent::Recorded { run: self.id, step, losses });
                    }
                }
            }
        }
        if now() - self.told > PROGRESS_EVERY {
            let elapsed = (now() - self.told).min(10.0 * PROGRESS_EVERY);
            self.told = now();
            self.pace.1 = elapsed;
            events.extend(self.progress());
        }
        for (part, every) in LOOK_EVERY.into_iter().enumerate() {
            let (last, cost) = self.looked[part];
            let due = now() - last > every.max(LOOK_SHARE * cost);
            if (due || self.done()) && matches!(self.stage, Stage::Training(..)) {
                let from = now();
                self.fetch().await?;
                events.extend(if part == 0 { self.messages() } else { self.moved() });
                self.looked[part] = (now(), now() - from);
            }
        }
        if self.done() {
            self.settled = true;
            events.extend(self.progress());
            events.push(GraphEvent::Settled(self.id, true));
        }
        Ok(events)
    }

    fn done(&self) -> bool {
        matches!(&self.stage, Stage::Training(learner, _) if learner.is_done())
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
                let parameters = training.initial();
                let learner = Learner::new(training, &self.engine).map_err(sentence)?;
                self.stage = Stage::Training(Box::new(learner), parameters);
                return Ok(());
            }
        }
        *count += 1;
        Ok(())
    }

    fn progress(&mut self) -> Vec<GraphEvent> {
        match &self.stage {
            Stage::Preparing(_, _, count) => vec![GraphEvent::Preparing(self.id, *count)],
            Stage::Training(learner, _) => {
                let step = learner.steps_taken();
                let steps_per_second = 1000.0 * (step - self.pace.0) as f64 / self.pace.1.max(1.0);
                self.pace.0 = step;
                vec![GraphEvent::Progress { run: self.id, step, steps_per_second }]
            }
        }
    }

    fn messages(&self) -> Vec<GraphEvent> {
        let Stage::Training(learner, parameters) = &self.stage else { return vec![] };
        // Messages that cannot be compared yet are silent ones.
        let report = learner.model().messages(parameters, learner.steps_taken()).ok();
        report.map(|report| GraphEvent::Messages(self.id, Box::new(report))).into_iter().collect()
    }

    fn moved(&self) -> Vec<GraphEvent> {
        let Stage::Training(learner, parameters) = &self.stage else { return vec![] };
        let moved = motion(&GraphModel::new(&self.recipe, parameters), &self.shown, learner.steps_taken());
        moved.ok().map(|moved| GraphEvent::Moved(self.id, Box::new(moved))).into_iter().collect()
    }
}

/// An error as a sentence.
fn sentence(error: impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
