//! From a table to a recording with both q and p, and the preview that goes with it.

use crate::cleaning::{Cleaned, Scaled, Source};
use crate::columns::{Column, Motion};
use crate::damping::{self, Damping};
use crate::derive::{Derived, derived};
use crate::dropped::{Dropped, Reason};
use crate::error::ReadError;
use crate::facts::Facts;
use crate::guesses::Guessed;
use crate::limits::{MAX_NAME, MIN_ROWS, MIN_TRIAL_ROWS, is_usual, shortened};
use crate::names::shown;
use crate::options::Options;
use crate::outliers;
use crate::preview::{Gap, Preview, TrialSeen};
use crate::recording::{self, Quantity, Recording, Trial};
use crate::roles::Roles;
use crate::runs::{Run, counterpart, runs};
use crate::table::Table;
use crate::text::Encoding;
use crate::units::Unit;
use language::{text, tr, translated, written};
use numerics::statistics::median;

/// A step longer than this many usual ones is a gap.
const GAP: f64 = 1.5;
/// What q and p are called where they were computed.
const COMPUTED: [&str; 4] = [
    text!("slope of q"),
    text!("integral of p"),
    text!("second integral of the acceleration"),
    text!("integral of the acceleration"),
];

/// What is known of the columns of a table: what each is for, run by run, and its unit.
pub struct Understood<'a> {
    table: &'a Table,
    runs: Vec<(Run, Roles)>,
    units: Vec<Option<String>>,
    questions: Guessed,
    notes: Vec<String>,
}

impl<'a> Understood<'a> {
    /// Guesses what the visitor has not said.
    pub fn of(table: &'a Table, options: &Options) -> Result<Self, ReadError> {
        options.choice.check(table.headings.len())?;
        let all = runs(&table.headings);
        let mut units: Vec<Option<String>> = table.headings.iter().map(|heading| heading.unit.clone()).collect();
        for (column, unit) in &options.units {
            if *column >= units.len() {
                return Err(ReadError::BadChoice { number: column.saturating_add(1), columns: units.len() });
            }
            Unit::parse(unit).ok_or_else(|| ReadError::UnknownUnit { unit: unit.clone() })?;
            for column in all.iter().filter_map(|run| counterpart(&table.headings, run, *column)) {
                units[column] = Some(unit.clone());
            }
        }
        let facts: Vec<Facts> = (0..units.len()).map(|i| Facts::of(table, i, units[i].as_deref())).collect();
        let (mut found, mut notes, mut refused) = (Vec::<(Run, Roles)>::new(), Vec::new(), None);
        for run in all {
            let time = found.first().map(|(_, roles)| roles.time);
            match Roles::guess(table, &facts, &run, &options.choice, time) {
                Ok(roles) => found.push((run, roles)),
                Err(error) => {
                    notes.extend(
                        run.name.iter().map(|name| format!("{} {error}", tr!("{run} is left out.", run = name))),
                    );
                    refused = refused.or(Some(error));
                }
            }
        }
        let Some((_, first)) = found.first() else {
            return Err(refused.unwrap_or(ReadError::Empty));
        };
        for note in found.iter().flat_map(|(_, roles)| &roles.notes) {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
        let questions = Guessed::of(table, &facts, first);
        for (column, unit) in &questions.units {
            for column in found.iter().filter_map(|(run, _)| counterpart(&table.headings, run, *column)) {
                units[column] = Some((*unit).to_owned());
            }
        }
        notes.extend(questions.notes.iter().cloned());
        Ok(Self { table, runs: found, units, questions, notes })
    }

    /// Every column with its role.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns = plain_columns(self.table);
        for (i, column) in columns.iter_mut().enumerate() {
            column.quantity.unit.clone_from(&self.units[i]);
            let own = self
                .runs
                .iter()
                .find(|(run, roles)| run.all().any(|other| other == i) && roles.of(i) != Default::default());
            column.role = own
                .or(self.runs.iter().find(|(_, roles)| roles.time == i))
                .map_or_else(Default::default, |(_, roles)| roles.of(i));
        }
        columns
    }

