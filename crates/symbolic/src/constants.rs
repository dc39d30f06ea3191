//! The constants of a law: which of them were fitted, which are whole or half, how many a table can bear, how many digits matter.
//!
//! A whole or half number such as the 2 of x² or the 4 of n² − 4 says nothing about the rows, so it is not counted as free. A law
//! with more free constants than a third of the rows is not admitted: with a constant for each row anything would fit.

use crate::data::Dataset;
use crate::evaluate::{Evaluator, Objective};
use crate::expr::{Expr, Token};

/// Whole and half numbers up to this size are not counted as free.
const LARGEST: f64 = 10.0;
/// A fitted number this close to a whole or half one is that number: a fit to numbers without noise leaves less.
const CLOSE: f64 = 1e-9;
/// What rounding a constant for print may add to the loss, as a part of it.
const PRINTED: f64 = 1e-3;
/// Digits that a number of 64 bits can have.
const MOST_DIGITS: usize = 17;

/// The nearest whole or half number that is not zero, if there is one of a size that counts.
pub fn whole(c: f64) -> Option<f64> {
    let nearest = (2.0 * c).round() / 2.0;
    (nearest != 0.0 && nearest.abs() <= LARGEST).then_some(nearest)
}

/// Whether a constant is whole or half.
pub fn is_whole(c: f64) -> bool {
    c == 0.0 || whole(c).is_some_and(|nearest| (c - nearest).abs() <= CLOSE * nearest.abs())
}

/// How many constants of a law are free: neither whole nor half. A part without a column, such as 1.5^0.5, counts as its value
/// does.
pub fn free(expr: &Expr) -> usize {
    // Of each part so far: its free constants, and its value if no column is in it.
    let mut stack: Vec<(usize, Option<f64>)> = vec![];
    let constant = |c: f64| (usize::from(!is_whole(c)), Some(c));
    for token in expr.tokens() {
        let part = match token {
            Token::Constant(c) => constant(*c),
            Token::Variable(_) => (0, None),
            Token::Operator(operator) => {
                let parts = stack.split_off(stack.len().saturating_sub(operator.arity()));
                let value = match parts.iter().map(|(_, value)| *value).collect::<Option<Vec<f64>>>().as_deref() {
                    Some([x]) => Some(operator.unary(*x)),
                    Some([a, b]) => Some(operator.binary(*a, *b)),
                    _ => None,
                };
                let among = parts.iter().map(|(free, _)| free).sum();
                value.map_or((among, None), constant)
            }
        };
        stack.push(part);
    }
    stack.pop().map_or(0, |(free, _)| free)
}

/// The most free constants that a law of so many rows may have: a third of the rows, and one at least.
pub fn most_free(rows: usize) -> usize {
    (rows / 3).max(1)
}

/// The largest complexity that so many rows can bear: three tokens for two rows, and seven at least. Whole numbers and operators
/// can learn a few rows by heart as well.
pub fn most_complex(rows: usize) -> usize {
    (3 * rows / 2).max(7)
}

/// The law with every constant rounded to so many significant digits.
pub fn rounded(expr: &Expr, digits: usize) -> Expr {
    let mut law = expr.clone();
    law.set_constants(&expr.constants().map(|c| significant(c, digits)).collect::<Vec<_>>());
    law
}

/// A number to so many significant digits, from 1 to 17.
pub fn significant(x: f64, digits: usize) -> f64 {
    format!("{x:.*e}", digits.clamp(1, MOST_DIGITS) - 1).parse().unwrap_or(x)
}

/// The law with as few digits in its constants as the loss allows: it may rise by a thousandth, or stay at what is only rounding.
///
/// Four digits at least, where the constants have them: fewer look like less than was found.
pub fn shortened(expr: &Expr, data: &Dataset, objective: Objective) -> Expr {
    let mut evaluator = Evaluator::default();
    let loss = evaluator.loss(expr, data, objective);
    if !loss.is_finite() {
        return expr.clone();
    }
    let bearable = loss.max(objective.floor(data)) * (1.0 + PRINTED);
    let mut bears = |law: &Expr| evaluator.loss(law, data, objective) <= bearable;
    let Some(mut law) = (4..=MOST_DIGITS).map(|digits| rounded(expr, digits)).find(|law| bears(law)) else {
        return expr.clone();
    };
    // All constants have as many digits as the most delicate one; the others need not.
    let mut constants: Vec<f64> = law.constants().collect();
    for at in 0..constants.len() {
        let exact = constants[at];
        for digits in 4..MOST_DIGITS {
            constants[at] = significant(exact, digits);
            law.set_constants(&constants);
            if constants[at] == exact || bears(&law) {
                break;
            }
        }
    }
    law
}
