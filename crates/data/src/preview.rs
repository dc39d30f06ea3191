//! What was understood of a file and what was done to it, as data and in sentences, before anything is learned from it.

use crate::cleaning::Dropped;
use crate::columns::{Column, Role};
use crate::damping::Damping;
use crate::layout::Layout;
use crate::recording::Quantity;
use crate::slope::DEGREE;
use crate::text::Encoding;
use serde::{Deserialize, Serialize};

/// Where q and p come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Derivation {
    /// Both are columns of the file.
    Measured,
    /// p is the slope of local parabolas through q.
    SlopeOfPosition {
        /// Points to a parabola.
        window: usize,
        /// Degree of the polynomial: 2.
        degree: usize,
        /// How many times larger a random error of q becomes in p, per unit of time.
        noise_gain: f64,
    },
    /// q is the integral of p, both freed from a drift.
    IntegralOfVelocity {
        /// What was taken from the velocity in each trial.
        drifts: Vec<f64>,
    },
}

/// A step of time longer than one and a half usual ones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The line after it.
    pub row: usize,
    /// How long it is.
    pub length: f64,
}

/// What a visitor should know before learning from a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// How the characters were stored.
    pub encoding: Encoding,
    /// How the cells were told apart.
    pub layout: Layout,
    /// Every column with its role.
    pub columns: Vec<Column>,
    /// Rows below the names.
    pub rows_read: usize,
    /// Rows in the recording.
    pub rows_used: usize,
    /// The others, by line.
    pub dropped: Vec<Dropped>,
    /// Rows of each trial.
    pub trials: Vec<usize>,
    /// The middle one of all steps of time.
    pub median_step: f64,
    /// Shortest and longest step of time.
    pub step_range: (f64, f64),
    /// Long steps. Differences across them are kept, divided by their real length.
    pub gaps: Vec<Gap>,
    /// Lines that stood after a line of a later time.
    pub out_of_order: Vec<usize>,
    /// Lines that look wrong beside their neighbours.
    pub outliers: Vec<usize>,
    /// Where q and p come from.
    pub derivation: Derivation,
    /// How fast the swing dies away, if it swings.
    pub damping: Option<Damping>,
    /// What else was done, each a sentence.
    pub notes: Vec<String>,
}

/// Lines that a sentence lists; more are counted.
const LISTED: usize = 5;
/// Steps that differ by less than this are called equal.
const EQUAL_STEPS: f64 = 0.01;

impl Preview {
    /// Everything above in plain sentences.
    pub fn sentences(&self) -> Vec<String> {
        let mut said = vec![format!("{} of {} rows are used.", self.rows_used, self.rows_read)];
        said.extend(self.dropped.iter().take(LISTED).map(|d| format!("Line {} is left out: {}.", d.row, d.reason)));
        if self.dropped.len() > LISTED {
            said.push(format!("{} more rows are left out.", self.dropped.len() - LISTED));
        }
        said.push(self.columns_said());
        if self.trials.len() > 1 {
            said.push(format!("There are {} trials; no difference is taken from one to the next.", self.trials.len()));
        }
        said.push(self.steps_said());
        if let Some(longest) = self.gaps.iter().map(|gap| gap.length).reduce(f64::max) {
            let places = lines(self.gaps.iter().map(|gap| gap.row));
            said.push(format!(
                "{} steps are longer than one and a half usual ones, the longest {}{} (before {places}); differences across them are kept and divided by their real length.",
                self.gaps.len(),
                brief(longest),
                self.unit(Role::Time)
            ));
        }
        if !self.out_of_order.is_empty() {
            let places = lines(self.out_of_order.iter().copied());
            said.push(format!("Some rows were not in the order of time and have been put in order ({places})."));
        }
        if !self.outliers.is_empty() {
            let places = lines(self.outliers.iter().copied());
            said.push(format!(
                "Some values are far from their neighbours and may be mistakes of the sensor ({places})."
            ));
        }
        said.extend(self.derivation_said());
        said.extend(self.damping_said());
        said.extend(self.degrees_said());
        said.extend(self.notes.iter().cloned());
        said
    }

    fn unit(&self, role: Role) -> String {
        let column = self.columns.iter().find(|column| column.role == role);
        column.and_then(|column| column.quantity.unit.as_ref()).map_or_else(String::new, |unit| format!(" {unit}"))
    }

