//! From text to a table: names of columns, and rows of cells that still know their line.
//!
//! Three kinds of first line: names; names behind `%` without the two columns that always come first, trial and time, as in
//! the data of Schmidt and Lipson (Science 324 (2009) 81); or numbers at once, and the columns are numbered. Comments (`#`,
//! `%`) before it are passed over. The table says nothing about what a column means.

use crate::error::ReadError;
use crate::layout::{Layout, Separator};
use crate::recording::{MAX_COLUMNS, MAX_NAME, MAX_ROWS, shortened};
use csv::{ReaderBuilder, StringRecord, Terminator};

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

/// One row of cells, one for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// The cells of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Column names, never empty.
    pub names: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Row>,
    /// Whether the names stand in the file.
    pub named: bool,
    /// How cells and decimals were told apart.
    pub layout: Layout,
    /// The last row, where it has too few cells: line and cells.
    pub cut_short: Option<(usize, usize)>,
}

impl Table {
    /// Reads text with `\n` line endings.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let (body, mark) = without_comments(text);
        let layout = Layout::of(&body);
        let body = if layout.separator == Separator::Spaces { single_spaced(&body) } else { body };
        let mut records = Records::new(&body, layout.separator);
        let Some((header_line, first)) = records.next_filled() else {
            return Err(ReadError::Empty);
        };
        let numbers = first.iter().filter(|cell| layout.number(cell).is_some()).count();
        let mut named = mark.is_some() || 2 * numbers < first.len();
        if first.len() > MAX_COLUMNS {
            return Err(ReadError::TooManyColumns { line: header_line, columns: first.len() });
        }
        let mut names = if named { names_of(&first) } else { Vec::new() };
        let mut next = if named { records.next_filled() } else { Some((header_line, first)) };
        let Some((line, row)) = &next else {
            return Err(ReadError::HeaderOnly { line: header_line });
        };
        if mark == Some('%') && row.len() == names.len() + 2 {
            names.splice(0..0, ["trial".to_owned(), "t".to_owned()]);
        }
        // A remark that happens to stand right above the numbers.
        named &= mark.is_none() || row.len() == names.len();
        if !named {
            names = (1..=row.len()).map(|number| format!("column {number}")).collect();
        }
        if names.len() > MAX_COLUMNS {
            return Err(ReadError::TooManyColumns { line: *line, columns: names.len() });
        }
        let mut table = Self { names, rows: Vec::new(), named, layout, cut_short: None };
        while let Some((line, cells)) = next {
            next = records.next_filled();
            table.push(line, cells, next.is_none())?;
        }
        Ok(table)
    }

    fn push(&mut self, line: usize, mut cells: Vec<String>, last: bool) -> Result<(), ReadError> {
        let expected = self.names.len();
        if self.rows.len() == MAX_ROWS {
            return Err(ReadError::TooManyRows { line });
        }
        // A separator at the end of a row makes no column.
        while cells.len() > expected && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.len() < expected && last && !self.rows.is_empty() {
            self.cut_short = Some((line, cells.len()));
        } else if cells.len() != expected {
            return Err(ReadError::Ragged { line, cells: cells.len(), expected });
        } else {
            let cells = cells.iter().map(|cell| self.cell(cell)).collect();
            self.rows.push(Row { line, cells });
        }
        Ok(())
    }

    fn cell(&self, text: &str) -> Cell {
        match self.layout.number(text) {
            _ if text.is_empty() => Cell::Empty,
            Some(number) => Cell::Number(number),
            None => Cell::Text(shortened(text, 20).into()),
        }
    }
}

/// The records of a text, with their lines.
struct Records<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: Separator) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator.byte())
            .terminator(Terminator::Any(b'\n'))
            .from_reader(text.as_bytes());
        Self { text, reader, record: StringRecord::new() }
    }

    /// The next record with anything in it: its line, and its cells without spaces around them.
    fn next_filled(&mut self) -> Option<(usize, Vec<String>)> {
        while self.reader.read_record(&mut self.record).unwrap_or(false) {
            let cells: Vec<String> = self.record.iter().map(|cell| cell.trim().to_owned()).collect();
            if cells.len() > 1 || cells.iter().any(|cell| !cell.is_empty()) {
                return Some((self.line(), cells));
            }
        }
        None
    }

    /// A record's position is taken before the blank lines above it are passed over.
    fn line(&self) -> usize {
        let Some(position) = self.record.position() else { return 0 };
        let rest = self.text.as_bytes().get(position.byte() as usize..).unwrap_or_default();
        position.line() as usize + rest.iter().take_while(|byte| **byte == b'\n').count()
    }
}

/// Empties the comments above the names, which keeps the line numbers. The last of them is the names themselves where a
/// number comes next: then its mark, `#` or `%`, is taken away and given back.
fn without_comments(text: &str) -> (String, Option<char>) {
    let is_comment = |line: &str| line.trim_start().starts_with(['#', '%']);
    let is_number = |line: &str| line.trim_start().starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    let filled = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let Some((last, names)) = filled().take_while(|(_, line)| is_comment(line)).last() else {
        return (text.to_owned(), None);
    };
    let is_names = filled().find(|(number, _)| *number > last).is_none_or(|(_, line)| is_number(line));
    let rest = text.lines().skip(last + 1).flat_map(|line| [line, "\n"]);
    let mut body = "\n".repeat(last);
    if is_names {
        body.push_str(names.trim_start().trim_start_matches(['#', '%']).trim_start());
    }
    body.push('\n');
    body.extend(rest);
    (body, names.trim_start().chars().next().filter(|_| is_names))
}

fn single_spaced(text: &str) -> String {
    text.lines().flat_map(|line| [line.split_whitespace().collect::<Vec<_>>().join(" "), "\n".to_owned()]).collect()
}

/// Names, shortened, without the empty ones that a separator at the end of the line makes.
fn names_of(cells: &[String]) -> Vec<String> {
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(1, |last| last + 1);
    let name = |(i, cell): (usize, &String)| match cell.as_str() {
        "" => format!("column {}", i + 1),
        text => shortened(text, MAX_NAME),
    };
    cells.iter().take(filled).enumerate().map(name).collect()
}
