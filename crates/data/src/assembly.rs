//! From clean rows to a recording with both q and p, and the preview that goes with it.

use crate::Options;
use crate::cleaning::{Cleaned, Reading};
use crate::columns::{Choice, Column, Motion, quantity};
use crate::damping::{self, Damping};
use crate::error::ReadError;
use crate::preview::{Derivation, Gap, Preview};
use crate::recording::{MAX_NAME, MIN_ROWS, MIN_TRIAL_ROWS, Quantity, Recording, Source, Trial, is_usual, shortened};
use crate::slope;
use crate::table::Table;
use crate::text::Encoding;

/// A step longer than this many usual ones is a gap.
const GAP: f64 = 1.5;

/// How the file's times become those of the recording.
pub(super) struct TimeUnit {
    pub(super) factor: f64,
    pub(super) quantity: Quantity,
    pub(super) note: Option<String>,
}

/// Milliseconds and their like become seconds: velocities in a file are per second.
pub(super) fn seconds(time: &Quantity) -> TimeUnit {
    let factor = match time.unit.as_deref() {
        Some("ms") => 1e-3,
        Some("us" | "µs" | "μs") => 1e-6,
        Some("ns") => 1e-9,
        Some("min") => 60.0,
        _ => return TimeUnit { factor: 1.0, quantity: time.clone(), note: None },
    };
    let unit = time.unit.clone().unwrap_or_default();
    TimeUnit {
        factor,
        quantity: Quantity { unit: Some("s".to_owned()), ..time.clone() },
        note: Some(format!("Times in {unit} were turned into seconds.")),
    }
}

/// What the visitor should know of the columns.
pub(super) fn notes(table: &Table, cleaned: &Cleaned, choice: &Choice, by_place: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if !table.named {
        notes.push("The file does not name its columns, so they are numbered.".to_owned());
    }
    if by_place {
        notes.push("The names do not say which columns are q and p; they were guessed by their place.".to_owned());
    }
    if let Some(origin) = cleaned.origin {
        notes.push(format!("The times are very large, so they are counted from {origin}."));
    }
    if let Motion::Momentum(p) = choice.motion
        && table.names.iter().filter(|name| name.to_lowercase().starts_with("gyro")).count() > 1
    {
        notes.push(format!("Of the axes that were measured, “{}” is used.", table.names[p]));
    }
    notes
}

/// The recording and its preview, or why there is none.
pub(super) fn assembled(
    table: &Table,
    choice: &Choice,
    mut cleaned: Cleaned,
    time: Quantity,
    options: &Options,
    encoding: Encoding,
    notes: Vec<String>,
) -> Result<(Recording, Preview), ReadError> {
    let read = table.rows.len() + usize::from(table.cut_short.is_some());
    enough(&cleaned, read)?;
    let measured = &choice.used()[1..choice.used().len() - usize::from(choice.trial.is_some())];
    for (i, column) in measured.iter().enumerate() {
        is_moving(&cleaned, i, &table.names[*column])?;
    }
    let (mut trials, derivation) = derived(&cleaned.trials, choice.motion, cleaned.median_step());
    let name = |column: Option<usize>, otherwise: &str| match column {
        Some(column) => quantity(&table.names[column]),
        None => Quantity { name: otherwise.to_owned(), unit: None },
    };
    let (q, p) = match choice.motion {
        Motion::Both { q, p } => (name(Some(q), ""), name(Some(p), "")),
        Motion::Position(q) => (name(Some(q), ""), name(None, "slope of q")),
        Motion::Momentum(p) => (name(None, "integral of p"), name(Some(p), "")),
    };
    drop_runaways(&mut cleaned, &mut trials, if choice.motion_is_rate() { &q.name } else { &p.name });
    enough(&cleaned, read)?;
    let recording =
        Recording { name: shortened(options.name.trim(), MAX_NAME), source: Source::Measured, trials, time, q, p };
    let column = |(i, name): (usize, &String)| Column { quantity: quantity(name), role: choice.role(i) };
    let steps = || recording.trials.iter().flat_map(|trial| trial.times.windows(2).map(|pair| pair[1] - pair[0]));
    let median_step = recording.median_step();
    let mut columns: Vec<Column> = table.names.iter().enumerate().map(column).collect();
    columns[choice.time].quantity = recording.time.clone();
    let preview = Preview {
        encoding,
        layout: table.layout,
        columns,
        rows_read: read,
        rows_used: recording.rows(),
        trials: recording.trials.iter().map(|trial| trial.times.len()).collect(),
        median_step,
        step_range: (steps().fold(f64::INFINITY, f64::min), steps().fold(0.0, f64::max)),
        gaps: gaps(&cleaned.trials, median_step),
        out_of_order: cleaned.out_of_order,
        outliers: cleaned.outliers,
        dropped: cleaned.dropped,
        derivation,
        damping: Damping::of(&recording),
        notes,
    };
    Ok((recording, preview))
}

