//! The run that is shown as a record, for files that somebody takes away.

use crate::session::progress::Progress;
use crate::session::state::Session;
use experiments::link;
use export::record::{ModelRecord, Picture, Record};
use models::field::model::ModelKind;

impl Session {
    /// Everything that is known of the run besides its weights.
    pub fn record(&self, pictures: Vec<Picture>) -> Record {
        let model = |(kind, model): (&ModelKind, &Progress)| {
            let snapshot = model.snapshot.as_ref()?;
            Some(ModelRecord {
                kind: *kind,
                step: snapshot.step,
                losses: model.losses.clone(),
                figures: figures(model),
                motion: snapshot.motion.clone(),
                scheme: snapshot.scheme,
            })
        };
        Record {
            link: format!("{}#{}", self.address, link::encode(&self.workbench)),
            models: self.models.iter().filter_map(model).collect(),
            truth: self.scene.truth.motion.clone(),
            pictures,
            law: None,
        }
    }
}

/// The figures of merit of a model, by what each is.
fn figures(model: &Progress) -> Vec<(String, f64)> {
    let score = model.score.as_ref();
    let momenta = score.and_then(|score| score.momenta);
    let pixels = model.pixel_metrics.as_ref();
    [
        ("energy error", score.map(|score| score.energy_mse)),
        ("path error", score.map(|score| score.rollout_mse)),
        ("momentum error", momenta.map(|momenta| momenta.linear)),
        ("angular momentum error", momenta.map(|momenta| momenta.angular)),
        ("pixel error", pixels.map(|pixels| pixels.reconstruction_mse)),
        ("R² of the angle", pixels.map(|pixels| pixels.angle_r2)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect()
}
