//! Which rows are used: each one left out is named with its line and a reason, and nothing is repaired in silence.
//!
//! A row goes when a cell it needs is empty, no number or of an absurd size, when its time has been there before, when it
//! stands alone in its trial, and, where the visitor wants that, when it is an outlier. Rows out of order are put in order
//! within their trial. Gaps in time stay as they are.

pub use crate::dropped::{Dropped, Outliers, Reason};
use crate::grid::Cell;
use crate::limits::{MIN_TRIAL_ROWS, is_usual};
use crate::outliers;
use crate::table::{Row, Table};
use language::tr;
use numerics::statistics::median;
use std::collections::{HashMap, HashSet};

/// One usable row: the time, and one or two measured numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Its line in the file.
    pub line: usize,
    /// When, in the recording's unit of time.
    pub time: f64,
    /// What: (q, p), or the one that was measured and 0.
    pub values: [f64; 2],
}

/// A column, and what its numbers are multiplied by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaled {
    /// The column.
    pub column: usize,
    /// The factor that brings it to SI units, or 1.
    pub factor: f64,
}

/// Where the trials of one run come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What the run is called.
    pub name: Option<String>,
    /// Its clock.
    pub time: Scaled,
    /// What was measured: one or two columns.
    pub values: Vec<Scaled>,
    /// The column that names the trial of each row.
    pub trial: Option<usize>,
}

/// The usable rows of one trial, ascending in time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CleanTrial {
    /// What it is called, where the file says so.
    pub name: Option<String>,
    /// Its run, by place.
    pub source: usize,
    /// Its rows.
    pub readings: Vec<Reading>,
}

/// The usable rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    /// The trials.
    pub trials: Vec<CleanTrial>,
    /// Rows that were looked at: those of all trials, and those left out.
    pub read: usize,
    /// Rows left out, by line.
    pub dropped: Vec<Dropped>,
    /// Lines that stood before a line of an earlier time.
    pub out_of_order: Vec<usize>,
    /// Lines that look wrong beside their neighbours.
    pub outliers: Vec<usize>,
    /// What was taken from every time, where the file counts from long ago.
    pub origin: Option<f64>,
    /// How often the clock began again within a run, each time a new trial.
    pub restarts: usize,
}

/// Two times closer than this part of the usual step are one time written twice: a slope between them means nothing.
const SAME_TIME: f64 = 1e-6;
/// Rows that a stretch needs to be a trial of its own where the clock begins again.
const RESTART_ROWS: usize = 8;
/// How near to the beginning of the stretch before it the clock has to fall back, as a part of that stretch.
const RESTART_SHARE: f64 = 0.1;

impl Cleaned {
    /// The usable rows of a table. `unwanted`: first and last lines of the parts that the visitor leaves out.
    pub fn of(table: &Table, sources: &[Source], unwanted: &[(usize, usize)], outliers: Outliers) -> Self {
        let mut cleaned = Self::default();
        let cut_short =
            table.cut_short.iter().map(|(row, cells)| Dropped { row: *row, reason: Reason::CutShort(*cells) });
        let columns = table.headings.len();
        let ragged =
            table.ragged.iter().map(|(row, cells)| Dropped { row: *row, reason: Reason::Ragged(*cells, columns) });
        cleaned.dropped.extend(cut_short.chain(ragged));
        cleaned.read = cleaned.dropped.len();
        for (i, source) in sources.iter().enumerate() {
            cleaned.take(table, source, i, sources.len() > 1, unwanted);
        }
        cleaned.split_restarts(table);
        cleaned.put_in_order();
        cleaned.drop_repeated_times();
        let names: Vec<&str> =
            sources.iter().map(|source| table.headings[source.values[0].column].name.as_str()).collect();
        cleaned.find_outliers(&names, outliers);
        cleaned.drop_short_trials();
        cleaned
    }

    /// Rows left.
    pub fn rows(&self) -> usize {
        self.trials.iter().map(|trial| trial.readings.len()).sum()
    }

