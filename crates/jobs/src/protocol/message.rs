//! Commands to a trainer and events from it, as bytes.

pub use crate::job::message::{Pace, RunId, decode, encode};
use crate::protocol::look::Look;
use crate::protocol::study::SchemeStudy;
use autodiff::parameters::Checkpoint;
use experiments::Experiment;
use experiments::view::ViewConfig;
use models::field::model::ModelKind;
use models::losses::Losses;
use serde::{Deserialize, Serialize};

/// From the page to a trainer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Begin a run, or go on with one from checkpoints; whatever ran before is dropped.
    Start {
        /// Its name.
        run: RunId,
        /// What to do.
        experiment: Box<Experiment>,
        /// With which models.
        kinds: Vec<ModelKind>,
        /// From where; a model without a checkpoint starts at step 0.
        checkpoints: Vec<(ModelKind, Checkpoint)>,
        /// And then.
        pace: Pace,
    },
    /// Take a few steps of this experiment and say how fast they were.
    Measure {
        /// For this run.
        run: RunId,
        /// Of this.
        experiment: Box<Experiment>,
    },
    /// Change the pace of the run.
    Pace(Pace),
    /// Look from elsewhere.
    View(ViewConfig),
}

/// From a trainer to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The engine is ready for its first command.
    Ready,
    /// The engine cannot run here at all.
    Unusable(String),
    /// How fast the engine is.
    Measured {
        /// For this run.
        run: RunId,
        /// Steps of its largest model.
        steps_per_second: f64,
    },
    /// How far a model is.
    Progress {
        /// Of this run.
        run: RunId,
        /// This model.
        kind: ModelKind,
        /// Steps taken.
        step: u64,
        /// Speed since the last pause.
        steps_per_second: f64,
    },
    /// Losses at a recorded step.
    Recorded {
        /// Of this run.
        run: RunId,
        /// This model.
        kind: ModelKind,
        /// After this many steps.
        step: u64,
        /// On training and test samples.
        losses: Losses,
    },
    /// What a model says as it is now.
    Looked {
        /// Of this run.
        run: RunId,
        /// What it says.
        look: Box<Look>,
    },
    /// What a scheme does with a model that holds still.
    Studied {
        /// Of this run.
        run: RunId,
        /// This model.
        kind: ModelKind,
        /// At this step.
        step: u64,
        /// What was found.
        study: Box<SchemeStudy>,
    },
    /// From where a model can go on.
    Saved {
        /// Of this run.
        run: RunId,
        /// This model.
        kind: ModelKind,
        /// From here.
        checkpoint: Box<Checkpoint>,
    },
    /// All models hold.
    Held {
        /// Of this run.
        run: RunId,
    },
    /// All models are at their last step.
    Finished {
        /// Of this run.
        run: RunId,
    },
    /// A loss is no longer a number.
    Diverged {
        /// Of this run.
        run: RunId,
        /// This model.
        kind: ModelKind,
        /// At this step.
        step: u64,
    },
}

impl Event {
    /// The run it belongs to; `None` where it is about the engine itself.
    pub fn run(&self) -> Option<RunId> {
        match self {
            Event::Ready | Event::Unusable(_) => None,
            Event::Measured { run, .. }
            | Event::Progress { run, .. }
            | Event::Recorded { run, .. }
            | Event::Looked { run, .. }
            | Event::Studied { run, .. }
            | Event::Saved { run, .. }
            | Event::Held { run }
            | Event::Finished { run }
            | Event::Diverged { run, .. } => Some(*run),
        }
    }
}
