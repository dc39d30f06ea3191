//! Everything needed to go on with a run: weights, the optimiser's moments, and how far it was.

use models::field::weights::MlpWeights;
use models::pixels::checkpoint::FilmCheckpoint;
use serde::{Deserialize, Serialize};

/// A model in the middle of its training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Checkpoint {
    /// One that is shown states.
    States(NetworkCheckpoint),
    /// One that is shown films.
    Films(FilmCheckpoint),
}

impl Checkpoint {
    /// Steps taken.
    pub fn step(&self) -> u64 {
        match self {
            Checkpoint::States(checkpoint) => checkpoint.step,
            Checkpoint::Films(checkpoint) => checkpoint.step,
        }
    }
}

/// A network that is shown states, in the middle of its training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkCheckpoint {
    /// Steps taken.
    pub step: u64,
    /// The network.
    pub weights: MlpWeights,
    /// Adam's moments, one per parameter tensor; `None` where it has had no gradient.
    pub moments: Vec<Option<Moments>>,
}

/// Running means of the gradient and of its square.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    /// Steps averaged over.
    pub time: u32,
    /// Rows and columns of both.
    pub shape: [usize; 2],
    /// Of the gradient.
    pub first: Vec<f32>,
    /// Of its square.
    pub second: Vec<f32>,
}
