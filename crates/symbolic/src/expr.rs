//! An expression: a tree, kept as the flat list of its tokens in postfix order.
//!
//! `(a + 2) * b` is `a 2 + b *`. A list without pointers is evaluated in one pass, copied at once, and is its own message. A
//! subtree is a contiguous part of the list that ends at its operator.

use crate::operators::{Operator, conditional};
use language::tr;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// One token of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Token {
    /// A finite number.
    Constant(f64),
    /// A column of the data, by its place.
    Variable(u16),
    /// An operator, applied to what stands before it.
    Operator(Operator),
}

/// An expression: at least one token, every operator with all its arguments, every constant finite.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Token>", into = "Vec<Token>")]
pub struct Expr(Vec<Token>);

/// A list of tokens is not an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExprError {
    /// An operator without all its arguments, or none of them needed.
    #[error("{}", tr!("An operator in this formula does not have the right number of arguments."))]
    Malformed,
    /// A constant that is infinite or not a number.
    #[error("{}", tr!("A constant in this formula is not a finite number."))]
    Constant,
}

/// The longest expression that is accepted from outside. Far above any complexity that a search allows.
pub const LONGEST: usize = 1000;

impl Token {
    /// The number of arguments before it.
    pub fn arity(self) -> usize {
        match self {
            Token::Operator(operator) => operator.arity(),
            _ => 0,
        }
    }

    /// What it adds to the complexity.
    pub fn complexity(self) -> usize {
        match self {
            Token::Operator(operator) => operator.complexity(),
            _ => 1,
        }
    }

    /// A total order, so that expressions can be sorted: variables, then constants, then operators.
    pub fn order(&self, other: &Self) -> Ordering {
        let rank = |token: &Token| match token {
            Token::Variable(_) => 0,
            Token::Constant(_) => 1,
            Token::Operator(_) => 2,
        };
        match (self, other) {
            (Token::Variable(a), Token::Variable(b)) => a.cmp(b),
            (Token::Constant(a), Token::Constant(b)) => a.total_cmp(b),
            (Token::Operator(a), Token::Operator(b)) => a.cmp(b),
            _ => rank(self).cmp(&rank(other)),
        }
    }
}

impl Expr {
    /// The expression with these tokens.
    pub fn new(tokens: Vec<Token>) -> Result<Self, ExprError> {
        let mut depth = 0_usize;
        for token in &tokens {
            if matches!(token, Token::Constant(c) if !c.is_finite()) {
                return Err(ExprError::Constant);
            }
            depth = depth.checked_sub(token.arity()).ok_or(ExprError::Malformed)? + 1;
        }
        if depth == 1 && tokens.len() <= LONGEST { Ok(Self(tokens)) } else { Err(ExprError::Malformed) }
    }

    /// A constant. One that is not finite becomes the nearest that is, NaN becomes 0.
    pub fn constant(value: f64) -> Self {
        let finite = if value.is_nan() { 0.0 } else { value.clamp(f64::MIN, f64::MAX) };
        Self(vec![Token::Constant(finite)])
    }

    /// A column of the data.
    pub fn variable(place: u16) -> Self {
        Self(vec![Token::Variable(place)])
    }

    /// The operator applied to as many arguments as it takes; `None` if there are more or fewer.
    pub fn applied(operator: Operator, arguments: &[Expr]) -> Option<Self> {
        if arguments.len() != operator.arity() {
            return None;
        }
        let mut tokens: Vec<Token> = arguments.iter().flat_map(|argument| argument.0.iter().copied()).collect();
        tokens.push(Token::Operator(operator));
        Some(Self(tokens))
    }

    /// The tokens in postfix order.
    pub fn tokens(&self) -> &[Token] {
        &self.0
    }

    /// The place of the root: the last token.
    pub fn root(&self) -> usize {
        self.0.len() - 1
    }

    /// The place of the first token of the subtree that ends at `root`.
    pub fn start(&self, root: usize) -> usize {
        let mut missing = 1;
        let mut at = root + 1;
        while missing > 0 && at > 0 {
            at -= 1;
            missing += self.0[at].arity();
            missing -= 1;
        }
        at
    }

