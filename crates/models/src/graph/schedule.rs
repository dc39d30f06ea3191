//! The one-cycle learning rate (Smith and Topin 2017, arXiv 1708.07120), as PyTorch's `OneCycleLR` has it.
//!
//! Up along half a cosine for three tenths of the steps, down along another for the rest. PyTorch moves Adam's first decay
//! rate against it, between 0.85 and 0.95; here that stays at 0.9.

use std::f64::consts::PI;

/// Part of the steps in which the rate rises.
const RISING: f64 = 0.3;
/// The rate begins at this part of the highest.
const START: f64 = 1.0 / 25.0;
/// And ends at this part of where it began.
const END: f64 = 1e-5;

/// The learning rate of step `step`, counted from 1, of `steps`; `highest` is reached after three tenths of them.
pub fn one_cycle(highest: f64, steps: u64, step: u64) -> f64 {
    let (top, last) = (RISING * steps as f64 - 1.0, steps as f64 - 1.0);
    let at = (step.saturating_sub(1) as f64).min(last);
    let between = |from: f64, to: f64, part: f64| to + (from - to) / 2.0 * (1.0 + (PI * part).cos());
    let (low, end) = (highest * START, highest * START * END);
    if at < top {
        between(low, highest, at / top)
    } else {
        let top = top.max(0.0);
        between(highest, end, (at - top) / (last - top).max(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::one_cycle;

    #[test]
    fn the_rate_is_that_of_pytorch() {
        // OneCycleLR(max_lr=1e-3, total_steps=100, final_div_factor=1e5): at steps 0, 29, 99, and half-way up and down.
        let expected = [(1, 4e-5), (30, 1e-3), (100, 4e-10), (65, 5.0e-4)];
        for (step, rate) in expected {
            assert!((one_cycle(1e-3, 100, step) / rate - 1.0).abs() < 1e-3, "{step}: {}", one_cycle(1e-3, 100, step));
        }
        assert!(one_cycle(1e-3, 1, 1).is_finite() && one_cycle(1e-3, 100, 500) == one_cycle(1e-3, 100, 100));
    }
}
