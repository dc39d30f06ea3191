//! A reference energy for the energy of a measured pendulum, E = a(1 − cos q) + p²: the a for which E swings least along the motion.
//!
//! On a motion of steady or slowly falling energy p² = E + a(cos q − 1), so a is the slope of p² on cos q, by least squares with
//! what changes evenly in time taken out of both. It is 2g/l where p is dq/dt, and right too where p reads low or high.

use crate::recording::Recording;
use physics::systems::recorded::Recorded;

/// The a that fits a recording, to three digits; `None` where none of [`Recorded::WEIGHTS`] does.
pub fn weight(recording: &Recording) -> Option<f64> {
    let (mut square, mut product) = (0.0, 0.0);
    for trial in &recording.trials {
        let times = &trial.times;
        let cosines = without_line(times, trial.q.iter().map(|q| q.cos()).collect());
        let squares = without_line(times, trial.p.iter().map(|p| p * p).collect());
        square += cosines.iter().map(|c| c * c).sum::<f64>();
        product += cosines.iter().zip(&squares).map(|(c, s)| c * s).sum::<f64>();
    }
    let weight = product / square;
    let digits = 10f64.powf(2.0 - weight.abs().log10().floor());
    let rounded = (weight * digits).round() / digits;
    (Recorded::WEIGHTS.0..=Recorded::WEIGHTS.1).contains(&rounded).then_some(rounded)
}

/// Values without their mean and their slope over time.
fn without_line(times: &[f64], mut values: Vec<f64>) -> Vec<f64> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (middle, level) = (mean(times), mean(&values));
    let spread: f64 = times.iter().map(|t| (t - middle).powi(2)).sum();
    let slope = times.iter().zip(&values).map(|(t, y)| (t - middle) * (y - level)).sum::<f64>() / spread;
    values.iter_mut().zip(times).for_each(|(y, t)| *y -= level + slope * (t - middle));
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect;
    use crate::{Options, synthetic};

    #[test]
    fn it_is_twice_g_over_l_of_a_swing_and_sees_through_a_velocity_that_reads_low() {
        // θ = 0.5 exp(−0.02 t) cos(πt) is a small swing of g/l = π², as good as.
        let rows: String = (0..300)
            .map(|i| {
                let t = 0.05 * f64::from(i);
                format!("{t},{}\n", 0.5 * (-0.02 * t).exp() * (std::f64::consts::PI * t).cos())
            })
            .collect();
        let (recording, _) = inspect(format!("t,angle\n{rows}").as_bytes(), &Options::default()).expect("a recording");
        let found = weight(&recording).expect("a reference_energy");
        assert!((found / 19.74 - 1.0).abs() < 0.05, "{found}");
        // A pendulum of 5 cm, a = 2g/l = 392.4: a small swing at √(g/l) = 14.007/s.
        let rows: String = (0..600)
            .map(|i| {
                let t = 0.005 * f64::from(i);
                format!("{t},{}\n", 0.3 * (14.007 * t).cos())
            })
            .collect();
        let (recording, _) = inspect(format!("t,angle\n{rows}").as_bytes(), &Options::default()).expect("a recording");
        let found = weight(&recording).expect("a reference energy");
        assert!((found / 392.4 - 1.0).abs() < 0.05, "{found}");
        // The stand-in has g/l = 1.37 and a velocity that reads 0.9535 of the truth: a = 2κ²g/l.
        let found = weight(&synthetic::synthetic(numerics::seed::Seed(0))).expect("a reference_energy");
        assert!((found / (2.0 * 0.9535f64.powi(2) * 1.37) - 1.0).abs() < 0.05, "{found}");
    }
}
