//! A learning rate that rises along a line and falls along half a cosine (Loshchilov and Hutter 2017, arXiv 1608.03983, without
//! restarts).

use std::f64::consts::PI;

/// The learning rate of step `step`, counted from 1: up to `highest` in `warm_up` steps, then down to 0 at step `steps`.
pub fn warm_cosine(highest: f64, warm_up: u64, steps: u64, step: u64) -> f64 {
    if step < warm_up {
        return highest * step as f64 / warm_up as f64;
    }
    let part = (step - warm_up) as f64 / steps.saturating_sub(warm_up).max(1) as f64;
    highest * (1.0 + (PI * part.min(1.0)).cos()) / 2.0
}

#[cfg(test)]
mod tests {
    use super::warm_cosine;

    #[test]
    fn the_rate_rises_and_falls_to_zero() {
        let expected = [(5, 0.5), (10, 1.0), (60, 0.5), (110, 0.0), (200, 0.0)];
        for (step, rate) in expected {
            assert!((warm_cosine(1.0, 10, 110, step) - rate).abs() < 1e-12, "{step}");
        }
    }
}
