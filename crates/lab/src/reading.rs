//! Files with measured motions: how they are to be read, and what was understood of them.

use clap::Args;
use data::columns::{Choice, Pick, named};
use data::preview::{Derivation, Preview};
use data::recording::Recording;
use data::{Opened, Options};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `lab inspect` takes.
#[derive(Args)]
pub struct Inspect {
    /// A measured motion: CSV, TSV or columns of numbers.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub reading: Reading,
    /// One JSON object, in SI units and radians, instead of sentences.
    #[arg(long)]
    pub json: bool,
}

/// What can be said about the columns of a file. A column is its heading, its name or its number from 1.
#[derive(Args, Clone, Debug, Default)]
pub struct Reading {
    /// The column of times.
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// The column of positions or angles; "none" where they were not measured.
    #[arg(long, value_name = "COLUMN")]
    pub q: Option<String>,
    /// The column of velocities or momenta; "none" where they were not measured.
    #[arg(long, value_name = "COLUMN")]
    pub p: Option<String>,
    /// The column that names the trial of each row; "none" where all rows are one.
    #[arg(long, value_name = "COLUMN")]
    pub trial: Option<String>,
    /// The unit of a column, in place of the one in the file; may be repeated.
    #[arg(long = "unit", value_name = "COLUMN=UNIT")]
    pub units: Vec<String>,
}

impl Reading {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        [&self.time, &self.q, &self.p, &self.trial].into_iter().all(Option::is_none) && self.units.is_empty()
    }

    /// The recording in a file, and what was understood of it.
    pub fn read(&self, file: &Path) -> Result<(Recording, Preview), String> {
        let opened = open(file)?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let options = self.options(&opened, name)?;
        opened.recording(&options).map_err(|error| error.to_string())
    }

    fn options(&self, opened: &Opened, name: String) -> Result<Options, String> {
        let column = |text: &str| named(&opened.table, text).map_err(|error| error.to_string());
        let pick = |text: &Option<String>| match text.as_deref() {
            None => Ok(Pick::Guess),
            Some("none") => Ok(Pick::Nothing),
            Some(text) => column(text).map(Pick::Column),
        };
        let choice =
            Choice { time: pick(&self.time)?, q: pick(&self.q)?, p: pick(&self.p)?, trial: pick(&self.trial)? };
        let unit = |text: &String| {
            let (name, unit) = text.rsplit_once('=').ok_or(format!("--unit takes column=unit, not “{text}”."))?;
            Ok((column(name)?, unit.trim().to_owned()))
        };
        let units = self.units.iter().map(unit).collect::<Result<_, String>>()?;
        Ok(Options { name, choice, units, ..Options::default() })
    }
}

/// The bytes of a file.
pub fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("“{}” could not be read: {error}.", file.display()))
}

/// The table in a file.
pub fn open(file: &Path) -> Result<Opened, String> {
    data::open(&bytes(file)?).map_err(|error| error.to_string())
}

/// A recording as JSON, in SI units and radians where the file's units are known.
#[derive(Serialize)]
struct Report {
    rows: usize,
    columns: Vec<ColumnReport>,
    trials: Vec<TrialReport>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct ColumnReport {
    name: String,
    unit: Option<String>,
    role: &'static str,
}

#[derive(Serialize)]
struct TrialReport {
    name: String,
    rows: usize,
    step_s: f64,
    period_s: Option<f64>,
    q: PositionReport,
    p: MomentumReport,
}

/// Where q comes from: a column, or the one that it was computed from.
#[derive(Serialize)]
struct PositionReport {
    column: String,
    unit: Option<String>,
    amplitude: f64,
}

/// Where p comes from: a column, or the one that it was computed from.
#[derive(Serialize)]
struct MomentumReport {
    column: String,
    unit: Option<String>,
    measured: bool,
}

fn report(preview: &Preview) -> Report {
    let column = |at: usize| preview.columns[at].quantity.name.clone();
    let [_, q, p] = &preview.quantities;
    let measured = matches!(preview.derivation, Derivation::Measured | Derivation::IntegralOfVelocity { .. });
    Report {
        rows: preview.rows,
        columns: preview
            .columns
            .iter()
            .map(|column| ColumnReport {
                name: column.quantity.name.clone(),
                unit: column.quantity.unit.clone(),
                role: column.role.key(),
            })
            .collect(),
        trials: preview
            .trials
            .iter()
            .map(|trial| TrialReport {
                name: trial.name.clone(),
                rows: trial.rows,
                step_s: trial.step,
                period_s: trial.period,
                q: PositionReport {
                    column: column(preview.sources[0]),
                    unit: q.unit.clone(),
                    amplitude: trial.amplitude,
                },
                p: MomentumReport { column: column(preview.sources[1]), unit: p.unit.clone(), measured },
            })
            .collect(),
        notes: preview.sentences(),
    }
}

/// Prints what is understood of a file.
pub fn inspect(arguments: &Inspect) -> Result<(), String> {
    let (_, preview) = arguments.reading.read(&arguments.file)?;
    if arguments.json {
        println!("{}", serde_json::to_string(&report(&preview)).map_err(|error| error.to_string())?);
    } else {
        preview.sentences().iter().for_each(|sentence| println!("{sentence}"));
    }
    Ok(())
}
