//! What each column of a table means: guessed from its name and unit, or chosen by the visitor.
//!
//! Names are compared in small letters without their unit. Where no name is known, the first column that moves is q and the
//! next one p, and a note says that it was a guess. Of the three axes of a gyroscope the one that turns most is taken.

use crate::error::ReadError;
use crate::recording::{MAX_NAME, Quantity, is_usual, shortened};
use crate::table::{Cell, Table};
use serde::{Deserialize, Serialize};

/// Which columns the motion is in, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Motion {
    /// Position and momentum (or velocity) were both measured.
    Both {
        /// The position's column.
        q: usize,
        /// The momentum's column.
        p: usize,
    },
    /// The position alone; p is estimated from its slope.
    Position(usize),
    /// The velocity alone, as a gyroscope gives it; q is its integral.
    Momentum(usize),
}

/// Which column is what, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The time.
    pub time: usize,
    /// The motion.
    pub motion: Motion,
    /// The number of the trial, where there are several.
    pub trial: Option<usize>,
}

/// What a column is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// The time.
    Time,
    /// The position q.
    Position,
    /// The momentum p.
    Momentum,
    /// The number of the trial.
    Trial,
    /// Nothing.
    Unused,
}

/// A column as it is shown to the visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Name and unit.
    pub quantity: Quantity,
    /// What it is used for.
    pub role: Role,
}

const TIMES: &[&str] =
    &["t", "time", "times", "timestamp", "elapsed", "elapsed time", "seconds", "sec", "zeit", "temps"];
const TRIALS: &[&str] = &["trial", "run", "experiment", "versuch", "essai"];
const POSITIONS: &[&str] =
    &["theta", "θ", "angle", "q", "phi", "φ", "winkel", "o", "position", "displacement", "x", "pos", "y", "s"];
const MOMENTA: &[&str] = &[
    "omega",
    "ω",
    "angular velocity",
    "angular rate",
    "rate",
    "p",
    "momentum",
    "velocity",
    "v",
    "thetadot",
    "theta dot",
    "dtheta",
    "w",
    "vx",
    "speed",
    "geschwindigkeit",
];
/// Beginnings of names, where no whole name is known.
const POSITION_STEMS: &[&str] = &["theta", "angle", "angular position", "position", "displacement", "winkel"];
const MOMENTUM_STEMS: &[&str] = &["gyro", "omega", "angular velocity", "velocity", "rotation", "momentum"];

/// Name and unit of a heading such as `Time (s)`, `theta [rad]` or `omega`.
pub fn quantity(heading: &str) -> Quantity {
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((name, unit)) = heading.strip_suffix(close).and_then(|inner| inner.rsplit_once(open))
            && !name.trim().is_empty()
            && !unit.trim().is_empty()
        {
            return Quantity { name: name.trim().to_owned(), unit: Some(unit.trim().to_owned()) };
        }
    }
    Quantity { name: shortened(heading.trim(), MAX_NAME), unit: None }
}

impl Choice {
    /// Columns that are used.
    pub fn used(&self) -> Vec<usize> {
        let mut used = vec![self.time];
        match self.motion {
            Motion::Both { q, p } => used.extend([q, p]),
            Motion::Position(one) | Motion::Momentum(one) => used.push(one),
        }
        used.extend(self.trial);
        used
    }

    /// Whether only a velocity was measured.
    pub fn motion_is_rate(&self) -> bool {
        matches!(self.motion, Motion::Momentum(_))
    }

    /// Fails where a column is not there or is used twice.
    pub fn check(&self, columns: usize) -> Result<(), ReadError> {
        let used = self.used();
        let bad = used.iter().enumerate().find(|(i, column)| **column >= columns || used[..*i].contains(column));
        bad.map_or(Ok(()), |(_, column)| Err(ReadError::BadChoice { number: column.saturating_add(1), columns }))
    }

