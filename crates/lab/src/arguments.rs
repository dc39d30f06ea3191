//! What can be written on the command line, and what it means.

use crate::reading::{Inspect, Reading, bytes};
use clap::{Args, Parser, Subcommand, ValueEnum};
use data::trajectories::{self, Trajectories};
use experiments::fields::allowed_presets;
use experiments::link::{Remark, Weight};
use experiments::page::Page;
use experiments::{FieldExperiment, Workbench, link};
use models::relational::recipe::Inference;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Trains the networks of the page and scores them.
#[derive(Parser)]
#[command(name = "lab", version)]
pub struct Lab {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Lists the presets.
    Presets,
    /// Runs a preset or a link, once for each seed.
    Run(Run),
    /// Runs many presets or links with many settings and seeds, and keeps one table of all figures.
    Sweep(Sweep),
    /// A page about the table of a sweep: medians, ranges, standard errors and pictures.
    Report(Report),
    /// Says what is understood of a file with a measured motion.
    Inspect(Inspect),
    /// Finds a formula for a column of a table.
    Discover(Discover),
}

#[derive(Args)]
pub struct Run {
    /// A preset's name, or a link as the page copies it.
    #[arg(value_name = "PRESET-OR-LINK")]
    pub source: String,
    /// Seeds, separated by commas; the experiment's own if left out.
    #[arg(long, value_delimiter = ',')]
    pub seeds: Vec<u32>,
    /// A measured pendulum for real-pendulum, or for nri-springs and nri-charged the motion of several bodies (t, x1, y1, x2, y2,
    /// …): CSV, TSV or columns of numbers.
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    /// A setting, by its key in links; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub settings: Vec<String>,
    /// Numbers of bodies that a graph network is asked about, separated by commas; as many as it knows and twice that if left
    /// out.
    #[arg(long, value_delimiter = ',')]
    pub zero_shot: Vec<usize>,
    /// Where to train.
    #[arg(long, value_enum, default_value = "cpu")]
    pub device: Device,
    /// Folder to save the run in: data, curves, pictures, weights, ONNX, a Python script, a report, figures.json; of graph networks
    /// data, weights, ONNX and figures.json. Of several seeds a folder each.
    #[arg(long, value_name = "FOLDER")]
    pub save: Option<PathBuf>,
    /// Networks to train at once; as many as there are cores if left out.
    #[arg(long, value_name = "NUMBER")]
    pub jobs: Option<std::num::NonZero<usize>>,
    /// One JSON object a line instead of a table.
    #[arg(long)]
    pub json: bool,
    /// How far it is, as lines for another program.
    #[arg(long, hide = true)]
    pub progress_lines: bool,
}

#[derive(Args)]
pub struct Sweep {
    /// What to run, as TOML: presets or links, a grid, a list or random draws of settings, seeds.
    #[arg(value_name = "SPEC")]
    pub spec: PathBuf,
    /// Folder of the results; SPEC with the ending .results if left out. A sweep that was stopped goes on from there.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Runs at once; as many as there are cores if left out.
    #[arg(long, value_name = "NUMBER")]
    pub jobs: Option<std::num::NonZero<usize>>,
    /// Where to train.
    #[arg(long, value_enum, default_value = "cpu")]
    pub device: Device,
    /// Runs what failed once more.
    #[arg(long)]
    pub again: bool,
    /// Only lists what is still to be run, a JSON object a line.
    #[arg(long, conflicts_with_all = ["gather", "again"])]
    pub plan: bool,
    /// Only writes the tables of what was run.
    #[arg(long)]
    pub gather: bool,
}

