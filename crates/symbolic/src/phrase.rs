//! An expression as it is read aloud: long sums and products instead of pairs, squares instead of repeated factors, signs
//! in front. What stands between an expression and the notations of [`crate::print`].

use crate::expr::{Expr, Token};
use crate::operators::Operator;

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Phrase {
    /// A number.
    Number(f64),
    /// A column, by its place.
    Name(u16),
    /// The opposite of something.
    Negative(Box<Phrase>),
    /// Terms, and whether each is taken away.
    Sum(Vec<(bool, Phrase)>),
    /// Factors.
    Product(Vec<Phrase>),
    /// Numerator and denominator.
    Fraction(Box<Phrase>, Box<Phrase>),
    /// Base and exponent.
    Power(Box<Phrase>, Box<Phrase>),
    /// A function of one argument.
    Call(Operator, Box<Phrase>),
    /// c if a > b, else d.
    Choice(Box<[Phrase; 4]>),
}

/// How close to the expression a phrase stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// Operation by operation, so that code rounds as the search did.
    Faithful,
    /// As a person would write it.
    Gathered,
}

impl Phrase {
    /// The phrase for an expression.
    pub fn of(expr: &Expr, wording: Wording) -> Self {
        let mut stack: Vec<Phrase> = Vec::new();
        for token in expr.tokens() {
            let next = match token {
                Token::Constant(c) => Phrase::Number(*c),
                Token::Variable(place) => Phrase::Name(*place),
                Token::Operator(operator) => {
                    let arguments = stack.split_off(stack.len().saturating_sub(operator.arity()));
                    combined(*operator, arguments, wording)
                }
            };
            stack.push(next);
        }
        stack.pop().unwrap_or(Phrase::Number(f64::NAN))
    }

    /// Whether Rust knows its type: numbers among themselves could be of any.
    pub fn has_type(&self) -> bool {
        match self {
            Phrase::Number(_) => false,
            Phrase::Name(_) | Phrase::Power(..) | Phrase::Call(..) => true,
            Phrase::Negative(inner) => inner.has_type(),
            Phrase::Sum(terms) => terms.iter().any(|(_, term)| term.has_type()),
            Phrase::Product(factors) => factors.iter().any(Phrase::has_type),
            Phrase::Fraction(top, bottom) => top.has_type() || bottom.has_type(),
            Phrase::Choice(parts) => parts[2].has_type() || parts[3].has_type(),
        }
    }

    /// The phrase without its minus sign, if it has one.
    fn sign(self) -> (bool, Phrase) {
        match self {
            Phrase::Number(c) if c.is_sign_negative() && c != 0.0 => (true, Phrase::Number(-c)),
            Phrase::Negative(inner) => (true, *inner),
            other => (false, other),
        }
    }

    fn negated_if(self, minus: bool) -> Phrase {
        match self {
            phrase if !minus => phrase,
            Phrase::Number(c) => Phrase::Number(-c),
            phrase => Phrase::Negative(Box::new(phrase)),
        }
    }
}

fn combined(operator: Operator, arguments: Vec<Phrase>, wording: Wording) -> Phrase {
    let mut rest = arguments.into_iter();
    let mut next = || rest.next().unwrap_or(Phrase::Number(f64::NAN));
    match (operator, wording) {
        (Operator::Add | Operator::Subtract, _) => {
            let (a, b) = (next(), next());
            let minus = operator == Operator::Subtract;
            match wording {
                Wording::Faithful => Phrase::Sum(vec![(false, a), (minus, b)]),
                Wording::Gathered => {
                    let mut terms = terms(a, false);
                    terms.extend(self::terms(b, minus));
                    // A formula begins with something positive, if there is anything.
                    if terms[0].0
                        && let Some(first) = terms.iter().position(|(minus, _)| !minus)
                    {
                        let term = terms.remove(first);
                        terms.insert(0, term);
                    }
                    Phrase::Sum(terms)
                }
            }
        }
        (Operator::Multiply, Wording::Faithful) => Phrase::Product(vec![next(), next()]),
        (Operator::Divide, Wording::Faithful) => Phrase::Fraction(Box::new(next()), Box::new(next())),
        (Operator::Multiply | Operator::Divide, Wording::Gathered) => {
            let (minus_a, mut top, mut bottom) = parts(next());
            let (minus_b, other_top, other_bottom) = parts(next());
            if operator == Operator::Multiply {
                top.extend(other_top);
                bottom.extend(other_bottom);
            } else {
                top.extend(other_bottom);
                bottom.extend(other_top);
            }
            let top = factors(top);
            match factors(bottom) {
                Phrase::Number(1.0) => top,
                bottom => Phrase::Fraction(Box::new(top), Box::new(bottom)),
            }
            .negated_if(minus_a != minus_b)
        }
        (Operator::Power, _) => Phrase::Power(Box::new(next()), Box::new(next())),
        (Operator::Conditional, _) => Phrase::Choice(Box::new([next(), next(), next(), next()])),
        (function, _) => Phrase::Call(function, Box::new(next())),
    }
}

/// The terms of a sum, or the phrase as the only one.
fn terms(phrase: Phrase, minus: bool) -> Vec<(bool, Phrase)> {
    match phrase {
        Phrase::Sum(terms) => terms.into_iter().map(|(sign, term)| (sign != minus, term)).collect(),
        other => {
            let (sign, other) = other.sign();
            vec![(sign != minus, other)]
        }
    }
}

/// Sign, factors above and factors below the line.
fn parts(phrase: Phrase) -> (bool, Vec<Phrase>, Vec<Phrase>) {
    let (minus, phrase) = phrase.sign();
    let list = |phrase: Phrase| match phrase {
        Phrase::Product(factors) => factors,
        other => vec![other],
    };
    match phrase {
        Phrase::Fraction(top, bottom) => (minus, list(*top), list(*bottom)),
        other => (minus, list(other), Vec::new()),
    }
}

/// Numbers first and multiplied out, then the factors in their order, equal ones as powers.
fn factors(all: Vec<Phrase>) -> Phrase {
    let mut number = 1.0;
    let mut powers: Vec<(Phrase, f64)> = Vec::new();
    for factor in all {
        let (base, exponent) = match factor {
            Phrase::Number(c) => {
                number *= c;
                continue;
            }
            Phrase::Power(base, exponent) => match *exponent {
                Phrase::Number(n) if n.fract() == 0.0 && n > 0.0 => (*base, n),
                other => (Phrase::Power(base, Box::new(other)), 1.0),
            },
            other => (other, 1.0),
        };
        match powers.iter_mut().find(|(known, _)| *known == base) {
            Some((_, known)) => *known += exponent,
            None => powers.push((base, exponent)),
        }
    }
    let mut list: Vec<Phrase> = powers
        .into_iter()
        .map(|(base, n)| if n == 1.0 { base } else { Phrase::Power(Box::new(base), Box::new(Phrase::Number(n))) })
        .collect();
    if number != 1.0 || list.is_empty() {
        list.insert(0, Phrase::Number(number));
    }
    if list.len() == 1 { list.remove(0) } else { Phrase::Product(list) }
}
