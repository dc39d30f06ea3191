//! The files of one run, by name.

use crate::field::{autoencoder, network};
use crate::network::Network;
use crate::onnx::{Precision, onnx};
use crate::picture::captioned;
use crate::record::{Picture, Record, facts};
use crate::report::report;
use crate::safetensors::safetensors;
use crate::script::{module, script};
use crate::table;
use autodiff::parameters::Parameters;
use experiments::FieldExperiment;
use experiments::task::Task;
use models::field::model::ModelKind;
use serde::{Deserialize, Serialize};

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file of this content.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: content.into() }
    }
}

/// The networks of a trained model, its own first: none that cannot tell states apart yet.
pub fn networks(experiment: &FieldExperiment, task: &Task, kind: ModelKind, parameters: &Parameters) -> Vec<Network> {
    let own = network(experiment, task, kind, parameters);
    own.into_iter().chain(autoencoder(experiment, kind, parameters)).collect()
}

/// Weights, ONNX and Python module of some networks.
pub fn weights(experiment: &FieldExperiment, record: &Record, networks: &[Network]) -> Vec<File> {
    networks.iter().flat_map(|network| of_network(network, &facts(experiment, record))).collect()
}

/// Weights, ONNX and Python module of a network.
pub fn of_network(network: &Network, facts: &[(String, String)]) -> [File; 3] {
    [
        File::new(format!("{}.safetensors", network.name), safetensors(network, facts)),
        File::new(format!("{}.onnx", network.name), onnx(network, Precision::Single, facts)),
        File::new(format!("{}.py", network.name.replace('-', "_")), module(network, facts)),
    ]
}

/// Tables, script, report and pictures of a run.
pub fn documents(experiment: &FieldExperiment, task: &Task, record: &Record) -> Vec<File> {
    let tables = [
        File::new("data.csv", table::data(experiment, task, record)),
        File::new("losses.csv", table::losses(experiment, record)),
        File::new("motion.csv", table::motion(experiment, record)),
        File::new("reproduce.py", script(experiment, record)),
        File::new("report.html", report(experiment, record)),
    ];
    tables.into_iter().chain(record.pictures.iter().map(|picture| drawn(experiment, picture))).collect()
}

/// A picture with its caption.
fn drawn(experiment: &FieldExperiment, picture: &Picture) -> File {
    File::new(format!("{}.svg", picture.name), captioned(picture, &source(experiment)))
}

/// The last line of a picture: experiment, seed and version.
pub fn source(experiment: &FieldExperiment) -> String {
    format!("{}, seed {}, Orrery {}", experiment.preset.label(), experiment.seed.0, crate::VERSION)
}
