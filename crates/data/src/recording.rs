//! A measured motion with one degree of freedom: times, q and p of each trial, ready to be learned from, kept or sent.
//!
//! Whatever a [`Recording`] came from, a file, a link or [`crate::synthetic`], it is sound: see
//! [`Recording::check`]. Numbers stay in the units of the file.

use numerics::statistics::median;
use serde::{Deserialize, Serialize};

/// Most rows that are read.
pub const MAX_ROWS: usize = 100_000;
/// Most columns that are read.
pub const MAX_COLUMNS: usize = 16;
/// Fewest rows that anything can be learned from: less than one swing of most recordings.
pub const MIN_ROWS: usize = 20;
/// Fewest rows of one trial: a parabola goes through three.
pub const MIN_TRIAL_ROWS: usize = 3;
/// Larger values are mistakes of a sensor or of a spreadsheet, not motions.
pub const MAX_VALUE: f64 = 1e6;
/// Longest name, in characters.
pub const MAX_NAME: usize = 60;

/// Where a recording comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// Somebody measured it.
    Measured,
    /// It was computed here, to stand in for a measurement.
    Generated,
}

/// What a column of numbers is called, and its unit where the file gives one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Option<String>,
}

/// One uninterrupted run of the apparatus; three columns of equal length, times ascending.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// When.
    pub times: Vec<f64>,
    /// Positions.
    pub q: Vec<f64>,
    /// Momenta, or what stands for them: velocities in most files.
    pub p: Vec<f64>,
}

/// A measured motion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// What it is called.
    pub name: String,
    /// Measured, or generated.
    pub source: Source,
    /// The trials, in the order of the file.
    pub trials: Vec<Trial>,
    /// What the times are.
    pub time: Quantity,
    /// What q is.
    pub q: Quantity,
    /// What p is.
    pub p: Quantity,
}

/// What a recording may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// Too few rows, or too many.
    #[error("a recording has {MIN_ROWS} to {MAX_ROWS} rows, and this one has {0}")]
    Rows(usize),
    /// A trial whose columns differ in length or that is too short.
    #[error("trial {0} is too short, or its columns have different lengths")]
    Lengths(usize),
    /// A value that is no number, or beyond [`MAX_VALUE`].
    #[error("trial {0} has a value that is not a number of a usual size")]
    Value(usize),
    /// Time that does not move forward.
    #[error("the time of trial {0} does not always move forward")]
    Time(usize),
    /// A name that is too long.
    #[error("a name is longer than {MAX_NAME} characters")]
    Name,
}

impl Recording {
    /// Rows of all trials.
    pub fn rows(&self) -> usize {
        self.trials.iter().map(|trial| trial.times.len()).sum()
    }

    /// The middle one of all steps of time.
    pub fn median_step(&self) -> f64 {
        let steps = self.trials.iter().flat_map(|trial| trial.times.windows(2).map(|pair| pair[1] - pair[0]));
        median(steps.collect()).unwrap_or_default()
    }

    /// Whether every trial is finite, within [`MAX_VALUE`] and ascending in time, and the whole within its limits.
    pub fn check(&self) -> Result<(), Unsound> {
        let rows = self.trials.iter().fold(0usize, |rows, trial| rows.saturating_add(trial.times.len()));
        if !(MIN_ROWS..=MAX_ROWS).contains(&rows) {
            return Err(Unsound::Rows(rows));
        }
        for (i, trial) in self.trials.iter().enumerate() {
            let rows = trial.times.len();
            if rows < MIN_TRIAL_ROWS || trial.q.len() != rows || trial.p.len() != rows {
                return Err(Unsound::Lengths(i + 1));
            }
            if !trial.times.iter().chain(&trial.q).chain(&trial.p).copied().all(is_usual) {
                return Err(Unsound::Value(i + 1));
            }
            if trial.times.windows(2).any(|pair| pair[1] <= pair[0]) {
                return Err(Unsound::Time(i + 1));
            }
        }
        let texts = [&self.name, &self.time.name, &self.q.name, &self.p.name].into_iter();
        let units = [&self.time.unit, &self.q.unit, &self.p.unit].into_iter().flatten();
        if texts.chain(units).any(|text| text.chars().count() > MAX_NAME) {
            return Err(Unsound::Name);
        }
        Ok(())
    }
}

/// A finite number within [`MAX_VALUE`].
pub fn is_usual(value: f64) -> bool {
    value.abs() <= MAX_VALUE
}

/// The first characters of a text that can be shown, with … where some are missing: at most `most` in all.
pub fn shortened(text: &str, most: usize) -> String {
    let shown: Vec<char> = text.chars().filter(|c| !c.is_control()).take(most + 1).collect();
    if shown.len() <= most { shown.into_iter().collect() } else { shown[..most - 1].iter().chain(&['…']).collect() }
}
