//! Everything needed to go on with a model that learns from films.

use crate::pixels::weights::PixelWeights;
use serde::{Deserialize, Serialize};

/// A model in the middle of its training. Adam's moments have the shape of the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilmCheckpoint {
    /// Steps taken.
    pub step: u64,
    /// The model.
    pub weights: PixelWeights,
    /// Running mean of the gradient.
    pub first: PixelWeights,
    /// Running mean of its square.
    pub second: PixelWeights,
}