    /// The recording and its preview, or why there is none.
    pub fn recording(self, options: &Options, encoding: Encoding) -> Result<(Recording, Preview), ReadError> {
        let table = self.table;
        let scaled = |column: usize| Scaled { column, factor: self.unit(column).map_or(1.0, |unit| unit.factor) };
        let source = |(run, roles): &(Run, Roles)| Source {
            name: run.name.clone(),
            time: scaled(roles.time),
            values: roles.motion.columns().into_iter().map(scaled).collect(),
            trial: roles.trial,
        };
        let sources: Vec<Source> = self.runs.iter().map(source).collect();
        let mut cleaned = Cleaned::of(table, &sources, &options.left_out, options.outliers);
        enough(&cleaned)?;
        for i in 0..sources.iter().map(|source| source.values.len()).max().unwrap_or(0) {
            is_moving(&cleaned, &sources, table, i)?;
        }
        let motions: Vec<Motion> = self.runs.iter().map(|(_, roles)| roles.motion).collect();
        let Derived { mut trials, derivation } = derived(&mut cleaned, &motions)?;
        let [time, q, p] = self.quantities();
        drop_runaways(&mut cleaned, &mut trials, [&q.name, &p.name]);
        enough(&cleaned)?;
        let name = shortened(options.name.trim(), MAX_NAME);
        let recording = Recording { name, source: recording::Source::Measured, trials, time, q, p };
        let steps = || recording.trials.iter().flat_map(|trial| trial.times.windows(2).map(|pair| pair[1] - pair[0]));
        let median_step = recording.median_step();
        let preview = Preview {
            encoding,
            layout: table.layout,
            columns: self.columns(),
            quantities: [recording.time.clone(), recording.q.clone(), recording.p.clone()],
            sources: self.sources(),
            rows: table.rows.len() + table.ragged.len() + usize::from(table.cut_short.is_some()),
            rows_read: cleaned.read,
            rows_used: recording.rows(),
            trials: seen(&recording, &cleaned, table),
            median_step,
            step_range: (steps().fold(f64::INFINITY, f64::min), steps().fold(0.0, f64::max)),
            gaps: gaps(&cleaned),
            passed: table.passed.clone(),
            derivation,
            damping: Damping::of(&recording),
            middle: damping::rest(&recording),
            notes: self.notes(&cleaned),
            questions: self.questions.questions,
            out_of_order: cleaned.out_of_order,
            outliers: cleaned.outliers,
            dropped: cleaned.dropped,
        };
        Ok((recording, preview))
    }

    fn unit(&self, column: usize) -> Option<Unit> {
        self.units[column].as_deref().and_then(Unit::parse)
    }

    /// The columns that q and p come from.
    fn sources(&self) -> [usize; 2] {
        match self.runs[0].1.motion {
            Motion::Both { q, p } => [q, p],
            Motion::Position(one) | Motion::Momentum(one) | Motion::Acceleration(one) => [one; 2],
        }
    }

    /// Time, q and p of the recording, with the units that their numbers have in it.
    fn quantities(&self) -> [Quantity; 3] {
        let roles = &self.runs[0].1;
        let of = |column: usize| {
            let written = self.units[column].clone();
            let unit = self.unit(column).and_then(|unit| unit.si().map(str::to_owned)).or(written);
            Quantity { name: self.table.headings[column].name.clone(), unit }
        };
        let time = of(roles.time);
        let seconds = time.unit.as_deref() == Some("s");
        let computed = |name: &str, from: usize, units: &[(&str, &str)]| {
            let from = of(from).unit;
            let unit = units.iter().find(|(known, _)| seconds && from.as_deref() == Some(*known));
            Quantity { name: name.to_owned(), unit: unit.map(|(_, unit)| (*unit).to_owned()) }
        };
        let (q, p) = match roles.motion {
            Motion::Both { q, p } => (of(q), of(p)),
            Motion::Position(q) => (of(q), computed(COMPUTED[0], q, &[("m", "m/s"), ("rad", "rad/s")])),
            Motion::Momentum(p) => (computed(COMPUTED[1], p, &[("m/s", "m"), ("rad/s", "rad")]), of(p)),
            Motion::Acceleration(a) => (
                computed(COMPUTED[2], a, &[("m/s²", "m"), ("rad/s²", "rad")]),
                computed(COMPUTED[3], a, &[("m/s²", "m/s"), ("rad/s²", "rad/s")]),
            ),
        };
        [time, q, p]
    }

    /// What the visitor should know of the columns.
    fn notes(&self, cleaned: &Cleaned) -> Vec<String> {
        let (table, roles) = (self.table, &self.runs[0].1);
        let mut notes = Vec::new();
        for column in std::iter::once(roles.time).chain(roles.motion.columns()) {
            let Some((unit, si)) = self.unit(column).and_then(|unit| Some((unit, unit.si()?))) else { continue };
            if unit.factor != 1.0 {
                notes.push(tr!(
                    "“{name}” was converted from {unit} to {si}.",
                    name = shown(&table.headings[column].name),
                    unit = self.units[column].as_deref().unwrap_or_default(),
                    si = si
                ));
            }
        }
        if !table.named {
            notes.push(tr!("The file does not name its columns, so they are numbered.").to_owned());
        }
        notes.extend(self.notes.iter().cloned());
        if cleaned.restarts > 0 {
            notes.push(tr!(
                "The clock starts again {times} times, each time with a new trial.",
                times = cleaned.restarts
            ));
        }
        if let Some(origin) = cleaned.origin {
            notes.push(tr!(
                "The times are very large, so they are counted from {origin}.",
                origin = written(origin.to_string())
            ));
        }
        notes
    }
}

