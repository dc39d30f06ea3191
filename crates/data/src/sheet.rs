//! A table as columns of numbers, in the units of the file, for whoever looks for a formula in it.
//!
//! A cell that is missing or no number is NaN here: it costs its row only where its column is used. Columns of words, and those
//! with numbers in less than half of the rows, are passed over and named.

use crate::columns::named;
use crate::dropped::Passed;
use crate::error::ReadError;
use crate::limits::shortened;
use crate::runs::runs;
use crate::sentences::and_more;
use crate::table::{Cell, Table};
use crate::words::{is_uncertainty, plain, uncertain};
use language::tr;

/// A column of numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// What it is called: no other column is called so.
    pub name: String,
    /// Its unit as the file writes it.
    pub unit: Option<String>,
    /// Its number in each row, NaN where there is none.
    pub values: Vec<f64>,
    /// Its place in the table.
    column: usize,
}

/// The columns of numbers of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet<'a> {
    /// The columns, one at least.
    pub columns: Vec<Numbers>,
    /// What was passed over, each a sentence.
    pub remarks: Vec<String>,
    table: &'a Table,
}

/// Lines or columns that a sentence lists.
const LISTED: usize = 5;

impl<'a> Sheet<'a> {
    /// The columns of numbers of a table. Fails where there is none.
    pub fn of(table: &'a Table) -> Result<Self, ReadError> {
        let mut sheet = Self { columns: Vec::new(), remarks: Vec::new(), table };
        let (mut words, mut sparse) = (Vec::new(), Vec::new());
        let several = runs(&table.headings).len() > 1;
        for (column, heading) in table.headings.iter().enumerate() {
            let values: Vec<f64> =
                table.rows.iter().map(|row| table.cell(row, column).finite().unwrap_or(f64::NAN)).collect();
            let count = values.iter().filter(|value| value.is_finite()).count();
            let filled = table.rows.iter().any(|row| *table.cell(row, column) != Cell::Empty);
            if 2 * count < values.len() || count == 0 {
                let list = if count > 0 { &mut sparse } else { &mut words };
                list.extend(filled.then(|| heading.name.clone()));
                continue;
            }
            let run = heading.run.as_ref().filter(|_| several);
            let wanted = run.map_or_else(|| heading.name.clone(), |run| format!("{} {run}", heading.name));
            let name = sheet.unused(&wanted);
            if name != wanted {
                sheet.remarks.push(tr!(
                    "Two columns are called “{name}”; the other one is “{other}” here.",
                    name = wanted,
                    other = name
                ));
            }
            sheet.columns.push(Numbers { name, unit: heading.unit.clone(), values, column });
        }
        if !words.is_empty() {
            sheet.remarks.push(tr!("Passed over, because they hold words: {columns}.", columns = some(&words)));
        }
        if !sparse.is_empty() {
            sheet.remarks.push(tr!(
                "Passed over, because they have numbers in less than half of the rows: {columns}.",
                columns = some(&sparse)
            ));
        }
        let passed = table.passed.iter().filter(|(_, what)| *what != Passed::Heading).map(|(line, _)| *line);
        let odd = table.ragged.iter().chain(&table.cut_short).map(|(line, _)| *line);
        let mut lines: Vec<usize> = passed.chain(odd).collect();
        lines.sort_unstable();
        if !lines.is_empty() {
            sheet
                .remarks
                .push(tr!("Passed over, because they are no rows of this table: lines {lines}.", lines = some(&lines)));
        }
        if sheet.columns.is_empty() { Err(ReadError::NoNumbers) } else { Ok(sheet) }
    }

    /// The place of a column in this sheet, by heading, name or number.
    pub fn named(&self, text: &str) -> Result<usize, ReadError> {
        let by_name = self.columns.iter().position(|column| column.name == text);
        by_name.map_or_else(
            || {
                let column = named(self.table, text)?;
                let found = self.columns.iter().position(|numbers| numbers.column == column);
                found.ok_or_else(|| ReadError::NotNumbers { name: text.to_owned() })
            },
            Ok,
        )
    }

