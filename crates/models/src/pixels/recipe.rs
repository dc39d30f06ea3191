//! How a model learns from films: how many films, how large a model, how long.

use crate::field::annealing::Annealing;
use crate::pixels::film::FilmConfig;
use serde::{Deserialize, Serialize};

/// Widths of a model's hidden layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PixelWidths {
    /// Of encoder and decoder.
    pub autoencoder: usize,
    /// Of the field.
    pub field: usize,
}

/// Everything but the seed and the kind of model.
///
/// Adam (Kingma and Ba 2015) with weight decay coupled into the gradient, on batches drawn anew in each step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// What is filmed.
    pub films: FilmConfig,
    /// How large the networks are.
    pub widths: PixelWidths,
    /// Number of steps.
    pub steps: u64,
    /// Samples in a step.
    pub batch: usize,
    /// Learning rate.
    pub lr: f64,
    /// Weight decay.
    pub decay: f64,
    /// How the learning rate changes on the way.
    pub annealing: Annealing,
}

impl Recipe {
    /// As in the reference code.
    pub const PAPER: Self = Self {
        films: FilmConfig { films: 200, frames: 103 },
        widths: PixelWidths { autoencoder: 200, field: 200 },
        steps: 10_000,
        batch: 200,
        lr: 1e-3,
        decay: 1e-5,
        annealing: Annealing::Constant,
    };

    /// Small enough to be finished within a minute in a browser.
    pub const QUICK: Self = Self {
        films: FilmConfig { films: 50, frames: 103 },
        widths: PixelWidths { autoencoder: 100, field: 64 },
        steps: 2500,
        batch: 100,
        lr: 2e-3,
        decay: 1e-5,
        annealing: Annealing::Constant,
    };
}
