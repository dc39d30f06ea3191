//! The units of a law's constants: what each must have so that the law gives the target's unit.
//!
//! Units are taken as they are written: N, m and AU are as good as one another, so that a constant is in N/m where force is in N and
//! stretch in m, whatever the size of a unit. Known units rise from the columns, and what is wanted comes down from the target. A
//! constant that could have one unit or another, such as each of two that are multiplied, gets none.

use crate::expr::{Expr, Token};
use crate::operators::Operator;
use std::collections::BTreeMap;

/// Units as written, each with its power.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WrittenUnit(BTreeMap<String, f64>);

/// Powers this close are equal.
const SAME: f64 = 1e-6;

impl WrittenUnit {
    /// A unit such as `kg m/s^2`; nothing, `1` and `rad` are pure numbers. A solidus divides by the one unit after it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut unit = Self::default();
        let mut sign = 1.0;
        let mut word = String::new();
        for c in text.chars().chain([' ']) {
            if !matches!(c, ' ' | '*' | '·' | '⋅' | '×' | '/') {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                let (symbol, power) = crate::dimension::symbol_and_power(&word)?;
                if !matches!(&symbol[..], "1" | "rad" | "%") {
                    *unit.0.entry(symbol).or_default() += sign * power;
                }
                word.clear();
                sign = 1.0;
            }
            if c == '/' {
                sign = -1.0;
            }
        }
        (sign > 0.0).then(|| unit.tidy())
    }

    fn times(&self, other: &Self, power: f64) -> Self {
        let mut product = self.clone();
        for (symbol, exponent) in &other.0 {
            *product.0.entry(symbol.clone()).or_default() += power * exponent;
        }
        product.tidy()
    }

    fn tidy(mut self) -> Self {
        self.0.retain(|_, power| power.abs() > SAME);
        self
    }
}

impl std::fmt::Display for WrittenUnit {
    /// `kg m/s^2`; nothing for a pure number.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let power = |symbol: &str, power: f64| match power {
            p if (p - 1.0).abs() <= SAME => symbol.to_owned(),
            p => format!("{symbol}^{}", (p * 1e4).round() / 1e4),
        };
        let over: Vec<String> = self.0.iter().filter(|(_, p)| **p > 0.0).map(|(s, p)| power(s, *p)).collect();
        let under: Vec<String> = self.0.iter().filter(|(_, p)| **p < 0.0).map(|(s, p)| power(s, -p)).collect();
        let over = if over.is_empty() && !under.is_empty() { "1".to_owned() } else { over.join(" ") };
        f.write_str(&[&[over][..], &under].concat().join("/"))
    }
}

/// The unit of each constant of a law, in postfix order; `None` where it is open. `columns` are the units of the columns, `None`
/// where one is not known.
pub fn constant_units(
    law: &Expr,
    columns: &[Option<WrittenUnit>],
    target: Option<&WrittenUnit>,
) -> Vec<Option<WrittenUnit>> {
    let mut known: Vec<Option<WrittenUnit>> = vec![];
    for (at, token) in law.tokens().iter().enumerate() {
        let parts: Vec<_> = law.arguments(at).into_iter().map(|part| known[part].clone()).collect();
        known.push(match token {
            Token::Constant(_) => None,
            Token::Variable(column) => columns.get(usize::from(*column)).cloned().flatten(),
            Token::Operator(operator) => risen(law, at, *operator, &parts),
        });
    }
    let mut found = vec![None; law.tokens().len()];
    descend(law, law.root(), target.cloned(), &known, &mut found);
    let constants = law.tokens().iter().zip(found).filter(|(token, _)| matches!(token, Token::Constant(_)));
    constants.map(|(_, unit)| unit).collect()
}

/// The unit of an operator's value, from those of its arguments.
fn risen(law: &Expr, at: usize, operator: Operator, parts: &[Option<WrittenUnit>]) -> Option<WrittenUnit> {
    let of = |i: usize| parts[i].as_ref();
    match operator {
        Operator::Add | Operator::Subtract => of(0).or(of(1)).cloned(),
        Operator::Multiply => Some(of(0)?.times(of(1)?, 1.0)),
        Operator::Divide => Some(of(0)?.times(of(1)?, -1.0)),
        Operator::Sqrt => Some(WrittenUnit::default().times(of(0)?, 0.5)),
        Operator::Power => Some(WrittenUnit::default().times(of(0)?, exponent(law, at)?)),
        Operator::Exp | Operator::Log | Operator::Sin | Operator::Cos => Some(WrittenUnit::default()),
        Operator::Conditional => of(2).or(of(3)).cloned(),
    }
}

/// The exponent of the power at a token, if it is a constant.
fn exponent(law: &Expr, at: usize) -> Option<f64> {
    match law.tokens()[at - 1] {
        Token::Constant(c) => Some(c),
        _ => None,
    }
}

/// Gives every constant of the part at `at` its unit, where that part must have the unit `wanted`.
fn descend(
    law: &Expr,
    at: usize,
    wanted: Option<WrittenUnit>,
    known: &[Option<WrittenUnit>],
    found: &mut [Option<WrittenUnit>],
) {
    let Token::Operator(operator) = law.tokens()[at] else {
        found[at] = wanted;
        return;
    };
    let parts = law.arguments(at);
    let pure = || Some(WrittenUnit::default());
    let of = |i: usize| known[parts[i]].clone();
    let by = |unit: Option<WrittenUnit>, other: Option<WrittenUnit>, power: f64| Some(unit?.times(&other?, power));
    let wants: Vec<Option<WrittenUnit>> = match operator {
        Operator::Add | Operator::Subtract => {
            let one = wanted.or_else(|| of(0)).or_else(|| of(1));
            vec![one.clone(), one]
        }
        Operator::Multiply => vec![by(wanted.clone(), of(1), -1.0), by(wanted, of(0), -1.0)],
        Operator::Divide => vec![by(wanted.clone(), of(1), 1.0), by(of(0), wanted, -1.0)],
        Operator::Sqrt => vec![wanted.map(|unit| WrittenUnit::default().times(&unit, 2.0))],
        Operator::Power => match exponent(law, at) {
            Some(power) if power != 0.0 => {
                vec![wanted.map(|unit| WrittenUnit::default().times(&unit, power.recip())), pure()]
            }
            _ => vec![pure(), pure()],
        },
        Operator::Exp | Operator::Log | Operator::Sin | Operator::Cos => vec![pure()],
        Operator::Conditional => {
            let compared = of(0).or_else(|| of(1));
            let one = wanted.or_else(|| of(2)).or_else(|| of(3));
            vec![compared.clone(), compared, one.clone(), one]
        }
    };
    for (part, wanted) in parts.into_iter().zip(wants) {
        descend(law, part, wanted, known, found);
    }
}
