//! The course of a training: how many steps of Adam, and how large they are.

use crate::schedule::warm_cosine;
use autodiff::adam::Adam;
use serde::{Deserialize, Serialize};

/// Adam whose learning rate rises along a straight line and then falls along half a cosine wave to 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Number of steps.
    pub steps: u64,
    /// The highest learning rate.
    pub highest: f64,
    /// Steps in which it rises from 0.
    pub warm_up: u64,
    /// Largest norm of the gradient, which is scaled down to it; infinite for none.
    pub clip: f64,
}

impl Course {
    /// Step `step`, counted from 1.
    pub fn adam(&self, step: u64) -> Adam {
        Adam { clip: self.clip, ..Adam::new(warm_cosine(self.highest, self.warm_up, self.steps, step), step) }
    }

    /// Whether it leads anywhere: at least one step, and a learning rate above 0.
    pub fn leads(&self) -> bool {
        self.steps > 0 && self.highest.is_finite() && self.highest > 0.0 && self.clip > 0.0
    }
}
