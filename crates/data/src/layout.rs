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

/// Lines that a layout is judged by, from all parts of a text: the first may be a heading of any length.
const SAMPLE: usize = 200;

impl Separator {
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

    /// The layout under which the lines hold the most numbers.
    pub fn of(text: &str) -> Self {
        let filled = || text.lines().filter(|line| !line.trim().is_empty());
        let count = filled().count();
        // The first line may be names, which say nothing about numbers.
        let skipped = usize::from(count > 1);
        let data: Vec<&str> = filled().skip(skipped).step_by(count.div_ceil(SAMPLE).max(1)).collect();
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
        // Names are the usual thing that is no number.
        let first = cell.trim_start_matches(['+', '-', '−', '.', ',']).bytes().next()?;
        if !first.is_ascii_digit() && !matches!(first, b'n' | b'N' | b'i' | b'I') {
            return None;
        }
        let plain = match self.decimal {
            Decimal::Comma if cell.contains(',') => grouped(cell, ',', '.').parse(),
            Decimal::Point if cell.contains(',') => grouped(cell, '.', ',').parse(),
            _ => cell.parse(),
        };
        // A typographic minus sign, as text programs put it in.
        plain
            .or_else(|_| {
                cell.replace('−', "-").replace(',', if self.decimal == Decimal::Comma { "." } else { "," }).parse()
            })
            .ok()
    }
}

/// A number with `decimal` before its decimals and perhaps `mark` between groups of three digits, as Rust writes it; as it
/// stands where the groups are not of three digits.
fn grouped(cell: &str, decimal: char, mark: char) -> String {
    let (whole, rest) = cell.split_once(decimal).map_or((cell, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.split(mark);
    let front = groups.next().unwrap_or_default();
    // One group alone, as in “0,350”, is rather the decimals in the other notation.
    let is_sure = rest.is_some() || whole.matches(mark).count() > 1;
    let is_grouped = is_sure && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    let whole = if is_grouped && !front.is_empty() { whole.replace(mark, "") } else { whole.to_owned() };
    rest.map_or(whole.clone(), |rest| format!("{whole}.{rest}"))
}
