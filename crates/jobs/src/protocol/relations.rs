//! Neural relational inference as a job: its one network, and what is shown of it.

use crate::protocol::networks::NetworkKind;
use experiments::relational::{RelationalExperiment, RelationalView};
use models::relational::score::{GraphScore, PredictionScore};
use models::relational::yardsticks::Yardsticks;
use serde::{Deserialize, Serialize};

/// Graphs inferred from motions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relations;

/// The inference at one moment of its training.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RelationalSnapshot {
    /// Number of the shown motion.
    pub motion: u32,
    /// Probabilities of its pairs.
    pub probabilities: Vec<f32>,
    /// Positions `[n, 2]` of its held-out frames by the decoder with the more probable edges.
    pub predicted: Vec<Vec<f32>>,
    /// Fractions of edges and of whole graphs inferred correctly, over all held-out motions.
    pub graphs: Option<GraphScore>,
    /// Errors of held-out frames; thorough snapshots alone.
    pub errors: Option<PredictionScore>,
    /// What does without a network, on the same motions; thorough snapshots alone.
    pub yardsticks: Option<Yardsticks>,
}

impl NetworkKind for Relations {
    type Experiment = RelationalExperiment;
    type View = RelationalView;
    type Snapshot = RelationalSnapshot;

    const ROLE: &'static str = "relations";

    fn names(_: &RelationalExperiment) -> Vec<&'static str> {
        vec!["nri"]
    }

    fn steps(experiment: &RelationalExperiment) -> u64 {
        experiment.steps
    }

    fn flops_per_step(experiment: &RelationalExperiment) -> f64 {
        experiment.recipe().flops_per_step()
    }

    fn show(experiment: &mut RelationalExperiment, view: RelationalView) {
        experiment.view = view;
    }
}
