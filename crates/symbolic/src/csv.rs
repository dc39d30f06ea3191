//! A table from comma-separated text, as spreadsheets write it.
//!
//! The first line names the columns; every other line that is not empty is a row of numbers. Commas, semicolons or tabs
//! separate, whichever the first line has most of. Quotation marks around a cell are taken off. A cell that contains the
//! separator is not understood: numbers do not contain it.

use crate::data::Table;

/// Text that is not a table of numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// Nothing there.
    #[error("There is nothing in it; the first line should name the columns.")]
    Empty,
    /// No such column.
    #[error("There is no column \"{target}\"; the columns are {columns}.")]
    NoTarget {
        /// The name asked for.
        target: String,
        /// The names there are.
        columns: String,
    },
    /// A row of another length than the first line.
    #[error("The first line has {expected} cells, line {line} has {found}.")]
    Ragged {
        /// The line, from 1.
        line: usize,
        /// Its cells.
        found: usize,
        /// The first line's.
        expected: usize,
    },
    /// A cell that is no number.
    #[error("Line {line}, column \"{column}\": \"{cell}\" is not a number.")]
    NotANumber {
        /// The line, from 1.
        line: usize,
        /// The column.
        column: String,
        /// What stands there.
        cell: String,
    },
}

impl Table {
    /// Reads comma-separated text; the column `target` is to be explained by all the others.
    pub fn from_csv(text: &str, target: &str) -> Result<Self, CsvError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let (_, header) = lines.next().ok_or(CsvError::Empty)?;
        let count = |separator: &char| header.matches(*separator).count();
        let separator = [',', ';', '\t'].into_iter().rev().max_by_key(count).unwrap_or(',');
        let cells = |line: &str| -> Vec<String> {
            line.split(separator).map(|cell| cell.trim().trim_matches('"').trim().to_owned()).collect()
        };
        let names = cells(header);
        let mut columns = vec![Vec::new(); names.len()];
        for (place, line) in lines {
            let row = cells(line);
            if row.len() != names.len() {
                return Err(CsvError::Ragged { line: place + 1, found: row.len(), expected: names.len() });
            }
            for ((cell, column), name) in row.into_iter().zip(&mut columns).zip(&names) {
                let number = cell.parse().map_err(|_| CsvError::NotANumber {
                    line: place + 1,
                    column: name.clone(),
                    cell: cell.clone(),
                })?;
                column.push(number);
            }
        }
        let found = names.iter().position(|name| name == target);
        let at = found.ok_or_else(|| CsvError::NoTarget { target: target.into(), columns: names.join(", ") })?;
        let mut names = names;
        let target_name = names.remove(at);
        let target = columns.remove(at);
        Ok(Self { names, columns, target_name, target })
    }

    /// As comma-separated text, the target in the last column; every number reads back as it is.
    pub fn to_csv(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| cells.collect::<Vec<_>>().join(",") + "\n";
        let header = line(&mut self.names.iter().chain([&self.target_name]).cloned());
        let columns = || self.columns.iter().chain([&self.target]);
        (0..self.target.len())
            .fold(header, |text, row| text + &line(&mut columns().map(|column| column[row].to_string())))
    }
}
