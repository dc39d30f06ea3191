//! What a tab can bear: how much memory and time an experiment would take, and what is too much.
//!
//! Estimates, not measurements: they only have to be right within a factor of a few to keep a link from freezing a laptop.

use crate::Experiment;
use crate::schedule::DeviceChoice;
use models::field::training::RECORDED_ROWS;
use models::graph::recipe::GraphRecipe;
use models::pixels::film::SAMPLE;
use models::pixels::frame::PIXELS;
use models::pixels::recipe::Recipe;
use std::fmt;

/// The most memory a run may take. A 32-bit Wasm file can hold 4 GiB, a phone's tab far less.
pub const MAX_BYTES: f64 = 1e9;
/// The longest run: an hour on one slow core.
pub const MAX_SECONDS: f64 = 3600.0;
/// What one slow core does in a second with the engine's matrix products, in floating-point operations.
const SLOW_CORE_FLOPS: f64 = 1.5e10;
/// Fixed cost of a step whatever its size, in seconds.
const STEP_OVERHEAD: f64 = 2e-4;
/// Arrays of one layer's activations alive at once while a step is differentiated.
const ARRAYS_PER_LAYER: f64 = 14.0;

/// What an experiment would take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Memory of one model's run, in bytes.
    pub bytes: f64,
    /// Time of one model's run on one slow core, in seconds.
    pub seconds: f64,
    /// Floating-point operations of one step.
    pub flops_per_step: f64,
}

/// An experiment that does not fit a tab.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub struct TooLarge {
    /// What it would take.
    pub estimate: Estimate,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Estimate { bytes, seconds, .. } = self.estimate;
        if bytes > MAX_BYTES {
            write!(f, "about {:.1} GB of memory, and a tab may take {:.1} GB", bytes / 1e9, MAX_BYTES / 1e9)
        } else {
            write!(f, "about {:.0} minutes on a slow core, and the limit is {:.0}", seconds / 60.0, MAX_SECONDS / 60.0)
        }
    }
}

impl Estimate {
    /// Of the larger of its models, the HNN: six large matrix products a hidden layer and step.
    pub fn of(experiment: &Experiment) -> Self {
        if let Some(recipe) = experiment.film_recipe() {
            return Self::of_films(&recipe);
        }
        let (batch, hidden) = (experiment.batch_size() as f64, experiment.network.hidden as f64);
        let depth = experiment.network.depth as f64;
        let inputs = 2.0 * experiment.system.dof() as f64;
        let weights = inputs * hidden + (depth - 1.0) * hidden * hidden + hidden;
        let flops_per_step = 12.0 * batch * weights;
        let simulated = experiment.data.trajectories * experiment.data.samples;
        let samples = experiment.recording.as_ref().map_or(simulated, |recording| recording.rows()) as f64;
        Self {
            bytes: 4.0 * (ARRAYS_PER_LAYER * batch.max(RECORDED_ROWS as f64) * hidden * depth + 8.0 * weights)
                + 100.0 * inputs * samples,
            seconds: experiment.schedule.steps as f64 * (flops_per_step / SLOW_CORE_FLOPS + STEP_OVERHEAD),
            flops_per_step,
        }
    }

    /// Two perceptrons, one for each edge and one for each body, forwards and back.
    pub fn of_graph(recipe: &GraphRecipe) -> Self {
        let GraphRecipe { motions, widths, .. } = recipe;
        let (n, d) = (motions.world.bodies as f64, motions.world.dimensions as f64);
        let (hidden, message) = (widths.hidden as f64, recipe.strategy.outputs() as f64);
        let node = 2.0 * d + 2.0;
        let inner = (widths.depth as f64 - 1.0) * hidden * hidden;
        let edge_weights = 2.0 * node * hidden + inner + hidden * message;
        let node_weights = (node + message) * hidden + inner + hidden * d;
        let flops_per_step = 6.0 * recipe.batch as f64 * n * ((n - 1.0) * edge_weights + node_weights);
        let moments = (motions.simulations * motions.snapshots) as f64;
        Self {
            bytes: 24.0 * moments * n * d + 100.0 * motions.simulations as f64 * n * n,
            seconds: recipe.steps as f64 * (flops_per_step / SLOW_CORE_FLOPS + STEP_OVERHEAD),
            flops_per_step,
        }
    }

    /// An encoder that runs on samples and their successors, a decoder on samples; each forwards and back.
    fn of_films(recipe: &Recipe) -> Self {
        let (batch, width) =
            (recipe.batch.min(recipe.films.training_samples()) as f64, recipe.widths.autoencoder as f64);
        let tower = width * (SAMPLE as f64 + 2.0 * width);
        let field = (recipe.widths.field as f64).powi(2);
        let flops_per_step = 6.0 * batch * (3.0 * tower + 2.0 * field);
        let frames = (recipe.films.films * recipe.films.frames) as f64;
        Self {
            bytes: 4.0 * (8.0 * tower + 4.0 * batch * (SAMPLE as f64 + 10.0 * width)) + frames * PIXELS as f64,
            seconds: recipe.steps as f64 * (flops_per_step / SLOW_CORE_FLOPS + STEP_OVERHEAD),
            flops_per_step,
        }
    }
}

/// Refuses what would not fit a tab.
pub fn check(experiment: &Experiment) -> Result<(), TooLarge> {
    judge(Estimate::of(experiment))
}

/// How many times as fast as a slow core a graphics card is on wide networks, at least.
const CARD: f64 = 30.0;

/// Refuses a graph network that would not fit a tab.
pub fn check_graph(recipe: &GraphRecipe, device: DeviceChoice) -> Result<(), TooLarge> {
    let estimate = Estimate::of_graph(recipe);
    let faster = if device == DeviceChoice::Gpu { CARD } else { 1.0 };
    judge(Estimate { seconds: estimate.seconds / faster, ..estimate })
}

fn judge(estimate: Estimate) -> Result<(), TooLarge> {
    if estimate.bytes > MAX_BYTES || estimate.seconds > MAX_SECONDS { Err(TooLarge { estimate }) } else { Ok(()) }
}
