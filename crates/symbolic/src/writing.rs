//! A law of a front as it is shown and taken away: in every notation, with the units of its constants and the name of its form.
//!
//! All notations come from one and the same expression, with as many digits as the loss needs, so that they give the same values;
//! its loss is the one that is shown.

use crate::constant_units::{WrittenUnit, constant_units};
use crate::constants::shortened;
use crate::data::{BLOCK, Dataset};
use crate::evaluate::{Evaluator, Objective};
use crate::expr::Expr;
use crate::known::known;
use crate::notation::{cell, latex_name, mathml_name, written};
use crate::print::{Notation, print};
use language::tr;
use numerics::statistics::median;

/// The units of a table's columns as they are written; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitTexts {
    /// Of the columns that a law may use.
    pub columns: Vec<String>,
    /// Of the column to be explained.
    pub target: String,
}

/// A law in writing.
#[derive(Clone, Debug, PartialEq)]
pub struct Writing {
    /// What is printed: the law with as many digits as its loss needs.
    pub law: Expr,
    /// The loss of what is printed, on all rows.
    pub loss: f64,
    /// The right-hand side as plain text.
    pub plain: String,
    /// The equation, as the inside of a `math` element.
    pub mathml: String,
    /// The equation for a paper.
    pub latex: String,
    /// A Rust expression.
    pub rust: String,
    /// A Python expression; needs `import numpy as np`.
    pub python: String,
    /// A SymPy expression; needs `import sympy` and symbols of the columns' names.
    pub sympy: String,
    /// A spreadsheet's formula: the columns that a law may use stand in A, B, …, the first numbers in row 2.
    pub spreadsheet: String,
    /// The constants that are printed, in postfix order, and their units; `None` where a unit is open or nothing is known about units.
    pub constants: Vec<(f64, Option<String>)>,
    /// What its form is known as, in a sentence.
    pub known: Option<String>,
}

impl Writing {
    /// Writes a law down.
    pub fn of(law: &Expr, data: &Dataset, objective: Objective, units: &UnitTexts) -> Self {
        let law = shortened(law, data, objective);
        let names = data.names();
        let text = |notation| print(&law, names, notation);
        let cells: Vec<String> = (0..names.len()).map(cell).collect();
        let columns: Vec<Option<WrittenUnit>> = units.columns.iter().map(|unit| WrittenUnit::parse(unit)).collect();
        let any = units.columns.iter().chain([&units.target]).any(|unit| !unit.trim().is_empty());
        let target = WrittenUnit::parse(&units.target);
        let of_constants =
            if any { constant_units(&law, &columns, target.as_ref()) } else { vec![None; law.constants().count()] };
        let of_constants = of_constants.into_iter().map(|unit| unit.map(|unit| unit.to_string()));
        Self {
            loss: Evaluator::default().loss(&law, data, objective),
            plain: text(Notation::Plain),
            mathml: format!("{}<mo>=</mo>{}", mathml_name(data.target_name()), text(Notation::MathMl)),
            latex: format!("{} = {}", latex_name(data.target_name()), text(Notation::Latex)),
            rust: text(Notation::Rust),
            python: text(Notation::Python),
            sympy: text(Notation::Sympy),
            spreadsheet: format!("={}", print(&law, &cells, Notation::Spreadsheet)),
            constants: law.constants().zip(of_constants).collect(),
            known: known(&law, data),
            law,
        }
    }

    /// The constants that have a unit, in a sentence; `None` where none has.
    pub fn units_said(&self) -> Option<String> {
        let with = |(c, unit): &(f64, Option<String>)| {
            let unit = unit.as_ref().filter(|unit| !unit.is_empty())?;
            Some(tr!("{number} is in {unit}", number = written(*c), unit = unit))
        };
        let said: Vec<String> = self.constants.iter().filter_map(with).collect();
        (!said.is_empty()).then(|| format!("{}.", said.join(", ")))
    }
}

/// Rows that a law leaves far off: their errors are at least this many times the usual one. Of Gaussian errors, one row in
/// 10¹⁵ would be.
pub(crate) const FAR: f64 = 8.0;
/// More than this part of the rows are not outliers: the law is wrong there.
const MOST_FAR: f64 = 0.1;

/// The rows, counted from 0, that a law leaves far off, if they are few. The usual error is the median size, as that of Gaussian
/// errors (times 1.4826).
pub fn far_off(law: &Expr, data: &Dataset) -> Vec<usize> {
    let values = Evaluator::default().values(law, data);
    let mut sizes = Vec::with_capacity(values.len());
    for (rows, values) in data.blocks().iter().zip(values.chunks(BLOCK)) {
        sizes.extend(values.iter().enumerate().map(|(i, v)| ((v - rows.target[i]) * rows.precision[i]).abs()));
    }
    let rounding = Objective::MeanAbsolute.floor(data);
    let usual = (1.4826 * median(sizes.clone()).unwrap_or_default()).max(rounding);
    let far: Vec<usize> = (0..sizes.len()).filter(|row| sizes[*row] > FAR * usual).collect();
    if far.len() as f64 <= (MOST_FAR * sizes.len() as f64).max(1.0) { far } else { vec![] }
}

/// What is to be said about rows that are far off; numbers count the rows of the table from 1.
pub fn far_off_said(rows: &[usize], robust: bool) -> Option<String> {
    const LISTED: usize = 5;
    let listed: Vec<String> = rows.iter().take(LISTED).map(|row| (row + 1).to_string()).collect();
    let more = rows.len().saturating_sub(LISTED);
    let listed = listed.join(", ");
    let listed = if more > 0 { tr!("{list} and {more} more", list = listed, more = more) } else { listed };
    let said = tr!(
        "Row {rows} is far off: its error is more than eight times the usual one."
            | "Rows {rows} are far off: their errors are more than eight times the usual one." % rows.len(),
        rows = listed
    );
    let said = if robust { said } else { format!("{said} {}", tr!("Robust errors keep such rows from deciding.")) };
    (!rows.is_empty()).then_some(said)
}

/// What is to be said about a product of powers that noise does not tell from the law that is suggested.
pub fn power_said(law: &str, target: &str) -> String {
    tr!("A product of powers is within noise of it, too: {target} = {law}.", target = target, law = law)
}
