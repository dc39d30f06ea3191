//! A measured motion with one degree of freedom: times, q and p of each trial, ready to be learned from, kept or sent.
//!
//! Whatever a [`Recording`] came from, a file, a link or [`crate::synthetic`], it is sound: see
//! [`Recording::check`]. Where the unit of a column was known, its
//! numbers are in SI units and radians; else they are as the file has them.

use crate::limits::{MAX_NAME, MAX_ROWS, MIN_ROWS, MIN_TRIAL_ROWS, is_usual};
use language::{text, tr, translated};
use numerics::statistics::median;
use serde::{Deserialize, Serialize};

/// What the recording of [`crate::synthetic`] is called.
pub const GENERATED: &str = text!("Generated laboratory pendulum");

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
    #[error(
        "{}",
        tr!("a recording has {least} to {most} rows, and this one has {rows}", least = MIN_ROWS, most = MAX_ROWS, rows = .0)
    )]
    Rows(usize),
    /// A trial whose columns differ in length or that is too short.
    #[error("{}", tr!("trial {trial} is too short, or its columns have different lengths", trial = .0))]
    Lengths(usize),
    /// A value that is no number, or beyond [`crate::limits::MAX_VALUE`].
    #[error("{}", tr!("trial {trial} has a value that is not a number of a usual size", trial = .0))]
    Value(usize),
    /// Time that does not move forward.
    #[error("{}", tr!("the time of trial {trial} does not always move forward", trial = .0))]
    Time(usize),
    /// A name that is too long.
    #[error("{}", tr!("a name is longer than {most} characters", most = MAX_NAME))]
    Name,
}

impl Recording {
    /// Its name as it is shown: that of a generated one in the visitor's language.
    pub fn title(&self) -> &str {
        if self.name == GENERATED { translated(GENERATED) } else { &self.name }
    }

    /// Rows of all trials.
    pub fn rows(&self) -> usize {
        self.trials.iter().map(|trial| trial.times.len()).sum()
    }

    /// The middle one of all steps of time.
    pub fn median_step(&self) -> f64 {
        let steps = self.trials.iter().flat_map(|trial| trial.times.windows(2).map(|pair| pair[1] - pair[0]));
        median(steps.collect()).unwrap_or_default()
    }

    /// Whether every trial is finite, within [`crate::limits::MAX_VALUE`] and ascending in time, and the whole within its limits.
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
