//! An autoencoder evaluated one sample at a time in `f64`.

use crate::field::weights::LayerWeights;
use crate::pixels::weights::AutoencoderWeights;
use physics::phase_space::PhasePoint;

/// An autoencoder ready to be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Autoencoder {
    encoder: Vec<Layer>,
    decoder: Vec<Layer>,
}

#[derive(Clone, Debug, PartialEq)]
struct Layer {
    outputs: usize,
    /// `[inputs, outputs]`, row by row.
    weight: Vec<f64>,
    bias: Vec<f64>,
}

impl From<&AutoencoderWeights> for Autoencoder {
    fn from(weights: &AutoencoderWeights) -> Self {
        let layers = |layers: &[LayerWeights]| layers.iter().map(Layer::from).collect();
        Self { encoder: layers(&weights.encoder), decoder: layers(&weights.decoder) }
    }
}

impl Autoencoder {
    /// (z_q, z_p) of a sample of 1568 numbers.
    pub fn encode(&self, sample: impl IntoIterator<Item = f32>) -> PhasePoint {
        let sample: Vec<f64> = sample.into_iter().map(f64::from).collect();
        PhasePoint::from_coordinates(&run(&self.encoder, sample))
    }

    /// The sample, `[1568]`, that two latent numbers stand for. Not clamped: what is outside [0, 1] is the model's fault.
    pub fn decode(&self, latent: &PhasePoint) -> Vec<f64> {
        run(&self.decoder, latent.coordinates().collect())
    }
}

fn run(layers: &[Layer], input: Vec<f64>) -> Vec<f64> {
    let last = layers.len().saturating_sub(1);
    layers.iter().enumerate().fold(input, |below, (l, layer)| {
        let mut sums = layer.forward(&below);
        if l < last {
            // Not `max`, which would turn a NaN into 0.
            sums.iter_mut().for_each(|x| *x = if *x < 0.0 { 0.0 } else { *x });
        }
        if l > 0 && l < last {
            sums.iter_mut().zip(&below).for_each(|(x, below)| *x += below);
        }
        sums
    })
}

impl From<&LayerWeights> for Layer {
    fn from(layer: &LayerWeights) -> Self {
        let wide = |xs: &[f32]| xs.iter().map(|x| f64::from(*x)).collect();
        Self { outputs: layer.outputs, weight: wide(&layer.weight), bias: wide(&layer.bias) }
    }
}

impl Layer {
    /// xW + b. Most pixels are black, and those add nothing.
    fn forward(&self, x: &[f64]) -> Vec<f64> {
        let mut y = self.bias.clone();
        for (x, row) in x.iter().zip(self.weight.chunks_exact(self.outputs)).filter(|(x, _)| **x != 0.0) {
            y.iter_mut().zip(row).for_each(|(y, w)| *y += x * w);
        }
        y
    }
}