    /// The places of the arguments' roots of the operator at `root`, first argument first.
    pub fn arguments(&self, root: usize) -> Vec<usize> {
        let mut places = Vec::with_capacity(self.0[root].arity());
        let mut next = root;
        for _ in 0..self.0[root].arity() {
            places.push(next - 1);
            next = self.start(next - 1);
        }
        places.reverse();
        places
    }

    /// A copy of the subtree that ends at `root`.
    pub fn subtree(&self, root: usize) -> Expr {
        Expr(self.0[self.start(root)..=root].to_vec())
    }

    /// The expression with the subtree that ends at `root` replaced.
    pub fn replaced(&self, root: usize, by: &[Token]) -> Expr {
        let start = self.start(root);
        let mut tokens = Vec::with_capacity(self.0.len() + by.len());
        tokens.extend_from_slice(&self.0[..start]);
        tokens.extend_from_slice(by);
        tokens.extend_from_slice(&self.0[root + 1..]);
        Expr(tokens)
    }

    /// Sum over the tokens of what each adds: 1, or 3 for power, exp, log and the conditional.
    pub fn complexity(&self) -> usize {
        self.0.iter().map(|token| token.complexity()).sum()
    }

    /// The operators, in postfix order.
    pub fn operators(&self) -> impl Iterator<Item = Operator> + '_ {
        self.0.iter().filter_map(|token| match token {
            Token::Operator(operator) => Some(*operator),
            _ => None,
        })
    }

    /// The constants, in postfix order.
    pub fn constants(&self) -> impl Iterator<Item = f64> + '_ {
        self.0.iter().filter_map(|token| match token {
            Token::Constant(c) => Some(*c),
            _ => None,
        })
    }

    /// Replaces the constants, in postfix order. What is not finite, and constants beyond the end of the list, stay.
    pub fn set_constants(&mut self, values: &[f64]) {
        let constants = self.0.iter_mut().filter_map(|token| match token {
            Token::Constant(c) => Some(c),
            _ => None,
        });
        for (constant, value) in constants.zip(values) {
            if value.is_finite() {
                *constant = *value;
            }
        }
    }

    /// Whether every variable is one of the first `columns` columns.
    pub fn fits(&self, columns: usize) -> bool {
        self.0.iter().all(|token| !matches!(token, Token::Variable(place) if usize::from(*place) >= columns))
    }

    /// The value at one row: `row[i]` is the value of variable i, a missing one is NaN. A search evaluates many rows at once,
    /// see [`crate::evaluate`]; this is for one point, as an integrator asks for it.
    pub fn value(&self, row: &[f64]) -> f64 {
        let mut stack: Vec<f64> = Vec::with_capacity(self.0.len());
        for token in &self.0 {
            let value = match token {
                Token::Constant(c) => *c,
                Token::Variable(place) => row.get(usize::from(*place)).copied().unwrap_or(f64::NAN),
                Token::Operator(operator) => {
                    let arguments = stack.split_off(stack.len().saturating_sub(operator.arity()));
                    match arguments[..] {
                        [x] => operator.unary(x),
                        [a, b] => operator.binary(a, b),
                        [a, b, c, d] => conditional([a, b, c, d]),
                        _ => f64::NAN,
                    }
                }
            };
            stack.push(value);
        }
        stack.pop().unwrap_or(f64::NAN)
    }

    /// A total order: shorter first, then token by token.
    pub fn order(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| {
            let pairs = self.0.iter().zip(&other.0);
            pairs.map(|(a, b)| a.order(b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        })
    }
}

impl TryFrom<Vec<Token>> for Expr {
    type Error = ExprError;

    fn try_from(tokens: Vec<Token>) -> Result<Self, ExprError> {
        Self::new(tokens)
    }
}

impl From<Expr> for Vec<Token> {
    fn from(expr: Expr) -> Self {
        expr.0
    }
}