    /// The rows of one run. Of runs side by side, lines beyond the end of a run are none of its rows.
    fn take(&mut self, table: &Table, source: &Source, place: usize, several: bool, unwanted: &[(usize, usize)]) {
        let times = table.numbers(source.time.column).map(|(_, time)| time * source.time.factor);
        let middle = median(times.filter(|time| time.is_finite()).collect()).unwrap_or_default();
        let shift = if is_usual(middle) { 0.0 } else { middle };
        self.origin = self.origin.or((shift != 0.0).then_some(shift));
        let used: Vec<usize> = source.values.iter().map(|scaled| scaled.column).chain([source.time.column]).collect();
        let mut places: HashMap<String, usize> = HashMap::new();
        for row in &table.rows {
            let own = || used.iter().filter(|column| **column != source.time.column);
            if several && own().all(|column| *table.cell(row, *column) == Cell::Empty) {
                continue;
            }
            self.read += 1;
            let drop = |reason| Dropped { row: row.line, reason };
            if unwanted.iter().any(|(first, last)| (*first..=*last).contains(&row.line)) {
                self.dropped.push(drop(Reason::Unwanted));
                continue;
            }
            match reading(row, table, source, shift) {
                Err(reason) => self.dropped.push(drop(reason)),
                Ok((trial, reading)) => {
                    let at = *places.entry(trial.clone()).or_insert(self.trials.len());
                    if at == self.trials.len() {
                        let column = source.trial.map(|column| format!("{} {trial}", table.headings[column].name));
                        let name = match (&source.name, column) {
                            (Some(run), Some(column)) => Some(format!("{run}, {column}")),
                            (run, column) => run.clone().or(column),
                        };
                        self.trials.push(CleanTrial { name, source: place, readings: Vec::new() });
                    }
                    self.trials[at].readings.push(reading);
                }
            }
        }
    }

    /// A clock that begins again begins another trial.
    fn split_restarts(&mut self, table: &Table) {
        let mut split = Vec::with_capacity(self.trials.len());
        for trial in std::mem::take(&mut self.trials) {
            let mut cuts = Vec::new();
            let (mut first, readings) = (0, &trial.readings);
            for i in 1..readings.len() {
                let (start, before) = (readings[first].time, readings[i - 1].time);
                let falls = readings[i].time <= start + RESTART_SHARE * (before - start) && before > start;
                if falls && i - first >= RESTART_ROWS && ascends_from(&readings[i..]) {
                    cuts.push(i);
                    first = i;
                }
            }
            self.restarts += cuts.len();
            let (mut first, whole) = (0, trial);
            for (number, end) in cuts.iter().copied().chain([whole.readings.len()]).enumerate() {
                let readings = whole.readings[first..end].to_vec();
                let above = (first > 0).then(|| whole.readings[first - 1].line);
                let label = readings.first().and_then(|reading| label(table, above, reading.line));
                let name = match cuts.len() {
                    0 => whole.name.clone(),
                    _ => label.or_else(|| {
                        whole.name.as_ref().map(|name| tr!("{name}, part {number}", name = name, number = number + 1))
                    }),
                };
                split.push(CleanTrial { name, source: whole.source, readings });
                first = end;
            }
        }
        self.trials = split;
    }

    fn put_in_order(&mut self) {
        for trial in &mut self.trials {
            let mut latest = f64::NEG_INFINITY;
            for reading in trial.readings.iter() {
                if reading.time < latest {
                    self.out_of_order.push(reading.line);
                }
                latest = latest.max(reading.time);
            }
            trial.readings.sort_by(|a, b| a.time.total_cmp(&b.time).then(a.line.cmp(&b.line)));
        }
        self.out_of_order.sort_unstable();
        self.out_of_order.dedup();
    }

