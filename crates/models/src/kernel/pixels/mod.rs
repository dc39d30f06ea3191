//! A whole training step of the model that learns from pixels, on one core: loss, gradient and Adam.
//!
//! Burn's tape multiplies black pixels, moves the gradient of every operation through memory, and Adam alone passes a dozen
//! times over all parameters. So the parameters stay here between steps, packed as the products want them. Burn's own gradient
//! (`jobs::training::burn_models::pixel_network`) and finite differences are its judges.

mod lit;
mod picture;
mod tower;

use crate::field::weights::{LayerWeights, MlpWeights};
use crate::kernel::adam::Adam;
use crate::kernel::block::{LANES, Pack, add};
use crate::kernel::dense::{Dense, Layout, Part};
use crate::kernel::gradient::Output;
use crate::kernel::gradient::{Batch, Gradients, differentiate};
use crate::kernel::pixels::lit::Lit;
use crate::kernel::pixels::picture::Picture;
use crate::kernel::pixels::tower::Tower;
use crate::kernel::vectors::with_vectors;
use crate::pixels::loss::{DYNAMICS_WEIGHT, PixelLoss};
use crate::pixels::weights::{AutoencoderWeights, LATENT, PixelWeights};

/// A model in training.
#[derive(Clone, Debug)]
pub struct PixelKernel {
    output: Output,
    sample: usize,
    first: Dense,
    encoder: Tower,
    squeeze: Dense,
    spread: Dense,
    decoder: Tower,
    last: Dense,
    field: Field,
    picture: Picture,
    lit: Lit,
    target: Vec<Pack>,
    /// Latent numbers of the samples and their successors, then of the samples alone; and the adjoints of both.
    latents: [Vec<Pack>; 2],
    by_latents: [Vec<Pack>; 2],
}

/// The field's parts, each laid out as weights are.
#[derive(Clone, Debug)]
struct Field {
    value: MlpWeights,
    gradient: MlpWeights,
    first: MlpWeights,
    second: MlpWeights,
}

/// Hidden layers of an autoencoder's half that lie between its first and its last layer.
const HIDDEN: std::ops::Range<usize> = 1..3;

impl PixelKernel {
    /// The model with these weights, before its first step.
    pub fn new(output: Output, weights: &PixelWeights) -> Self {
        let AutoencoderWeights { encoder, decoder } = &weights.autoencoder;
        let zeros = weights.zeros().field;
        Self {
            output,
            sample: encoder[0].inputs,
            first: Dense::new(&encoder[0], Layout::Rows),
            encoder: Tower::new(&encoder[HIDDEN]),
            squeeze: Dense::new(&encoder[HIDDEN.end], Layout::Panels),
            spread: Dense::new(&decoder[0], Layout::Panels),
            decoder: Tower::new(&decoder[HIDDEN]),
            last: Dense::new(&decoder[HIDDEN.end], Layout::Panels),
            field: Field { value: weights.field.clone(), gradient: zeros.clone(), first: zeros.clone(), second: zeros },
            picture: Picture::default(),
            lit: Lit::default(),
            target: vec![],
            latents: [vec![], vec![]],
            by_latents: [vec![], vec![]],
        }
    }

    /// One part of all parameters, laid out as weights are.
    pub fn part(&self, part: Part) -> PixelWeights {
        let half = |low: &Dense, tower: &Tower, top: &Dense| -> Vec<LayerWeights> {
            std::iter::once(low).chain(&tower.layers).chain([top]).map(|layer| layer.get(part)).collect()
        };
        let encoder = half(&self.first, &self.encoder, &self.squeeze);
        let decoder = half(&self.spread, &self.decoder, &self.last);
        let field = match part {
            Part::Value => &self.field.value,
            Part::Gradient => &self.field.gradient,
            Part::First => &self.field.first,
            Part::Second => &self.field.second,
        };
        PixelWeights { autoencoder: AutoencoderWeights { encoder, decoder }, field: field.clone() }
    }

    /// Takes over one part of all parameters.
    pub fn put(&mut self, part: Part, numbers: &PixelWeights) {
        let AutoencoderWeights { encoder, decoder } = &numbers.autoencoder;
        let layers = self.layers_mut();
        layers.zip(encoder.iter().chain(decoder)).for_each(|(layer, numbers)| layer.put(part, numbers));
        let field = match part {
            Part::Value => &mut self.field.value,
            Part::Gradient => &mut self.field.gradient,
            Part::First => &mut self.field.first,
            Part::Second => &mut self.field.second,
        };
        field.clone_from(&numbers.field);
    }

    /// In the order of the weights.
    fn layers_mut(&mut self) -> impl Iterator<Item = &mut Dense> {
        std::iter::once(&mut self.first)
            .chain(&mut self.encoder.layers)
            .chain([&mut self.squeeze, &mut self.spread])
            .chain(&mut self.decoder.layers)
            .chain([&mut self.last])
    }

    /// The loss on `levels`, `[2n, sample]`: n samples, then their n successors in the same order.
    pub fn loss(&mut self, levels: &[u8]) -> PixelLoss {
        with_vectors!(this = self => this.pass(levels, false))
    }

    /// The loss there, its gradient into [`Part::Gradient`].
    pub fn differentiate(&mut self, levels: &[u8]) -> PixelLoss {
        with_vectors!(this = self => this.pass(levels, true))
    }

