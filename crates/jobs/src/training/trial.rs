//! The speed of an engine on a model, from a few steps.

use crate::job::execution::{Clock, Lost, lost};
use autodiff::engine::Engine;
use models::learner::{Learner, LossesOn, Trainable};

/// Steps before the measurement: the first ones compile.
const WARM_UP: u32 = 5;
/// Time of the measurement, in milliseconds.
const TIME: f64 = 300.0;
/// Most steps of the measurement.
const STEPS: u32 = 40;

/// Steps of a model per second; 0 for one that this engine cannot run.
///
/// # Errors
/// [`Lost`] where the engine stopped.
pub async fn speed<M: Trainable>(model: M, engine: &Engine, clock: Clock<'_>) -> Result<f64, Lost> {
    let Ok(mut learner) = Learner::new(model, engine) else { return Ok(0.0) };
    for _ in 0..WARM_UP {
        learner.step();
    }
    learner.losses(LossesOn::Some).await.map_err(lost)?;
    let begun = clock();
    let mut steps = 0;
    while steps < STEPS && clock() - begun < TIME {
        learner.step();
        learner.keep_up().await.map_err(lost)?;
        steps += 1;
    }
    // The queue of a card is empty only once something has been read.
    learner.losses(LossesOn::Some).await.map_err(lost)?;
    Ok(1000.0 * f64::from(steps) / (clock() - begun).max(1e-3))
}
