//! What interaction networks and inferred graphs would take.

use crate::interaction::InteractionExperiment;
use crate::limits::{Estimate, SLOW_CORE_FLOPS, STEP_OVERHEAD};
use crate::relational::{MotionSource, RelationalExperiment};
use models::interaction::recipe::Predictor;
use models::relational::recipe::{HELD_OUT, OBSERVED};
use physics::coupled::system::MOST;

/// Layers as narrow as these do a quarter of what wide ones do in a second.
const NARROW: f64 = 4.0;

fn estimate(bytes: f64, steps: u64, flops_per_step: f64) -> Estimate {
    let seconds = steps as f64 * (NARROW * flops_per_step / SLOW_CORE_FLOPS + STEP_OVERHEAD);
    Estimate { bytes, seconds, flops_per_step }
}

impl Estimate {
    /// Of the interaction network, the largest of those that train side by side.
    pub(super) fn of_interactions(experiment: &InteractionExperiment) -> Self {
        let recipe = experiment.recipe(Predictor::Interaction);
        let bodies = recipe.bodies().into_iter().max().unwrap_or_default();
        // A state has four numbers for each body.
        let bytes = (recipe.scenes * recipe.frames * bodies * 4 * size_of::<f64>()) as f64;
        estimate(bytes, recipe.steps, recipe.flops_per_step())
    }

    /// Of the inference with its decoder.
    pub(super) fn of_hidden(experiment: &RelationalExperiment) -> Self {
        // How many bodies a file has is not known before it is read.
        let recipe = match experiment.source {
            MotionSource::Simulated => experiment.recipe(),
            MotionSource::File => experiment.recipe_for_one(MOST),
        };
        let bytes = (recipe.motions * (OBSERVED + HELD_OUT) * recipe.bodies * 4 * size_of::<f64>()) as f64;
        estimate(bytes, recipe.steps, recipe.flops_per_step())
    }
}
