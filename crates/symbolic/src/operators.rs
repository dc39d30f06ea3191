//! The alphabet of a search: which operators a law may be written with.
//!
//! | operator | written | arguments | complexity |
//! |---|---|---|---|
//! | add, subtract, multiply, divide | `+ - * /` | 2 | 1 |
//! | power | `^` | 2 | 3 |
//! | square root, sine, cosine | `sqrt sin cos` | 1 | 1 |
//! | exponential, natural logarithm | `exp log` | 1 | 3 |
//! | conditional: c if a > b, else d | `if` | 4 | 3 |
//!
//! The complexities are those of Cranmer et al. (2020), arXiv:2006.11288, §4.
//!
//! No operator is protected: `log` is the logarithm, not that of the absolute value. Where an operator has no value
//! (a division by zero, the root or logarithm of a negative number, a power that overflows) the result is not finite, and a
//! candidate that is not finite on any row of the data is rejected. What is printed is therefore what was evaluated.

use language::tr;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a law may be written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// a + b.
    Add,
    /// a − b.
    Subtract,
    /// a × b.
    Multiply,
    /// a / b.
    Divide,
    /// a to the power of b.
    Power,
    /// Square root.
    Sqrt,
    /// e to the power of a.
    Exp,
    /// Natural logarithm.
    Log,
    /// Sine, of radians.
    Sin,
    /// Cosine, of radians.
    Cos,
    /// c if a > b, else d.
    Conditional,
}

impl Operator {
    /// All of them, in the order they are offered.
    pub const ALL: [Operator; 11] = [
        Operator::Add,
        Operator::Subtract,
        Operator::Multiply,
        Operator::Divide,
        Operator::Power,
        Operator::Sqrt,
        Operator::Exp,
        Operator::Log,
        Operator::Sin,
        Operator::Cos,
        Operator::Conditional,
    ];

    /// The number of arguments.
    pub fn arity(self) -> usize {
        match self {
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Power => 2,
            Operator::Sqrt | Operator::Exp | Operator::Log | Operator::Sin | Operator::Cos => 1,
            Operator::Conditional => 4,
        }
    }

    /// What it adds to the complexity of a law.
    pub fn complexity(self) -> usize {
        match self {
            Operator::Power | Operator::Exp | Operator::Log | Operator::Conditional => 3,
            _ => 1,
        }
    }

    /// How it is written in a list of operators.
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Power => "^",
            Operator::Sqrt => "sqrt",
            Operator::Exp => "exp",
            Operator::Log => "log",
            Operator::Sin => "sin",
            Operator::Cos => "cos",
            Operator::Conditional => "if",
        }
    }

    /// The value of a function of one argument; NaN for any other operator.
    pub fn unary(self, x: f64) -> f64 {
        match self {
            Operator::Sqrt => x.sqrt(),
            Operator::Exp => x.exp(),
            Operator::Log => x.ln(),
            Operator::Sin => x.sin(),
            Operator::Cos => x.cos(),
            _ => f64::NAN,
        }
    }

    /// The value of an operation on two arguments; NaN for any other operator.
    pub fn binary(self, a: f64, b: f64) -> f64 {
        match self {
            Operator::Add => a + b,
            Operator::Subtract => a - b,
            Operator::Multiply => a * b,
            Operator::Divide => a / b,
            Operator::Power => a.powf(b),
            _ => f64::NAN,
        }
    }
}

/// `c` if a > b, else `d`. A comparison that has no answer has no value, so that it cannot hide a missing one.
pub fn conditional([a, b, c, d]: [f64; 4]) -> f64 {
    if a > b {
        c
    } else if a <= b {
        d
    } else {
        f64::NAN
    }
}

/// A list of operators could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AlphabetError {
    /// No such operator.
    #[error(
        "{}",
        tr!("There is no operator \"{name}\"; choose from + - * / ^ sqrt exp log sin cos if.", name = .0)
    )]
    Unknown(String),
    /// Nothing to write a law with.
    #[error("{}", tr!("A law needs at least one operator to be written with."))]
    Empty,
}

/// The operators that a search may use: at least one, each once, in the order of [`Operator::ALL`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Operator>", into = "Vec<Operator>")]
pub struct Alphabet(Vec<Operator>);

impl Alphabet {
    /// An alphabet of these operators.
    pub fn new(operators: impl IntoIterator<Item = Operator>) -> Result<Self, AlphabetError> {
        let mut operators: Vec<Operator> = operators.into_iter().collect();
        operators.sort();
        operators.dedup();
        if operators.is_empty() { Err(AlphabetError::Empty) } else { Ok(Self(operators)) }
    }

    /// Reads a list such as `+,-,*,cos`. Commas and spaces separate; `×`, `−`, `÷` and `pow` are understood as well.
    pub fn parse(text: &str) -> Result<Self, AlphabetError> {
        let words = text.split([',', ' ']).filter(|word| !word.is_empty());
        let read = |word: &str| {
            let plain = match word {
                "×" | "x" => "*",
                "−" => "-",
                "÷" => "/",
                "pow" => "^",
                other => other,
            };
            Operator::ALL
                .into_iter()
                .find(|operator| operator.symbol() == plain)
                .ok_or_else(|| AlphabetError::Unknown(word.into()))
        };
        Self::new(words.map(read).collect::<Result<Vec<_>, _>>()?)
    }

    /// The operators.
    pub fn operators(&self) -> &[Operator] {
        &self.0
    }

    /// The operators of this many arguments.
    pub fn of_arity(&self, arity: usize) -> impl Iterator<Item = Operator> + '_ {
        self.0.iter().copied().filter(move |operator| operator.arity() == arity)
    }

    /// Whether a law may contain it.
    pub fn contains(&self, operator: Operator) -> bool {
        self.0.contains(&operator)
    }
}

impl Default for Alphabet {
    /// `+ - * /`
    fn default() -> Self {
        Self(Operator::ALL[..4].to_vec())
    }
}

impl TryFrom<Vec<Operator>> for Alphabet {
    type Error = AlphabetError;

    fn try_from(operators: Vec<Operator>) -> Result<Self, AlphabetError> {
        Self::new(operators)
    }
}

impl From<Alphabet> for Vec<Operator> {
    fn from(alphabet: Alphabet) -> Self {
        alphabet.0
    }
}

impl fmt::Display for Alphabet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let symbols: Vec<&str> = self.0.iter().map(|operator| operator.symbol()).collect();
        f.write_str(&symbols.join(","))
    }
}
