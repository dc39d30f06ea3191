//! The numbers of a model that learns from pixels, as they travel, and where its training starts from.

use crate::field::activation::Activation;
use crate::field::initial::{orthogonal_layer, orthogonal_mlp};
use crate::field::model::ModelKind;
use crate::field::weights::{LayerWeights, MlpWeights};
use crate::pixels::film::SAMPLE;
use rand::Rng;
use serde::{Deserialize, Serialize};

/// Numbers that an encoder leaves of a sample: (z_q, z_p).
pub const LATENT: usize = 2;

/// Encoder 1568 → w → w → w → 2 and decoder 2 → w → w → w → 1568.
///
/// Rectifiers between layers; the second and third hidden layers add to what they were given instead of replacing it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AutoencoderWeights {
    /// First to last.
    pub encoder: Vec<LayerWeights>,
    /// First to last.
    pub decoder: Vec<LayerWeights>,
}

/// An autoencoder and the field that moves its latent numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PixelWeights {
    /// From frames to two numbers and back.
    pub autoencoder: AutoencoderWeights,
    /// How the two numbers move: 2 → w → w → 1 as an energy, or 2 → w → w → 2 as a velocity.
    pub field: MlpWeights,
}

/// Widths of a model's hidden layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PixelWidths {
    /// Of encoder and decoder.
    pub autoencoder: usize,
    /// Of the field.
    pub field: usize,
}

impl PixelWeights {
    /// Random orthogonal weights. Both kinds of model start from the same autoencoder.
    pub fn initial(widths: PixelWidths, kind: ModelKind, rng: &mut impl Rng) -> Self {
        Self::initial_for(SAMPLE, widths, kind, rng)
    }

    /// The same for samples of another size.
    pub fn initial_for(sample: usize, widths: PixelWidths, kind: ModelKind, rng: &mut impl Rng) -> Self {
        let w = widths.autoencoder;
        let mut layers = |widths: [usize; 5]| -> Vec<LayerWeights> {
            widths.windows(2).map(|pair| orthogonal_layer(pair[0], pair[1], true, rng)).collect()
        };
        let encoder = layers([sample, w, w, w, LATENT]);
        let decoder = layers([LATENT, w, w, w, sample]);
        let field = orthogonal_mlp(&kind.widths(1, widths.field, 2), Activation::Tanh, rng);
        Self { autoencoder: AutoencoderWeights { encoder, decoder }, field }
    }

    /// All layers in one order that does not change: encoder, decoder, field.
    pub fn layers(&self) -> impl Iterator<Item = &LayerWeights> {
        self.autoencoder.encoder.iter().chain(&self.autoencoder.decoder).chain(&self.field.layers)
    }

    /// The same, to be changed.
    pub fn layers_mut(&mut self) -> impl Iterator<Item = &mut LayerWeights> {
        let AutoencoderWeights { encoder, decoder } = &mut self.autoencoder;
        encoder.iter_mut().chain(decoder).chain(&mut self.field.layers)
    }

    /// Weight and bias of each layer, with rows and columns, where a layer has them.
    pub fn tensors_mut(&mut self) -> impl Iterator<Item = ([usize; 2], &mut Vec<f32>)> {
        self.layers_mut().flat_map(LayerWeights::tensors_mut)
    }

    /// Nothing yet, in the same shape.
    pub fn zeros(&self) -> Self {
        let mut zeros = self.clone();
        zeros.tensors_mut().for_each(|(_, values)| values.fill(0.0));
        zeros
    }

    /// How many numbers training adjusts.
    pub fn parameters(&self) -> usize {
        self.layers().map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }
}