/// The columns of a table of which nothing is known yet.
pub fn plain_columns(table: &Table) -> Vec<Column> {
    let several = runs(&table.headings).len() > 1;
    let column = |(i, heading): (usize, &crate::heading::Heading)| Column {
        quantity: Quantity { name: heading.name.clone(), unit: heading.unit.clone() },
        run: heading.run.clone().filter(|_| several),
        has_numbers: table.numbers(i).next().is_some(),
        ..Column::default()
    };
    table.headings.iter().enumerate().map(column).collect()
}

fn enough(cleaned: &Cleaned) -> Result<(), ReadError> {
    match cleaned.rows() {
        usable if usable < MIN_ROWS => {
            let said = |dropped: &Dropped| tr!("line {line}: {reason}", line = dropped.row, reason = dropped.reason);
            let first = cleaned.dropped.first().map(said);
            Err(ReadError::TooFewRows { usable, read: cleaned.read, first })
        }
        _ => Ok(()),
    }
}

fn is_moving(cleaned: &Cleaned, sources: &[Source], table: &Table, value: usize) -> Result<(), ReadError> {
    let mut values = cleaned.trials.iter().flat_map(|trial| &trial.readings).map(|reading| reading.values[value]);
    let first = values.next();
    if values.any(|value| Some(value) != first) {
        return Ok(());
    }
    let column = sources.iter().find_map(|source| source.values.get(value)).map_or(0, |scaled| scaled.column);
    Err(ReadError::Constant { column: table.headings[column].name.clone() })
}

/// What was computed may be too large where what was measured is not; such rows go, in the clean rows and in the trials.
fn drop_runaways(cleaned: &mut Cleaned, trials: &mut Vec<Trial>, names: [&str; 2]) {
    cleaned.refuse(|t, i| {
        let values = [trials[t].q[i], trials[t].p[i]];
        let too_large = (0..2).find(|which| !is_usual(values[*which]))?;
        let name = match COMPUTED.into_iter().find(|computed| *computed == names[too_large]) {
            Some(computed) => translated(computed),
            None => names[too_large],
        };
        Some(Reason::TooLarge(name.to_owned(), values[too_large]))
    });
    for trial in trials.iter_mut() {
        let kept: Vec<bool> = trial.q.iter().zip(&trial.p).map(|(q, p)| is_usual(*q) && is_usual(*p)).collect();
        for values in [&mut trial.times, &mut trial.q, &mut trial.p] {
            let mut keep = kept.iter();
            values.retain(|_| keep.next().copied().unwrap_or(false));
        }
    }
    trials.retain(|trial| trial.times.len() >= MIN_TRIAL_ROWS);
}

/// Steps that are long for their trial.
fn gaps(cleaned: &Cleaned) -> Vec<Gap> {
    let mut all = Vec::new();
    for trial in &cleaned.trials {
        let steps = || trial.readings.windows(2).map(|pair| (pair[1].line, pair[1].time - pair[0].time));
        let usual = median(steps().map(|(_, step)| step).collect()).unwrap_or_default();
        all.extend(steps().filter(|(_, step)| *step > GAP * usual).map(|(row, length)| Gap { row, length }));
    }
    all
}

fn seen(recording: &Recording, cleaned: &Cleaned, table: &Table) -> Vec<TrialSeen> {
    let alone = recording.trials.len() == 1;
    let trial = |(i, trial): (usize, &Trial)| {
        let outliers = outliers::hampel(&trial.q);
        let usual = trial.q.iter().enumerate().filter(|(i, _)| outliers.binary_search(i).is_err());
        let range = usual.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, q)| (low.min(*q), high.max(*q)));
        let name = cleaned.trials[i].name.clone().or_else(|| table.title.clone().filter(|_| alone));
        TrialSeen {
            name: name.map_or_else(|| tr!("trial {number}", number = i + 1), |name| shortened(&name, MAX_NAME)),
            rows: trial.times.len(),
            step: median(trial.times.windows(2).map(|pair| pair[1] - pair[0]).collect()).unwrap_or_default(),
            period: damping::period(&trial.times, &trial.q),
            amplitude: ((range.1 - range.0) / 2.0).max(0.0),
        }
    };
    recording.trials.iter().enumerate().map(trial).collect()
}
