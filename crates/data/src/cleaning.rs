//! Which rows are used: each one left out is named with its line and a reason, and nothing is repaired in silence.
//!
//! A row goes when a cell it needs is empty, no number or of an absurd size, when its time has been there before, when it
//! stands alone in its trial, and, where the visitor wants that, when it is an outlier. Rows out of order are put in order
//! within their trial. Gaps in time stay as they are.

use crate::columns::Choice;
use crate::columns::Motion;
use crate::outliers;
use crate::recording::{MAX_VALUE, MIN_TRIAL_ROWS, is_usual};
use crate::table::{Cell, Row, Table};
use numerics::statistics::median;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;

/// A row that is not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dropped {
    /// Its line in the file, from 1.
    pub row: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a row is not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    /// A needed cell is empty.
    Empty(String),
    /// A needed cell holds something else than a number: column and content.
    NotANumber(String, String),
    /// A needed cell says NaN or infinity.
    NotFinite(String),
    /// A number beyond [`MAX_VALUE`]: column and value.
    TooLarge(String, f64),
    /// The time of an earlier line of the same trial.
    RepeatedTime(usize),
    /// Far from its neighbours, and the visitor wants such rows dropped: column and value.
    Outlier(String, f64),
    /// Too few rows in its trial.
    ShortTrial(usize),
    /// The last line of the file, with too few cells.
    CutShort(usize),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Empty(column) => write!(f, "{column} is empty"),
            Reason::NotANumber(column, text) => write!(f, "{column} is “{text}”, which is not a number"),
            Reason::NotFinite(column) => write!(f, "{column} is not a finite number"),
            Reason::TooLarge(column, value) => write!(f, "{column} is {value:.3e}, beyond {MAX_VALUE:.0e}"),
            Reason::RepeatedTime(line) => write!(f, "the time is that of line {line}"),
            Reason::Outlier(column, value) => write!(f, "{column} is {value}, far from its neighbours"),
            Reason::ShortTrial(rows) => write!(f, "its trial has only {rows} usable rows"),
            Reason::CutShort(cells) => write!(f, "the file ends in the middle of it, after {cells} cells"),
        }
    }
}

/// What becomes of outliers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outliers {
    /// They are named and used.
    #[default]
    Keep,
    /// They are named and left out.
    Drop,
}

/// One usable row: the time, and one or two measured numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Its line in the file.
    pub line: usize,
    /// When.
    pub time: f64,
    /// What: (q, p), or (q, 0), or (p, 0), as [`Motion`] says.
    pub values: [f64; 2],
}

/// The usable rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    /// Each trial's rows, ascending in time.
    pub trials: Vec<Vec<Reading>>,
    /// Rows left out, by line.
    pub dropped: Vec<Dropped>,
    /// Lines that stood before a line of an earlier time.
    pub out_of_order: Vec<usize>,
    /// Lines that look wrong beside their neighbours.
    pub outliers: Vec<usize>,
    /// What was taken from every time, where the file counts from long ago.
    pub origin: Option<f64>,
}

/// Two times closer than this part of the usual step are one time written twice: a slope between them means nothing.
const SAME_TIME: f64 = 1e-6;

impl Cleaned {
    /// The usable rows of a table. `time_factor` turns the file's times into seconds.
    pub fn of(table: &Table, choice: &Choice, time_factor: f64, outliers: Outliers) -> Self {
        let mut cleaned = Self::default();
        if let Some((row, cells)) = table.cut_short {
            cleaned.dropped.push(Dropped { row, reason: Reason::CutShort(cells) });
        }
        let times = table.rows.iter().filter_map(|row| number(row, choice.time).ok());
        let middle =
            median(times.map(|time| time * time_factor).filter(|time| time.is_finite()).collect()).unwrap_or_default();
        let shift = if is_usual(middle) { 0.0 } else { middle };
        cleaned.origin = (shift != 0.0).then_some(shift);

        let mut places: HashMap<u64, usize> = HashMap::new();
        for row in &table.rows {
            match reading(row, table, choice, time_factor, shift) {
                Err(reason) => cleaned.dropped.push(Dropped { row: row.line, reason }),
                Ok((trial, reading)) => {
                    let place = *places.entry(trial.to_bits()).or_insert(cleaned.trials.len());
                    if place == cleaned.trials.len() {
                        cleaned.trials.push(Vec::new());
                    }
                    cleaned.trials[place].push(reading);
                }
            }
        }
        cleaned.put_in_order();
        cleaned.drop_repeated_times();
        cleaned.find_outliers(&table.names[choice.used()[1]], outliers);
        cleaned.drop_short_trials();
        cleaned
    }

