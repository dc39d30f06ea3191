//! A recording as data to learn from: states and their finite differences, split in the order of time.
//!
//! As the code of Greydanus, Dzamba and Yosinski (*Hamiltonian Neural Networks*, 2019) does for the real pendulum: the
//! target of a row is the forward difference of (q, p) to the next row, divided by the real step, whatever its length; the
//! last row has none. The first 80 % of rows are for training and the next 20 % for testing, both counts rounded down, and
//! the row that this leaves over at the end is for training too: 444 + 1 and 110 of the 555. Unlike there, no difference goes
//! from one trial to the next.

use crate::damping::Damping;
use crate::recording::Recording;
use crate::slope::{self, Method};
use physics::dataset::{Dataset, Samples, Targets};
use physics::phase_space::{PhasePoint, PhaseVelocity};

/// Part of the rows that is for training, counted from the beginning.
pub const TRAINING_SHARE: f64 = 0.8;
/// Rows to either side of central differences where rows are far apart.
pub const CENTRAL_STEPS: usize = 2;
/// Of a swing's frequency three-row differences have to keep this part; else five rows are taken.
const KEPT: f64 = 0.99;

/// The part of a swing's frequency that central differences over `steps` rows to either side find; a step is `phase` radians of it.
/// With one step it is sin(ωh)/ωh, and that of forward differences too: their other part is an imagined friction.
pub fn bias(steps: usize, phase: f64) -> f64 {
    Method { window: 2 * steps + 1, degree: 2 * steps }.response(phase)
}

/// A stretch of measured motion within one trial, against which a rollout from its first state is held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stretch {
    /// Times, ascending.
    pub times: Vec<f64>,
    /// The states measured then.
    pub states: Vec<PhasePoint>,
}

/// What there is to learn and to be judged by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measurements {
    /// States and difference targets.
    pub dataset: Dataset,
    /// The test rows with their times, one stretch for each trial that has any. The first is the reference code's rollout.
    pub test: Vec<Stretch>,
}

impl Recording {
    /// Rows with a difference: for training, and for testing.
    fn split(&self) -> (usize, usize) {
        let rows: usize = self.trials.iter().map(|trial| trial.times.len().saturating_sub(1)).sum();
        // The reference code's own arithmetic: 1 − 0.8 is a little less than a fifth, so 555 rows give 110 and not 111.
        ((rows as f64 * TRAINING_SHARE) as usize, (rows as f64 * (1.0 - TRAINING_SHARE)) as usize)
    }

    /// Rows that are learned from.
    pub fn training_rows(&self) -> usize {
        let rows: usize = self.trials.iter().map(|trial| trial.times.len().saturating_sub(1)).sum();
        rows - self.split().1
    }

    /// Rows that are not learned from.
    pub fn testing_rows(&self) -> usize {
        self.split().1
    }

    /// The state from which rollouts are held against the recording.
    pub fn first_test_state(&self) -> Option<PhasePoint> {
        let mut row = self.split().0;
        for trial in &self.trials {
            let rows = trial.times.len().saturating_sub(1);
            if row < rows {
                return Some(PhasePoint::planar(trial.q[row], trial.p[row]));
            }
            row -= rows;
        }
        None
    }

    /// Whether three rows are too far apart to take a difference over.
    fn is_coarse(&self) -> bool {
        let phase = Damping::of(self).map(|damping| std::f64::consts::TAU * self.median_step() / damping.period);
        phase.is_some_and(|phase| bias(1, phase) < KEPT)
    }

    /// States and differences, split in order: forward ones, or the slope of the polynomial through a row and its neighbours where
    /// central ones are asked for (nobody knows exact ones): a parabola through three rows, or degree 4 through five where three are
    /// too far apart.
    pub fn measurements(&self, targets: Targets) -> Measurements {
        let (training, testing) = self.split();
        let coarse = targets == Targets::Central && self.is_coarse();
        let mut made = Measurements::default();
        let mut row = 0;
        for trial in &self.trials {
            let state = |i: usize| PhasePoint::planar(trial.q[i], trial.p[i]);
            let mut stretch = Stretch::default();
            let wide = [&trial.q, &trial.p].map(|values| {
                if coarse { slope::estimated(&trial.times, values, Method::QUARTIC) } else { Vec::new() }
            });
            for i in 0..trial.times.len().saturating_sub(1) {
                let step = trial.times[i + 1] - trial.times[i];
                let slope = |values: &[f64]| {
                    vec![match targets {
                        Targets::Central if trial.times.len() > 2 => parabola_slope(&trial.times, values, i),
                        _ => (values[i + 1] - values[i]) / step,
                    }]
                };
                let is_test = (training..training + testing).contains(&row);
                let part = if is_test { &mut made.dataset.test } else { &mut made.dataset.train };
                let velocity = match (wide[0].get(i), wide[1].get(i)) {
                    (Some(dq), Some(dp)) => PhaseVelocity { dq: vec![*dq], dp: vec![*dp] },
                    _ => PhaseVelocity { dq: slope(&trial.q), dp: slope(&trial.p) },
                };
                add(part, state(i), velocity);
                if is_test {
                    stretch.times.push(trial.times[i]);
                    stretch.states.push(state(i));
                }
                row += 1;
            }
            if !stretch.times.is_empty() {
                made.test.push(stretch);
            }
        }
        made
    }
}

/// The slope at row `i` of the parabola through three neighbouring rows, uneven steps or not; the first row has its two
/// successors for neighbours.
fn parabola_slope(times: &[f64], values: &[f64], i: usize) -> f64 {
    let middle = i.max(1);
    let (before, after) = (times[middle] - times[middle - 1], times[middle + 1] - times[middle]);
    let slopes = [(values[middle] - values[middle - 1]) / before, (values[middle + 1] - values[middle]) / after];
    let bend = (slopes[1] - slopes[0]) / (before + after);
    slopes[0] + bend * (before + 2.0 * (times[i] - times[middle]))
}

fn add(samples: &mut Samples, state: PhasePoint, velocity: PhaseVelocity) {
    samples.states.push(state);
    samples.velocities.push(velocity);
}
