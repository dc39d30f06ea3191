//! Neural relational inference as a job: its one network, and what is shown of it; and the reading of a visitor's own motion.

use crate::protocol::networks::NetworkKind;
use crate::protocol::reading::{FileKind, ReadFile};
use data::trajectories::Trajectories;
use experiments::relational::{RelationalExperiment, RelationalView};
use models::relational::recipe::RelationalRecipe;
use models::relational::score::{GraphScore, PredictionScore};
use models::relational::yardsticks::{PairNumbers, Yardsticks};
use serde::{Deserialize, Serialize};

/// Graphs inferred from motions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relations;

/// A file read as a motion of several bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bodies;

/// Reading a visitor's motion of several bodies.
pub type ReadTrajectories = ReadFile<Bodies>;

impl FileKind for Bodies {
    type Contents = Trajectories;

    const ROLE: &'static str = "bodies";
}

/// What is inferred, and from what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RelationalTask {
    /// How.
    pub experiment: RelationalExperiment,
    /// A visitor's own motion in place of simulated ones. Its graph is not known.
    pub own: Option<Trajectories>,
}

impl RelationalTask {
    /// The recipe: of a motion of one's own always that of free inference, for its number of bodies.
    pub fn recipe(&self) -> RelationalRecipe {
        match &self.own {
            Some(own) => self.experiment.recipe_for_one(own.names.len()),
            None => self.experiment.recipe(),
        }
    }
}

/// The inference at one moment of its training.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RelationalSnapshot {
    /// Number of the shown motion.
    pub motion: u32,
    /// Probabilities of its pairs.
    pub probabilities: Vec<f32>,
    /// Positions `[n, 2]` of its held-out frames by the decoder with the more probable edges.
    pub predicted: Vec<Vec<f32>>,
    /// Fractions of edges and of whole graphs inferred correctly, over all motions that it is judged by; none where graphs are not known.
    pub graphs: Option<GraphScore>,
    /// Errors of held-out frames; thorough snapshots alone.
    pub errors: Option<PredictionScore>,
    /// What does without a network, on the same motions; thorough snapshots alone, and none where graphs are not known.
    pub yardsticks: Option<Yardsticks>,
    /// The same of the shown motion alone, once they have been computed.
    pub here: Option<Yardsticks>,
    /// The numbers that these are made of for every pair of the shown motion; thorough snapshots of one's own motion alone.
    pub numbers: Option<Vec<PairNumbers>>,
}

impl NetworkKind for Relations {
    type Experiment = RelationalTask;
    type View = RelationalView;
    type Snapshot = RelationalSnapshot;

    const ROLE: &'static str = "relations";

    fn names(_: &RelationalTask) -> Vec<&'static str> {
        vec!["nri"]
    }

    fn steps(task: &RelationalTask) -> u64 {
        task.experiment.steps
    }

    fn flops_per_step(task: &RelationalTask) -> f64 {
        task.recipe().flops_per_step()
    }

    fn show(task: &mut RelationalTask, view: RelationalView) {
        task.experiment.view = view;
    }
}
