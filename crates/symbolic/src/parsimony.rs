//! Adaptive parsimony: what is common becomes dear.
//!
//! Cranmer (2023), §3.3. A fixed penalty for complexity either drowns long laws or lets them flood the population. Instead
//! the complexities of recent births are counted, and a candidate pays for the share of its own: the search spreads over all
//! complexities, and an accidental crowd around one cannot hold it in a local minimum.

use serde::{Deserialize, Serialize};

/// The complexities of recent births.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parsimony {
    counts: Vec<f64>,
    total: f64,
}

/// Births after which the past counts half.
const WINDOW: f64 = 50_000.0;

/// Strength of the penalty in tournaments, Cranmer's tuned value.
const SCALING: f64 = 20.0;

impl Parsimony {
    /// Every complexity up to the largest is as common as any other.
    pub fn new(max_complexity: usize) -> Self {
        Self { counts: vec![1.0; max_complexity + 1], total: max_complexity as f64 + 1.0 }
    }

    /// Whether it can be that of a search up to such a complexity, for one that was read.
    pub(crate) fn fits(&self, max_complexity: usize) -> bool {
        let counts = || self.counts.iter().chain([&self.total]);
        self.counts.len() == max_complexity + 1 && self.total > 0.0 && counts().all(|n| n.is_finite() && *n >= 0.0)
    }

    /// A birth.
    pub fn record(&mut self, complexity: usize) {
        if let Some(count) = self.counts.get_mut(complexity) {
            *count += 1.0;
            self.total += 1.0;
        }
        if self.total > WINDOW {
            self.counts.iter_mut().for_each(|count| *count /= 2.0);
            self.total /= 2.0;
        }
    }

    /// The share of a complexity among recent births; at least a trace.
    pub fn share(&self, complexity: usize) -> f64 {
        self.counts.get(complexity).map_or(1.0, |count| count.max(1e-3) / self.total)
    }

    /// The factor on a candidate's cost in a tournament.
    pub fn penalty(&self, complexity: usize) -> f64 {
        (SCALING * self.share(complexity)).exp()
    }
}
