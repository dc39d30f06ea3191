//! The program of a model that learns from pixels: an autoencoder, and a field that moves what it leaves of a sample.
//!
//! Of a sample x with the latent numbers z = (z_q, z_p), and of its successor with z′, the parts of the loss are
//!
//! | part | loss | asks that |
//! |---|---|---|
//! | reconstruction | mean (x̂ − x)², x̂ decoded from z | two numbers hold all that is seen |
//! | canonical | mean (z_p − (z_q′ − z_q))² | z_p is the rate of z_q |
//! | dynamics | mean (z′ − (z + f(z)))² | the field f moves z as the film does, one frame in a unit of time |
//!
//! Their sum, the last times a tenth. Signs and the tenth as in the reference code; the paper's equation 7 has z_q − z_q′,
//! which contradicts q̇ = ∂H/∂p, and leaves the tenth out.

use crate::activation::Activation;
use crate::field::initial::orthogonal;
use crate::field::model::ModelKind;
use crate::field::network::FieldNetwork;
use crate::layers::{LastBias, Layers};
use crate::pixels::film::SAMPLE;
use crate::pixels::recipe::PixelWidths;
use autodiff::parameters::Parameters;
use autodiff::program::{Function, Program, Shape, Value};
use rand::Rng;

/// Latent numbers of a sample: (z_q, z_p).
pub const LATENT: usize = 2;
/// Factor of the dynamics part in the loss.
pub const DYNAMICS_WEIGHT: f64 = 0.1;

/// An autoencoder and the field that moves its latent numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelNetwork {
    /// Numbers of a sample.
    pub sample: usize,
    /// Units of a hidden layer of encoder and decoder.
    pub width: usize,
    /// How the latent numbers move.
    pub field: FieldNetwork,
}

/// Parameter arrays of the encoder, and of the decoder.
const HALF: usize = 8;

impl PixelNetwork {
    /// The networks of a recipe.
    pub fn of(widths: PixelWidths, kind: ModelKind) -> Self {
        let field =
            FieldNetwork { kind, dof: 1, driven: false, hidden: widths.field, depth: 2, activation: Activation::Tanh };
        Self { sample: SAMPLE, width: widths.autoencoder, field }
    }

    fn encoder(&self) -> [usize; 5] {
        [self.sample, self.width, self.width, self.width, LATENT]
    }

    fn decoder(&self) -> [usize; 5] {
        [LATENT, self.width, self.width, self.width, self.sample]
    }

    /// Random parameters: encoder, decoder, field. Both kinds of model start from the same autoencoder.
    pub fn initial(&self, rng: &mut impl Rng) -> Parameters {
        let mut parameters = orthogonal(&self.encoder(), LastBias::Present, rng);
        parameters.extend(orthogonal(&self.decoder(), LastBias::Present, rng));
        parameters.extend(self.field.initial(rng));
        parameters
    }

    /// The parameters of encoder, decoder and field.
    pub fn parts(parameters: &Parameters) -> [Parameters; 3] {
        let part = |range: std::ops::Range<usize>| parameters.get(range).unwrap_or_default().to_vec();
        [part(0..HALF), part(HALF..2 * HALF), part(2 * HALF..parameters.len().max(2 * HALF))]
    }

    /// From a sample to its latent numbers, with the parameters of the encoder alone.
    pub fn encoding(&self) -> Function {
        let program = Program::new();
        let sample = program.input(Shape::item(1, self.sample));
        let encoder = Layers::new(&program, &self.encoder(), LastBias::Present);
        program.function(&[encoder.residual_stack(sample)])
    }

    /// From latent numbers to a sample, with the parameters of the decoder alone.
    pub fn decoding(&self) -> Function {
        let program = Program::new();
        let latent = program.input(Shape::item(1, LATENT));
        let decoder = Layers::new(&program, &self.decoder(), LastBias::Present);
        program.function(&[decoder.residual_stack(latent)])
    }

    /// From a sample with its successor below it, `[2, sample]`, and the sample alone, `[1, sample]`, to the parts of the loss
    /// and the gradient; and to the parts alone.
    pub fn training(&self) -> [Function; 2] {
        let program = Program::new();
        let both = program.sparse_input(Shape::item(2, self.sample));
        let target = program.input(Shape::item(1, self.sample));
        let [encoder, decoder] =
            [self.encoder(), self.decoder()].map(|widths| Layers::new(&program, &widths, LastBias::Present));
        let field = self.field.layers(&program);
        let latents = encoder.residual_stack(both);
        let [now, then] = [0, 1].map(|row| latents.gather(&[row].into()));
        let change = then - now;
        let reconstruction = (decoder.residual_stack(now) - target).square().mean();
        let canonical = (now.slice(1, 1) - change.slice(0, 1)).square().mean();
        let dynamics = (change - self.field.outputs(&field, now).velocity).square().mean();
        let parts: [Value<'_>; 3] = [reconstruction, canonical, dynamics];
        let loss = reconstruction + canonical + dynamics * DYNAMICS_WEIGHT;
        [program.training(loss, &parts), program.function(&parts)]
    }
}
