//! An autoencoder evaluated one sample at a time in `f64`.

use crate::pixels::network::PixelNetwork;
use autodiff::parameters::Parameters;
use autodiff::reference::Reference;
use physics::phase_space::PhasePoint;

/// An autoencoder ready to be evaluated.
#[derive(Clone, Debug)]
pub struct Autoencoder {
    encoder: Reference,
    decoder: Reference,
}

impl Autoencoder {
    /// With the parameters of encoder and decoder.
    pub fn new(network: &PixelNetwork, encoder: &Parameters, decoder: &Parameters) -> Self {
        Self {
            encoder: Reference::new(&network.encoding(), encoder),
            decoder: Reference::new(&network.decoding(), decoder),
        }
    }

    /// (z_q, z_p) of a sample of 1568 numbers.
    pub fn encode(&self, sample: impl IntoIterator<Item = f32>) -> PhasePoint {
        let sample: Vec<f64> = sample.into_iter().map(f64::from).collect();
        PhasePoint::from_coordinates(&self.encoder.run(&[&sample], 1)[0])
    }

    /// The sample, `[1568]`, that two latent numbers stand for. Not clamped: what is outside [0, 1] is the model's error.
    pub fn decode(&self, latent: &PhasePoint) -> Vec<f64> {
        let latent: Vec<f64> = latent.coordinates().collect();
        self.decoder.run(&[&latent], 1).swap_remove(0)
    }
}
