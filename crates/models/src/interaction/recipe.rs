//! How an interaction network learns: which domain, which bodies, how large it is, how long it takes.

use crate::activation::Activation;
use crate::interaction::features::{OBJECT, RELATION};
use language::tr;
use physics::interactions::domain::Domain;
use physics::interactions::scene::relations;
use serde::{Deserialize, Serialize};

/// What predicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Predictor {
    /// The interaction network.
    Interaction,
    /// Its object network, with effects of zero.
    NoRelations,
    /// A perceptron of the whole state; it serves one number of bodies.
    Perceptron,
    /// An interaction network that predicts the potential energy of a scene.
    Energy,
}

/// Of which scenes an item of a batch consists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sizes {
    /// One scene of so many bodies, as in the paper.
    One(usize),
    /// Several scenes of different numbers of bodies.
    Mixed,
}

/// Everything but the seed. Adam with [`crate::schedule::warm_cosine`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct InteractionRecipe {
    /// What acts.
    pub domain: Domain,
    /// On which numbers of bodies it is trained.
    pub sizes: Sizes,
    /// What predicts.
    pub predictor: Predictor,
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Hidden layers of the relation network; the paper has four of 150 units.
    pub depth: usize,
    /// Numbers of an effect; the paper has 50.
    pub effects: usize,
    /// Between layers; the paper has ReLU.
    pub activation: Activation,
    /// Scenes simulated for training, over all numbers of bodies.
    pub scenes: usize,
    /// Frames of each.
    pub frames: usize,
    /// Steps of training.
    pub steps: u64,
    /// Items of a batch.
    pub batch: usize,
    /// Highest learning rate.
    pub lr: f64,
}

/// A recipe that cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum RecipeError {
    /// Too few or too many bodies.
    #[error("{}", tr!(
        "a scene of {domain} has {fewest} to {most} bodies, not {asked}",
        domain = domain.label(),
        fewest = FEWEST_BODIES,
        most = domain.most_bodies(),
        asked = asked
    ))]
    Bodies {
        /// The domain.
        domain: Domain,
        /// The requested number.
        asked: usize,
    },
    /// A perceptron has one width.
    #[error("{}", tr!("a perceptron of the whole state takes one number of bodies"))]
    Perceptron,
    /// Networks without units or too large for a tab.
    #[error("{}", tr!(
        "an interaction network takes 1 to {units} units in each of 1 to {layers} layers, and effects of 1 to {units} numbers",
        units = MOST_HIDDEN,
        layers = MOST_DEPTH
    ))]
    Widths,
    /// Nothing to learn from.
    #[error("{}", tr!(
        "training takes 4 to {scenes} scenes of 2 to {frames} frames, 1 to {items} items a step and a learning rate above zero",
        scenes = MOST_SCENES,
        frames = MOST_FRAMES,
        items = MOST_BATCH
    ))]
    Data,
}

/// A body alone has nothing to act on it.
pub const FEWEST_BODIES: usize = 2;
/// The widest hidden layer.
pub const MOST_HIDDEN: usize = 256;
/// The most hidden layers of the relation network.
pub const MOST_DEPTH: usize = 4;
/// The most scenes.
pub const MOST_SCENES: usize = 4000;
/// The most frames of a scene.
pub const MOST_FRAMES: usize = 1000;
/// The largest batch.
pub const MOST_BATCH: usize = 512;

impl InteractionRecipe {
    /// For a tab: half a minute.
    pub fn quick(domain: Domain) -> Self {
        let (scenes, steps) = match domain {
            Domain::NBody => (600, 2000),
            Domain::Balls => (2000, 2500),
            Domain::String => (1000, 2500),
        };
        Self {
            domain,
            sizes: Sizes::Mixed,
            predictor: Predictor::Interaction,
            hidden: 48,
            depth: 2,
            effects: 16,
            activation: Activation::Silu,
            scenes,
            frames: 60,
            steps,
            batch: 16,
            lr: 8e-3,
        }
    }

    /// The same for another predictor on the same data.
    pub fn with(self, predictor: Predictor) -> Self {
        match predictor {
            Predictor::Perceptron => Self { predictor, sizes: Sizes::One(self.domain.bodies()), ..self },
            _ => Self { predictor, ..self },
        }
    }

    /// Numbers of bodies of the scenes of an item.
    pub fn bodies(&self) -> Vec<usize> {
        match (self.sizes, self.domain) {
            (Sizes::One(bodies), _) => vec![bodies],
            (Sizes::Mixed, Domain::NBody) => vec![3, 4, 6, 8],
            (Sizes::Mixed, Domain::Balls) => vec![3, 6, 8],
            (Sizes::Mixed, Domain::String) => vec![5, 15],
        }
    }

    /// Floating-point operations of one step, forwards and back.
    pub fn flops_per_step(&self) -> f64 {
        let (hidden, effects) = (self.hidden as f64, self.effects as f64);
        let inner = (self.depth as f64 - 1.0) * hidden * hidden;
        let relation = RELATION as f64 * hidden + inner + hidden * effects;
        let object = (effects + OBJECT as f64) * hidden + 2.0 * hidden;
        let pins = usize::from(self.domain == Domain::String);
        let of = |bodies: usize| relations(self.domain, bodies, pins).len() as f64 * relation + bodies as f64 * object;
        6.0 * self.batch as f64 * self.bodies().into_iter().map(of).sum::<f64>()
    }

    /// Whether it can be followed.
    pub fn check(&self) -> Result<(), RecipeError> {
        let domain = self.domain;
        if let Sizes::One(asked) = self.sizes
            && !(FEWEST_BODIES..=domain.most_bodies()).contains(&asked)
        {
            return Err(RecipeError::Bodies { domain, asked });
        }
        if self.predictor == Predictor::Perceptron && self.sizes == Sizes::Mixed {
            return Err(RecipeError::Perceptron);
        }
        let widths = [self.hidden, self.effects].iter().all(|width| (1..=MOST_HIDDEN).contains(width));
        if !widths || !(1..=MOST_DEPTH).contains(&self.depth) {
            return Err(RecipeError::Widths);
        }
        let data = (4..=MOST_SCENES).contains(&self.scenes) && (2..=MOST_FRAMES).contains(&self.frames);
        let fine = data && (1..=MOST_BATCH).contains(&self.batch) && self.lr > 0.0 && self.lr.is_finite();
        if fine { Ok(()) } else { Err(RecipeError::Data) }
    }
}
