//! How relations are inferred: of which motions, in which way, how long it takes.

use language::tr;
use physics::coupled::system::{Coupling, FEWEST, MOST};
use serde::{Deserialize, Serialize};

/// Where the probabilities of edges come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inference {
    /// Each pair of each motion has a logit of its own.
    #[default]
    Free,
    /// An encoder reads the motion.
    Amortised,
}

/// Everything but the seed. Adam with [`crate::schedule::warm_cosine`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelationalRecipe {
    /// How pairs act.
    pub coupling: Coupling,
    /// Number of bodies.
    pub bodies: usize,
    /// Where probabilities come from.
    pub inference: Inference,
    /// Motions to learn from.
    pub motions: usize,
    /// Units of a hidden layer of the decoder.
    pub hidden: usize,
    /// Numbers of a message.
    pub message: usize,
    /// Units of a hidden layer of the encoder.
    pub encoder: usize,
    /// Frames of a motion from which the next one is predicted in a step.
    pub starts: usize,
    /// Weight of the divergence of the probabilities from ½, in nats a pair.
    pub kl: f64,
    /// Temperature of the relaxed samples.
    pub temperature: f64,
    /// Steps of training.
    pub steps: u64,
    /// Motions of a batch.
    pub batch: usize,
    /// Highest learning rate.
    pub lr: f64,
    /// Highest learning rate of free logits.
    pub logit_lr: f64,
}

/// Frames that inference sees, as in the paper.
pub const OBSERVED: usize = 49;
/// Frames after them that are to be predicted.
pub const HELD_OUT: usize = 20;

/// A recipe that cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum RecipeError {
    /// Too few or too many bodies.
    #[error("{}", tr!("a hidden graph has {} to {} bodies, not {}", FEWEST, MOST, .0))]
    Bodies(usize),
    /// Networks without units or too large for a tab.
    #[error("{}", tr!("decoder and encoder take 1 to {most} units in a layer, and messages of 1 to {most} numbers", most = MOST_HIDDEN))]
    Widths,
    /// Nothing to learn from.
    #[error("{}", tr!(
        "training takes 1 to {motions} motions, of which each step reads 1 to {batch}, in 1 to {frames} of their frames",
        motions = MOST_MOTIONS,
        batch = MOST_BATCH,
        frames = OBSERVED
    ))]
    Data,
    /// Rates, weight or temperature that make no sense.
    #[error("{}", tr!("learning rates and temperature are above zero, and the weight of the divergence is not negative"))]
    Step,
}

/// The widest hidden layer.
pub const MOST_HIDDEN: usize = 256;
/// The most motions.
pub const MOST_MOTIONS: usize = 20_000;
/// The largest batch.
pub const MOST_BATCH: usize = 256;

impl RelationalRecipe {
    /// For a tab: seconds for free inference, a minute or two for an encoder.
    pub fn quick(coupling: Coupling, inference: Inference) -> Self {
        let free = Self {
            coupling,
            bodies: 5,
            inference,
            motions: 200,
            hidden: 32,
            message: 8,
            encoder: 64,
            starts: 8,
            kl: 0.05,
            temperature: 0.5,
            steps: if coupling == Coupling::Springs { 900 } else { 1500 },
            batch: 50,
            lr: 3e-3,
            logit_lr: 0.1,
        };
        match inference {
            Inference::Free => free,
            Inference::Amortised => Self { motions: 8000, steps: 4000, batch: 64, lr: 6e-3, ..free },
        }
    }

    /// Free inference of one motion by itself.
    pub fn one(coupling: Coupling) -> Self {
        Self { motions: 1, batch: 16, ..Self::quick(coupling, Inference::Free) }
    }

    /// Pairs of bodies.
    pub fn pairs(&self) -> usize {
        self.bodies * (self.bodies - 1) / 2
    }

    /// Floating-point operations of one step, forwards and back.
    pub fn flops_per_step(&self) -> f64 {
        /// Numbers that a message is made of, of a state, and of a body as the encoder reads it.
        const NUMBERS: [f64; 3] = [7.0, 4.0, 48.0];
        let (bodies, hidden, message) = (self.bodies as f64, self.hidden as f64, self.message as f64);
        let edges = bodies * (bodies - 1.0);
        let decoder = edges * (NUMBERS[0] + message) * hidden + bodies * (2.0 * NUMBERS[1] + message) * hidden;
        let width = self.encoder as f64;
        let encoder = edges * 3.0 * width * width + bodies * (NUMBERS[2] + 7.0 * width) * width;
        let reads = if self.inference == Inference::Amortised { encoder } else { 0.0 };
        6.0 * self.batch as f64 * (self.starts as f64 * decoder + reads)
    }

    /// Whether it can be followed.
    pub fn check(&self) -> Result<(), RecipeError> {
        if !(FEWEST..=MOST).contains(&self.bodies) {
            return Err(RecipeError::Bodies(self.bodies));
        }
        if ![self.hidden, self.message, self.encoder].iter().all(|width| (1..=MOST_HIDDEN).contains(width)) {
            return Err(RecipeError::Widths);
        }
        let within = (1..=MOST_MOTIONS).contains(&self.motions) && (1..=MOST_BATCH).contains(&self.batch);
        if !within || !(1..=OBSERVED).contains(&self.starts) {
            return Err(RecipeError::Data);
        }
        let positive = [self.temperature, self.lr, self.logit_lr].iter().all(|x| *x > 0.0 && x.is_finite());
        if positive && self.kl >= 0.0 && self.kl.is_finite() { Ok(()) } else { Err(RecipeError::Step) }
    }
}
