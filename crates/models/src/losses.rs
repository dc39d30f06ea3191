//! Losses of a model.

use serde::{Deserialize, Serialize};

/// The loss of a model on two sets of samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Losses {
    /// On the samples learned from.
    pub train: f64,
    /// On the samples of other trajectories.
    pub test: f64,
}

impl Losses {
    /// Whether both are numbers.
    pub fn is_finite(&self) -> bool {
        self.train.is_finite() && self.test.is_finite()
    }
}
