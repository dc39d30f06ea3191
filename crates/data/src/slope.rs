//! The velocity where only the position was measured.
//!
//! A polynomial through the points around each one, by least squares, and its slope there: the filter of Savitzky and Golay (Anal.
//! Chem. 36 (1964) 1627) without their assumption of equal steps. A long window flattens the motion, a short one passes more noise
//! on. Degree and window are those that pass on least noise while a swing keeps 99.7 % of its velocity; where rows are too far apart
//! for that, they are a polynomial of degree 4 through 5 points, and its bias is stated.

use numerics::statistics::median;

/// Polynomial and window of an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// Points to a polynomial, an odd number.
    pub window: usize,
    /// Its degree.
    pub degree: usize,
}

/// Shortest and longest window, in points.
const WINDOWS: (usize, usize) = (5, 101);
/// A swing loses at most this part of its velocity where rows are dense enough.
pub const BIAS: f64 = 0.003;

impl Method {
    /// Where nothing is known of the motion.
    pub const PLAIN: Self = Self { window: 5, degree: 2 };
    /// Where rows are few.
    pub const QUARTIC: Self = Self { window: 5, degree: 4 };

    /// The method for a swing with so many points to a period.
    pub fn of(points_per_period: Option<f64>) -> Self {
        let Some(points) = points_per_period.filter(|points| *points > 2.0) else { return Self::PLAIN };
        let phase = std::f64::consts::TAU / points;
        let odd = || (WINDOWS.0..=WINDOWS.1).rev().step_by(2);
        let best = |degree: usize| {
            let mut all = odd().map(|window| Self { window, degree });
            all.find(|method| (1.0 - method.response(phase)).abs() <= BIAS)
        };
        let gain = |method: &Self| method.noise_gain(1.0);
        let found = [2, 4].into_iter().filter_map(best).min_by(|a, b| gain(a).total_cmp(&gain(b)));
        found.unwrap_or(Self::QUARTIC)
    }

    /// The part of a sine's slope that is found, where a step is `phase` radians of it.
    pub fn response(self, phase: f64) -> f64 {
        let half = (self.window / 2) as f64;
        let times: Vec<f64> = (0..self.window).map(|i| i as f64 - half).collect();
        let values: Vec<f64> = times.iter().map(|t| (t * phase).sin()).collect();
        slope_at(&times, &values, 0.0, 1.0, self.degree) / phase
    }

    /// How many times a random error of the position becomes larger in the velocity, per unit of time, in the middle of a window of
    /// equal steps.
    pub fn noise_gain(self, step: f64) -> f64 {
        let half = (self.window / 2) as f64;
        let times: Vec<f64> = (0..self.window).map(|i| i as f64 - half).collect();
        let mut impulse = vec![0.0; self.window];
        let mut squares = 0.0;
        for i in 0..self.window {
            impulse[i] = 1.0;
            squares += slope_at(&times, &impulse, 0.0, 1.0, self.degree).powi(2);
            impulse[i] = 0.0;
        }
        squares.sqrt() / step
    }
}

/// The slope of `values` at each of `times` (ascending, at least three).
pub fn estimated(times: &[f64], values: &[f64], method: Method) -> Vec<f64> {
    let step = median(times.windows(2).map(|pair| pair[1] - pair[0]).collect()).unwrap_or_default();
    let slope = |i: usize| {
        let (first, last) = neighbourhood(times, i, method, step);
        slope_at(&times[first..=last], &values[first..=last], times[i], step, method.degree)
    };
    (0..times.len()).map(slope).collect()
}

/// First and last of the points around `i` that are no farther than a window of usual steps would be, and enough for the polynomial.
fn neighbourhood(times: &[f64], i: usize, method: Method, step: f64) -> (usize, usize) {
    let half = method.window / 2;
    let reach = 1.5 * half as f64 * step;
    let (mut first, mut last) = (i, i);
    while first > 0 && i - first < half && times[i] - times[first - 1] <= reach {
        first -= 1;
    }
    while last + 1 < times.len() && last - i < half && times[last + 1] - times[i] <= reach {
        last += 1;
    }
    while last - first < method.degree {
        let before = first.checked_sub(1).map_or(f64::INFINITY, |j| times[i] - times[j]);
        let after = times.get(last + 1).map_or(f64::INFINITY, |time| time - times[i]);
        if before.is_infinite() && after.is_infinite() {
            break;
        }
        if before < after { first -= 1 } else { last += 1 }
    }
    (first, last)
}

