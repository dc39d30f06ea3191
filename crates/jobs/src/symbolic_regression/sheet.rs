//! Tables to search in: read from files, or generated.
//!
//! A file is read by the rules of [`::data`]. A cell that is no number is NaN until the columns are chosen, and costs its row where
//! its column is used.

use crate::protocol::search::{Example, Heading, Request, Sheet, Source};
use language::tr;
use numerics::seed::{Purpose, Seed};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::TAU;
use symbolic::data;

/// A sheet; what was passed over, each a sentence; and which columns are uncertainties, of which others.
pub type Read = (Sheet, Vec<String>, Vec<(usize, Option<usize>)>);

/// Rows of the examples that are generated.
const NEWTON_ROWS: usize = 500;
const CLOCK_ROWS: usize = 200;
const SLIDES_ROWS: usize = 300;
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
        Source::File(bytes) => read(&bytes).map(|(sheet, ..)| sheet),
    }
}

/// The columns of a request, in the rows that have a number in each of them.
pub fn table_of(sheet: &Sheet, request: &Request) -> Result<data::Table, String> {
    let column = |at: usize| {
        let found = sheet.headings.get(at).zip(sheet.columns.get(at));
        found.map(|(heading, values)| (heading.name.clone(), values))
    };
    let target = column(request.target).ok_or(tr!("The column to be explained is not in this table."))?;
    let inputs: Vec<_> = request.inputs.iter().filter_map(|at| column(*at)).collect();
    if inputs.len() != request.inputs.len() {
        return Err(tr!("A column to explain by is not in this table.").into());
    }
    let used = || inputs.iter().map(|(_, values)| *values).chain([target.1]);
    let whole = |row: &usize| used().all(|values| values.get(*row).is_some_and(|value| value.is_finite()));
    let rows: Vec<usize> = (0..target.1.len()).filter(whole).collect();
    let values = |all: &[f64]| rows.iter().map(|row| all[*row]).collect::<Vec<f64>>();
    let (names, columns) = inputs.iter().map(|(name, all)| (name.clone(), values(all))).unzip();
    Ok(data::Table { names, columns, target_name: target.0.clone(), target: values(target.1) })
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Read, String> {
    let opened = ::data::open(bytes).map_err(|error| error.to_string())?;
    let sheet = ::data::sheet::Sheet::of(&opened.table).map_err(|error| error.to_string())?;
    if let [only] = &sheet.columns[..] {
        return Err(tr!(
            "There is only one column of numbers, “{name}”; a law needs one to explain and one to explain it by.",
            name = only.name
        ));
    }
    let all: Vec<usize> = (0..sheet.columns.len()).collect();
    let gaps = sheet.complete(&all).1.map(|_| tr!("Rows with a gap in a column that is used are left out.").to_owned());
    let remarks = sheet.remarks.iter().cloned().chain(gaps).collect();
    let uncertainties = sheet.uncertainties();
    let mut read = Sheet::default();
    for column in sheet.columns {
        read.headings.push(Heading { name: column.name, unit: column.unit.unwrap_or_default() });
        read.columns.push(column.values);
    }
    Ok((read, remarks, uncertainties))
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
        Example::Slides => (0..SLIDES_ROWS)
            .map(|_| {
                let mut within = |low: f64, high: f64| places.random_range(low..high);
                // Where the denominator is from 0.9 to 3.5.
                let [x1, x2, x3] = [within(0.5, 1.5), within(-3.0, 3.0), within(-2.0, 2.0)];
                let [x4, x5] = [within(-5.0, 15.0), within(3.0, 5.0)];
                vec![x1, x2, x3, x4, x5, x1 * x2 + 2.5 * x3 * x3 + (x4 + 5.0) / (0.8 * x5 - x1)]
            })
            .collect(),
    };
    let headings = example.headings();
    let columns = (0..headings.len()).map(|at| rows.iter().map(|row| row[at]).collect()).collect();
    Sheet { headings, columns }
}