fn enough(cleaned: &Cleaned, read: usize) -> Result<(), ReadError> {
    match cleaned.rows() {
        usable if usable < MIN_ROWS => {
            Err(ReadError::TooFewRows { usable, read, first: cleaned.dropped.first().cloned() })
        }
        _ => Ok(()),
    }
}

fn is_moving(cleaned: &Cleaned, value: usize, column: &str) -> Result<(), ReadError> {
    let mut values = cleaned.trials.iter().flatten().map(|reading| reading.values[value]);
    let first = values.next();
    if values.any(|value| Some(value) != first) {
        Ok(())
    } else {
        Err(ReadError::Constant { column: column.to_owned() })
    }
}

/// q and p of every trial.
fn derived(trials: &[Vec<Reading>], motion: Motion, step: f64) -> (Vec<Trial>, Derivation) {
    let column = |trial: &[Reading], i: usize| trial.iter().map(|reading| reading.values[i]).collect::<Vec<f64>>();
    let times = |trial: &[Reading]| trial.iter().map(|reading| reading.time).collect::<Vec<f64>>();
    match motion {
        Motion::Both { .. } => {
            let whole = |t: &Vec<Reading>| Trial { times: times(t), q: column(t, 0), p: column(t, 1) };
            (trials.iter().map(whole).collect(), Derivation::Measured)
        }
        Motion::Position(_) => {
            let longest = trials.iter().max_by_key(|trial| trial.len());
            let period = longest.and_then(|trial| damping::period(&times(trial), &column(trial, 0)));
            let window = slope::window(period.map(|period| period / step));
            let estimate = |trial: &Vec<Reading>| {
                let (times, q) = (times(trial), column(trial, 0));
                let p = slope::estimated(&times, &q, window);
                Trial { times, q, p }
            };
            let derivation = Derivation::slope(window, slope::noise_gain(window, step));
            (trials.iter().map(estimate).collect(), derivation)
        }
        Motion::Momentum(_) => {
            let mut drifts = Vec::with_capacity(trials.len());
            let mut integral = |trial: &Vec<Reading>| {
                let times = times(trial);
                let (q, p, drift) = slope::integrated(&times, &column(trial, 0));
                drifts.push(drift);
                Trial { times, q, p }
            };
            let trials = trials.iter().map(&mut integral).collect();
            (trials, Derivation::IntegralOfVelocity { drifts })
        }
    }
}

/// What was computed may be too large where what was measured is not; such rows go, in the clean rows and in the trials.
fn drop_runaways(cleaned: &mut Cleaned, trials: &mut Vec<Trial>, column: &str) {
    let usual = |t: usize, i: usize| {
        let (q, p) = (trials[t].q[i], trials[t].p[i]);
        if !is_usual(q) {
            Err(q)
        } else if !is_usual(p) {
            Err(p)
        } else {
            Ok(())
        }
    };
    cleaned.refuse(column, usual);
    for trial in trials.iter_mut() {
        let kept: Vec<bool> = trial.q.iter().zip(&trial.p).map(|(q, p)| is_usual(*q) && is_usual(*p)).collect();
        for values in [&mut trial.times, &mut trial.q, &mut trial.p] {
            let mut keep = kept.iter();
            values.retain(|_| keep.next().copied().unwrap_or(false));
        }
    }
    trials.retain(|trial| trial.times.len() >= MIN_TRIAL_ROWS);
}

fn gaps(trials: &[Vec<Reading>], median_step: f64) -> Vec<Gap> {
    let pairs = trials.iter().flat_map(|trial| trial.windows(2));
    let gap = |pair: &[Reading]| Gap { row: pair[1].line, length: pair[1].time - pair[0].time };
    pairs.map(gap).filter(|gap| gap.length > GAP * median_step).collect()
}
