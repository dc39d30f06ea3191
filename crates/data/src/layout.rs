//! How a text separates its cells and writes its decimals, found by trying.
//!
//! Each way is tried on the first lines; the one under which most cells are numbers wins. Counting separators alone would
//! take `1,5;2,5` for three columns.

use serde::{Deserialize, Serialize};

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Separator {
    /// A tab.
    Tab,
    /// A semicolon.
    Semicolon,
    /// A comma.
    Comma,
    /// Any number of spaces or tabs.
    Spaces,
}

/// What stands before the decimals of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decimal {
    /// 1.5
    Point,
    /// 1,5
    Comma,
}

/// Separator and decimal mark of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Between cells.
    pub separator: Separator,
    /// Inside numbers.
    pub decimal: Decimal,
}

/// Lines that a layout is judged by.
const SAMPLE: usize = 50;

impl Separator {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Separator::Tab => "tabs",
            Separator::Semicolon => "semicolons",
            Separator::Comma => "commas",
            Separator::Spaces => "spaces",
        }
    }

    /// The one byte that stands for it once runs of spaces are one space.
    pub fn byte(self) -> u8 {
        match self {
            Separator::Tab => b'\t',
            Separator::Semicolon => b';',
            Separator::Comma => b',',
            Separator::Spaces => b' ',
        }
    }
}

impl Decimal {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Decimal::Point => "a decimal point",
            Decimal::Comma => "a decimal comma",
        }
    }
}

impl Layout {
    /// In the order they are preferred where several read the same.
    const ALL: [Layout; 7] = [
        Layout { separator: Separator::Tab, decimal: Decimal::Point },
        Layout { separator: Separator::Tab, decimal: Decimal::Comma },
        Layout { separator: Separator::Semicolon, decimal: Decimal::Point },
        Layout { separator: Separator::Semicolon, decimal: Decimal::Comma },
        Layout { separator: Separator::Comma, decimal: Decimal::Point },
        Layout { separator: Separator::Spaces, decimal: Decimal::Point },
        Layout { separator: Separator::Spaces, decimal: Decimal::Comma },
    ];

    /// The layout under which the first lines hold the most numbers.
    pub fn of(text: &str) -> Self {
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
        // The first line may be names, which say nothing about numbers.
        let data = if lines.len() > 1 { &lines[1..] } else { &lines[..] };
        let mut best = (0, Layout { separator: Separator::Comma, decimal: Decimal::Point });
        for layout in Self::ALL {
            let score = data.iter().map(|line| layout.numbers_in(line)).sum();
            if score > best.0 {
                best = (score, layout);
            }
        }
        best.1
    }

    /// Cells that are numbers less cells that are not; nothing for a line with fewer than two.
    fn numbers_in(self, line: &str) -> i64 {
        let separator = char::from(self.separator.byte());
        let cells: Vec<&str> = match self.separator {
            Separator::Spaces => line.split_whitespace().collect(),
            _ => line.split(separator).map(str::trim).filter(|cell| !cell.is_empty()).collect(),
        };
        let numbers = cells.iter().filter(|cell| self.number(cell.trim_matches('"')).is_some()).count() as i64;
        if numbers < 2 { 0 } else { 2 * numbers - cells.len() as i64 }
    }

    /// The number a cell stands for: infinite or NaN where it says so.
    pub fn number(self, cell: &str) -> Option<f64> {
        let plain = match self.decimal {
            Decimal::Comma if cell.contains(',') => cell.replacen(',', ".", 1).parse(),
            _ => cell.parse(),
        };
        // A typographic minus sign, as text programs put it in.
        plain.or_else(|_| cell.replace('−', "-").parse()).ok()
    }
}