    fn columns_said(&self) -> String {
        let named = |role: Role, what: &str| {
            let column = self.columns.iter().find(|column| column.role == role)?;
            let Quantity { name, unit } = &column.quantity;
            Some(match unit {
                Some(unit) => format!("“{name}” in {unit} is {what}"),
                None => format!("“{name}” is {what}"),
            })
        };
        let roles =
            [(Role::Time, "the time"), (Role::Position, "q"), (Role::Momentum, "p"), (Role::Trial, "the trial")];
        let parts: Vec<String> = roles.into_iter().filter_map(|(role, what)| named(role, what)).collect();
        format!("{}; cells are separated by {}.", parts.join(", "), self.layout.separator.name())
    }

    fn steps_said(&self) -> String {
        let ((shortest, longest), usual, unit) = (self.step_range, self.median_step, self.unit(Role::Time));
        if longest - shortest <= EQUAL_STEPS * usual {
            format!("The steps of time are equal: {}{unit}.", brief(usual))
        } else {
            let [shortest, longest, usual] = [shortest, longest, usual].map(brief);
            format!("The steps of time are uneven: {shortest} to {longest}{unit}, usually {usual}{unit}.")
        }
    }

    fn derivation_said(&self) -> Vec<String> {
        match &self.derivation {
            Derivation::Measured => vec!["q and p are both measured.".to_owned()],
            Derivation::SlopeOfPosition { window, degree, noise_gain } => vec![
                format!(
                    "p was not measured: it is the slope of a polynomial of degree {degree} through {window} points of q around each row."
                ),
                format!(
                    "A random error of q comes back {} times as large in p, so p is less certain than q.",
                    brief(*noise_gain)
                ),
            ],
            Derivation::IntegralOfVelocity { drifts } => {
                let largest = drifts.iter().fold(0.0, |most: f64, drift| most.max(drift.abs()));
                let unit = self.unit(Role::Momentum);
                vec![
                    "q was not measured: it is the sum of p over time, and its zero is the middle of the motion."
                        .to_owned(),
                    format!(
                        "A steady drift was taken away from p and q so that q does not run off (at most {}{unit} in p).",
                        brief(largest)
                    ),
                ]
            }
        }
    }

    /// Swings that are none in radians.
    fn degrees_said(&self) -> Option<String> {
        let several_turns = self.damping?.first.abs() > std::f64::consts::TAU;
        several_turns.then(|| {
            "A pendulum does not swing through several turns: if these are degrees, divide them by 57.3 and bring them again.".into()
        })
    }

    fn damping_said(&self) -> Option<String> {
        let Damping { rate, period, first, last, half_swings } = self.damping?;
        let (unit, per) = match self.unit(Role::Time) {
            none if none.is_empty() => (none, " unit of time".to_owned()),
            unit => (unit.clone(), unit),
        };
        let swings = format!("The motion swings with a period of about {}{unit}", brief(period));
        let (first, last) = (brief(first), brief(last));
        Some(if rate > 0.0 {
            format!(
                "{swings}; its amplitude falls from {first} to {last} in {half_swings} half swings, at a rate of {} per{per}.",
                brief(rate)
            )
        } else {
            format!("{swings}; its amplitude does not fall ({first} at first, {last} at last).")
        })
    }
}

/// Four digits that count.
fn brief(number: f64) -> String {
    let decimals = 3.0 - number.abs().max(1e-12).log10().floor();
    format!("{number:.*}", decimals.clamp(0.0, 15.0) as usize)
}

/// “lines 3, 4 and 7 more”.
fn lines(mut rows: impl ExactSizeIterator<Item = usize>) -> String {
    let word = if rows.len() == 1 { "line" } else { "lines" };
    let listed: Vec<String> = rows.by_ref().take(LISTED).map(|row| row.to_string()).collect();
    let more = rows.len();
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{word} {}{tail}", listed.join(", "))
}

impl Derivation {
    /// An estimate over so many points of so long a step.
    pub fn slope(window: usize, noise_gain: f64) -> Self {
        Derivation::SlopeOfPosition { window, degree: DEGREE, noise_gain }
    }
}
