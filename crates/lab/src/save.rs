//! A run saved in a folder: data, curves, pictures, weights, ONNX, a Python script, a report.

use crate::output::SeedReport;
use autodiff::parameters::Parameters;
use experiments::graph::GraphExperiment;
use experiments::task::Task;
use experiments::{FieldExperiment, Workbench, link};
use export::files::{self, File};
use export::network::Network;
use jobs::protocol::motion_snapshot::MotionSnapshot;
use models::field::model::ModelKind;
use models::losses::Losses;
use orrery::pages::learning::pictures::pictures;
use orrery::pages::learning::state::Learning;
use orrery::session::progress::Progress;
use orrery::session::state::Session;
use physics::particles::dataset::MotionDataset;
use serde::Serialize;
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// A trained model, with what was recorded of its training.
pub struct Kept {
    pub kind: ModelKind,
    pub step: u64,
    pub parameters: Parameters,
    pub losses: Vec<(u64, Losses)>,
}

/// Saves the models of a field experiment.
pub fn field<M: Serialize>(
    folder: &Path,
    experiment: &FieldExperiment,
    task: &Task,
    kept: &[Kept],
    report: &SeedReport<M>,
) -> Result<(), String> {
    let workbench = Workbench::from(experiment.clone());
    let mut session = Session::showing(workbench);
    let mut networks: Vec<Network> = vec![];
    for Kept { kind, step, parameters, losses } in kept {
        let snapshot = MotionSnapshot::of(experiment, task, *kind, *step, parameters, true);
        let pixel_metrics = snapshot.film.as_ref().and_then(|film| film.pixel_metrics);
        let score = snapshot.score;
        let snapshot = Some(Rc::new(snapshot));
        let progress =
            Progress { step: *step, losses: losses.clone(), snapshot, score, pixel_metrics, ..Progress::default() };
        session.models.insert(*kind, progress);
        networks.extend(files::networks(experiment, task, *kind, parameters));
    }
    let record = session.record(pictures(&session, &Learning::default()));
    let mut files = files::documents(experiment, task, &record);
    files.extend(files::weights(experiment, &record, &networks));
    write(folder, files, report)
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
