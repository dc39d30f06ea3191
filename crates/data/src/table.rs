//! From text to a table: headings of columns, and rows of cells that still know their line.
//!
//! The number of cells under which most numbers stand is the width of the table; its rows begin where numbers begin. What stands
//! above gives names, units and objects ([`crate::names`]), what stands between the rows is passed over and said. The table says
//! nothing about what a column means.

use crate::dropped::Passed;
use crate::error::ReadError;
pub use crate::grid::Cell;
use crate::grid::{Grid, Record};
use crate::heading::Heading;
use crate::layout::{Layout, Separator};
use crate::limits::{MAX_COLUMNS, MAX_ROWS};
use crate::names::{Names, text_of};

/// A row of the table; its cells are in [`Table::cell`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: usize,
    start: usize,
    len: usize,
}

/// The cells of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What stands above each column. Names are never empty, and may be there twice.
    pub headings: Vec<Heading>,
    /// Rows, from top to bottom.
    pub rows: Vec<Row>,
    /// Whether the names stand in the file.
    pub named: bool,
    /// A line of one cell above the names.
    pub title: Option<String>,
    /// How cells and decimals were told apart.
    pub layout: Layout,
    /// Rows of another number of cells: line and cells.
    pub ragged: Vec<(usize, usize)>,
    /// The last row, where it has too few cells: line and cells.
    pub cut_short: Option<(usize, usize)>,
    /// Lines between the rows that are none: line and what they are.
    pub passed: Vec<(usize, Passed)>,
    /// Texts that stand alone between rows, by the row that follows.
    pub labels: Vec<(usize, String)>,
    cells: Vec<Cell>,
}

static NOTHING: Cell = Cell::Empty;

impl Table {
    /// Reads text with `\n` line endings.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let grid = Grid::of(text)?;
        let Some(first) = grid.records.first() else { return Err(ReadError::Empty) };
        let width = width(&grid);
        if width > MAX_COLUMNS {
            return Err(ReadError::TooManyColumns { line: first.line, columns: width });
        }
        let numeric = numeric_columns(&grid, width);
        let Some(start) = start(&grid, width, &numeric) else {
            return Err(ReadError::HeaderOnly { line: first.line });
        };
        let names = Names::above(&grid, text, start, width);
        let mut table = Self {
            headings: names.headings,
            rows: Vec::new(),
            named: names.named,
            title: names.title,
            layout: grid.layout,
            ragged: Vec::new(),
            cut_short: None,
            passed: Vec::new(),
            labels: Vec::new(),
            cells: Vec::new(),
        };
        for (i, record) in grid.records.iter().enumerate().skip(start) {
            table.push(&grid, record, &names.lines, i + 1 == grid.records.len())?;
        }
        table.cells = grid.cells;
        table.drop_trailing_columns();
        Ok(table)
    }

    /// The cell of a row in a column; an empty one beyond its end.
    pub fn cell(&self, row: &Row, column: usize) -> &Cell {
        if column < row.len { &self.cells[row.start + column] } else { &NOTHING }
    }

    /// The finite numbers of a column, with their rows.
    pub fn numbers(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.rows.iter().enumerate().filter_map(move |(i, row)| Some((i, self.cell(row, column).finite()?)))
    }

    fn push(&mut self, grid: &Grid, record: &Record, above: &[Vec<String>], last: bool) -> Result<(), ReadError> {
        let (line, cells, width) = (record.line, grid.row(record), self.headings.len());
        if record.mark.is_some() {
            self.passed.push((line, Passed::Comment));
            return Ok(());
        }
        let filled = cells.iter().rposition(|cell| *cell != Cell::Empty).map_or(0, |last| last + 1);
        if filled == 0 {
            return Ok(());
        }
        if let [Cell::Text(text), rest @ ..] = cells
            && width > 1
            && rest.iter().all(|cell| *cell == Cell::Empty)
            && (rest.is_empty() || width > 2)
        {
            self.labels.push((self.rows.len(), text.to_string()));
            self.passed.push((line, Passed::Text(text.to_string())));
            return Ok(());
        }
        let same = |line: &&Vec<String>| (0..width).all(|i| cells.get(i).map_or(String::new(), text_of) == line[i]);
        if cells.iter().any(Cell::is_text) && above.iter().any(|line| same(&line)) {
            self.passed.push((line, Passed::Heading));
            return Ok(());
        }
        // Between spaces nobody knows which cell is missing.
        let too_few = cells.len() < width && self.layout.separator == Separator::Spaces;
        if cells.len() < width && last && self.rows.last().is_some_and(|row| row.len == width) {
            self.cut_short = Some((line, cells.len()));
        } else if filled > width || too_few {
            self.ragged.push((line, filled));
        } else if self.rows.len() == MAX_ROWS {
            return Err(ReadError::TooManyRows { line });
        } else {
            self.rows.push(Row { line, start: record.cells.start, len: cells.len().min(width) });
        }
        Ok(())
    }

    /// A separator at the end of every row makes no column.
    fn drop_trailing_columns(&mut self) {
        while self.headings.len() > 1 {
            let last = self.headings.len() - 1;
            let is_unnamed = self.headings[last].name == format!("column {}", last + 1);
            if !is_unnamed || self.rows.iter().any(|row| *self.cell(row, last) != Cell::Empty) {
                break;
            }
            self.headings.pop();
        }
    }
}

