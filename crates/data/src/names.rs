//! The names, units and objects of a table's columns, from the lines above its rows.
//!
//! Up to six lines are looked at: long names, short names, units, objects, in any order, each perhaps behind a comment mark. The line
//! with the most names that are known gives the names; the units may stand in it, or in a line of their own.

use crate::grid::{Cell, Grid, Record};
use crate::heading::{self, Heading};
use crate::layout::Separator;
use crate::units::Unit;
use crate::words::{Meaning, meaning};
use language::tr;

/// Lines above the rows that may belong to the heading.
const MOST_LINES: usize = 6;
/// What stands before the number of a column without a name.
const NUMBERED: &str = "column ";

/// What stands above the rows of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// A heading for each column; never empty.
    pub headings: Vec<Heading>,
    /// Whether the names stand in the file.
    pub named: bool,
    /// A line of one cell right above them.
    pub title: Option<String>,
    /// The lines that were understood, cell by cell: they may be repeated further down.
    pub lines: Vec<Vec<String>>,
}

impl Names {
    /// The headings of a table of `width` columns whose rows begin at record `start`.
    pub fn above(grid: &Grid, text: &str, start: usize, width: usize) -> Self {
        let mut lines: Vec<(Vec<String>, bool)> = Vec::new();
        let mut title = None;
        for record in grid.records[..start].iter().rev() {
            match cells_of(grid, text, record, width, lines.is_empty()) {
                Some(cells) if lines.len() < MOST_LINES => lines.push((cells, record.mark.is_some())),
                Some(_) => break,
                None => {
                    let mut filled = grid.row(record).iter().filter(|cell| **cell != Cell::Empty);
                    if let (Some(Cell::Text(text)), None) = (filled.next(), filled.next()) {
                        title = Some(text.to_string());
                    }
                    break;
                }
            }
        }
        lines.reverse();
        let (headings, named) = headings(&lines, width);
        Self { headings, named, title, lines: lines.into_iter().map(|(cells, _)| cells).collect() }
    }
}

/// The text of a cell.
pub fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_string(),
    }
}

/// The cells of a heading line, one a column; nothing where it is a title, a row of numbers or prose. The line that is `nearest` to
/// the rows may be separated otherwise than they are.
fn cells_of(grid: &Grid, text: &str, record: &Record, width: usize, nearest: bool) -> Option<Vec<String>> {
    let row = grid.row(record);
    let filled = row.iter().filter(|cell| **cell != Cell::Empty).count();
    let numbers = row.iter().filter(|cell| cell.is_number()).count();
    if filled == 0 || 2 * numbers >= filled {
        return None;
    }
    let mut cells: Vec<String> = row.iter().map(text_of).collect();
    let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let spaces = grid.layout.separator == Separator::Spaces;
    let padded = row.len() >= width || (filled > 1 && !spaces && record.mark.is_none());
    if end <= width && padded {
        cells.resize(width, String::new());
        return Some(cells);
    }
    // The data of Schmidt and Lipson (Science 324 (2009) 81) name neither the trial nor the time that come first.
    let unnamed: &[&str] = match record.mark {
        Some('%') if end + 2 == width => &["trial", "t"],
        Some('#') if end + 1 == width => &["#"],
        _ => &[],
    };
    if !unnamed.is_empty() {
        cells.truncate(end);
        cells.splice(0..0, unnamed.iter().map(|name| (*name).to_owned()));
        return Some(cells);
    }
    let line = text.lines().nth(record.line.checked_sub(1)?)?;
    let line = line.trim().trim_start_matches(['#', '%']).trim();
    let found = if nearest || spaces { otherwise(line, width) } else { None };
    // A title of one cell, padded to the width of the table, is no heading; a longer line keeps its first names.
    match found {
        None if end > width && !spaces => {
            cells.truncate(width);
            Some(cells)
        }
        found => found,
    }
}

