//! A model at work: what it makes of frames, and the film it expects.

use crate::learned::model::{LearnedModel, ModelKind};
use crate::physics::integrators::dormand_prince::{self, Diverged, Tolerance};
use crate::physics::phase_space::PhasePoint;
use crate::pixels::autoencoder::Autoencoder;
use crate::pixels::weights::PixelWeights;

/// A trained model.
#[derive(Clone, Debug)]
pub struct PixelModel {
    /// From frames to two numbers and back.
    pub autoencoder: Autoencoder,
    /// How the two numbers move; a unit of its time is a frame.
    pub field: LearnedModel,
}

impl PixelModel {
    /// The model with these weights.
    pub fn new(kind: ModelKind, weights: &PixelWeights) -> Self {
        Self { autoencoder: (&weights.autoencoder).into(), field: LearnedModel::new(kind, &weights.field) }
    }

    /// The latent numbers of `frames` frames, the first being `start`, as the learned field moves them.
    pub fn rollout(&self, start: &PhasePoint, frames: usize) -> Result<Vec<PhasePoint>, Diverged> {
        let times: Vec<f64> = (0..frames).map(|frame| frame as f64).collect();
        dormand_prince::integrate(&self.field, start, &times, Tolerance::SCORING)
    }
}
