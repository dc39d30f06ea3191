//! What columns are used for, and what a visitor may say about it.

use crate::error::ReadError;
use crate::heading::Heading;
use crate::names::shown;
use crate::recording::Quantity;
use crate::table::Table;
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
    /// The acceleration alone, as most phones give it; p and q are its integrals.
    Acceleration(usize),
}

impl Motion {
    /// The columns that it is in: one or two.
    pub fn columns(self) -> Vec<usize> {
        match self {
            Motion::Both { q, p } => vec![q, p],
            Motion::Position(one) | Motion::Momentum(one) | Motion::Acceleration(one) => vec![one],
        }
    }
}

/// What a visitor says about one role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pick {
    /// Nothing: it is guessed.
    #[default]
    Guess,
    /// This column, counted from 0. Where runs stand side by side, that of the same name in each.
    Column(usize),
    /// No column has it.
    Nothing,
}

/// What a visitor says about the columns; the rest is guessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The time.
    pub time: Pick,
    /// The position, or an acceleration by its unit.
    pub q: Pick,
    /// The momentum or velocity, or an acceleration by its unit.
    pub p: Pick,
    /// The name or number of the trial, where all trials are in the same columns.
    pub trial: Pick,
}

impl Choice {
    /// Fails where a column is not there or is used twice.
    pub fn check(&self, columns: usize) -> Result<(), ReadError> {
        let used: Vec<usize> = [self.time, self.q, self.p, self.trial]
            .into_iter()
            .filter_map(|pick| if let Pick::Column(column) = pick { Some(column) } else { None })
            .collect();
        let bad = used.iter().enumerate().find(|(i, column)| **column >= columns || used[..*i].contains(column));
        bad.map_or(Ok(()), |(_, column)| Err(ReadError::BadChoice { number: column.saturating_add(1), columns }))
    }
}

/// What a column is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// The time.
    Time,
    /// The position q.
    Position,
    /// The momentum p.
    Momentum,
    /// The acceleration, from which p and q are computed.
    Acceleration,
    /// The name or number of the trial.
    Trial,
    /// Nothing.
    #[default]
    Unused,
}

impl Role {
    /// A word for it, as JSON has it.
    pub fn key(self) -> &'static str {
        match self {
            Role::Time => "time",
            Role::Position => "q",
            Role::Momentum => "p",
            Role::Acceleration => "acceleration",
            Role::Trial => "trial",
            Role::Unused => "unused",
        }
    }
}

/// A column as it is shown to the visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Name and unit, as the file has them or the visitor says.
    pub quantity: Quantity,
    /// The run that it belongs to, where several stand side by side.
    pub run: Option<String>,
    /// What it is used for.
    pub role: Role,
    /// Whether there are numbers in it.
    pub has_numbers: bool,
}

impl Column {
    /// Its name with its run, so that columns of several runs can be told apart.
    pub fn label(&self) -> String {
        match &self.run {
            Some(run) => format!("{} ({run})", shown(&self.quantity.name)),
            None => shown(&self.quantity.name),
        }
    }
}

/// The column that somebody means by a text: its heading, name or number from 1; letters may be large or small.
pub fn named(table: &Table, text: &str) -> Result<usize, ReadError> {
    let text = text.trim();
    let headings = || table.headings.iter();
    let full = |heading: &Heading, open: char, close: char| {
        let unit = heading.unit.as_ref().map_or_else(String::new, |unit| format!(" {open}{unit}{close}"));
        let run = heading.run.as_ref().map_or_else(String::new, |run| format!(" {run}"));
        [format!("{}{unit}{run}", heading.name), format!("{}{unit}", heading.name), format!("{}{run}", heading.name)]
    };
    let written = |heading: &Heading| {
        let mut all = vec![heading.name.clone()];
        for (open, close) in [('(', ')'), ('[', ']')] {
            all.extend(full(heading, open, close));
        }
        all.extend(heading.run.iter().map(|run| format!("{run}: {}", heading.name)));
        all
    };
    let same = |a: &str, b: &str| a == b;
    let alike = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let by = |equal: fn(&str, &str) -> bool| {
        headings().position(|heading| written(heading).iter().any(|name| equal(name, text)))
    };
    let number = || text.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < table.headings.len());
    let parsed = crate::heading::parse(text);
    let by_parts = || headings().position(|heading| alike(&heading.name, &parsed.name) && parsed.unit == heading.unit);
    by(same).or_else(|| by(alike)).or_else(by_parts).or_else(number).ok_or_else(|| ReadError::NoSuchColumn {
        name: text.to_owned(),
        columns: table.headings.iter().map(|heading| heading.name.clone()).collect::<Vec<_>>().join(", "),
    })
}
