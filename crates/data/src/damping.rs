//! How fast a swing dies away: a straight line through the logarithms of its amplitudes.
//!
//! A turning point is the farthest value between two crossings of the middle, each crossing by a margin that noise does not
//! reach. A period is the mean time between two crossings of the middle in the same direction. An amplitude is half the way from one turning point to the next, so that it does not matter where exactly the
//! middle is. Under viscous friction a small swing shrinks as e^(−λt); for other friction λ is a mean. A motion that turns
//! over, or drifts, has no rate.

use crate::recording::Recording;
use numerics::statistics::median;
use serde::{Deserialize, Serialize};

/// The decay of a recording's swings.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Damping {
    /// λ of amplitude ∝ e^(−λt), per unit of time.
    pub rate: f64,
    /// Mean time of a swing there and back.
    pub period: f64,
    /// First amplitude of the trial with most swings.
    pub first: f64,
    /// Its last amplitude.
    pub last: f64,
    /// Its half swings.
    pub half_swings: usize,
}

/// A turning point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// When.
    pub time: f64,
    /// Where.
    pub value: f64,
}

/// Part of the largest distance from the middle that a crossing must reach.
const MARGIN: f64 = 0.15;
/// Half swings that a rate needs.
const FEWEST: usize = 4;

impl Damping {
    /// The decay of q, if there are swings: one rate for all trials, each with an amplitude of its own.
    pub fn of(recording: &Recording) -> Option<Self> {
        let (mut product, mut square, mut time, mut whole, mut half_swings) = (0.0, 0.0, 0.0, 0, 0);
        let (mut first, mut last, mut most) = (None, 0.0, 0);
        for trial in &recording.trials {
            let swings: Vec<(f64, f64)> = turns(&trial.times, &trial.q).windows(2).map(half_swing).collect();
            let (Some((_, amplitude)), Some((_, smallest))) = (swings.first(), swings.last()) else {
                continue;
            };
            let (span, count) = whole_swings(&crossings(&trial.times, &trial.q));
            (time, whole) = (time + span, whole + count);
            let n = swings.len() as f64;
            let centre = swings.iter().map(|(time, _)| time).sum::<f64>() / n;
            let level = swings.iter().map(|(_, amplitude)| amplitude.ln()).sum::<f64>() / n;
            product += swings.iter().map(|(time, amplitude)| (time - centre) * (amplitude.ln() - level)).sum::<f64>();
            square += swings.iter().map(|(time, _)| (time - centre).powi(2)).sum::<f64>();
            half_swings += swings.len();
            if swings.len() > most {
                (first, last, most) = (Some(*amplitude), *smallest, swings.len());
            }
        }
        let (rate, period) = (-product / square, time / whole as f64);
        let first = first.filter(|_| half_swings >= FEWEST && rate.is_finite() && period > 0.0)?;
        Some(Self { rate, period, first, last, half_swings: most })
    }
}

impl Recording {
    /// The middle one of the trials' mean times of a swing there and back; `None` where nothing is seen to swing.
    pub fn period(&self) -> Option<f64> {
        median(self.trials.iter().filter_map(|trial| period(&trial.times, &trial.q)).collect())
    }
}

/// What q swings around: its mean over whole swings of each trial, and the median of the trials. Where there are no swings, the
/// median of q.
pub fn rest(recording: &Recording) -> f64 {
    let of = |trial: &crate::recording::Trial| {
        let crossings = crossings(&trial.times, &trial.q);
        let (first, last) = (*crossings.first()?, *crossings.get((crossings.len() - 1) / 2 * 2)?);
        let rows: Vec<(f64, f64)> = trial.times.iter().copied().zip(trial.q.iter().copied()).collect();
        let within = rows.windows(2).filter(|pair| pair[0].0 >= first && pair[1].0 <= last);
        let (mut area, mut span) = (0.0, 0.0);
        for pair in within {
            area += (pair[1].0 - pair[0].0) * (pair[0].1 + pair[1].1) / 2.0;
            span += pair[1].0 - pair[0].0;
        }
        (span > 0.0).then(|| area / span)
    };
    let rests: Vec<f64> = recording.trials.iter().filter_map(of).collect();
    let all = || median(recording.trials.iter().flat_map(|trial| trial.q.iter().copied()).collect());
    median(rests).or_else(all).unwrap_or_default()
}

/// The time in the middle between two turning points, and half the way between them.
fn half_swing(pair: &[Turn]) -> (f64, f64) {
    ((pair[0].time + pair[1].time) / 2.0, (pair[1].value - pair[0].value).abs() / 2.0)
}

/// Mean time of a swing there and back, where the middle is crossed twice at least.
pub fn period(times: &[f64], values: &[f64]) -> Option<f64> {
    let crossings = crossings(times, values);
    match (whole_swings(&crossings), &crossings[..]) {
        ((time, swings), _) if swings > 0 => Some(time / swings as f64),
        (_, [first, second, ..]) => Some(2.0 * (second - first)),
        _ => None,
    }
}