/// The slope at `at` of the least-squares polynomial, of a degree below the number of points. `scale` keeps the sums near 1.
fn slope_at(times: &[f64], values: &[f64], at: f64, scale: f64, degree: usize) -> f64 {
    let x: Vec<f64> = times.iter().map(|time| (time - at) / scale).collect();
    // Orthogonal polynomials by their recurrence: at the points, at 0, and their slopes at 0.
    let (mut before, mut now) = (vec![0.0; x.len()], vec![1.0; x.len()]);
    let (mut here_before, mut here, mut slope_before, mut slope) = (0.0, 1.0, 0.0, 0.0);
    let (mut square_before, mut found) = (1.0, 0.0);
    for order in 0..=degree.min(x.len() - 1) {
        let square: f64 = now.iter().map(|p| p * p).sum();
        if square <= 0.0 {
            break;
        }
        found += slope * now.iter().zip(values).map(|(p, v)| p * v).sum::<f64>() / square;
        let shift = now.iter().zip(&x).map(|(p, x)| x * p * p).sum::<f64>() / square;
        let weight = if order == 0 { 0.0 } else { square / square_before };
        for ((p, before), x) in now.iter_mut().zip(&mut before).zip(&x) {
            (*before, *p) = (*p, (x - shift) * *p - weight * *before);
        }
        (slope_before, slope) = (slope, here - shift * slope - weight * slope_before);
        (here_before, here) = (here, -shift * here - weight * here_before);
        square_before = square;
    }
    found / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_of_polynomials_are_exact_at_uneven_times() {
        let times = [0.0, 0.1, 0.35, 0.4, 0.9, 1.0, 1.6, 1.7];
        let values = times.map(|t| 2.0 - 3.0 * t + 5.0 * t * t);
        for (slope, t) in estimated(&times, &values, Method::PLAIN).iter().zip(times) {
            assert!((slope - (10.0 * t - 3.0)).abs() < 1e-10, "at {t}: {slope}");
        }
        let values = times.map(|t| t.powi(4) - 2.0 * t.powi(3));
        for (slope, t) in estimated(&times, &values, Method::QUARTIC).iter().zip(times) {
            assert!((slope - (4.0 * t.powi(3) - 6.0 * t * t)).abs() < 1e-9, "at {t}: {slope}");
        }
    }

    #[test]
    fn equal_steps_have_the_weights_that_savitzky_and_golay_print() {
        let times: Vec<f64> = (0..7).map(f64::from).collect();
        let weights = |degree: usize| -> Vec<f64> {
            let one = |i: usize| (0..7).map(|j| f64::from(u8::from(i == j))).collect::<Vec<f64>>();
            (0..7).map(|i| estimated(&times, &one(i), Method { window: 7, degree })[3]).collect()
        };
        for (found, weight) in weights(2).into_iter().zip([-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0]) {
            assert!((found - weight / 28.0).abs() < 1e-15);
        }
        // Their table for the first derivative, cubic and quartic.
        for (found, weight) in weights(4).into_iter().zip([22.0, -67.0, -58.0, 0.0, 58.0, 67.0, -22.0]) {
            assert!((found - weight / 252.0).abs() < 1e-14);
        }
        assert!((Method { window: 7, degree: 2 }.noise_gain(1.0) - (1.0f64 / 28.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn the_bias_is_small_wherever_rows_are_dense_enough() {
        for points in [15.0, 20.0, 31.4, 50.0, 100.0, 1000.0] {
            let method = Method::of(Some(points));
            let response = method.response(std::f64::consts::TAU / points);
            assert!((response - 1.0).abs() <= BIAS, "{points}: {method:?} {response}");
        }
        // Ten rows a period: (8 sin x − sin 2x)/6x at x = 0.628.
        let (x, method) = (std::f64::consts::TAU / 10.0, Method::of(Some(10.0)));
        assert!((method.response(x) - (8.0 * x.sin() - (2.0 * x).sin()) / (6.0 * x)).abs() < 1e-12);
    }
}