    /// Columns that a law may use to explain another: all but it and uncertainties, whose names are added to the remarks.
    pub fn causes(&mut self, target: usize) -> Vec<usize> {
        let (left, used): (Vec<usize>, Vec<usize>) =
            (0..self.columns.len()).filter(|at| *at != target).partition(|at| is_uncertainty(&self.columns[*at].name));
        // Nothing but uncertainties is better than nothing.
        if used.is_empty() {
            return left;
        }
        if !left.is_empty() {
            let names: Vec<&str> = left.iter().map(|at| self.columns[*at].name.as_str()).collect();
            self.remarks.push(tr!(
                "Left out, because by their names they are uncertainties: {columns}.",
                columns = some(&names)
            ));
        }
        used
    }

    /// Columns that are uncertainties by their names, each with the column that it belongs to by its name; with none where not all of
    /// its numbers are above 0.
    pub fn uncertainties(&self) -> Vec<(usize, Option<usize>)> {
        let of = |at: usize| {
            let name = uncertain(&self.columns[at].name)?;
            let named = |other: &usize| !name.is_empty() && plain(&self.columns[*other].name) == name;
            let sound = self.columns[at].values.iter().all(|value| value.is_nan() || *value > 0.0);
            Some((at, (0..self.columns.len()).find(|other| sound && *other != at && named(other))))
        };
        (0..self.columns.len()).filter_map(of).collect()
    }

    /// The column with the errors of another, by their names.
    pub fn errors_of(&self, column: usize) -> Option<usize> {
        self.uncertainties().into_iter().find(|(_, of)| *of == Some(column)).map(|(at, _)| at)
    }

    /// The rows that have a number in each of these columns, and a remark on the others.
    pub fn complete(&self, columns: &[usize]) -> (Vec<usize>, Option<String>) {
        let whole = |row: &usize| columns.iter().all(|column| self.columns[*column].values[*row].is_finite());
        let (complete, missing): (Vec<usize>, Vec<usize>) = (0..self.table.rows.len()).partition(whole);
        let lines: Vec<usize> = missing.iter().map(|row| self.table.rows[*row].line).collect();
        let remark = (!lines.is_empty())
            .then(|| tr!("Left out, because a number is missing or not finite: lines {lines}.", lines = some(&lines)));
        (complete, remark)
    }

    /// A name that no column has yet.
    fn unused(&self, wanted: &str) -> String {
        let taken = |name: &str| self.columns.iter().any(|column| column.name == name);
        let mut numbered = (2..).map(|number| format!("{wanted} {number}"));
        if taken(wanted) { numbered.find(|name| !taken(name)).unwrap_or_default() } else { wanted.to_owned() }
    }
}

/// The first few of a list.
pub(crate) fn some<T: ToString>(all: &[T]) -> String {
    let listed: Vec<String> = all.iter().take(LISTED).map(|one| shortened(&one.to_string(), 60)).collect();
    and_more(listed.join(", "), all.len().saturating_sub(LISTED))
}

/// Columns as comma-separated text under their names; every number reads back as it is.
pub fn to_csv<'a>(columns: impl Iterator<Item = (&'a str, &'a [f64])> + Clone) -> String {
    let quoted = |name: &str| {
        let plain = !name.contains([',', '"', '\n', ';']) && !name.starts_with(['#', '%']);
        if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
    };
    let line = |cells: Vec<String>| cells.join(",") + "\n";
    let mut text = line(columns.clone().map(|(name, _)| quoted(name)).collect());
    let rows = columns.clone().map(|(_, values)| values.len()).max().unwrap_or(0);
    for row in 0..rows {
        let cell = |(_, values): (&str, &[f64])| values.get(row).map_or_else(String::new, f64::to_string);
        text += &line(columns.clone().map(cell).collect());
    }
    text
}
