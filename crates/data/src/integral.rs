//! Positions from velocities, and both from accelerations, without the drift that a small constant error of the sensor grows into.
//!
//! An integral is taken with the slopes at the ends of each step (Hermite's rule, exact for cubics). From a velocity, the best
//! straight line is taken from the position, and its slope from the velocity: where the motion swings around rest, that line is the
//! error. From an acceleration, what is left is the difference to the mean over one period around each time, twice: a swing has no
//! mean over its period, and any drift that is straight over a period is gone.

use crate::facts::correlation;
use crate::slope::{self, Method};
use language::{fixed, tr};

/// Fewest periods of an acceleration, of which one is lost at each end.
const PERIODS: f64 = 5.0;
/// Fewest rows to a period of an acceleration.
const ROWS_A_PERIOD: f64 = 8.0;
/// Longest step, as a part of a period.
const LONGEST_STEP: f64 = 0.25;
/// Least correlation of −q with the acceleration: what swings around rest is drawn back.
const AGREEMENT: f64 = 0.8;

/// The position from the velocity, both without the drift, and the drift per unit of time.
pub fn integrated(times: &[f64], velocity: &[f64]) -> (Vec<f64>, Vec<f64>, f64) {
    let raw = cumulative(times, velocity);
    let n = times.len() as f64;
    let (centre_t, centre_q) = (times.iter().sum::<f64>() / n, raw.iter().sum::<f64>() / n);
    let square: f64 = times.iter().map(|t| (t - centre_t).powi(2)).sum();
    let drift = times.iter().zip(&raw).map(|(t, q)| (t - centre_t) * (q - centre_q)).sum::<f64>() / square;
    let position = times.iter().zip(&raw).map(|(t, q)| q - centre_q - drift * (t - centre_t)).collect();
    (position, velocity.iter().map(|v| v - drift).collect(), drift)
}

/// A motion that was computed from its acceleration.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// First of the rows at which it is known, and the one after the last.
    pub rows: (usize, usize),
    /// Positions there.
    pub q: Vec<f64>,
    /// Velocities there.
    pub p: Vec<f64>,
    /// Correlation of −q with the acceleration: 1 for a spring.
    pub agreement: f64,
}

/// The motion of an acceleration that swings with a period; a reason where none can be computed.
pub fn from_acceleration(times: &[f64], acceleration: &[f64], period: Option<f64>) -> Result<Swing, String> {
    let (Some(first), Some(last)) = (times.first(), times.last()) else { return Err(tr!("there are no rows").into()) };
    let period = period.filter(|period| *period > 0.0).ok_or(tr!("they do not swing to and fro"))?;
    let (span, step) = (last - first, (last - first) / (times.len().max(2) - 1) as f64);
    if span < PERIODS * period {
        return Err(tr!(
            "they last {periods} periods, and at least {least} are needed",
            periods = fixed(span / period, 1),
            least = PERIODS
        ));
    }
    if period < ROWS_A_PERIOD * step {
        return Err(tr!(
            "there are {rows} rows a period, and at least {least} are needed",
            rows = fixed(period / step, 1),
            least = ROWS_A_PERIOD
        ));
    }
    if times.windows(2).any(|pair| pair[1] - pair[0] > LONGEST_STEP * period) {
        return Err(tr!("a part of a swing is missing").into());
    }
    let mean = acceleration.iter().sum::<f64>() / acceleration.len() as f64;
    let level: Vec<f64> = acceleration.iter().map(|a| a - mean).collect();
    let (start, velocity) = without_mean(times, &cumulative(times, &level), period);
    let inner = &times[start..start + velocity.len()];
    let (skip, q) = without_mean(inner, &cumulative(inner, &velocity), period);
    let rows = (start + skip, start + skip + q.len());
    let p = velocity[skip..skip + q.len()].to_vec();
    let pairs: Vec<(f64, f64)> = q.iter().zip(&acceleration[rows.0..rows.1]).map(|(q, a)| (-q, *a)).collect();
    let agreement = correlation(&pairs);
    if agreement < AGREEMENT {
        return Err(tr!("noise and drift are larger than the swing").into());
    }
    Ok(Swing { rows, q, p, agreement })
}