/// A line whose names are separated otherwise than the numbers below them.
fn otherwise(line: &str, width: usize) -> Option<Vec<String>> {
    let trimmed = |cells: Vec<&str>| cells.into_iter().map(|cell| cell.trim().trim_matches('"').to_owned()).collect();
    let mut ways: Vec<Vec<String>> = ["\t", ";", ",", "  "]
        .into_iter()
        .map(|separator| trimmed(line.split(separator).filter(|cell| !cell.trim().is_empty()).collect()))
        .collect();
    // A unit in brackets belongs to the word before it.
    let mut words: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        match words.last_mut() {
            Some(last) if word.starts_with(['(', '[']) => *last = format!("{last} {word}"),
            _ => words.push(word.to_owned()),
        }
    }
    ways.push(words);
    ways.into_iter().find(|cells| cells.len() == width && width > 1)
}

/// A heading for each column from the lines above, from top to bottom, with whether each was a comment.
fn headings(lines: &[(Vec<String>, bool)], width: usize) -> (Vec<Heading>, bool) {
    let is_units: Vec<bool> = lines.iter().map(|(cells, _)| are_units(cells)).collect();
    let only_units = is_units.iter().all(|is_units| *is_units);
    let rank = |at: &usize| {
        let (cells, comment) = &lines[*at];
        let known = cells.iter().filter(|cell| is_known(cell)).count();
        (known, !comment, cells.iter().filter(|cell| !cell.is_empty()).count())
    };
    let candidates = (0..lines.len()).rev().filter(|at| only_units || !is_units[*at]);
    let Some(names) = candidates.max_by_key(rank) else {
        return ((1..=width).map(numbered).collect(), false);
    };
    let cells = &lines[names].0;
    let mut headings: Vec<Heading> = cells.iter().map(|cell| heading::parse(cell)).collect();
    let units = (0..lines.len()).find(|at| is_units[*at] && (*at != names || is_compound(cells)));
    if let Some((units, _)) = units.map(|at| &lines[at]) {
        for (heading, unit) in headings.iter_mut().zip(units).filter(|(_, unit)| Unit::parse(unit).is_some()) {
            heading.unit.get_or_insert_with(|| unit.trim_matches(['(', ')', '[', ']']).to_owned());
        }
    }
    let twice = cells.iter().enumerate().any(|(i, cell)| !cell.is_empty() && cells[..i].contains(cell));
    if let Some((objects, _)) =
        (0..names).rev().filter(|at| !is_units[*at]).map(|at| &lines[at]).next().filter(|_| twice)
    {
        let mut object = None;
        for (heading, cell) in headings.iter_mut().zip(objects) {
            object = if cell.is_empty() { object } else { Some(cell.clone()) };
            heading.run = heading.run.take().or_else(|| object.clone());
        }
    }
    for (i, heading) in headings.iter_mut().enumerate().filter(|(_, heading)| heading.name.is_empty()) {
        heading.name = numbered(i + 1).name;
    }
    (headings, true)
}

fn numbered(number: usize) -> Heading {
    Heading { name: format!("{NUMBERED}{number}"), ..Heading::default() }
}

/// The name of a column as a sentence has it: of a column without one, its number in the visitor's language.
pub fn shown(name: &str) -> String {
    let number = name.strip_prefix(NUMBERED).filter(|rest| rest.parse::<usize>().is_ok());
    number.map_or_else(|| name.to_owned(), |number| tr!("column {number}", number = number))
}

/// Whether every filled cell is a unit, or stands for having none.
fn are_units(cells: &[String]) -> bool {
    let known = cells.iter().filter(|cell| Unit::parse(cell).is_some()).count();
    let none = |cell: &String| matches!(cell.as_str(), "" | "-" | "1" | "[]" | "()" | "[-]" | "px" | "a.u." | "arb");
    let bracketed = |cell: &String| cell.starts_with(['(', '[']) && cell.ends_with([')', ']']);
    known > 0 && cells.iter().all(|cell| Unit::parse(cell).is_some() || none(cell) || bracketed(cell))
}

/// Whether one of the units is more than a letter that could as well be a name.
fn is_compound(cells: &[String]) -> bool {
    cells.iter().any(|cell| cell.contains(['/', '°', '^']) && Unit::parse(cell).is_some())
}

fn is_known(cell: &str) -> bool {
    let heading = heading::parse(cell);
    heading.unit.is_some() || meaning(&heading.name) != Meaning::Unknown
}
