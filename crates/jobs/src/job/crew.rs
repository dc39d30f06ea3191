//! Help from another core for a model whose steps are large, where a measurement says that it helps.

use crate::job::execution::{Clock, Lost, lost};
use autodiff::parameters::Checkpoint;
use models::learner::{Learner, Trainable};
use models::team::{Partner, Team};
use std::rc::Rc;

/// Steps that are measured alone and together, after those that are not typical.
const MEASURED: u32 = 10;
const NOT_TYPICAL: u32 = 4;
/// A partner that takes longer to get ready, in milliseconds, is not waited for.
const LONGEST_WAIT: f64 = 120_000.0;
/// A partner stays where steps take at most this part of the time.
const WORTH_IT: f64 = 0.9;

/// Where partners can be had.
pub trait Crew {
    /// Whether a core would be free for a partner of each of so many parts of a job.
    fn has_room(&self, side_by_side: usize) -> bool;

    /// Begins to prepare a partner for the part of a job that is being carried out.
    fn hire(&self) -> Option<Box<dyn Recruit>>;
}

/// A partner that is not ready yet.
pub trait Recruit {
    /// Whether it has its data; `None` if it could not be started.
    fn is_ready(&self) -> Option<bool>;

    /// Begins at the step of a checkpoint.
    fn begin(self: Box<Self>, checkpoint: &Checkpoint) -> Box<dyn Partner>;
}

/// Whether a model works with a partner: measured once in a run.
pub(crate) struct Sharing {
    crew: Option<Rc<dyn Crew>>,
    stage: Stage,
    alone: Mean,
    together: Mean,
    /// Milliseconds of steps while a partner prepares itself.
    waited: f64,
}

enum Stage {
    Alone,
    Hiring(Box<dyn Recruit>),
    Together,
    Decided,
}

/// The mean time of some steps.
#[derive(Default)]
struct Mean {
    steps: u32,
    time: f64,
}

impl Mean {
    /// One more; whether there are enough.
    fn add(&mut self, time: f64) -> bool {
        self.steps += 1;
        if self.steps > NOT_TYPICAL {
            self.time += time;
        }
        self.steps == NOT_TYPICAL + MEASURED
    }
}

impl Default for Sharing {
    fn default() -> Self {
        Self { crew: None, stage: Stage::Decided, alone: Mean::default(), together: Mean::default(), waited: 0.0 }
    }
}

impl Sharing {
    /// With partners from there, where there is room for so many.
    pub(crate) fn of(crew: Rc<dyn Crew>, side_by_side: usize) -> Self {
        let stage = if crew.has_room(side_by_side) { Stage::Alone } else { Stage::Decided };
        Self { crew: Some(crew), stage, ..Self::default() }
    }

    /// A step has taken so many milliseconds.
    pub(crate) async fn stepped<M: Trainable>(&mut self, learner: &mut Learner<M>, time: f64) -> Result<(), Lost> {
        if !learner.can_be_shared() || learner.is_done() {
            // The other core has nothing more to do.
            learner.join(None);
            self.stage = Stage::Decided;
        }
        match std::mem::replace(&mut self.stage, Stage::Decided) {
            Stage::Alone if self.alone.add(time) => {
                let recruit = self.crew.as_ref().and_then(|crew| crew.hire());
                self.stage = recruit.map_or(Stage::Decided, Stage::Hiring);
            }
            Stage::Alone => self.stage = Stage::Alone,
            Stage::Hiring(recruit) => match recruit.is_ready() {
                Some(true) => {
                    let checkpoint = learner.checkpoint().await.map_err(lost)?;
                    learner.join(Some(Team { half: 0, partner: recruit.begin(&checkpoint) }));
                    self.stage = Stage::Together;
                }
                Some(false) => {
                    self.waited += time;
                    self.stage = if self.waited < LONGEST_WAIT { Stage::Hiring(recruit) } else { Stage::Decided };
                }
                None => {}
            },
            Stage::Together if !learner.is_shared() => {}
            Stage::Together if self.together.add(time) => {
                if self.together.time > WORTH_IT * self.alone.time {
                    learner.join(None);
                }
            }
            Stage::Together => self.stage = Stage::Together,
            Stage::Decided => {}
        }
        Ok(())
    }
}

/// Works as the partner of a learner on another core, from its checkpoint to the last step or until that is gone.
pub async fn assist<M: Trainable>(mut learner: Learner<M>, checkpoint: &Checkpoint, partner: Box<dyn Partner>) {
    if learner.restore(checkpoint).is_err() {
        return;
    }
    learner.join(Some(Team { half: 1, partner }));
    while learner.is_shared() && !learner.is_done() {
        learner.step();
        // An executor of one core does not fail.
        let _ = learner.keep_up().await;
    }
}

/// The time that a step takes, by this clock.
pub(crate) async fn timed<M: Trainable>(learner: &mut Learner<M>, clock: Clock<'_>) -> Result<f64, Lost> {
    let begun = clock();
    learner.step();
    learner.keep_up().await.map_err(lost)?;
    Ok(clock() - begun)
}
