//! What `lab discover` prints of a law: lines for a person, or an object a line.

use serde::Serialize;
use std::collections::BTreeMap;
use symbolic::data::Dataset;
use symbolic::evaluate::Objective;
use symbolic::notation::cell;
use symbolic::pareto::{Finding, Law};
use symbolic::print::{Notation, print};
use symbolic::writing::{UnitTexts, Writing};

/// A law of the front.
#[derive(Serialize)]
pub struct LawReport {
    pub complexity: usize,
    /// Of the law as printed, by the objective of the search, on all rows.
    pub loss: f64,
    /// On rows that the constants were not fitted to; none where the law has no value on one of them.
    pub held_out: Option<f64>,
    /// How fast the loss falls where this law comes in.
    pub score: f64,
    /// The law as printed, in every notation.
    pub law: String,
    pub latex: String,
    pub rust: String,
    pub python: String,
    pub sympy: String,
    pub spreadsheet: String,
    /// The constants as they were fitted, with every digit, in the order in which postfix notation has them.
    pub constants: Vec<f64>,
    /// How many of them are neither whole nor half.
    pub free_constants: usize,
    /// The unit of each constant, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant_units: Option<Vec<Option<String>>>,
    /// The law with every digit of every constant.
    pub exact: String,
    /// What its form is known as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// Units of the constants in a sentence.
    #[serde(skip)]
    pub units_said: Option<String>,
}

/// What was found.
#[derive(Serialize)]
pub struct Summary {
    pub best: LawReport,
    pub finding: &'static str,
    pub target: String,
    /// The columns that a law may use, and the cell in which a spreadsheet's formula expects the first number of each.
    pub inputs: Vec<String>,
    pub cells: BTreeMap<String, String>,
    pub rows: usize,
    /// What losses are.
    pub loss: &'static str,
    /// The loss of the best constant.
    pub constant_loss: f64,
    /// Rows that the law leaves far off, counted from 1.
    pub far_off: Vec<usize>,
    /// What else is to be said, each a sentence.
    pub remarks: Vec<String>,
    pub evaluations: u64,
    pub seconds: f64,
    pub found_at: u64,
    /// Whether the search stopped by itself, at an exact law.
    pub stopped: bool,
}

impl LawReport {
    pub fn of(law: &Law, data: &Dataset, objective: Objective, units: &UnitTexts) -> Self {
        let writing = Writing::of(&law.expr, data, objective, units);
        let of_constants: Vec<Option<String>> = writing.constants.iter().map(|(_, unit)| unit.clone()).collect();
        Self {
            complexity: law.complexity,
            loss: writing.loss,
            held_out: law.held_out.is_finite().then_some(law.held_out),
            score: law.score,
            units_said: writing.units_said(),
            law: writing.plain,
            latex: writing.latex,
            rust: writing.rust,
            python: writing.python,
            sympy: writing.sympy,
            spreadsheet: writing.spreadsheet,
            constants: law.expr.constants().collect(),
            free_constants: law.free_constants,
            constant_units: of_constants.iter().any(Option::is_some).then_some(of_constants),
            exact: print(&law.expr, data.names(), Notation::Plain),
            known: writing.known,
        }
    }
}

/// The finding, as JSON has it.
pub fn finding(finding: Finding) -> &'static str {
    match finding {
        Finding::Exact => "exact",
        Finding::Approximate => "approximate",
        Finding::NothingBetterThanAConstant => "nothing better than a constant",
    }
}

/// The loss, as JSON has it.
pub fn loss(objective: Objective, measured: bool) -> &'static str {
    match (objective, measured) {
        (Objective::MeanSquared, false) => "mean squared error",
        (Objective::MeanSquared, true) => "mean squared error in units of the measured errors",
        (Objective::MeanRelative, _) => "mean |error|/(|target| + median)",
        (Objective::MeanAbsolute, false) => "mean |error|",
        (Objective::MeanAbsolute, true) => "mean |error| in units of the measured errors",
    }
}

/// The cells of a spreadsheet's formula.
pub fn cells(names: &[String]) -> BTreeMap<String, String> {
    names.iter().enumerate().map(|(at, name)| (name.clone(), cell(at))).collect()
}
