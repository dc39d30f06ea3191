//! What can be seen of each column before its role is known: what its name and unit say, how much it moves, whether it ascends.

use crate::limits::is_usual;
use crate::table::Table;
use crate::units::{Kind, Unit};
use crate::words::{self, Meaning};
use numerics::statistics::median;

/// What can be seen of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// What unit and name say, the unit first.
    pub meaning: Meaning,
    /// Its unit, if it is known.
    pub unit: Option<Unit>,
    /// The axis that its name ends in.
    pub axis: Option<char>,
    /// Its finite numbers.
    pub count: usize,
    /// Standard deviation of its usual numbers.
    pub spread: f64,
    /// Whether it grows from nearly every row to the next, as time does.
    pub ascends: bool,
    /// Whether it counts rows: whole numbers, one more in nearly every row.
    pub counts: bool,
}

impl Facts {
    /// The facts of a column with a name and perhaps a unit.
    pub fn of(table: &Table, column: usize, unit: Option<&str>) -> Self {
        let name = table.headings[column].name.as_str();
        let unit = unit.and_then(Unit::parse);
        let (mut count, mut usual, mut mean, mut square) = (0usize, 0usize, 0.0f64, 0.0f64);
        let (mut up, mut ones, mut pairs, mut before) = (0usize, 0usize, 0usize, None);
        for (_, value) in table.numbers(column) {
            count += 1;
            if let Some(before) = before.replace(value) {
                pairs += 1;
                up += usize::from(value > before);
                ones += usize::from(value - before == 1.0 && value.fract() == 0.0);
            }
            if is_usual(value) {
                usual += 1;
                let off = value - mean;
                mean += off / usual as f64;
                square += off * (value - mean);
            }
        }
        let nearly_all = |some: usize| pairs > 0 && 10 * some >= 9 * pairs;
        Self {
            meaning: meaning(name, unit),
            unit,
            axis: words::axis(name),
            count,
            spread: (square / usual.max(1) as f64).max(0.0).sqrt(),
            ascends: nearly_all(up),
            counts: nearly_all(ones),
        }
    }

    /// The kind of its unit.
    pub fn kind(&self) -> Option<Kind> {
        self.unit.map(|unit| unit.kind)
    }
}

/// What a column stands for: its unit decides before its name.
fn meaning(name: &str, unit: Option<Unit>) -> Meaning {
    let by_name = words::meaning(name);
    let Some(unit) = unit.filter(|_| !words::is_size(name)) else { return by_name };
    match unit.kind {
        Kind::Time => Meaning::Time,
        Kind::Length | Kind::Angle => Meaning::Position,
        Kind::Velocity | Kind::AngularVelocity | Kind::Momentum => Meaning::Velocity,
        Kind::Acceleration | Kind::AngularAcceleration => Meaning::Acceleration,
        Kind::Other if matches!(by_name, Meaning::Trial | Meaning::Index) => by_name,
        Kind::Other => Meaning::Other,
    }
}

/// Rows that a correlation is taken over, at most.
const MOST_PAIRS: usize = 4000;

/// How well the slope of one column over time agrees with another column: Pearson's correlation, 0 where there are too few rows.
pub fn follows(table: &Table, time: usize, q: usize, p: usize) -> f64 {
    let number = |row: usize, column: usize| table.cell(&table.rows[row], column).finite();
    let rows = table.rows.len().min(MOST_PAIRS);
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for row in 1..rows.saturating_sub(1) {
        let times = (number(row - 1, time), number(row + 1, time));
        let values = (number(row - 1, q), number(row + 1, q), number(row, p));
        if let ((Some(t0), Some(t1)), (Some(q0), Some(q1), Some(p))) = (times, values)
            && t1 > t0
        {
            pairs.push(((q1 - q0) / (t1 - t0), p));
        }
    }
    correlation(&pairs)
}

/// Pearson's correlation of pairs; 0 where there is none.
pub fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    if pairs.len() < 3 {
        return 0.0;
    }
    let (x, y) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    let (xx, yy) = (sum(&|p| (p.0 - x).powi(2)), sum(&|p| (p.1 - y).powi(2)));
    let found = sum(&|p| (p.0 - x) * (p.1 - y)) / (xx * yy).sqrt();
    if found.is_finite() { found } else { 0.0 }
}

/// The usual step of a column from row to row, and whether all its numbers are whole.
pub fn usual_step(table: &Table, column: usize) -> Option<(f64, bool)> {
    let values: Vec<f64> = table.numbers(column).map(|(_, value)| value).collect();
    let whole = values.iter().all(|value| value.fract() == 0.0);
    let steps = values.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 0.0).collect();
    median(steps).map(|step| (step, whole))
}
