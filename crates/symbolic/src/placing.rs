//! Where constants stand in a law: `25.3*x` rather than `x/0.03953`, `2.006*sqrt(l)` rather than `sqrt(4.024*l)`.
//!
//! Both are worth the same, and only the first has a constant that is a slope, a period or a unit of something. Whole and half numbers
//! stay where they are.

use crate::constants::is_whole;
use crate::expr::{Expr, Token};
use crate::operators::{Alphabet, Operator};

/// The law with its fitted constants as factors in front, as far as the operators allow. It is no longer than before.
pub fn placed(law: &Expr, alphabet: &Alphabet) -> Expr {
    let mut law = law.clone();
    if !alphabet.contains(Operator::Multiply) {
        return law;
    }
    // A constant only ever moves outwards, or from below to above.
    let most = law.tokens().len();
    for _ in 0..most {
        let Some(next) = (0..law.tokens().len()).find_map(|root| step(&law, root)) else { break };
        if next.complexity() > law.complexity() {
            break;
        }
        law = next;
    }
    law
}

/// One constant moved at one place, if there is one to move.
fn step(law: &Expr, root: usize) -> Option<Expr> {
    let Token::Operator(operator) = law.tokens()[root] else { return None };
    let parts: Vec<Expr> = law.arguments(root).into_iter().map(|place| law.subtree(place)).collect();
    let moved = match (operator, &parts[..]) {
        (Operator::Divide, [above, below]) => {
            let (factor, rest) = factored(below)?;
            let inverse = Some(factor.recip()).filter(|inverse| inverse.is_normal())?;
            let above = match rest {
                Some(rest) => Expr::applied(Operator::Divide, &[above.clone(), rest])?,
                None => above.clone(),
            };
            times(inverse, above)?
        }
        (Operator::Sqrt, [inside]) => {
            let (factor, rest) = factored(inside).filter(|(factor, _)| *factor > 0.0)?;
            times(factor.sqrt(), Expr::applied(Operator::Sqrt, &[rest?])?)?
        }
        (Operator::Power, [base, exponent]) => {
            let [Token::Constant(exponent)] = exponent.tokens() else { return None };
            let (factor, rest) = factored(base).filter(|(factor, _)| *factor > 0.0)?;
            let outside = Some(factor.powf(*exponent)).filter(|outside| outside.is_normal())?;
            let power = Expr::applied(Operator::Power, &[rest?, Expr::constant(*exponent)])?;
            times(outside, power)?
        }
        _ => return None,
    };
    Some(law.replaced(root, moved.tokens()))
}

/// A constant times something; with a quotient of a constant and something, the constant above.
fn times(factor: f64, of: Expr) -> Option<Expr> {
    match factored_once(&of) {
        // Two constants become one.
        Some((other, Some(rest))) => times_plain(factor * other, rest),
        Some((other, None)) => Some(Expr::constant(factor * other)),
        None => times_plain(factor, of),
    }
}

fn times_plain(factor: f64, of: Expr) -> Option<Expr> {
    let root = of.root();
    // 3·(1/x) is 3/x.
    if of.tokens()[root] == Token::Operator(Operator::Divide) {
        let parts = of.arguments(root);
        if let [Token::Constant(above)] = of.subtree(parts[0]).tokens() {
            return Expr::applied(Operator::Divide, &[Expr::constant(factor * above), of.subtree(parts[1])]);
        }
    }
    Expr::applied(Operator::Multiply, &[Expr::constant(factor), of])
}

/// A fitted constant that is a factor of a product or stands above in a quotient, and the rest; nothing where nothing is left.
fn factored(expr: &Expr) -> Option<(f64, Option<Expr>)> {
    let (factor, rest) = factored_once(expr)?;
    (!is_whole(factor)).then_some((factor, rest))
}

fn factored_once(expr: &Expr) -> Option<(f64, Option<Expr>)> {
    let root = expr.root();
    let operator = match expr.tokens()[root] {
        Token::Constant(c) => return Some((c, None)),
        Token::Operator(operator @ (Operator::Multiply | Operator::Divide)) => operator,
        _ => return None,
    };
    let parts: Vec<Expr> = expr.arguments(root).into_iter().map(|place| expr.subtree(place)).collect();
    let [a, b] = &parts[..] else { return None };
    let joined = |a: &Expr, b: &Expr| Expr::applied(operator, &[a.clone(), b.clone()]);
    match (operator, factored_once(a)) {
        (Operator::Multiply, Some((factor, None))) => Some((factor, Some(b.clone()))),
        (Operator::Divide, Some((factor, None))) => Some((factor, Some(joined(&Expr::constant(1.0), b)?))),
        (_, Some((factor, Some(rest)))) => Some((factor, Some(joined(&rest, b)?))),
        (Operator::Multiply, None) => match factored_once(b)? {
            (factor, None) => Some((factor, Some(a.clone()))),
            (factor, Some(rest)) => Some((factor, Some(joined(a, &rest)?))),
        },
        _ => None,
    }
}
