//! A run saved in a folder: data, curves, pictures, weights, ONNX, a Python script, a report.

use crate::output::SeedReport;
use autodiff::parameters::Parameters;
use experiments::graph::GraphExperiment;
use experiments::task::Task;
use experiments::{FieldExperiment, Workbench, link};
use export::files::File;
use export::network::Network;
use orrery::pages::learning::files::{Trained, files};
use orrery::pages::learning::state::Learning;
use physics::particles::dataset::MotionDataset;
use serde::Serialize;
use std::fs;
use std::path::Path;

/// Saves the models of a field experiment.
pub fn field<M: Serialize>(
    folder: &Path,
    experiment: &FieldExperiment,
    task: &Task,
    trained: &[Trained],
    report: &SeedReport<M>,
) -> Result<(), String> {
    let workbench = Workbench::from(experiment.clone());
    write(folder, files(workbench, task, "", &Learning::default(), trained), report)
}

/// Saves graph networks, in the order of their experiment.
pub fn graph<M: Serialize>(
    folder: &Path,
    experiment: &GraphExperiment,
    data: &MotionDataset,
    parameters: &[Parameters],
    report: &SeedReport<M>,
) -> Result<(), String> {
    let recipe = experiment.recipe();
    let regularisers = experiment.regularisers();
    let networks: Vec<Network> = regularisers
        .into_iter()
        .zip(parameters)
        .map(|(regulariser, parameters)| {
            export::graph::network(&recipe.with(regulariser), experiment.bodies, parameters)
        })
        .collect();
    let facts = [
        ("made by", format!("Orrery {}", export::VERSION)),
        ("experiment", experiment.name()),
        ("seed", experiment.seed.to_string()),
        ("steps", experiment.steps.to_string()),
        ("link", format!("#{}", link::encode(&Workbench::from(experiment.clone())))),
    ]
    .map(|(name, value)| (name.to_owned(), value));
    write(folder, export::graph::files(&recipe, &networks, data, &facts), report)
}

/// Writes the files, and the figures of merit beside them.
fn write<M: Serialize>(folder: &Path, files: Vec<File>, report: &SeedReport<M>) -> Result<(), String> {
    let figures = serde_json::to_vec_pretty(report).map_err(|error| error.to_string())?;
    let failed = |error: std::io::Error| format!("“{}” could not be written: {error}.", folder.display());
    fs::create_dir_all(folder).map_err(failed)?;
    for File { name, bytes } in files.into_iter().chain([File::new("figures.json", figures)]) {
        fs::write(folder.join(name), bytes).map_err(failed)?;
    }
    eprintln!("Saved in {}.", folder.display());
    Ok(())
}
