//! Reading a state off latent numbers: (q, p) as an affine map of (z_q, z_p), fitted by least squares.
//!
//! A model is free to choose the scale of its latent numbers, their zero and the mixture of angle and rate in them; an affine
//! map takes that choice back and nothing more. Used by the judge alone: no model sees it.

use physics::phase_space::PhasePoint;

/// (q, p) from (z_q, z_p).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// For q and for p: the constant, and the factors of z_q and z_p.
    pub rows: [[f64; 3]; 2],
}

impl Reading {
    /// The map that takes `latents` closest to `states`, in the mean square. Latents that lie on a line, or too few, leave the
    /// map undetermined: it then ignores the direction that is not determined.
    pub fn fit(latents: &[PhasePoint], states: &[PhasePoint]) -> Self {
        let count = latents.len().max(1) as f64;
        let mean = |points: &[PhasePoint]| {
            let sum = points.iter().fold([0.0; 2], |sum, at| [sum[0] + at.q[0], sum[1] + at.p[0]]);
            sum.map(|sum| sum / count)
        };
        let (mean_latent, mean_state) = (mean(latents), mean(states));
        // Second moments around the means: [zz] and [z, state].
        let (mut square, mut cross) = ([[0.0; 2]; 2], [[0.0; 2]; 2]);
        for (latent, state) in latents.iter().zip(states) {
            let z = [latent.q[0] - mean_latent[0], latent.p[0] - mean_latent[1]];
            let x = [state.q[0] - mean_state[0], state.p[0] - mean_state[1]];
            for i in 0..2 {
                for j in 0..2 {
                    square[i][j] += z[i] * z[j];
                    cross[i][j] += z[i] * x[j];
                }
            }
        }
        let determinant = square[0][0] * square[1][1] - square[0][1] * square[1][0];
        let rows = [0, 1].map(|j| {
            let factors = if determinant > DEGENERATE * square[0][0] * square[1][1] {
                [
                    (square[1][1] * cross[0][j] - square[0][1] * cross[1][j]) / determinant,
                    (square[0][0] * cross[1][j] - square[1][0] * cross[0][j]) / determinant,
                ]
            } else {
                [if square[0][0] > 0.0 { cross[0][j] / square[0][0] } else { 0.0 }, 0.0]
            };
            let constant = mean_state[j] - factors[0] * mean_latent[0] - factors[1] * mean_latent[1];
            [constant, factors[0], factors[1]]
        });
        Self { rows }
    }

    /// The map back, from (q, p) to (z_q, z_p); `None` where nearly all latents lie on a line.
    pub fn inverse(&self) -> Option<Self> {
        let [[c, a, b], [d, e, f]] = self.rows;
        let determinant = self.determinant();
        let least = DEGENERATE * (a * f).abs().max((b * e).abs());
        if determinant.is_nan() || determinant.abs() <= least {
            return None;
        }
        let factors = [[f / determinant, -b / determinant], [-e / determinant, a / determinant]];
        Some(Self { rows: factors.map(|[by_q, by_p]| [-(by_q * c + by_p * d), by_q, by_p]) })
    }

    /// How many times larger it makes an area; negative where it turns one over.
    pub fn determinant(&self) -> f64 {
        let [[_, a, b], [_, e, f]] = self.rows;
        a * f - b * e
    }

    /// What becomes of a difference of latent numbers.
    pub fn difference(&self, [by_q, by_p]: [f64; 2]) -> [f64; 2] {
        self.rows.map(|[_, a, b]| a * by_q + b * by_p)
    }

    /// The state that latent numbers stand for.
    pub fn state(&self, latent: &PhasePoint) -> PhasePoint {
        let [q, p] = self.rows.map(|[constant, by_q, by_p]| constant + by_q * latent.q[0] + by_p * latent.p[0]);
        PhasePoint::planar(q, p)
    }
}

/// Squared sine of the angle between the latent coordinates below which rounding decides.
const DEGENERATE: f64 = 1e-12;

/// The share of the variance of `truth` that `guesses` account for; −∞ is possible, 1 is all of it.
pub fn r_squared(guesses: &[f64], truth: &[f64]) -> f64 {
    let mean = truth.iter().sum::<f64>() / truth.len().max(1) as f64;
    let missed: f64 = guesses.iter().zip(truth).map(|(guess, truth)| (guess - truth).powi(2)).sum();
    let spread: f64 = truth.iter().map(|truth| (truth - mean).powi(2)).sum();
    1.0 - missed / spread
}

#[cfg(test)]
mod tests {
    use super::{Reading, r_squared};
    use physics::phase_space::PhasePoint;

    #[test]
    fn an_affine_map_is_found_again() {
        let truth = Reading { rows: [[0.3, -2.0, 0.7], [-1.1, 0.4, 5.0]] };
        let latents: Vec<PhasePoint> =
            (0..50).map(|i| PhasePoint::planar((f64::from(i) * 0.7).sin() + 3.0, (f64::from(i) * 1.3).cos())).collect();
        let states: Vec<PhasePoint> = latents.iter().map(|latent| truth.state(latent)).collect();
        let found = Reading::fit(&latents, &states);
        for (found, truth) in found.rows.iter().flatten().zip(truth.rows.iter().flatten()) {
            assert!((found - truth).abs() < 1e-12, "{found} {truth}");
        }
    }

    #[test]
    fn latents_on_a_line_still_give_numbers() {
        let latents: Vec<PhasePoint> = (0..9).map(|i| PhasePoint::planar(f64::from(i), 2.0 * f64::from(i))).collect();
        let found = Reading::fit(&latents, &latents);
        let off = latents.iter().map(|at| found.state(at).distance(at)).fold(0.0, f64::max);
        assert!(off < 1e-12, "{off}");
    }

    #[test]
    fn r_squared_is_one_for_truth_and_nothing_for_its_mean() {
        let truth = [1.0, 2.0, 4.0, -3.0];
        assert_eq!(r_squared(&truth, &truth), 1.0);
        assert_eq!(r_squared(&[1.0; 4], &truth), 0.0);
    }
}
