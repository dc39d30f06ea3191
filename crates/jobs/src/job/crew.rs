//! Help from another core for a model whose steps are large, where a measurement says that it helps.

use crate::job::execution::{Clock, Lost, lost};
use autodiff::parameters::Checkpoint;
use models::learner::{Learner, Trainable};
use models::team::{Partner, Team};
use std::rc::Rc;

/// Steps that are measured, alone and together.
const MEASURED: u32 = 10;
/// Steps before those: a browser runs a new worker's program slowly at first, until it has optimised it.
const NOT_TYPICAL: u32 = 40;
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

/// Takes the steps of a learner, with a partner where a measurement finds that faster.
#[derive(Default)]
pub struct Stepper(Sharing);

impl Stepper {
    /// With partners from there, where there is room for so many learners side by side.
    pub fn with(crew: Rc<dyn Crew>, side_by_side: usize) -> Self {
        Self(if crew.has_room(side_by_side) { Sharing::Alone(crew, Mean::default()) } else { Sharing::Decided })
    }

    /// One step; the time that it took, by this clock.
    ///
    /// # Errors
    /// [`Lost`] where the engine can be used no more.
    pub async fn step<M: Trainable>(&mut self, learner: &mut Learner<M>, clock: Clock<'_>) -> Result<f64, Lost> {
        let begun = clock();
        learner.step();
        learner.keep_up().await.map_err(lost)?;
        let time = clock() - begun;
        self.0.stepped(learner, time).await?;
        Ok(time)
    }
}

/// Whether a model works with a partner: measured once in a run.
#[derive(Default)]
enum Sharing {
    /// Steps alone are measured.
    Alone(Rc<dyn Crew>, Mean),
    /// Those take so long; a partner prepares itself, for so many milliseconds of steps.
    Hiring { recruit: Box<dyn Recruit>, alone: f64, waited: f64 },
    /// Steps with the partner are measured.
    Together { alone: f64, together: Mean },
    /// With a partner that stays, or alone.
    #[default]
    Decided,
}

/// The mean time of some steps, of which the first are left out.
#[derive(Default)]
struct Mean {
    steps: u32,
    time: f64,
}

impl Mean {
    /// One more; the mean once there are enough.
    fn add(&mut self, time: f64) -> Option<f64> {
        self.steps += 1;
        if self.steps > NOT_TYPICAL {
            self.time += time;
        }
        (self.steps == NOT_TYPICAL + MEASURED).then(|| self.time / f64::from(MEASURED))
    }
}

impl Sharing {
    /// A step has taken so many milliseconds.
    async fn stepped<M: Trainable>(&mut self, learner: &mut Learner<M>, time: f64) -> Result<(), Lost> {
        if !learner.can_be_shared() || learner.is_done() {
            // Another core has nothing to do.
            learner.join(None);
            *self = Self::Decided;
        }
        *self = match std::mem::take(self) {
            Self::Alone(crew, mut steps) => match steps.add(time) {
                None => Self::Alone(crew, steps),
                Some(alone) => {
                    crew.hire().map_or(Self::Decided, |recruit| Self::Hiring { recruit, alone, waited: 0.0 })
                }
            },
            Self::Hiring { recruit, alone, waited } => match recruit.is_ready() {
                Some(true) => {
                    let checkpoint = learner.checkpoint().await.map_err(lost)?;
                    learner.join(Some(Team { half: 0, partner: recruit.begin(&checkpoint) }));
                    Self::Together { alone, together: Mean::default() }
                }
                Some(false) if waited < LONGEST_WAIT => Self::Hiring { recruit, alone, waited: waited + time },
                _ => Self::Decided,
            },
            Self::Together { alone, mut together } if learner.is_shared() => match together.add(time) {
                None => Self::Together { alone, together },
                Some(together) => {
                    if together > WORTH_IT * alone {
                        learner.join(None);
                    }
                    Self::Decided
                }
            },
            Self::Together { .. } | Self::Decided => Self::Decided,
        };
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