    /// Moves all parameters down their gradient.
    pub fn descend(&mut self, adam: &Adam) {
        with_vectors!(this = self => this.step(adam))
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn step(&mut self, adam: &Adam) {
        self.layers_mut().for_each(|layer| layer.step(adam));
        let Field { value, gradient, first, second } = &mut self.field;
        let moments = first.layers.iter_mut().zip(&mut second.layers);
        for ((value, gradient), (first, second)) in value.layers.iter_mut().zip(&gradient.layers).zip(moments) {
            adam.step(&mut value.weight, &gradient.weight, &mut first.weight, &mut second.weight);
            adam.step(&mut value.bias, &gradient.bias, &mut first.bias, &mut second.bias);
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn pass(&mut self, levels: &[u8], backward: bool) -> PixelLoss {
        let count = levels.len() / self.sample / 2;
        let [both, rows] = [2 * count, count].map(|rows| rows.next_multiple_of(LANES));
        let width = self.first.panels() * LANES;
        self.encoder.fit(both, width);
        self.decoder.fit(rows, width);
        for (block, rows) in self.latents.iter_mut().chain(&mut self.by_latents).zip([both, rows, both, rows]) {
            block.resize(rows, [0.0; LANES]);
        }
        self.target.resize(self.last.panels() * rows, [0.0; LANES]);

        self.lit.find(levels, self.sample);
        self.lit.forward(&self.first, both, &mut self.encoder.values[0]);
        self.encoder.forward(both);
        let [latents, samples_latents] = &mut self.latents;
        let tower = &mut self.encoder;
        self.squeeze.forward(both, &tower.values[HIDDEN.len()], &mut tower.room[0], latents);
        samples_latents.fill([0.0; LANES]);
        samples_latents[..count].copy_from_slice(&latents[..count]);

        let mut loss = self.latent_losses(count);

        let tower = &mut self.decoder;
        self.spread.forward(rows, &self.latents[1], &mut tower.room[0], &mut tower.values[0]);
        tower.forward(rows);
        self.lit.spread(count, rows, &mut self.target);
        let pixels = (count * self.sample) as f64;
        tower.adjoint.fill([0.0; LANES]);
        let by_top = backward.then_some(tower.adjoint.as_mut_slice());
        let top = &tower.values[HIDDEN.len()];
        let scale = (2.0 / pixels) as f32;
        loss.reconstruction =
            self.picture.pass(&mut self.last, [rows, count], top, &self.target, scale, by_top) / pixels;
        if backward {
            tower.backward(rows);
            let [by_latents, by_samples_latents] = &mut self.by_latents;
            by_samples_latents.fill([0.0; LANES]);
            let Tower { adjoint, room, .. } = tower;
            self.spread.backward(rows, &self.latents[1], adjoint, room, by_samples_latents);
            for (by, more) in by_latents.iter_mut().zip(&by_samples_latents[..count]) {
                add(by, more);
            }
            let Tower { values, adjoint, room, .. } = &mut self.encoder;
            adjoint.fill([0.0; LANES]);
            self.squeeze.backward(both, &values[HIDDEN.len()], by_latents, room, adjoint);
            self.encoder.backward(both);
            self.lit.backward(&mut self.first, both, &self.encoder.adjoint);
        }
        loss
    }

    /// The canonical and the dynamics part, the adjoints of all latent numbers by them, and the field's gradient.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn latent_losses(&mut self, count: usize) -> PixelLoss {
        let (now, then) = self.latents[0].split_at(count);
        let by_latents = &mut self.by_latents[0];
        by_latents.fill([0.0; LANES]);
        let (by_now, by_then) = by_latents.split_at_mut(count);
        let mut canonical = 0.0;
        let (mut states, mut targets) = (vec![], vec![]);
        for (((now, then), by_now), by_then) in now.iter().zip(then).zip(by_now.iter_mut()).zip(by_then.iter_mut()) {
            let change = [then[0] - now[0], then[1] - now[1]];
            let miss = now[1] - change[0];
            canonical += f64::from(miss).powi(2);
            let slope = 2.0 * miss / count as f32;
            by_now[1] += slope;
            by_now[0] += slope;
            by_then[0] -= slope;
            states.extend([now[0], now[1]]);
            // What the network's raw output should be: the velocity, or the gradient of H that it asks for.
            targets.extend(match self.output {
                Output::Value => change,
                Output::Slope => [-change[1], change[0]],
            });
        }
        let weight = DYNAMICS_WEIGHT as f32;
        let (mut by_states, mut by_outputs) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let batch = Batch { states: &states, targets: &targets, width: LATENT };
        let Gradients { loss: dynamics, layers } = differentiate(
            self.output,
            &self.field.value,
            batch,
            #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
            |pass| {
                by_states.extend_from_slice(&pass.by_input);
                by_outputs.extend_from_slice(&pass.error);
            },
        );
        for (((by_now, by_then), by_state), by_output) in
            by_now.iter_mut().zip(by_then).zip(&by_states).zip(&by_outputs)
        {
            // A target moves against the output that it is compared with.
            let by_change = match self.output {
                Output::Value => [-by_output[0], -by_output[1]],
                Output::Slope => [-by_output[1], by_output[0]],
            };
            for i in 0..LATENT {
                by_now[i] += weight * (by_state[i] - by_change[i]);
                by_then[i] += weight * by_change[i];
            }
        }
        for (kept, found) in self.field.gradient.layers.iter_mut().zip(layers) {
            kept.weight = found.weight;
            kept.bias = found.bias;
            kept.weight.iter_mut().chain(&mut kept.bias).for_each(|x| *x *= weight);
        }
        PixelLoss { reconstruction: 0.0, canonical: canonical / count as f64, dynamics }
    }
}
