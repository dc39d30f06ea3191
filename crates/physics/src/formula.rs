//! A formula as a tree that can be typeset: a system writes its H with it, in numbers.

use std::fmt;

/// A formula or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number.
    Number(f64),
    /// A variable, set in italics.
    Symbol(&'static str),
    /// An operator, a relation or a bracket.
    Operator(&'static str),
    /// A named function, set upright: its argument follows.
    Function(&'static str),
    /// Parts side by side.
    Row(Vec<Formula>),
    /// A numerator above a denominator.
    Fraction(Box<[Formula; 2]>),
    /// A base and its exponent.
    Power(Box<[Formula; 2]>),
    /// A base and its index.
    Index(Box<[Formula; 2]>),
    /// A sum sign and what it runs over.
    Sum(Box<Formula>),
}

impl Formula {
    /// Parts side by side.
    pub fn row(parts: impl Into<Vec<Formula>>) -> Self {
        Self::Row(parts.into())
    }

    /// A factor in front of something: nothing where it is 1.
    pub fn factor(x: f64) -> Self {
        if (x - 1.0).abs() < 1e-9 { Self::Row(vec![]) } else { Self::Number(x) }
    }

    /// A numerator above a denominator.
    pub fn fraction(above: Formula, below: Formula) -> Self {
        Self::Fraction(Box::new([above, below]))
    }

    /// Its square.
    pub fn squared(self) -> Self {
        Self::Power(Box::new([self, Self::Number(2.0)]))
    }

    /// A variable with an index.
    pub fn indexed(of: &'static str, index: &'static str) -> Self {
        Self::Index(Box::new([Self::Symbol(of), Self::Symbol(index)]))
    }

    /// The cosine of something.
    pub fn cos(of: Formula) -> Self {
        Self::row([Self::Function("cos"), of])
    }

    /// Something in round brackets.
    pub fn bracketed(self) -> Self {
        Self::row([Self::Operator("("), self, Self::Operator(")")])
    }

    /// H = …, or another name of the energy.
    pub fn energy(name: &'static str, parts: impl IntoIterator<Item = Formula>) -> Self {
        Self::Row([Self::Symbol(name), Self::Operator("=")].into_iter().chain(parts).collect())
    }
}

/// As text: `p₁²/2` becomes `p_1^2/2`.
impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(x) => write!(f, "{}", (x * 1e4).round() / 1e4),
            Self::Symbol(name) => f.write_str(name),
            Self::Operator(sign @ ("(" | ")" | "|")) => f.write_str(sign),
            Self::Operator(sign) => write!(f, " {sign} "),
            Self::Function(name) => write!(f, "{name} "),
            Self::Row(parts) => parts.iter().try_for_each(|part| part.fmt(f)),
            Self::Fraction(parts) => write!(f, "({})/({})", parts[0], parts[1]),
            Self::Power(parts) => write!(f, "{}^{}", parts[0], parts[1]),
            Self::Index(parts) => write!(f, "{}_{}", parts[0], parts[1]),
            Self::Sum(over) => write!(f, "Σ_({over}) "),
        }
    }
}
