//! The dimension of a unit in writing: `m/s^2`, `kg m² s⁻²`, `N·m`.
//!
//! Only the dimension is read, not the size: a kilometre and an inch are both lengths. A solidus divides by the one unit after it.

use crate::units::Dimension;
use language::tr;

/// Text that is not a unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", tr!("\"{unit}\" is not a unit known here; units are written like kg m/s^2.", unit = .0))]
pub struct UnitError(String);

/// Exponents of mass, length, time, current, temperature, amount.
type Exponents = [i8; 6];

/// Units that take prefixes.
const UNITS: [(&str, Exponents); 17] = [
    ("g", [1, 0, 0, 0, 0, 0]),
    ("m", [0, 1, 0, 0, 0, 0]),
    ("s", [0, 0, 1, 0, 0, 0]),
    ("A", [0, 0, 0, 1, 0, 0]),
    ("K", [0, 0, 0, 0, 1, 0]),
    ("mol", [0, 0, 0, 0, 0, 1]),
    ("Hz", [0, 0, -1, 0, 0, 0]),
    ("N", [1, 1, -2, 0, 0, 0]),
    ("J", [1, 2, -2, 0, 0, 0]),
    ("eV", [1, 2, -2, 0, 0, 0]),
    ("W", [1, 2, -3, 0, 0, 0]),
    ("Pa", [1, -1, -2, 0, 0, 0]),
    ("C", [0, 0, 1, 1, 0, 0]),
    ("V", [1, 2, -3, -1, 0, 0]),
    ("Ω", [1, 2, -3, -2, 0, 0]),
    ("F", [-1, -2, 4, 2, 0, 0]),
    ("T", [1, 0, -2, -1, 0, 0]),
];

/// Units that take none.
const OTHERS: [(&str, Exponents); 14] = [
    ("1", [0; 6]),
    ("rad", [0; 6]),
    ("deg", [0; 6]),
    ("°", [0; 6]),
    ("%", [0; 6]),
    ("t", [1, 0, 0, 0, 0, 0]),
    ("au", [0, 1, 0, 0, 0, 0]),
    ("AU", [0, 1, 0, 0, 0, 0]),
    ("min", [0, 0, 1, 0, 0, 0]),
    ("h", [0, 0, 1, 0, 0, 0]),
    ("d", [0, 0, 1, 0, 0, 0]),
    ("yr", [0, 0, 1, 0, 0, 0]),
    ("a", [0, 0, 1, 0, 0, 0]),
    ("°C", [0, 0, 0, 0, 1, 0]),
];

const PREFIXES: &str = "pnuµμmcdhkMGT";

impl Dimension {
    /// Reads a unit; nothing at all is a pure number.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let mut dimension = Dimension::NONE;
        let mut sign = 1.0;
        let mut word = String::new();
        for c in text.chars().chain([' ']) {
            if !matches!(c, ' ' | '*' | '·' | '⋅' | '×' | '/') {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                let (of, power) = factor(&word).ok_or_else(|| UnitError(text.trim().into()))?;
                dimension = dimension.times(of, sign * power);
                word.clear();
                sign = 1.0;
            }
            if c == '/' {
                sign = -1.0;
            }
        }
        // A line of division with nothing below it.
        if sign < 0.0 { Err(UnitError(text.trim().into())) } else { Ok(dimension) }
    }
}

/// The symbol of a unit and its power: `s^-2`, `s-2`, `s⁻²`.
pub(crate) fn symbol_and_power(word: &str) -> Option<(String, f64)> {
    let plain: String = word.chars().map(lowered).collect();
    let split = plain.char_indices().skip(1).find(|(_, c)| matches!(c, '^' | '-' | '+') || c.is_ascii_digit());
    let (symbol, power) = plain.split_at(split.map_or(plain.len(), |(at, _)| at));
    let power = power.trim_start_matches('^');
    let power: f64 = if power.is_empty() && !plain.ends_with('^') { 1.0 } else { power.parse().ok()? };
    power.is_finite().then(|| (symbol.to_owned(), power))
}

/// The dimension of a unit with a power, and that power.
fn factor(word: &str) -> Option<(Dimension, f64)> {
    let (symbol, power) = symbol_and_power(word)?;
    let find = |table: &[(&str, Exponents)], symbol: &str| {
        table.iter().find(|(known, _)| *known == symbol).map(|(_, exponents)| *exponents)
    };
    let rest = symbol.strip_prefix(|c| PREFIXES.contains(c));
    let exponents = find(&OTHERS, &symbol).or_else(|| find(&UNITS, &symbol)).or_else(|| find(&UNITS, rest?))?;
    Some((Dimension(exponents.map(f64::from)), power))
}

/// A raised digit or sign on the line.
fn lowered(c: char) -> char {
    let place = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c);
    match (place.and_then(|digit| char::from_digit(digit as u32, 10)), c) {
        (Some(digit), _) => digit,
        (None, '⁻' | '−') => '-',
        (None, c) => c,
    }
}