    fn drop_repeated_times(&mut self) {
        for trial in &mut self.trials {
            let steps = trial.readings.windows(2).map(|pair| pair[1].time - pair[0].time).filter(|step| *step > 0.0);
            let same = SAME_TIME * median(steps.collect()).unwrap_or_default();
            let mut kept: Option<Reading> = None;
            trial.readings.retain(|reading| match kept {
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

    fn find_outliers(&mut self, columns: &[&str], outliers: Outliers) {
        for trial in &mut self.trials {
            let values: Vec<f64> = trial.readings.iter().map(|reading| reading.values[0]).collect();
            let found: HashSet<usize> = outliers::hampel(&values).into_iter().collect();
            self.outliers.extend(found.iter().map(|i| trial.readings[*i].line));
            if outliers == Outliers::Drop {
                let mut place = 0;
                trial.readings.retain(|out| {
                    place += 1;
                    let keep = !found.contains(&(place - 1));
                    if !keep {
                        let reason = Reason::Outlier(columns[trial.source].to_owned(), out.values[0]);
                        self.dropped.push(Dropped { row: out.line, reason });
                    }
                    keep
                });
            }
        }
        self.outliers.sort_unstable();
    }

    /// Leaves out rows that `usable` gives a reason against, by trial and place in it, and trials that are too short then.
    pub fn refuse(&mut self, usable: impl Fn(usize, usize) -> Option<Reason>) {
        for (t, trial) in self.trials.iter_mut().enumerate() {
            let mut place = 0;
            trial.readings.retain(|reading| {
                let reason = usable(t, place);
                place += 1;
                let keep = reason.is_none();
                self.dropped.extend(reason.map(|reason| Dropped { row: reading.line, reason }));
                keep
            });
        }
        self.drop_short_trials();
    }

    fn drop_short_trials(&mut self) {
        for trial in self.trials.iter().filter(|trial| trial.readings.len() < MIN_TRIAL_ROWS) {
            let reason = Reason::ShortTrial(trial.readings.len());
            self.dropped.extend(trial.readings.iter().map(|r| Dropped { row: r.line, reason: reason.clone() }));
        }
        self.trials.retain(|trial| trial.readings.len() >= MIN_TRIAL_ROWS);
        self.dropped.sort_by_key(|dropped| dropped.row);
    }
}

/// Whether a stretch goes on forward for long enough to be a trial.
fn ascends_from(readings: &[Reading]) -> bool {
    readings.len() >= RESTART_ROWS && readings[..RESTART_ROWS].windows(2).all(|pair| pair[1].time > pair[0].time)
}

/// What stands alone between two rows, the last of it.
fn label(table: &Table, above: Option<usize>, line: usize) -> Option<String> {
    let before = |row: &usize| {
        table.rows.get(*row).is_some_and(|row| row.line <= line && above.is_none_or(|above| row.line > above))
    };
    let found = table.labels.iter().rev().find(|(row, _)| before(row)).map(|(_, text)| text.clone());
    found.or_else(|| table.title.clone().filter(|_| above.is_none()))
}

/// Trial and numbers of a row, or why it cannot be used.
fn reading(row: &Row, table: &Table, source: &Source, shift: f64) -> Result<(String, Reading), Reason> {
    let name = |column: usize| table.headings[column].name.clone();
    let usual = |scaled: Scaled, shift: f64| {
        let name = || name(scaled.column);
        let value = match table.cell(row, scaled.column) {
            Cell::Number(number) if number.is_finite() => *number,
            Cell::Number(_) => return Err(Reason::NotFinite(name())),
            Cell::Text(text) => return Err(Reason::NotANumber(name(), crate::limits::shortened(text, 20))),
            Cell::Empty => return Err(Reason::Empty(name())),
        };
        let used = value * scaled.factor - shift;
        if is_usual(used) { Ok(used) } else { Err(Reason::TooLarge(name(), value)) }
    };
    let trial = match source.trial.map(|column| (column, table.cell(row, column))) {
        None => String::new(),
        // −0 and 0 are the same trial.
        Some((_, Cell::Number(number))) if number.is_finite() => (number + 0.0).to_string(),
        Some((_, Cell::Text(text))) => text.to_string(),
        Some((column, Cell::Number(_))) => return Err(Reason::NotFinite(name(column))),
        Some((column, Cell::Empty)) => return Err(Reason::Empty(name(column))),
    };
    let time = usual(source.time, shift)?;
    let mut values = [0.0; 2];
    for (value, scaled) in values.iter_mut().zip(&source.values) {
        *value = usual(*scaled, 0.0)?;
    }
    Ok((trial, Reading { line: row.line, time, values }))
}
