//! What is known of one run besides its weights: curves, figures of merit, motions, pictures. Plain data that can travel to
//! whoever writes the files.

use experiments::FieldExperiment;
use models::field::model::ModelKind;
use models::losses::Losses;
use physics::integrator::Scheme;
use physics::trajectory::Trajectory;
use serde::{Deserialize, Serialize};

/// One run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The link of the experiment, as it can be opened or given to `lab`.
    pub link: String,
    /// Its models, in the order they are shown.
    pub models: Vec<ModelRecord>,
    /// The true motion.
    pub truth: Trajectory,
    /// Pictures, in the order they are shown.
    pub pictures: Vec<Picture>,
    /// The law that was found in what was learned, where one was looked for.
    pub law: Option<String>,
}

/// What is known of one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelRecord {
    /// Which.
    pub kind: ModelKind,
    /// Steps taken.
    pub step: u64,
    /// Losses after some steps.
    pub losses: Vec<(u64, Losses)>,
    /// Figures of merit: what each is, and its value.
    pub figures: Vec<(String, f64)>,
    /// Its motion from the shown start.
    pub motion: Trajectory,
    /// The scheme that stepped it.
    pub scheme: Scheme,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Short name, which its file has.
    pub name: String,
    /// Heading.
    pub title: String,
    /// What it shows, in sentences.
    pub caption: String,
    /// The drawing, as SVG.
    pub svg: String,
}

/// Where a file comes from, as all of them state it: (name, value).
pub fn facts(experiment: &FieldExperiment, record: &Record) -> Vec<(String, String)> {
    let steps: Vec<String> = record.models.iter().map(|model| format!("{} {}", model.kind.key(), model.step)).collect();
    [
        ("made by", format!("Orrery {}", crate::VERSION)),
        ("experiment", experiment.preset.label().to_owned()),
        ("seed", experiment.seed.0.to_string()),
        ("steps", steps.join(", ")),
        ("link", record.link.clone()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}
