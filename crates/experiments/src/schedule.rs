//! How large, how long, how fast and where.

use models::activation::Activation;
use models::field::annealing::Annealing;
use serde::{Deserialize, Serialize};

/// The shape of both networks' hidden part.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkConfig {
    /// Width of each hidden layer.
    pub hidden: usize,
    /// Number of hidden layers.
    pub depth: usize,
    /// Between layers.
    pub activation: Activation,
    /// Width of the layers that turn frames into two numbers and back; used for films only.
    pub autoencoder: usize,
}

/// How training proceeds: Adam (Kingma and Ba 2015) on the mean squared error, with L2-coupled weight decay.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// Number of steps.
    pub steps: u64,
    /// Samples a step; 0 means all of them.
    pub batch: usize,
    /// Learning rate.
    pub lr: f64,
    /// Weight decay, added to the gradient (not AdamW's).
    pub decay: f64,
    /// How the learning rate changes on the way.
    pub annealing: Annealing,
}

/// Which engine the visitor wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceChoice {
    /// Whichever is faster for this experiment.
    Auto,
    /// The processor.
    Cpu,
    /// The graphics card.
    Gpu,
}
