//! What was understood of a file, what was left out and what was computed: for the visitor to see before anything is learned.
//!
//! [`Preview::sentences`] (in [`crate::sentences`]) puts it into words.

use crate::columns::Column;
use crate::damping::Damping;
use crate::dropped::{Dropped, Passed};
use crate::layout::Layout;
use crate::recording::Quantity;
use crate::slope::Method;
use crate::text::Encoding;
use language::tr;
use serde::{Deserialize, Serialize};

/// Where q and p come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Derivation {
    /// Both are columns of the file.
    Measured,
    /// p is the slope of local polynomials through q.
    SlopeOfPosition {
        /// Points to a polynomial.
        window: usize,
        /// Degree of the polynomial.
        degree: usize,
        /// How many times larger a random error of q becomes in p, per unit of time.
        noise_gain: f64,
        /// The part of the velocity that is found where the motion swings as it does: 1 without bias.
        response: f64,
    },
    /// q is the integral of p, both freed from a drift.
    IntegralOfVelocity {
        /// What was taken from the velocity in each trial.
        drifts: Vec<f64>,
    },
    /// p and q are integrals of the acceleration, both freed from their means over a period.
    IntegralOfAcceleration {
        /// The least correlation of −q with the acceleration of all trials: 1 for a spring.
        agreement: f64,
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

/// One trial, as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialSeen {
    /// What the file calls it, or its number.
    pub name: String,
    /// Rows that are used.
    pub rows: usize,
    /// The middle one of its steps of time.
    pub step: f64,
    /// Mean time of a swing there and back, if it swings.
    pub period: Option<f64>,
    /// Half of the range of q, but for outliers.
    pub amplitude: f64,
}

/// A guess that matters, with its other reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The column, counted from 0.
    pub column: usize,
    /// The units that it could be in.
    pub units: Vec<String>,
    /// The one that was taken, if any was.
    pub taken: Option<String>,
    /// The question, with what follows from each reading.
    pub sentence: String,
}

impl Question {
    /// The question, and what was taken.
    pub fn said(&self) -> String {
        let taken = self.taken.as_ref().map(|unit| tr!("Taken as {unit}.", unit = unit));
        taken.map_or_else(|| self.sentence.clone(), |taken| format!("{} {taken}", self.sentence))
    }
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
    /// What time, q and p of the recording are, in the units they were converted to.
    pub quantities: [Quantity; 3],
    /// The columns that q and p come from.
    pub sources: [usize; 2],
    /// Rows of the table.
    pub rows: usize,
    /// Rows of all trials, side by side or not.
    pub rows_read: usize,
    /// Rows in the recording.
    pub rows_used: usize,
    /// The others, by line.
    pub dropped: Vec<Dropped>,
    /// Lines between the rows that are none, and what they are.
    pub passed: Vec<(usize, Passed)>,
    /// The trials.
    pub trials: Vec<TrialSeen>,
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
    /// The middle of the motion: the median of q.
    pub middle: f64,
    /// Guesses that matter.
    pub questions: Vec<Question>,
    /// What else was done, each a sentence.
    pub notes: Vec<String>,
}

impl Derivation {
    /// An estimate by a method, at so long a step; `phase` is the angle of the swing that one step is.
    pub fn slope(method: Method, step: f64, phase: Option<f64>) -> Self {
        Derivation::SlopeOfPosition {
            window: method.window,
            degree: method.degree,
            noise_gain: method.noise_gain(step),
            response: phase.map_or(1.0, |phase| method.response(phase)),
        }
    }
}
