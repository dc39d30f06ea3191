//! Tables to search in: read from files, or generated.
//!
//! A file is read by the rules of [`::data`], but for one: nothing is left out in silence. A cell that is no number
//! ends the reading with a sentence; only columns of nothing but words are passed over, and named.

use crate::protocol::search::{Example, Heading, Request, Sheet, Source};
use ::data::columns::quantity;
use ::data::table::{Cell, Row, Table};
use ::data::text;
use numerics::seed::{Purpose, Seed};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::TAU;
use symbolic::data;

/// A sheet, and the names of columns that were passed over because they hold words.
pub type Read = (Sheet, Vec<String>);

/// Rows of the examples that are generated.
const NEWTON_ROWS: usize = 500;
const CLOCK_ROWS: usize = 200;
/// The error of the measured periods, as a part of them.
const CLOCK_ERROR: f64 = 0.01;
/// Mean distances from the sun (astronomical units) and years (years of the earth), Mercury to Neptune, from NASA's planetary
/// fact sheet.
const PLANETS: [(f64, f64); 8] = [
    (0.387, 0.2409),
    (0.723, 0.6152),
    (1.0, 1.0),
    (1.524, 1.881),
    (5.203, 11.86),
    (9.537, 29.45),
    (19.19, 84.02),
    (30.07, 164.8),
];

/// The sheet of a source.
pub fn sheet_of(source: Source, seed: Seed) -> Result<Sheet, String> {
    match source {
        Source::Sheet(sheet) => Ok(sheet),
        Source::Example(example) => Ok(generated(example, seed)),
        Source::File(bytes) => read(&bytes).map(|(sheet, _)| sheet),
    }
}

/// The columns that a request asks for.
pub fn table_of(sheet: &Sheet, request: &Request) -> Result<data::Table, String> {
    let column = |at: usize| {
        let found = sheet.headings.get(at).zip(sheet.columns.get(at));
        found.map(|(heading, values)| (heading.name.clone(), values.clone()))
    };
    let target = column(request.target).ok_or("The column to be explained is not in this table.")?;
    let inputs: Vec<_> = request.inputs.iter().filter_map(|at| column(*at)).collect();
    if inputs.len() != request.inputs.len() {
        return Err("A column to explain by is not in this table.".into());
    }
    let (names, columns) = inputs.into_iter().unzip();
    Ok(data::Table { names, columns, target_name: target.0, target: target.1 })
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Read, String> {
    let (text, _) = text::decode(bytes).map_err(|error| error.to_string())?;
    let table = Table::parse(&text).map_err(|error| error.to_string())?;
    if let Some((line, cells)) = table.cut_short {
        return Err(format!("Line {line} has {cells} cells, but the file has {} columns.", table.names.len()));
    }
    let mut sheet = Sheet::default();
    let mut words = Vec::new();
    for (at, name) in table.names.iter().enumerate() {
        if table.rows.iter().all(|row| matches!(row.cells[at], Cell::Text(_))) {
            words.push(name.clone());
            continue;
        }
        let values = table.rows.iter().map(|row| number(row, at, name)).collect::<Result<Vec<f64>, String>>()?;
        let quantity = quantity(name);
        if sheet.headings.iter().any(|heading| heading.name == quantity.name) {
            return Err(format!("Two columns are called “{}”.", quantity.name));
        }
        sheet.headings.push(Heading { name: quantity.name, unit: quantity.unit.unwrap_or_default() });
        sheet.columns.push(values);
    }
    match sheet.columns.len() {
        0 => Err("This is not a table of numbers: no column holds any.".into()),
        1 => Err(format!(
            "There is only one column of numbers, “{}”; a law needs one to explain and one to explain it by.",
            sheet.headings[0].name
        )),
        _ => Ok((sheet, words)),
    }
}

fn number(row: &Row, at: usize, name: &str) -> Result<f64, String> {
    let line = row.line;
    match &row.cells[at] {
        Cell::Number(x) if x.is_finite() => Ok(*x),
        Cell::Number(x) => Err(format!("Line {line}, column “{name}”: {x} is not a finite number.")),
        Cell::Empty => Err(format!("Line {line}, column “{name}”: there is no number.")),
        Cell::Text(text) => Err(format!("Line {line}, column “{name}”: “{text}” is not a number.")),
    }
}

fn generated(example: Example, seed: Seed) -> Sheet {
    let mut places = seed.stream(Purpose::InitialStates);
    let mut noise = seed.stream(Purpose::Noise);
    let rows: Vec<Vec<f64>> = match example {
        Example::Newton => (0..NEWTON_ROWS)
            .map(|_| {
                let [m1, m2, r] = std::array::from_fn(|_| places.random_range(0.5..5.0));
                vec![m1, m2, r, m1 * m2 / (r * r)]
            })
            .collect(),
        Example::Clock => (0..CLOCK_ROWS)
            .map(|_| {
                let (m, l, g): (f64, f64, f64) =
                    (places.random_range(0.1..2.0), places.random_range(0.1..2.0), places.random_range(1.6..25.0));
                let error: f64 = StandardNormal.sample(&mut noise);
                vec![m, l, g, TAU * (l / g).sqrt() * (1.0 + CLOCK_ERROR * error)]
            })
            .collect(),
        Example::Planets => PLANETS.iter().map(|(a, t)| vec![*a, *t]).collect(),
    };
    let headings = example.headings();
    let columns = (0..headings.len()).map(|at| rows.iter().map(|row| row[at]).collect()).collect();
    Sheet { headings, columns }
}
