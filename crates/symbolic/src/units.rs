//! Dimensional analysis: whether a law adds metres to seconds.
//!
//! Every variable has a dimension; a constant may carry whichever it needs, so it is a wildcard, and what is multiplied by one is
//! a wildcard too. Found by walking the expression with dimensions in place of values. A search with units charges a candidate for
//! each violation and lets none into the result.

use crate::expr::{Expr, Token};
use crate::operators::Operator;
use serde::{Deserialize, Serialize};

/// Exponents of mass, length, time and three more that the owner of the data may choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dimension(pub [f64; 6]);

/// The dimensions of a data set, and what a violation costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Units {
    /// One for each column.
    pub variables: Vec<Dimension>,
    /// Of the column to be explained.
    pub target: Dimension,
    /// Added to a candidate's cost for each violation; the cost of the best constant is 1.
    pub penalty: f64,
}

/// What is known of the dimension of a part of a law.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known {
    /// Whichever is needed.
    Any,
    Exactly(Dimension),
}

/// Exponents closer than this are equal: fitted powers are never exactly whole.
const SAME: f64 = 1e-6;

impl Dimension {
    /// A pure number.
    pub const NONE: Dimension = Dimension([0.0; 6]);
    /// Mass.
    pub const MASS: Dimension = Dimension([1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    /// Length.
    pub const LENGTH: Dimension = Dimension([0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    /// Time.
    pub const TIME: Dimension = Dimension([0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);

    /// The dimension of a product: `self · other^power`.
    pub fn times(self, other: Dimension, power: f64) -> Dimension {
        Dimension(std::array::from_fn(|i| self.0[i] + power * other.0[i]))
    }

    /// Whether the two can be added.
    pub fn agrees(self, other: Dimension) -> bool {
        self.0.iter().zip(other.0).all(|(a, b)| (a - b).abs() < SAME)
    }
}

impl Units {
    /// How many operators of the law get arguments whose dimensions do not fit, and whether the result's does.
    pub fn violations(&self, expr: &Expr) -> usize {
        let mut violations = 0;
        let mut stack: Vec<(Known, Option<f64>)> = Vec::new();
        for token in expr.tokens() {
            let next = match token {
                Token::Constant(c) => (Known::Any, Some(*c)),
                Token::Variable(place) => {
                    let known = self.variables.get(usize::from(*place)).map_or(Known::Any, |d| Known::Exactly(*d));
                    (known, None)
                }
                Token::Operator(operator) => {
                    let arguments = stack.split_off(stack.len().saturating_sub(operator.arity()));
                    (applied(*operator, &arguments, &mut violations), None)
                }
            };
            stack.push(next);
        }
        let result = stack.pop().map_or(Known::Any, |(known, _)| known);
        equal(result, Known::Exactly(self.target), &mut violations);
        violations
    }
}

/// The dimension of an operator's value, given those of its arguments and which of them are constants.
fn applied(operator: Operator, arguments: &[(Known, Option<f64>)], violations: &mut usize) -> Known {
    let known = |i: usize| arguments.get(i).map_or(Known::Any, |(known, _)| *known);
    match operator {
        Operator::Add | Operator::Subtract => equal(known(0), known(1), violations),
        Operator::Multiply => product(known(0), known(1), 1.0),
        Operator::Divide => product(known(0), known(1), -1.0),
        Operator::Sqrt => product(Known::Exactly(Dimension::NONE), known(0), 0.5),
        Operator::Power => {
            let pure = Known::Exactly(Dimension::NONE);
            equal(known(1), pure, violations);
            match arguments.get(1).and_then(|(_, constant)| *constant) {
                Some(exponent) => product(pure, known(0), exponent),
                // An exponent that varies: only a pure number can be raised to it.
                None => equal(known(0), pure, violations),
            }
        }
        Operator::Exp | Operator::Log | Operator::Sin | Operator::Cos => {
            equal(known(0), Known::Exactly(Dimension::NONE), violations);
            Known::Exactly(Dimension::NONE)
        }
        Operator::Conditional => {
            equal(known(0), known(1), violations);
            equal(known(2), known(3), violations)
        }
    }
}

/// Two dimensions that must be one.
fn equal(a: Known, b: Known, violations: &mut usize) -> Known {
    match (a, b) {
        (Known::Exactly(x), Known::Exactly(y)) => {
            if !x.agrees(y) {
                *violations += 1;
            }
            a
        }
        (Known::Any, other) | (other, Known::Any) => other,
    }
}

fn product(a: Known, b: Known, power: f64) -> Known {
    match (a, b) {
        (Known::Exactly(a), Known::Exactly(b)) => Known::Exactly(a.times(b, power)),
        _ => Known::Any,
    }
}