#[derive(Args)]
pub struct Report {
    /// The folder of a sweep's results, or its results.csv.
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// Where to write the page; report.html beside the table if left out.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Args)]
pub struct Discover {
    /// A preset of a field or of a graph network (gn-…), or a link to one as the page copies it: its network is trained, and the
    /// formula looked for in what it learned.
    #[arg(value_name = "PRESET-OR-LINK", required_unless_present = "csv", conflicts_with = "csv")]
    pub source: Option<String>,
    /// A table instead: CSV, TSV or columns of numbers.
    #[arg(long, value_name = "FILE", requires = "target")]
    pub csv: Option<PathBuf>,
    /// The column of that table to explain by the others: its heading, name or number.
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    pub target: Option<String>,
    /// The columns to explain it by, separated by commas; all others if left out.
    #[arg(long, value_delimiter = ',', requires = "csv")]
    pub inputs: Vec<String>,
    /// A column with the standard error of the target in each row: errors are then counted in units of it.
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    pub errors_column: Option<String>,
    /// The unit of a column, in place of the one in the file; may be repeated. Constants are shown with theirs.
    #[arg(long = "unit", value_name = "COLUMN=UNIT", requires = "csv")]
    pub units: Vec<String>,
    /// Only formulas that fit the units: no metres are added to seconds.
    #[arg(long, requires = "csv")]
    pub fit_units: bool,
    /// What a formula may consist of: + - * / ^ sqrt exp log sin cos if. + - * / ^ in a table if left out; of messages + - * /, of a learned energy + - *, with cos where something swings.
    #[arg(long, allow_hyphen_values = true)]
    pub ops: Option<String>,
    /// What every random draw descends from; the seeds of the link, or 0, if left out.
    #[arg(long)]
    pub seed: Option<u32>,
    /// How long to search; 30 if nothing is said.
    #[arg(long, value_parser = positive)]
    pub seconds: Option<f64>,
    /// How many candidates to evaluate, on all islands together.
    #[arg(long, conflicts_with = "seconds", value_parser = clap::value_parser!(u64).range(1..))]
    pub evaluations: Option<u64>,
    /// Searches side by side that exchange their best, a thread each.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub islands: u32,
    /// What makes a formula better: for messages of a graph network relative errors if nothing is said, else squared ones.
    #[arg(long, value_enum)]
    pub errors: Option<Errors>,
    /// Where to write the table that is searched, as comma-separated text.
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Errors {
    /// The mean of their squares.
    Squared,
    /// The mean of their sizes in parts of the target's: a few rows that are far off or very large do not decide.
    Relative,
    /// The mean of their sizes: a few rows that are far off do not decide.
    Robust,
}

fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds.is_finite() => Ok(seconds),
        _ => Err("a number above 0".into()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Device {
    Cpu,
    Gpu,
}

impl Run {
    /// The experiment asked for, with all that was changed of it.
    pub fn workbench(&self) -> Result<Workbench, String> {
        let mut workbench = base(&self.source, self.data.is_some())?;
        if let Some(file) = &self.data {
            match workbench.page {
                Page::Graph | Page::Ode => return Err("Graph networks learn from simulated worlds.".into()),
                Page::Recurrent => return Err("Networks at a coarse step learn from simulated motions.".into()),
                Page::Interactions => return Err("Interaction networks learn from simulated scenes.".into()),
                // Read by `bodies`.
                Page::Hidden if self.reading.is_empty() => {}
                Page::Hidden => return Err("Columns of several bodies are told apart by their names.".into()),
                _ => bring(&mut workbench.field, file, &self.reading)?,
            }
        } else if !self.reading.is_empty() {
            return Err("Columns and units can be given for a file only: --data FILE.".into());
        }
        if self.save.is_some()
            && matches!(workbench.page, Page::Interactions | Page::Hidden | Page::Ode | Page::Recurrent)
        {
            return Err("--save takes runs of fields and of graph networks.".into());
        }
        for setting in &self.settings {
            let Some((key, value)) = setting.split_once('=') else {
                return Err(format!("--set takes key=value, not “{setting}”."));
            };
            link::set(&mut workbench, key.trim(), value.trim()).map_err(|remark| remark.refusal().to_owned())?;
        }
        Ok(workbench)
    }

    /// The motion whose graph is to be inferred, where there is a file with one.
    pub fn bodies(&self, inference: Inference) -> Result<Option<Trajectories>, String> {
        let Some(file) = &self.data else { return Ok(None) };
        if inference == Inference::Amortised {
            return Err("An encoder learns from many motions: --data goes with nri-springs and nri-charged.".into());
        }
        trajectories::read(&bytes(file)?).map(Some).map_err(|error| error.to_string())
    }

    /// Where to save the run of a seed, if anywhere.
    pub fn folder(&self, seed: u32) -> Option<PathBuf> {
        let folder = self.save.clone()?;
        Some(if self.seeds.len() > 1 { folder.join(format!("seed-{seed}")) } else { folder })
    }

    /// The seeds asked for; this one where none was.
    pub fn seeds(&self, own: u32) -> Vec<u32> {
        if self.seeds.is_empty() { vec![own] } else { self.seeds.clone() }
    }
}

/// Puts a recording in the place of the generated one, and says what was understood of it.
fn bring(experiment: &mut FieldExperiment, file: &Path, reading: &Reading) -> Result<(), String> {
    if experiment.recording.is_none() {
        return Err(format!("--data goes with real-pendulum, not with {}.", experiment.preset.key()));
    }
    let (recording, preview) = reading.read(file)?;
    preview.sentences().iter().for_each(|sentence| eprintln!("{sentence}"));
    let (about, remark) = experiment.clone().about(Arc::new(recording));
    remark.iter().for_each(|remark| eprintln!("{remark}"));
    *experiment = about;
    Ok(())
}

/// What a preset's name or a link stands for; a link whose recording is too large for it needs a file beside it.
pub fn base(source: &str, with_file: bool) -> Result<Workbench, String> {
    if let Some(workbench) = Workbench::named(source) {
        return Ok(workbench);
    }
    if !link::is_link(source) {
        return Err(format!("“{source}” is neither a preset ({}) nor a link.", allowed_presets()));
    }
    let (workbench, remarks) = link::decode(source);
    let refused = |remark: &&Remark| match remark.weight {
        Weight::Note => false,
        Weight::Recording => !with_file,
        Weight::Fault => true,
    };
    let faults: Vec<&str> = remarks.iter().filter(refused).map(Remark::refusal).collect();
    if !faults.is_empty() {
        return Err(faults.join(" "));
    }
    if workbench.page == Page::Molecules {
        return Err("Molecules are simulated on their page; nothing learns there.".into());
    }
    remarks.iter().filter(|remark| remark.weight == Weight::Note).for_each(|remark| eprintln!("{remark}"));
    Ok(workbench)
}

/// The first line of clap's explanation, without its label.
pub fn one_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let first =
        text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("The arguments were not understood.");
    first.strip_prefix("error: ").unwrap_or(first).to_owned()
}
