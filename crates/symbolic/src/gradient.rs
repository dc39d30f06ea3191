//! How an expression's value changes with its constants, on every row: reverse mode through the postfix list.
//!
//! Forwards, every token's value over a block of rows; backwards, from the root, how the result changes with each token's
//! value. One pass backwards serves all constants, and subtrees without a constant are left out of it. The derivative of the
//! conditional is that of the branch taken.

use crate::data::{BLOCK, Block};
use crate::expr::{Expr, Token};
use crate::operators::{Operator, conditional};
use crate::trigonometry::{cosines, sines};

/// Values and slopes of every token over one block of rows; keeps its memory between blocks.
#[derive(Default)]
pub struct Tape {
    values: Vec<Block>,
    slopes: Vec<Block>,
    arguments: Vec<Vec<usize>>,
    /// Which subtrees have a constant in them.
    varies: Vec<bool>,
    constants: Vec<usize>,
}

impl Tape {
    /// Prepares for an expression. Its variables must be among the columns that [`Tape::record`] is given.
    pub fn prepare(&mut self, expr: &Expr) {
        let length = expr.tokens().len();
        self.values.resize(self.values.len().max(length), [0.0; BLOCK]);
        self.slopes.resize(self.slopes.len().max(length), [0.0; BLOCK]);
        self.arguments = (0..length).map(|i| expr.arguments(i)).collect();
        self.varies.clear();
        self.constants.clear();
        for (i, token) in expr.tokens().iter().enumerate() {
            let constant = matches!(token, Token::Constant(_));
            if constant {
                self.constants.push(i);
            }
            let varies = constant || self.arguments[i].iter().any(|&j| self.varies[j]);
            self.varies.push(varies);
        }
    }

    /// The expression's values over a block of rows.
    pub fn record(&mut self, expr: &Expr, columns: &[Block]) -> &Block {
        for (i, token) in expr.tokens().iter().enumerate() {
            let (below, here) = self.values.split_at_mut(i);
            let out = &mut here[0];
            match (token, &self.arguments[i][..]) {
                (Token::Constant(c), _) => out.fill(*c),
                (Token::Variable(place), _) => *out = columns[usize::from(*place)],
                (Token::Operator(operator), &[x]) => {
                    *out = below[x];
                    match operator {
                        Operator::Sin => sines(out),
                        Operator::Cos => cosines(out),
                        _ => out.iter_mut().for_each(|x| *x = operator.unary(*x)),
                    }
                }
                (Token::Operator(operator), &[a, b]) => {
                    let (a, b) = (&below[a], &below[b]);
                    match operator {
                        Operator::Add => (0..BLOCK).for_each(|r| out[r] = a[r] + b[r]),
                        Operator::Subtract => (0..BLOCK).for_each(|r| out[r] = a[r] - b[r]),
                        Operator::Multiply => (0..BLOCK).for_each(|r| out[r] = a[r] * b[r]),
                        Operator::Divide => (0..BLOCK).for_each(|r| out[r] = a[r] / b[r]),
                        _ => (0..BLOCK).for_each(|r| out[r] = operator.binary(a[r], b[r])),
                    }
                }
                (_, &[a, b, c, d]) => {
                    let row = |i: usize| [below[a][i], below[b][i], below[c][i], below[d][i]];
                    out.iter_mut().enumerate().for_each(|(i, out)| *out = conditional(row(i)));
                }
                _ => out.fill(f64::NAN),
            }
        }
        &self.values[expr.root()]
    }

    /// The values of the part of the expression that ends at a token, over the block recorded last.
    pub fn values(&self, token: usize) -> &Block {
        &self.values[token]
    }

    /// The slopes of the values recorded last, one block for each constant in postfix order.
    pub fn slopes(&mut self, expr: &Expr) -> impl Iterator<Item = &Block> {
        let root = expr.root();
        if self.varies[root] {
            self.slopes[root].fill(1.0);
        }
        for i in (0..=root).rev() {
            if let Token::Operator(operator) = expr.tokens()[i]
                && self.varies[i]
            {
                self.pass_on(i, operator);
            }
        }
        self.constants.iter().map(|&i| &self.slopes[i])
    }

    /// From an operator to its arguments: the chain rule.
    fn pass_on(&mut self, i: usize, operator: Operator) {
        let (below, above) = self.slopes.split_at_mut(i);
        let (slope, value) = (&above[0], &self.values[i]);
        for (which, &j) in self.arguments[i].iter().enumerate() {
            if !self.varies[j] {
                continue;
            }
            let out = &mut below[j];
            match self.arguments[i][..] {
                [x] => {
                    *out = self.values[x];
                    match operator {
                        Operator::Sqrt => (0..BLOCK).for_each(|r| out[r] = 0.5 / value[r]),
                        Operator::Exp => *out = *value,
                        Operator::Log => out.iter_mut().for_each(|x| *x = 1.0 / *x),
                        Operator::Sin => cosines(out),
                        _ => {
                            sines(out);
                            out.iter_mut().for_each(|x| *x = -*x);
                        }
                    }
                    (0..BLOCK).for_each(|r| out[r] = chain(slope[r], out[r]));
                }
                [a, b] => {
                    let (a, b) = (&self.values[a], &self.values[b]);
                    match (operator, which) {
                        (Operator::Add, _) | (Operator::Subtract, 0) => *out = *slope,
                        (Operator::Subtract, _) => (0..BLOCK).for_each(|r| out[r] = -slope[r]),
                        (Operator::Multiply, 0) => (0..BLOCK).for_each(|r| out[r] = chain(slope[r], b[r])),
                        (Operator::Multiply, _) => (0..BLOCK).for_each(|r| out[r] = chain(slope[r], a[r])),
                        (Operator::Divide, 0) => (0..BLOCK).for_each(|r| out[r] = chain(slope[r], 1.0 / b[r])),
                        (Operator::Divide, _) => (0..BLOCK).for_each(|r| out[r] = chain(slope[r], -value[r] / b[r])),
                        (_, 0) => (0..BLOCK).for_each(|r| out[r] = chain(slope[r], b[r] * a[r].powf(b[r] - 1.0))),
                        (_, _) => (0..BLOCK).for_each(|r| out[r] = chain(slope[r], exponent_slope(a[r], value[r]))),
                    }
                }
                [a, b, ..] => {
                    let (a, b) = (&self.values[a], &self.values[b]);
                    for r in 0..BLOCK {
                        let taken = if a[r] > b[r] { 2 } else { 3 };
                        out[r] = if taken == which { slope[r] } else { 0.0 };
                    }
                }
                [] => {}
            }
        }
    }
}

/// The product of two slopes. What does not matter stays so: a branch that is not taken may have no value, and no slope.
fn chain(slope: f64, by: f64) -> f64 {
    if slope == 0.0 { 0.0 } else { slope * by }
}

/// d aᵇ/db, given a and aᵇ; 0 at a = 0, where aᵇ is 0 for all b > 0, and for a < 0, where aᵇ is defined for whole b only.
fn exponent_slope(a: f64, value: f64) -> f64 {
    if a <= 0.0 { 0.0 } else { value * a.ln() }
}
