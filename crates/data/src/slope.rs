//! The velocity where only the position was measured, and the position where only the velocity was.
//!
//! Velocity: a parabola through the points around each one, by least squares, and its slope there; the filter of Savitzky
//! and Golay (Anal. Chem. 36 (1964) 1627) without their assumption of equal steps. The window is about a tenth of a period:
//! a longer one flattens the motion (by (ωW)²/10 of a half-width W, 1 % here), a shorter one passes more noise on.
//!
//! Position: the trapezoidal rule. A small constant error of the sensor would grow into a ramp, so the best straight line is
//! taken from the position, and its slope from the velocity. Where the motion swings around rest, that line is the error.

use numerics::statistics::median;

/// Degree of the polynomial.
pub const DEGREE: usize = 2;
/// Shortest and longest window, in points.
const WINDOWS: (usize, usize) = (5, 101);
/// Windows to a period.
const WINDOWS_TO_A_PERIOD: f64 = 10.0;

/// An odd number of points that covers a tenth of a period, given how many points a period has.
pub fn window(points_per_period: Option<f64>) -> usize {
    let (least, most) = WINDOWS;
    let wanted = points_per_period.map_or(0.0, |points| points / WINDOWS_TO_A_PERIOD).clamp(0.0, most as f64);
    (2 * (wanted as usize / 2) + 1).clamp(least, most)
}

/// The slope of `values` at each of `times` (ascending, at least three), over `window` points.
pub fn estimated(times: &[f64], values: &[f64], window: usize) -> Vec<f64> {
    let step = median(times.windows(2).map(|pair| pair[1] - pair[0]).collect()).unwrap_or_default();
    let slope = |i: usize| {
        let (first, last) = neighbourhood(times, i, window / 2, step);
        parabola_slope(&times[first..=last], &values[first..=last], times[i], step)
    };
    (0..times.len()).map(slope).collect()
}

/// First and last of the points around `i` that are no farther than a window of usual steps would be, and three at least.
fn neighbourhood(times: &[f64], i: usize, half: usize, step: f64) -> (usize, usize) {
    let reach = 1.5 * half as f64 * step;
    let (mut first, mut last) = (i, i);
    while first > 0 && i - first < half && times[i] - times[first - 1] <= reach {
        first -= 1;
    }
    while last + 1 < times.len() && last - i < half && times[last + 1] - times[i] <= reach {
        last += 1;
    }
    while last - first < DEGREE {
        let before = first.checked_sub(1).map_or(f64::INFINITY, |j| times[i] - times[j]);
        let after = times.get(last + 1).map_or(f64::INFINITY, |time| time - times[i]);
        if before.is_infinite() && after.is_infinite() {
            break;
        }
        if before < after { first -= 1 } else { last += 1 }
    }
    (first, last)
}

/// The slope at `at` of the least-squares parabola. `scale` keeps the sums near 1.
fn parabola_slope(times: &[f64], values: &[f64], at: f64, scale: f64) -> f64 {
    let n = times.len() as f64;
    let x: Vec<f64> = times.iter().map(|time| (time - at) / scale).collect();
    let mean = |of: &dyn Fn(usize) -> f64| (0..x.len()).map(of).sum::<f64>() / n;
    // Orthogonal polynomials: 1, u = x − x̄, w = u² − bu − c. A division is by a sum of squares of distinct numbers.
    let centre = mean(&|i| x[i]);
    let u: Vec<f64> = x.iter().map(|x| x - centre).collect();
    let square = mean(&|i| u[i] * u[i]);
    let b = mean(&|i| u[i].powi(3)) / square;
    let w: Vec<f64> = u.iter().map(|u| u * u - b * u - square).collect();
    let square_w = mean(&|i| w[i] * w[i]);
    let (linear, bend) = (mean(&|i| values[i] * u[i]) / square, mean(&|i| values[i] * w[i]) / square_w);
    (linear + bend * (2.0 * -centre - b)) / scale
}

/// How many times a random error of the position becomes larger in the estimated velocity, per unit of time, in the middle
/// of a window of equal steps: √(12 / n(n² − 1)) / step.
pub fn noise_gain(window: usize, step: f64) -> f64 {
    let n = window as f64;
    (12.0 / (n * (n * n - 1.0))).sqrt() / step
}

/// The position from the velocity, both without the drift, and the drift per unit of time.
pub fn integrated(times: &[f64], velocity: &[f64]) -> (Vec<f64>, Vec<f64>, f64) {
    let mut raw = Vec::with_capacity(times.len());
    let mut sum = 0.0;
    for i in 0..times.len() {
        if i > 0 {
            sum += (times[i] - times[i - 1]) * (velocity[i] / 2.0 + velocity[i - 1] / 2.0);
        }
        raw.push(sum);
    }
    let n = times.len() as f64;
    let (centre_t, centre_q) = (times.iter().sum::<f64>() / n, raw.iter().sum::<f64>() / n);
    let square: f64 = times.iter().map(|t| (t - centre_t).powi(2)).sum();
    let drift = times.iter().zip(&raw).map(|(t, q)| (t - centre_t) * (q - centre_q)).sum::<f64>() / square;
    let position = times.iter().zip(&raw).map(|(t, q)| q - centre_q - drift * (t - centre_t)).collect();
    (position, velocity.iter().map(|v| v - drift).collect(), drift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_of_a_parabola_is_exact_at_uneven_times() {
        let times = [0.0, 0.1, 0.35, 0.4, 0.9, 1.0, 1.6, 1.7];
        let values = times.map(|t| 2.0 - 3.0 * t + 5.0 * t * t);
        for (slope, t) in estimated(&times, &values, 5).iter().zip(times) {
            assert!((slope - (10.0 * t - 3.0)).abs() < 1e-10, "at {t}: {slope}");
        }
    }

    #[test]
    fn seven_equal_steps_have_the_weights_that_savitzky_and_golay_print() {
        let times: Vec<f64> = (0..7).map(f64::from).collect();
        for (i, weight) in [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0].into_iter().enumerate() {
            let mut values = vec![0.0; 7];
            values[i] = 1.0;
            assert!((estimated(&times, &values, 7)[3] - weight / 28.0).abs() < 1e-15);
        }
        assert!((noise_gain(7, 1.0) - (1.0f64 / 28.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn a_gyroscope_with_a_constant_error_gives_the_angle_back_without_it() {
        let times: Vec<f64> = (0..=4000).map(|i| f64::from(i) * 0.01).collect();
        let rate: Vec<f64> = times.iter().map(|t| 2.0 * (2.0 * t).cos() + 0.05).collect();
        let (angle, clean, drift) = integrated(&times, &rate);
        // A sine that stops inside a period leans a straight line by at most 6/(ωT²): 0.002 here.
        assert!((drift - 0.05).abs() < 0.002, "{drift}");
        for ((q, p), t) in angle.iter().zip(&clean).zip(&times) {
            assert!((q - (2.0 * t).sin()).abs() < 0.06 && (p - 2.0 * (2.0 * t).cos()).abs() < 0.002, "at {t}: {q}");
        }
    }
}
