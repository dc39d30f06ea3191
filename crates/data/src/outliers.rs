//! Values that do not fit between their neighbours: Hampel's filter, a median in place of a mean.
//!
//! A value is flagged when it is farther from the median of its neighbourhood than [`THRESHOLD`] robust standard deviations
//! of that neighbourhood, and also farther than [`SHARE`] of the spread of the whole trial: else a sensor that stands still
//! on one step of its scale would flag every change. Hampel, J. Amer. Statist. Assoc. 69 (1974) 383; the usual threshold of
//! 3 is for stationary signals, and a swing is none.

use numerics::statistics::median;

/// Values to either side.
const REACH: usize = 3;
/// Robust standard deviations.
const THRESHOLD: f64 = 5.0;
/// Part of the trial's own robust standard deviation.
const SHARE: f64 = 0.2;
/// Standard deviation of a normal distribution over its median absolute deviation.
const NORMAL: f64 = 1.4826;

/// Places of the outliers, ascending.
pub fn hampel(values: &[f64]) -> Vec<usize> {
    let whole = spread(values);
    let is_out = |i: &usize| {
        let near = &values[i.saturating_sub(REACH)..(i + REACH + 1).min(values.len())];
        let distance = (values[*i] - median(near.to_vec()).unwrap_or_default()).abs();
        distance > THRESHOLD * spread(near) && distance > SHARE * whole
    };
    (0..values.len()).filter(is_out).collect()
}

/// Robust standard deviation.
fn spread(values: &[f64]) -> f64 {
    let middle = median(values.to_vec()).unwrap_or_default();
    NORMAL * median(values.iter().map(|value| (value - middle).abs()).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swing() -> Vec<f64> {
        (0..200).map(|i| 1.4 * (f64::from(i) * 0.18).sin()).collect()
    }

    #[test]
    fn a_swing_has_no_outliers_and_a_spike_on_it_is_found_wherever_it_is() {
        assert_eq!(hampel(&swing()), Vec::<usize>::new());
        for place in 0..200 {
            let mut values = swing();
            values[place] += 5.0;
            assert_eq!(hampel(&values), vec![place]);
        }
    }

    #[test]
    fn a_pendulum_at_rest_on_a_coarse_scale_has_no_outliers() {
        let values: Vec<f64> = (0..200).map(|i| if i % 9 == 0 { 0.02 } else { 0.0 } + f64::from(i / 100)).collect();
        assert_eq!(hampel(&values), Vec::<usize>::new());
    }
}
