//! Interaction networks as a job: their networks, and what is shown of each.

use crate::protocol::networks::NetworkKind;
use experiments::interaction::{InteractionExperiment, InteractionView};
use models::interaction::recipe::Predictor;
use models::interaction::score::SizeScore;
use serde::{Deserialize, Serialize};

/// Interaction networks of one domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interactions;

/// One network at one moment of its training.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InteractionSnapshot {
    /// Positions of all bodies, `[n, 2]`, frame by frame, from the shown start on; empty where the network does not take so many.
    pub motion: Vec<Vec<f32>>,
    /// Errors by number of bodies; thorough snapshots alone.
    pub scores: Vec<SizeScore>,
    /// Variance of the potential energy over the mean square error of its prediction, for the domain's own number of bodies;
    /// thorough snapshots of networks that predict it alone.
    pub energy_ratio: Option<f64>,
}

/// Frames that are shown after the start.
pub const SHOWN_FRAMES: usize = 120;

/// The name of a predictor in reports and tables.
pub const fn key(predictor: Predictor) -> &'static str {
    match predictor {
        Predictor::Interaction => "in",
        Predictor::NoRelations => "no_relations",
        Predictor::Perceptron => "mlp",
        Predictor::Energy => "energy",
    }
}

impl NetworkKind for Interactions {
    type Experiment = InteractionExperiment;
    type View = InteractionView;
    type Snapshot = InteractionSnapshot;

    const ROLE: &'static str = "interactions";

    fn names(experiment: &InteractionExperiment) -> Vec<&'static str> {
        experiment.predictors().iter().map(|predictor| key(*predictor)).collect()
    }

    fn steps(experiment: &InteractionExperiment) -> u64 {
        experiment.steps
    }

    fn flops_per_step(experiment: &InteractionExperiment) -> f64 {
        experiment.recipe(Predictor::Interaction).flops_per_step()
    }

    fn show(experiment: &mut InteractionExperiment, view: InteractionView) {
        experiment.view = view;
    }
}
