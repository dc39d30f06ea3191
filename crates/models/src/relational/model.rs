//! A trained inference at work, in `f64`: probabilities of edges, and motion by the decoder.

use crate::relational::data::{RelationalData, centred};
use crate::relational::network::{RelationalNetwork, STATE};
use crate::relational::recipe::{Inference, RelationalRecipe};
use crate::relational::training::{encoder_input, feature_width, scaled_state};
use autodiff::parameters::Parameters;
use autodiff::reference::Reference;
use physics::coupled::motion::Motion;
use physics::coupled::system::Coupling;
use std::sync::Arc;

/// A trained inference.
#[derive(Clone, Debug)]
pub struct RelationalModel {
    recipe: RelationalRecipe,
    network: RelationalNetwork,
    data: Arc<RelationalData>,
    parameters: Parameters,
    decoder: Reference,
    /// Whether the two kinds of pairs have changed places: like charges are those that the decoder pushes apart.
    swapped: bool,
}

impl RelationalModel {
    /// The networks with these parameters, which have to be of the recipe's shapes.
    pub fn new(recipe: &RelationalRecipe, data: Arc<RelationalData>, parameters: &Parameters) -> Self {
        let network = RelationalNetwork::of(recipe, feature_width(data.observed));
        let decoder = Reference::new(&network.decoding(), &parameters[..network.decoder_arrays()].to_vec());
        let mut model =
            Self { recipe: *recipe, network, data, parameters: parameters.clone(), decoder, swapped: false };
        model.swapped = recipe.coupling == Coupling::Charges && model.pulls();
        model
    }

    /// How it was trained.
    pub fn recipe(&self) -> &RelationalRecipe {
        &self.recipe
    }

    /// What it explains.
    pub fn data(&self) -> &RelationalData {
        &self.data
    }

    /// Probabilities of all pairs of the motions that it is judged by, motion after motion.
    pub fn probabilities(&self) -> Vec<Vec<f64>> {
        let pairs = self.recipe.pairs();
        let logits = match self.recipe.inference {
            Inference::Free => {
                let gain = self.network.logit_gain();
                let values = self.parameters.last().map(|matrix| matrix.values.as_slice()).unwrap_or_default();
                values.iter().map(|value| gain * f64::from(*value)).collect()
            }
            Inference::Amortised => self.encoded(self.data.judged()),
        };
        logits.chunks(pairs).map(|logits| logits.iter().map(|logit| self.probability(*logit)).collect()).collect()
    }

    fn probability(&self, logit: f64) -> f64 {
        1.0 / (1.0 + if self.swapped { logit.exp() } else { (-logit).exp() })
    }

    /// Logits by the encoder.
    fn encoded(&self, motions: &[Motion]) -> Vec<f64> {
        let encoder = self.parameters[self.network.decoder_arrays()..].to_vec();
        let features: Vec<f64> = motions.iter().flat_map(|motion| encoder_input(motion, &self.data)).collect();
        Reference::new(&self.network.encoding(), &encoder).run(&[&features], motions.len()).swap_remove(0)
    }

    /// Probabilities that the encoder gives a motion; `None` where there is no encoder.
    pub fn encode(&self, motion: &Motion) -> Option<Vec<f64>> {
        let amortised = self.recipe.inference == Inference::Amortised;
        let logits = amortised.then(|| self.encoded(std::slice::from_ref(motion)))?;
        Some(logits.into_iter().map(|logit| self.probability(logit)).collect())
    }

    /// Motions of several graphs by the decoder: from states `[n, 2]` with these edges (1 or 0, or probabilities), so many
    /// frames, the start not included. All have as many bodies.
    pub fn motions(&self, starts: &[(&[f64], &[f64])], edges: &[Vec<f64>], frames: usize) -> Vec<Motion> {
        let mut states: Vec<(Vec<f64>, Vec<f64>)> = starts.iter().map(|(x, v)| (x.to_vec(), v.to_vec())).collect();
        let edges: Vec<f64> =
            edges.iter().flatten().map(|edge| if self.swapped { 1.0 - edge } else { *edge }).collect();
        let mut motions = vec![Motion::default(); starts.len()];
        for _ in 0..frames {
            let scaled: Vec<f64> = states.iter().flat_map(|(x, v)| scaled_state(x, v, &self.data)).collect();
            let output = self.decoder.run(&[&scaled, &edges], states.len()).swap_remove(0);
            let rows = output.chunks(STATE * self.recipe.bodies);
            for (((x, v), added), motion) in states.iter_mut().zip(rows).zip(&mut motions) {
                for (body, added) in added.chunks_exact(STATE).enumerate() {
                    for axis in 0..2 {
                        let k = 2 * body + axis;
                        x[k] += self.data.dt * v[k] + self.data.scales.bend * added[axis];
                        v[k] += self.data.scales.change * added[2 + axis];
                    }
                }
                motion.positions.push(x.clone());
                motion.velocities.push(v.clone());
            }
        }
        motions
    }

    /// Whether bodies are pulled together by edges of 1, and not by edges of 0: measured on the decoder, on the states it has learned
    /// from.
    fn pulls(&self) -> bool {
        let some = &self.data.motions[..self.data.motions.len().min(50)];
        let starts: Vec<(&[f64], &[f64])> =
            some.iter().map(|motion| (motion.positions[0].as_slice(), motion.velocities[0].as_slice())).collect();
        let by = |edge: f64| self.motions(&starts, &vec![vec![edge; self.recipe.pairs()]; starts.len()], 1);
        let mut outward = 0.0;
        for ((one, zero), (x, _)) in by(1.0).iter().zip(by(0.0)).zip(&starts) {
            for (k, x) in centred(x).into_iter().enumerate() {
                outward += (one.velocities[0][k] - zero.velocities[0][k]) * x;
            }
        }
        outward < 0.0
    }
}
