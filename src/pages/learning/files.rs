//! The files of a run, from its weights: what `lab` saves, and what a worker writes for the page.

use crate::pages::learning::layers::Layers;
use crate::pages::learning::pictures::pictures;
use crate::pages::learning::quantity::Quantity;
use crate::pages::learning::state::Learning;
use crate::session::progress::Progress;
use crate::session::runs::run::Run;
use crate::session::state::Session;
use autodiff::parameters::{self, Parameters};
use experiments::task::Task;
use experiments::{Workbench, link};
use export::files::{self, File};
use export::network::Network;
use export::record::{ModelRecord, Record};
use export::zip::zip;
use jobs::job::execution::{Budget, Clock, Execution, Lost, Outcome};
use jobs::job::message::{Report, decode};
use jobs::protocol::motion_snapshot::MotionSnapshot;
use jobs::protocol::write::{PictureView, WriteFiles, WriteSpec};
use jobs::training::session::TrainingSession;
use language::{in_english, tr};
use models::field::model::ModelKind;
use models::learner::Trainable;
use models::losses::Losses;
use std::rc::Rc;

/// A trained model, with what was recorded of its training.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Which.
    pub kind: ModelKind,
    /// Steps taken.
    pub step: u64,
    /// Its weights.
    pub parameters: Parameters,
    /// Losses after some steps.
    pub losses: Vec<(u64, Losses)>,
}

/// All files of the models of a workbench's field. `address` is what stands before the `#` of a link.
pub fn files(workbench: Workbench, task: &Task, address: &str, own: &Learning, trained: &[Trained]) -> Vec<File> {
    let experiment = workbench.field.clone();
    let link = format!("{address}#{}", link::encode(&workbench));
    let mut session = Session::showing(workbench);
    let mut networks: Vec<Network> = vec![];
    let mut models = vec![];
    for Trained { kind, step, parameters, losses } in trained {
        let snapshot = MotionSnapshot::of(&experiment, task, *kind, *step, parameters, true);
        let pixel_metrics = snapshot.film.as_ref().and_then(|film| film.pixel_metrics);
        let (motion, scheme, score) = (snapshot.motion.clone(), snapshot.scheme, snapshot.score);
        let snapshot = Some(Rc::new(snapshot));
        let progress =
            Progress { step: *step, losses: losses.clone(), snapshot, score, pixel_metrics, ..Progress::default() };
        models.push(ModelRecord {
            kind: *kind,
            step: *step,
            losses: losses.clone(),
            figures: figures(&progress),
            motion,
            scheme,
        });
        session.models.insert(*kind, progress);
        networks.extend(files::networks(&experiment, task, *kind, parameters));
    }
    let truth = session.scene.truth.motion.clone();
    let record = Record { link, models, truth, pictures: pictures(&session, own), law: None };
    let mut all = files::documents(&experiment, task, &record);
    all.extend(files::weights(&experiment, &record, &networks));
    all
}

