//! The same law, written shorter.
//!
//! From the leaves to the root: constants are folded, neutral elements dropped, like terms and equal factors gathered, inverse
//! functions cancelled, conditions that are already decided decided. A rewritten part is kept only if it is no more complex and
//! uses no operator that the law did not use and the alphabet does not have.
//!
//! The value is preserved, up to rounding, wherever the original has one: `x/x` becomes 1, also at x = 0, where the original had none.

use crate::algebra::{Product, Sum, constant, taken_apart};
use crate::expr::{Expr, Token};
use crate::operators::{Alphabet, Operator};

/// The expression, simplified until nothing changes or a few passes are done.
pub fn simplified(expr: &Expr, alphabet: &Alphabet) -> Expr {
    let mut now = expr.clone();
    for _ in 0..4 {
        let next = pass(&now, alphabet);
        if next == now {
            break;
        }
        now = next;
    }
    now
}

/// One pass from the leaves to the root, on a stack of simplified arguments.
fn pass(expr: &Expr, alphabet: &Alphabet) -> Expr {
    let mut stack: Vec<Expr> = Vec::new();
    for token in expr.tokens() {
        let part = match token {
            Token::Constant(c) => Expr::constant(*c),
            Token::Variable(place) => Expr::variable(*place),
            Token::Operator(operator) => {
                let arguments = stack.split_off(stack.len().saturating_sub(operator.arity()));
                match Expr::applied(*operator, &arguments) {
                    Some(whole) => shorter(whole, *operator, &arguments, alphabet),
                    None => return expr.clone(),
                }
            }
        };
        stack.push(part);
    }
    stack.pop().unwrap_or_else(|| expr.clone())
}

/// The best of the ways to write an operator with its simplified arguments.
fn shorter(whole: Expr, operator: Operator, arguments: &[Expr], alphabet: &Alphabet) -> Expr {
    let values: Option<Vec<f64>> = arguments.iter().map(constant).collect();
    if values.is_some() {
        let value = whole.value(&[]);
        return if value.is_finite() { Expr::constant(value) } else { whole };
    }
    let sum = |expand| Sum::of(&whole, alphabet, expand).and_then(|sum| sum.written(alphabet));
    let candidates = match operator {
        Operator::Add | Operator::Subtract => vec![sum(true), sum(false)],
        Operator::Multiply | Operator::Divide => {
            vec![Product::of(&whole).and_then(|product| product.written(alphabet)), sum(false)]
        }
        Operator::Power => vec![power(arguments), Product::of(&whole).and_then(|product| product.written(alphabet))],
        Operator::Sqrt => vec![],
        Operator::Exp => vec![inverse(&arguments[0], Operator::Log)],
        Operator::Log => vec![inverse(&arguments[0], Operator::Exp)],
        Operator::Sin | Operator::Cos => vec![],
        Operator::Conditional => vec![decided(arguments)],
    };
    let known = |token: &Token| match token {
        Token::Operator(operator) => {
            alphabet.contains(*operator) || whole.tokens().contains(&Token::Operator(*operator))
        }
        _ => true,
    };
    candidates.into_iter().flatten().filter(|candidate| candidate.tokens().iter().all(known)).fold(
        whole.clone(),
        |best, candidate| if candidate.complexity() <= best.complexity() { candidate } else { best },
    )
}

/// x¹ = x, 1ˣ = 1. (x⁰ and x² are products.)
fn power(arguments: &[Expr]) -> Option<Expr> {
    match (constant(&arguments[0]), constant(&arguments[1])) {
        (_, Some(1.0)) => Some(arguments[0].clone()),
        (Some(1.0), _) => Some(Expr::constant(1.0)),
        _ => None,
    }
}

/// f⁻¹(f(x)) = x.
fn inverse(argument: &Expr, of: Operator) -> Option<Expr> {
    match taken_apart(argument) {
        Some((operator, inner)) if operator == of => inner.into_iter().next(),
        _ => None,
    }
}

/// A condition between equals or between constants, or two branches that are the same.
fn decided(arguments: &[Expr]) -> Option<Expr> {
    let [a, b, c, d] = arguments else { return None };
    match (constant(a), constant(b)) {
        (Some(a), Some(b)) => Some(if a > b { c.clone() } else { d.clone() }),
        _ if a == b || c == d => Some(d.clone()),
        _ => None,
    }
}