/// The integral from the first time to each.
fn cumulative(times: &[f64], values: &[f64]) -> Vec<f64> {
    let slopes = slope::estimated(times, values, Method::PLAIN);
    let mut sum = 0.0;
    let mut all = Vec::with_capacity(times.len());
    for i in 0..times.len() {
        if i > 0 {
            let step = times[i] - times[i - 1];
            let bend = step * step / 12.0 * (slopes[i] - slopes[i - 1]);
            // Halves first: the sum of two large values may be too large.
            sum += step * (values[i] / 2.0 + values[i - 1] / 2.0) - bend;
        }
        all.push(sum);
    }
    all
}

/// Values less their mean over a period around each time, where the whole period is there; and the first such place.
fn without_mean(times: &[f64], values: &[f64], period: f64) -> (usize, Vec<f64>) {
    let integral = cumulative(times, values);
    // Between rows by the cubic of integrals and values at both.
    let at = |time: f64| {
        let right = times.partition_point(|t| *t < time).clamp(1, times.len() - 1);
        let (left, step) = (right - 1, times[right] - times[right - 1]);
        let x = ((time - times[left]) / step).clamp(0.0, 1.0);
        let (from, to) = (integral[left], integral[right]);
        let blend = x * x * (3.0 - 2.0 * x);
        from + (to - from) * blend
            + step * (x * (1.0 - x) * (1.0 - x) * values[left] - x * x * (1.0 - x) * values[right])
    };
    let half = period / 2.0;
    let (Some(begin), Some(end)) = (times.first().map(|t| t + half), times.last().map(|t| t - half)) else {
        return (0, Vec::new());
    };
    let first = times.partition_point(|t| *t < begin);
    let last = times.partition_point(|t| *t <= end).max(first);
    let clean = (first..last).map(|i| values[i] - (at(times[i] + half) - at(times[i] - half)) / period).collect();
    (first, clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(rows: i32, step: f64) -> Vec<f64> {
        (0..rows).map(|i| f64::from(i) * step).collect()
    }

    #[test]
    fn a_gyroscope_with_a_constant_error_gives_the_angle_back_without_it() {
        let times = clock(4001, 0.01);
        let rate: Vec<f64> = times.iter().map(|t| 2.0 * (2.0 * t).cos() + 0.05).collect();
        let (angle, clean, drift) = integrated(&times, &rate);
        // A sine that stops inside a period leans a straight line by at most 6/(ωT²): 0.002 here.
        assert!((drift - 0.05).abs() < 0.002, "{drift}");
        for ((q, p), t) in angle.iter().zip(&clean).zip(&times) {
            assert!((q - (2.0 * t).sin()).abs() < 0.06 && (p - 2.0 * (2.0 * t).cos()).abs() < 0.002, "at {t}: {q}");
        }
    }

    #[test]
    fn an_acceleration_with_offset_and_drift_gives_the_swing_back() {
        let (omega, times) = (7.0, clock(1500, 0.01));
        let motion = |t: f64| 0.06 * (-0.03 * t).exp() * (omega * t).cos();
        // Offset, and a drift as of a sensor that warms up; both are far larger than the motion after two integrals.
        let acceleration: Vec<f64> = times.iter().map(|t| -omega * omega * motion(*t) + 0.4 + 0.02 * t).collect();
        let swing = from_acceleration(&times, &acceleration, Some(std::f64::consts::TAU / omega)).expect("a swing");
        assert!(swing.agreement > 0.99 && swing.rows.0 < 100 && swing.rows.1 > 1400, "{:?}", swing.rows);
        for (q, i) in swing.q.iter().zip(swing.rows.0..) {
            // Damping and the period's error leave less than 3 % of the amplitude.
            assert!((q - motion(times[i])).abs() < 0.03 * 0.06, "row {i}: {q}");
        }
    }

    #[test]
    fn what_cannot_be_integrated_is_refused_with_a_reason() {
        let times = clock(400, 0.02);
        let noise: Vec<f64> =
            (0..400u32).map(|i| f64::from(i.wrapping_mul(2_654_435_761) % 1000) / 500.0 - 1.0).collect();
        let reason =
            |times: &[f64], period: Option<f64>| from_acceleration(times, &noise, period).expect_err("refused");
        assert!(reason(&times, None).contains("to and fro"));
        assert!(reason(&times, Some(3.0)).contains("2.7 periods"));
        assert!(reason(&times, Some(0.1)).contains("5.0 rows a period"));
        assert!(reason(&times, Some(1.0)).contains("noise"));
        let gap: Vec<f64> = times.iter().map(|t| if *t > 4.0 { t + 1.0 } else { *t }).collect();
        assert!(reason(&gap, Some(1.0)).contains("missing"));
    }
}