    /// What a column is used for.
    pub fn role(&self, column: usize) -> Role {
        match self.motion {
            _ if column == self.time => Role::Time,
            _ if Some(column) == self.trial => Role::Trial,
            Motion::Both { q, .. } | Motion::Position(q) if column == q => Role::Position,
            Motion::Both { p, .. } | Motion::Momentum(p) if column == p => Role::Momentum,
            _ => Role::Unused,
        }
    }

    /// The most sensible choice, and whether it is by place because the names say nothing.
    pub fn guess(table: &Table) -> Result<(Self, bool), ReadError> {
        let names: Vec<String> = table.names.iter().map(|name| plain(&quantity(name).name)).collect();
        let free = |taken: &[usize]| (0..names.len()).filter(|i| !taken.contains(i)).collect::<Vec<_>>();
        let whole = |known: &[&str], taken: &[usize]| {
            known.iter().find_map(|word| free(taken).into_iter().find(|i| names[*i] == *word))
        };
        let stem = |known: &[&str], taken: &[usize]| {
            let fits = |i: &usize| known.iter().any(|stem| names[*i].starts_with(stem));
            let spread = |i: &usize| table.spread(*i);
            free(taken).into_iter().filter(fits).max_by(|a, b| spread(a).total_cmp(&spread(b)))
        };
        let missing = |missing| ReadError::NoUsableColumn { missing, columns: table.names.join(", ") };

        let trial = whole(TRIALS, &[]);
        let mut taken: Vec<usize> = trial.into_iter().collect();
        let by_unit = || free(&taken).into_iter().find(|i| names[*i].starts_with("time"));
        let first_ascending = || free(&taken).into_iter().next().filter(|i| table.ascends(*i));
        let time = whole(TIMES, &taken).or_else(by_unit).or_else(first_ascending).ok_or(missing("a time"))?;
        taken.push(time);
        let p = whole(MOMENTA, &taken).or_else(|| stem(MOMENTUM_STEMS, &taken));
        taken.extend(p);
        let q = whole(POSITIONS, &taken).or_else(|| stem(POSITION_STEMS, &taken));
        let motion = match (q, p) {
            (Some(q), Some(p)) => Motion::Both { q, p },
            (Some(q), None) => Motion::Position(q),
            (None, Some(p)) => Motion::Momentum(p),
            (None, None) => {
                let accelerations = |i: &usize| !names[*i].contains("accel");
                let moves = |i: &usize| table.spread(*i) > 0.0;
                let mut moving = free(&taken).into_iter().filter(accelerations).filter(moves);
                let q = moving.next().ok_or(missing("a motion (an angle, a position or a velocity)"))?;
                let motion = moving.next().map_or(Motion::Position(q), |p| Motion::Both { q, p });
                return Ok((Self { time, motion, trial }, true));
            }
        };
        Ok((Self { time, motion, trial }, false))
    }
}

/// Small letters, with spaces for underscores and hyphens.
fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', '-', '.', '\''], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Table {
    /// The finite numbers of a column.
    fn numbers(&self, column: usize) -> impl Iterator<Item = f64> + '_ {
        self.rows.iter().filter_map(move |row| match row.cells.get(column) {
            Some(Cell::Number(number)) if number.is_finite() => Some(*number),
            _ => None,
        })
    }

    /// Standard deviation of a column.
    fn spread(&self, column: usize) -> f64 {
        let usual = || self.numbers(column).filter(|x| is_usual(*x));
        let n = usual().count().max(1) as f64;
        let mean = usual().sum::<f64>() / n;
        (usual().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt()
    }

    /// Whether a column grows from nearly every row to the next, as time does.
    fn ascends(&self, column: usize) -> bool {
        let numbers: Vec<f64> = self.numbers(column).collect();
        let up = numbers.windows(2).filter(|pair| pair[1] > pair[0]).count();
        numbers.len() > 1 && 10 * up >= 9 * (numbers.len() - 1)
    }
}