/// How many cells the rows have: the count under which the most numbers stand, or a larger one that names and rows share.
fn width(grid: &Grid) -> usize {
    let mut numbers = vec![0usize; MAX_COLUMNS + 2];
    let mut named = 0;
    for record in grid.records.iter().filter(|record| record.mark.is_none()) {
        let cells = grid.row(record);
        let count = cells.iter().filter(|cell| cell.is_number()).count();
        numbers[cells.len()] += count;
        if count == 0 && cells.iter().filter(|cell| cell.is_text()).count() > 1 {
            named = named.max(cells.len());
        }
    }
    let filled = (1..numbers.len()).filter(|count| numbers[*count] > 0);
    let best = filled.max_by_key(|count| (*count > 1, numbers[*count])).unwrap_or(1);
    if named > best && numbers[named] > 0 { named } else { best }
}

/// Which columns hold more numbers than words.
fn numeric_columns(grid: &Grid, width: usize) -> Vec<bool> {
    let mut balance = vec![0i64; width];
    for record in grid.records.iter().filter(|record| record.mark.is_none() && record.cells.len() >= width) {
        for (balance, cell) in balance.iter_mut().zip(grid.row(record)) {
            *balance += i64::from(cell.is_number()) - i64::from(cell.is_text());
        }
    }
    // Of a row or two under their names there are as many numbers as words.
    balance.into_iter().map(|balance| balance >= 0).collect()
}

/// The first record that is a row: of the right width, with numbers in at least half as many columns as rows usually have, and no
/// word where numbers belong.
fn start(grid: &Grid, width: usize, numeric: &[bool]) -> Option<usize> {
    let numbers = |record: &Record| {
        let cells = grid.row(record).iter().zip(numeric);
        cells.filter(|(cell, numeric)| **numeric && cell.is_number()).count()
    };
    let fits = |record: &Record| record.mark.is_none() && record.cells.len() >= width;
    let mut counts: Vec<usize> =
        grid.records.iter().filter(|record| fits(record)).map(numbers).filter(|n| *n > 0).collect();
    counts.sort_unstable();
    let usual = *counts.get(counts.len() / 2)?;
    let is_row = |record: &Record| {
        let words = grid.row(record).iter().zip(numeric).any(|(cell, numeric)| *numeric && cell.is_text());
        fits(record) && 2 * numbers(record) >= usual && !words
    };
    // Rows with a bad cell each are rows all the same.
    let may_be_row = |record: &Record| fits(record) && 2 * numbers(record) >= usual;
    let first = grid.records.iter().position(is_row).or_else(|| grid.records.iter().position(may_be_row))?;
    Some(first - grid.records[..first].iter().rev().take_while(|record| may_be_row(record)).count())
}
