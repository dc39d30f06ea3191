//! The model that learns from pixels, on a device: autoencoder, field, and a loss of three parts.
//!
//! The loss is the one of [`models::pixels::loss`].

use crate::training::burn_models::mlp::{Dense, Guard, Mlp};
use crate::training::burn_models::network::turned;
use burn::tensor::{Device, ExecutionError, Tensor, activation};
use models::field::model::ModelKind;
use models::pixels::loss::DYNAMICS_WEIGHT;
use models::pixels::weights::{AutoencoderWeights, PixelWeights};

/// A model in training.
#[derive(Clone, Debug)]
pub struct PixelNetwork {
    kind: ModelKind,
    encoder: Vec<Dense>,
    decoder: Vec<Dense>,
    field: Mlp,
}

/// The loss and its parts, `[1]` each.
#[derive(Clone, Debug)]
pub struct LossParts {
    /// Of the pixels.
    pub reconstruction: Tensor<1>,
    /// Of z_p as a rate.
    pub canonical: Tensor<1>,
    /// Of the next latent numbers.
    pub dynamics: Tensor<1>,
}

impl LossParts {
    /// What is trained on.
    pub fn total(self) -> Tensor<1> {
        self.reconstruction + self.canonical + self.dynamics.mul_scalar(DYNAMICS_WEIGHT)
    }
}

impl PixelNetwork {
    /// A network with these weights.
    pub fn new(kind: ModelKind, weights: &PixelWeights, device: &Device, guard: Guard) -> Self {
        let layers = |layers: &[_]| layers.iter().map(|layer| Dense::new(layer, device)).collect();
        Self {
            kind,
            encoder: layers(&weights.autoencoder.encoder),
            decoder: layers(&weights.autoencoder.decoder),
            field: Mlp::new(&weights.field, device, guard),
        }
    }

    /// The loss on `[2n, sample]`: n samples, then their n successors in the same order.
    pub fn loss(&self, both: Tensor<2>) -> LossParts {
        let [twice, width] = both.dims();
        let count = twice / 2;
        let samples = both.clone().slice([0..count, 0..width]);
        // One product for both, and none of it is differentiated by the pixels: they are no parameters.
        let latents = residual(&self.encoder, both);
        let now = latents.clone().slice([0..count, 0..2]);
        let then = latents.slice([count..twice, 0..2]);
        let error = residual(&self.decoder, now.clone()) - samples;

        let column = |of: &Tensor<2>, i: usize| of.clone().slice([0..count, i..i + 1]);
        let rate = column(&then, 0) - column(&now, 0);
        let off_rate = column(&now, 1) - rate;
        let off_field = then - (now.clone() + self.velocity(now));
        LossParts {
            reconstruction: mean_square(error),
            canonical: mean_square(off_rate),
            dynamics: mean_square(off_field),
        }
    }

    /// f(z), `[n, 2]` to `[n, 2]`: the network's output, or (∂H/∂z_p, −∂H/∂z_q).
    fn velocity(&self, latents: Tensor<2>) -> Tensor<2> {
        match self.kind {
            ModelKind::Baseline => self.field.forward(latents),
            ModelKind::Hnn => turned(self.field.input_gradient(latents)),
            ModelKind::Dissipative => {
                let [slope, energy] = self.field.input_gradients(latents);
                slope + turned(energy)
            }
        }
    }

    /// All parameters, in the order of [`PixelWeights::layers`]: weight and bias of each layer.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut Tensor<2>> {
        self.encoder
            .iter_mut()
            .chain(&mut self.decoder)
            .flat_map(Dense::parameters_mut)
            .chain(self.field.parameters_mut())
    }

    /// The same network without a tape, to be evaluated only.
    pub fn frozen(&self) -> Self {
        let layers = |layers: &[Dense]| layers.iter().map(Dense::frozen).collect();
        Self {
            kind: self.kind,
            encoder: layers(&self.encoder),
            decoder: layers(&self.decoder),
            field: self.field.frozen(),
        }
    }

    /// The weights as plain numbers, read back from the device.
    pub async fn weights(&self) -> Result<PixelWeights, ExecutionError> {
        let mut autoencoder = AutoencoderWeights::default();
        for layer in &self.encoder {
            autoencoder.encoder.push(layer.weights().await?);
        }
        for layer in &self.decoder {
            autoencoder.decoder.push(layer.weights().await?);
        }
        Ok(PixelWeights { autoencoder, field: self.field.weights().await? })
    }
}

/// Rectifiers between the layers; all hidden layers but the first add to what they were given.
fn residual(layers: &[Dense], input: Tensor<2>) -> Tensor<2> {
    let last = layers.len().saturating_sub(1);
    layers.iter().enumerate().fold(input, |below, (l, layer)| {
        let sum = layer.forward(below.clone());
        if l == last {
            sum
        } else if l == 0 {
            activation::relu(sum)
        } else {
            below + activation::relu(sum)
        }
    })
}

fn mean_square(error: Tensor<2>) -> Tensor<1> {
    (error.clone() * error).mean()
}
