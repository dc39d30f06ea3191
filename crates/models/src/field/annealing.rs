//! How the learning rate changes in the course of training.

use serde::{Deserialize, Serialize};

/// The course of the learning rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Annealing {
    /// The same in every step, as in the paper.
    #[default]
    Constant,
    /// Half a cosine wave down to a hundredth (Loshchilov and Hutter 2017, without restarts): large steps first, small ones to
    /// settle.
    Cosine,
}

/// The part of the learning rate that is left at the end.
const LEFT: f64 = 0.01;

impl Annealing {
    /// The factor of the learning rate in step `step` (from 0) of `steps`.
    pub fn factor(self, step: u64, steps: u64) -> f64 {
        match self {
            Annealing::Constant => 1.0,
            Annealing::Cosine => {
                let done = (step as f64 / steps.max(1) as f64).min(1.0);
                LEFT + (1.0 - LEFT) * 0.5 * (1.0 + (std::f64::consts::PI * done).cos())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Annealing;

    #[test]
    fn a_cosine_starts_at_one_passes_a_half_and_ends_near_nothing() {
        let factors = [0, 50, 100].map(|step| Annealing::Cosine.factor(step, 100));
        assert!(
            (factors[0] - 1.0).abs() < 1e-12 && (factors[1] - 0.505).abs() < 1e-12 && (factors[2] - 0.01).abs() < 1e-12
        );
        assert_eq!(Annealing::Constant.factor(99, 100), 1.0);
    }
}
