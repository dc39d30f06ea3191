//! From text to records of cells, before anything is known of what they mean.
//!
//! A cell is a number, nothing, or a text. A record knows its line and whether a comment mark (`#` or `%`) stands before it.

use crate::error::ReadError;
use crate::layout::{Layout, Separator};
use crate::limits::{MAX_COLUMNS, MAX_LINE, MAX_ROWS, shortened};
use csv::{ReaderBuilder, StringRecord, Terminator};
use std::borrow::Cow;
use std::ops::Range;

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number, perhaps not a finite one.
    Number(f64),
    /// Nothing.
    Empty,
    /// Something else, shortened.
    Text(Box<str>),
}

/// A line of the file that is not blank.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its line, from 1.
    pub line: usize,
    /// Its cells, by their places in [`Grid::cells`].
    pub cells: Range<usize>,
    /// Its comment mark, which is no part of its cells.
    pub mark: Option<char>,
}

/// All cells of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// How cells and decimals were told apart.
    pub layout: Layout,
    /// The cells of all records, one after the other.
    pub cells: Vec<Cell>,
    /// The records, in the order of the file.
    pub records: Vec<Record>,
}

/// Longest text of a cell that is kept.
const MAX_TEXT: usize = 200;
/// Lines above and between the rows that are read.
const MAX_REMARKS: usize = 10_000;

impl Cell {
    /// A cell of trimmed text.
    fn of(text: &str, layout: Layout) -> Self {
        match layout.number(text) {
            _ if text.is_empty() => Cell::Empty,
            Some(number) => Cell::Number(number),
            None => Cell::Text(shortened(text, MAX_TEXT).into()),
        }
    }

    /// Its number, if it is a finite one.
    pub fn finite(&self) -> Option<f64> {
        match self {
            Cell::Number(number) if number.is_finite() => Some(*number),
            _ => None,
        }
    }

    /// Whether it is a number, finite or not.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Number(_))
    }

    /// Whether it is a text.
    pub fn is_text(&self) -> bool {
        matches!(self, Cell::Text(_))
    }
}

impl Grid {
    /// Reads text with `\n` line endings.
    pub fn of(text: &str) -> Result<Self, ReadError> {
        if let Some((line, long)) = text.lines().enumerate().find(|(_, line)| line.len() > MAX_LINE) {
            return Err(ReadError::LineTooLong { line: line + 1, characters: long.chars().count() });
        }
        let layout = Layout::of(text);
        let body = match layout.separator {
            Separator::Spaces => Cow::Owned(single_spaced(text)),
            _ => Cow::Borrowed(text),
        };
        let grid = Self::read(&body, layout, true)?;
        // A quotation mark that is never closed swallows the rest of the file.
        let lines = body.lines().filter(|line| !line.trim().is_empty()).count();
        if 2 * grid.records.len() < lines { Self::read(&body, layout, false) } else { Ok(grid) }
    }

    /// The cells of a record.
    pub fn row(&self, record: &Record) -> &[Cell] {
        &self.cells[record.cells.clone()]
    }

    fn read(text: &str, layout: Layout, quoting: bool) -> Result<Self, ReadError> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .quoting(quoting)
            .delimiter(layout.separator.byte())
            .terminator(Terminator::Any(b'\n'))
            .from_reader(text.as_bytes());
        let mut grid = Self { layout, cells: Vec::new(), records: Vec::new() };
        let mut record = StringRecord::new();
        let mut line = Lines { text: text.as_bytes(), at: 0, line: 1 };
        while reader.read_record(&mut record).unwrap_or(false) {
            let line = line.of(record.position().map_or(0, |position| position.byte() as usize));
            grid.push(&record, line)?;
        }
        Ok(grid)
    }

    fn push(&mut self, record: &StringRecord, line: usize) -> Result<(), ReadError> {
        let start = self.cells.len();
        if record.len() > MAX_COLUMNS + 1 {
            return Err(ReadError::TooManyColumns { line, columns: record.len() });
        }
        if self.records.len() > MAX_ROWS + MAX_REMARKS {
            return Err(ReadError::TooManyRows { line });
        }
        let mut mark = None;
        for (i, cell) in record.iter().enumerate() {
            let mut cell = cell.trim();
            if i == 0
                && let Some((found, rest)) = comment(cell)
                && !rest.is_empty()
            {
                (mark, cell) = (Some(found), rest);
            }
            self.cells.push(Cell::of(cell, self.layout));
        }
        if self.cells[start..].iter().all(|cell| *cell == Cell::Empty) && self.cells.len() < start + 2 {
            self.cells.truncate(start);
        } else {
            self.records.push(Record { line, cells: start..self.cells.len(), mark });
        }
        Ok(())
    }
}

/// Counts lines up to a byte. A record's position is taken before the blank lines above it are passed over.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        self.line += self.text[self.at.min(byte)..byte].iter().filter(|byte| **byte == b'\n').count();
        self.at = byte;
        while self.text.get(self.at) == Some(&b'\n') {
            self.at += 1;
            self.line += 1;
        }
        self.line
    }
}

/// A comment mark and what follows it.
pub fn comment(text: &str) -> Option<(char, &str)> {
    let mark = text.chars().next().filter(|c| matches!(c, '#' | '%'))?;
    Some((mark, text.trim_start_matches(mark).trim_start()))
}

/// One space between cells, and none behind a comment mark.
fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        let line = match comment(line) {
            Some((mark, rest)) if !rest.is_empty() => {
                spaced.push(mark);
                rest
            }
            _ => line,
        };
        for (i, cell) in line.split_whitespace().enumerate() {
            if i > 0 {
                spaced.push(' ');
            }
            spaced.push_str(cell);
        }
        spaced.push('\n');
    }
    spaced
}