    /// Rows left.
    pub fn rows(&self) -> usize {
        self.trials.iter().map(Vec::len).sum()
    }

    /// The middle one of all steps of time.
    pub fn median_step(&self) -> f64 {
        let steps = self.trials.iter().flat_map(|trial| trial.windows(2).map(|pair| pair[1].time - pair[0].time));
        median(steps.filter(|step| *step > 0.0).collect()).unwrap_or_default()
    }

    fn put_in_order(&mut self) {
        for trial in &mut self.trials {
            let mut latest = f64::NEG_INFINITY;
            for reading in trial.iter() {
                if reading.time < latest {
                    self.out_of_order.push(reading.line);
                }
                latest = latest.max(reading.time);
            }
            trial.sort_by(|a, b| a.time.total_cmp(&b.time).then(a.line.cmp(&b.line)));
        }
    }

    fn drop_repeated_times(&mut self) {
        let same = SAME_TIME * self.median_step();
        for trial in &mut self.trials {
            let mut kept: Option<Reading> = None;
            trial.retain(|reading| match kept {
                Some(before) if reading.time - before.time <= same => {
                    self.dropped.push(Dropped { row: reading.line, reason: Reason::RepeatedTime(before.line) });
                    false
                }
                _ => {
                    kept = Some(*reading);
                    true
                }
            });
        }
    }

    fn find_outliers(&mut self, column: &str, outliers: Outliers) {
        for trial in &mut self.trials {
            let values: Vec<f64> = trial.iter().map(|reading| reading.values[0]).collect();
            let found = outliers::hampel(&values);
            self.outliers.extend(found.iter().map(|i| trial[*i].line));
            if outliers == Outliers::Drop {
                for i in found.into_iter().rev() {
                    let out = trial.remove(i);
                    let reason = Reason::Outlier(column.to_owned(), out.values[0]);
                    self.dropped.push(Dropped { row: out.line, reason });
                }
            }
        }
        self.outliers.sort_unstable();
    }

    /// Leaves out rows that `usable` refuses, by trial and place in it.
    pub fn refuse(&mut self, column: &str, usable: impl Fn(usize, usize) -> Result<(), f64>) {
        for (t, trial) in self.trials.iter_mut().enumerate() {
            let mut place = 0;
            trial.retain(|reading| {
                let verdict = usable(t, place);
                place += 1;
                if let Err(value) = verdict {
                    let reason = Reason::TooLarge(column.to_owned(), value);
                    self.dropped.push(Dropped { row: reading.line, reason });
                }
                verdict.is_ok()
            });
        }
        self.drop_short_trials();
    }

    fn drop_short_trials(&mut self) {
        for trial in &self.trials {
            if trial.len() < MIN_TRIAL_ROWS {
                let reason = Reason::ShortTrial(trial.len());
                self.dropped.extend(trial.iter().map(|r| Dropped { row: r.line, reason: reason.clone() }));
            }
        }
        self.trials.retain(|trial| trial.len() >= MIN_TRIAL_ROWS);
        self.dropped.sort_by_key(|dropped| dropped.row);
    }
}

/// Trial and numbers of a row, or why it cannot be used.
fn reading(row: &Row, table: &Table, choice: &Choice, factor: f64, shift: f64) -> Result<(f64, Reading), Reason> {
    let usual = |column: usize, factor: f64, shift: f64| {
        let name = || table.names[column].clone();
        let value = number(row, column).map_err(|cell| match cell {
            Cell::Text(text) => Reason::NotANumber(name(), text.to_string()),
            Cell::Empty => Reason::Empty(name()),
            Cell::Number(_) => Reason::NotFinite(name()),
        })?;
        let used = value * factor - shift;
        if is_usual(used) { Ok(used) } else { Err(Reason::TooLarge(name(), value)) }
    };
    let trial = choice.trial.map_or(Ok(0.0), |column| usual(column, 1.0, 0.0))?;
    let time = usual(choice.time, factor, shift)?;
    let values = match choice.motion {
        Motion::Both { q, p } => [usual(q, 1.0, 0.0)?, usual(p, 1.0, 0.0)?],
        Motion::Position(one) | Motion::Momentum(one) => [usual(one, 1.0, 0.0)?, 0.0],
    };
    // −0 and 0 are the same trial.
    Ok((trial + 0.0, Reading { line: row.line, time, values }))
}

fn number(row: &Row, column: usize) -> Result<f64, Cell> {
    match row.cells.get(column) {
        Some(Cell::Number(number)) if number.is_finite() => Ok(*number),
        other => Err(other.cloned().unwrap_or(Cell::Empty)),
    }
}