/// The time from the first to the last crossing of each direction, both together, and how many swings that is. A middle that is a
/// little off shifts all crossings of one direction alike.
fn whole_swings(crossings: &[f64]) -> (f64, usize) {
    let one_way = |start: usize| {
        let mut all = crossings.iter().skip(start).step_by(2);
        let first = all.next()?;
        all.clone().next_back().map(|last| (last - first, all.count()))
    };
    [0, 1].into_iter().filter_map(one_way).fold((0.0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// When the middle is crossed between two sides, each reached by the margin: the mean of the first and the last time that it is
/// between them, by straight lines from row to row.
fn crossings(times: &[f64], values: &[f64]) -> Vec<f64> {
    let (middle, margin) = middle(values);
    let (mut found, mut side, mut since) = (Vec::new(), 0.0, 0);
    for (i, value) in values.iter().enumerate() {
        let distance = value - middle;
        if distance.abs() <= margin {
            continue;
        }
        if distance * side < 0.0 {
            let between = (since + 1..=i)
                .filter(|i| (values[i - 1] - middle) * side > 0.0 && (values[*i] - middle) * side <= 0.0);
            let at = |i: usize| {
                let part = (middle - values[i - 1]) / (values[i] - values[i - 1]);
                times[i - 1] + part * (times[i] - times[i - 1])
            };
            let all: Vec<f64> = between.map(at).collect();
            if let (Some(first), Some(last)) = (all.first(), all.last()) {
                found.push((first + last) / 2.0);
            }
        }
        (side, since) = (distance.signum(), i);
    }
    found
}

/// The middle of a motion, and the distance from it that counts as a side.
fn middle(values: &[f64]) -> (f64, f64) {
    let middle = median(values.to_vec()).unwrap_or_default();
    (middle, MARGIN * values.iter().map(|value| (value - middle).abs()).fold(0.0, f64::max))
}

/// The turning points of the whole half swings: what comes before the first crossing and after the last is left out.
pub fn turns(times: &[f64], values: &[f64]) -> Vec<Turn> {
    let (middle, margin) = middle(values);
    let mut found: Vec<Turn> = Vec::new();
    // The side that the motion is on, once it has clearly been on one.
    let mut side = 0.0;
    for (time, value) in times.iter().zip(values) {
        let distance = value - middle;
        if distance.abs() > margin && distance * side <= 0.0 {
            side = distance.signum();
            found.push(Turn { time: *time, value: *value });
        }
        if let Some(turn) = found.last_mut().filter(|turn| (value - turn.value) * side > 0.0) {
            *turn = Turn { time: *time, value: *value };
        }
    }
    // The last half swing has not been seen to its end, nor the first from its beginning where that is the very first value:
    // their farthest values need not be turning points.
    found.pop();
    if found.first().map(|turn| turn.time) == times.first().copied() {
        found.drain(..found.len().min(1));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::{Quantity, Source, Trial};

    #[test]
    fn the_rate_and_period_of_a_damped_sine_come_back_wherever_its_middle_is() {
        for middle in [0.0, 3.0] {
            let times: Vec<f64> = (0..2000).map(|i| f64::from(i) * 0.02).collect();
            let q: Vec<f64> = times.iter().map(|t| middle + 2.0 * (-0.03 * t).exp() * (1.7 * t).sin()).collect();
            let found = turns(&times, &q);
            // 21 whole half swings in 40 s, of which the last may not count.
            assert_eq!(found.len(), (1.7 * 40.0 / std::f64::consts::PI) as usize);
            let trials = vec![Trial { p: q.clone(), q, times }];
            let nothing = Quantity::default;
            let recording = Recording {
                name: String::new(),
                source: Source::Generated,
                trials,
                time: nothing(),
                q: nothing(),
                p: nothing(),
            };
            let damping = Damping::of(&recording).expect("swings");
            // A turning point is read at the nearest sample: late or early by 0.01 s, low by (1.7 · 0.01)²/2 at most.
            assert!((damping.rate - 0.03).abs() < 1e-4, "{damping:?}");
            // A straight line between rows misses a crossing by far less.
            assert!((damping.period - std::f64::consts::TAU / 1.7).abs() < 1e-3, "{damping:?}");
        }
    }

    #[test]
    fn what_only_grows_has_no_swings() {
        let times: Vec<f64> = (0..100).map(f64::from).collect();
        assert!(turns(&times, &times).len() < FEWEST);
    }

    #[test]
    fn rest_and_amplitudes_are_those_of_a_trial_not_of_all_together() {
        // A mass that hangs at 0.62 m and is read seven times a period; a short second trial of larger swings.
        let trial = |rest: f64, size: f64, decay: f64, count: u32| {
            let times: Vec<f64> = (0..count).map(|i| f64::from(i) * 0.05).collect();
            let q: Vec<f64> = times.iter().map(|t| rest + size * (-decay * t).exp() * (18.0 * t).cos()).collect();
            Trial { p: q.clone(), q, times }
        };
        let nothing = Quantity::default;
        let recording = Recording {
            name: String::new(),
            source: Source::Generated,
            trials: vec![trial(0.62, 0.1, 0.05, 240), trial(0.62, 0.3, 0.05, 60)],
            time: nothing(),
            q: nothing(),
            p: nothing(),
        };
        assert!((rest(&recording) - 0.62).abs() < 0.003, "{}", rest(&recording));
        let damping = Damping::of(&recording).expect("swings");
        assert!(damping.first < 0.11 && damping.last < damping.first, "{damping:?}");
    }
}