/// The figures of merit of a model, by what each is.
fn figures(model: &Progress) -> Vec<(String, f64)> {
    let score = model.score.as_ref();
    // Where these are other starts than those like the data's.
    let papers = score.filter(|score| score.inside.is_some());
    let momenta = score.and_then(|score| score.momenta);
    let pixels = model.pixel_metrics.as_ref();
    [
        ("energy error", score.map(|score| score.energy_inside())),
        ("path error", score.map(|score| score.rollout_inside())),
        ("energy error, paper's starts", papers.map(|score| score.energy_mse)),
        ("path error, paper's starts", papers.map(|score| score.rollout_mse)),
        ("momentum error", momenta.map(|momenta| momenta.linear)),
        ("angular momentum error", momenta.map(|momenta| momenta.angular)),
        ("pixel error", pixels.map(|pixels| pixels.reconstruction_mse)),
        ("R² of the angle", pixels.map(|pixels| pixels.angle_r2)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect()
}

impl Learning {
    /// What its pictures show, for whoever draws them elsewhere.
    pub fn look(&self) -> PictureView {
        let Layers { data, field, learned_energy, true_energy } = self.layers;
        let quantity = Quantity::ALL.iter().position(|quantity| *quantity == self.quantity);
        PictureView { layers: [data, field, learned_energy, true_energy], quantity: quantity.unwrap_or(0) as u8 }
    }

    fn of(look: &PictureView) -> Self {
        let [data, field, learned_energy, true_energy] = look.layers;
        let quantity = Quantity::ALL.get(usize::from(look.quantity)).copied().unwrap_or_default();
        Self { layers: Layers { data, field, learned_energy, true_energy }, quantity }
    }
}

/// Files of a run that the page keeps, carried out: done as soon as it has begun.
pub struct Writing(File);

impl Writing {
    fn written(spec: &WriteSpec) -> Result<File, String> {
        let run = Run::read(&spec.run).ok_or(tr!("This run cannot be read."))?;
        let last = run.checkpoints.last().ok_or(tr!("This run was not saved at any step."))?;
        // What is shown may have changed since it was trained; what was learned from has not.
        let (mut workbench, _) = link::decode(&spec.link);
        workbench.field.recording = run.workbench().field.recording;
        let task = Task::of(&workbench.field);
        let mut trained = vec![];
        for part in last.parts.iter() {
            let saved: <TrainingSession as Execution>::Checkpoint =
                decode(&part.saved.bytes).ok_or(tr!("The weights of this run cannot be read."))?;
            for (kind, checkpoint) in saved {
                let known = task.training(&workbench.field, kind).initial();
                if !parameters::fit(&checkpoint.parameters, &known) {
                    return Err(
                        tr!("The weights of this run are those of other networks than its settings name.").into()
                    );
                }
                let losses = run.models.iter().find(|model| model.kind == kind).map(|model| model.losses.clone());
                let mut losses = losses.unwrap_or_default();
                losses.retain(|(step, _)| *step <= checkpoint.step);
                trained.push(Trained { kind, step: checkpoint.step, parameters: checkpoint.parameters, losses });
            }
        }
        trained.sort_by_key(|model| model.kind);
        let stem = file_stem(&workbench);
        let own = Learning::of(&spec.look);
        let mut files = in_english(|| files(workbench, &task, &spec.address, &own, &trained));
        match &spec.wanted {
            Some(name) => {
                let place = files.iter().position(|file| file.name == *name);
                let place = place.ok_or(tr!("This file cannot be written of a model that has learned nothing yet."))?;
                Ok(files.swap_remove(place))
            }
            None => {
                files.sort_by(|a, b| a.name.cmp(&b.name));
                Ok(File::new(format!("{stem}.zip"), zip(&files)))
            }
        }
    }
}

/// Name of a file about a whole run, without its ending.
fn file_stem(workbench: &Workbench) -> String {
    format!("orrery-{}-seed-{}", workbench.field.preset.key(), workbench.field.seed.0)
}

impl Execution for Writing {
    type Job = WriteFiles;
    type Engine = ();
    type Checkpoint = ();

    fn begin(spec: WriteSpec, _checkpoint: Option<()>, (): &()) -> Result<Self, String> {
        Self::written(&spec).map(Self)
    }

    async fn step(&mut self, _budget: Budget, _clock: Clock<'_>) -> Result<(Vec<Report<WriteFiles>>, Outcome), Lost> {
        Ok((vec![Report::Snapshot(Box::new(self.0.clone()))], Outcome::Finished))
    }

    fn ask(&mut self, (): ()) {}

    fn is_asked(&self) -> bool {
        false
    }

    async fn answers(&mut self, _clock: Clock<'_>) -> Result<Vec<Report<WriteFiles>>, Lost> {
        Ok(vec![])
    }

    async fn settle(&mut self, _finished: bool, _clock: Clock<'_>) -> Result<Vec<Report<WriteFiles>>, Lost> {
        Ok(vec![])
    }

    async fn checkpoint(&mut self, _clock: Clock<'_>) -> Result<(u64, ()), Lost> {
        Ok((0, ()))
    }

    async fn measure(_spec: WriteSpec, (): &(), _clock: Clock<'_>) -> Result<f64, Lost> {
        Ok(0.0)
    }
}
