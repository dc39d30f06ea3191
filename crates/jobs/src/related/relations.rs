//! Motions whose graphs are inferred, simulated or a visitor's own, and what is shown of the inference.

use crate::networks::Laboratory;
use crate::protocol::relations::{RelationalSnapshot, RelationalTask, Relations};
use autodiff::parameters::Parameters;
use data::trajectories::Trajectories;
use models::learner::Trainable;
use models::relational::data::RelationalData;
use models::relational::model::RelationalModel;
use models::relational::network::RelationalNetwork;
use models::relational::recipe::HELD_OUT;
use models::relational::score::{GraphScore, decided};
use models::relational::training::RelationalTraining;
use models::relational::yardsticks::{Measured, PairNumbers, Yardsticks};
use numerics::seed::Seed;
use physics::coupled::motion::Motion;
use std::sync::{Arc, OnceLock};

/// Motions to explain.
pub struct RelationalLaboratory {
    task: RelationalTask,
    data: Arc<RelationalData>,
    measured: OnceLock<Measured>,
}

impl RelationalLaboratory {
    /// The inference with these parameters.
    pub fn model(&self, parameters: &Parameters) -> RelationalModel {
        RelationalModel::new(&self.task.recipe(), self.data.clone(), parameters)
    }

    /// What does without a network, on the motions that the inference is judged by, where their graphs are known.
    pub fn yardsticks(&self) -> Option<Yardsticks> {
        self.measured().map(Measured::all)
    }

    fn measured(&self) -> Option<&Measured> {
        let RelationalData { observed, dt, .. } = *self.data;
        let of = || Measured::of(self.data.judged(), self.task.experiment.coupling, observed, dt);
        self.task.own.is_none().then(|| self.measured.get_or_init(of))
    }

    /// What does without a network, pair by pair, of a motion of one's own.
    pub fn numbers(&self) -> Option<Vec<PairNumbers>> {
        let RelationalData { observed, dt, .. } = *self.data;
        let motion = self.task.own.as_ref().and_then(|_| self.data.motions.first())?;
        Some(PairNumbers::of(motion, self.task.experiment.coupling, observed, dt))
    }
}

/// A visitor's motion, whose graph is not known.
pub fn own_motion(own: &Trajectories) -> Motion {
    Motion { edges: None, positions: own.positions.clone(), velocities: own.velocities.clone() }
}

/// Frames of a motion that inference sees; those after them are held out.
pub fn observed(motion: &Motion) -> usize {
    motion.frames().saturating_sub(HELD_OUT)
}

/// The motions of a task.
fn motions(task: &RelationalTask) -> RelationalData {
    match &task.own {
        Some(own) => {
            let motion = own_motion(own);
            let seen = observed(&motion);
            RelationalData::of(vec![motion], vec![], seen, own.dt)
        }
        None => RelationalData::generate(&task.recipe(), Seed(task.experiment.seed)),
    }
}

impl Laboratory for RelationalLaboratory {
    type Kind = Relations;

    fn new(task: &RelationalTask) -> Result<Self, String> {
        task.recipe().check().map_err(|error| error.to_string())?;
        Ok(Self { task: task.clone(), data: Arc::new(motions(task)), measured: OnceLock::new() })
    }

    fn training(&self, _: usize) -> Box<dyn Trainable> {
        let seed = Seed(self.task.experiment.seed);
        let training = RelationalTraining::with_data(&self.task.recipe(), self.data.clone(), seed);
        // The recipe was checked when the data were made.
        Box::new(training.expect("a recipe of these data"))
    }

    /// The decoder alone: an encoder is no chain of layers.
    fn arrays(&self, _: usize) -> Option<Vec<usize>> {
        Some(RelationalNetwork::of(&self.task.recipe(), 0).arrays())
    }

    fn snapshot(&self, task: &RelationalTask, _: usize, parameters: &Parameters, thorough: bool) -> RelationalSnapshot {
        let model = self.model(parameters);
        let (judged, all) = (self.data.judged(), model.probabilities());
        let motion = (task.experiment.view.motion as usize).min(judged.len().saturating_sub(1));
        let Some((shown, probabilities)) = judged.get(motion).zip(all.get(motion)) else {
            return RelationalSnapshot::default();
        };
        let last = self.data.observed - 1;
        let start = (shown.positions[last].as_slice(), shown.velocities[last].as_slice());
        let predicted = model.motions(&[start], &[decided(probabilities)], HELD_OUT).swap_remove(0).positions;
        let narrow = |x: &[f64]| x.iter().map(|x| *x as f32).collect::<Vec<f32>>();
        RelationalSnapshot {
            motion: motion as u32,
            probabilities: narrow(probabilities),
            predicted: predicted.iter().map(|frame| narrow(frame)).collect(),
            graphs: GraphScore::of(&all, judged),
            errors: if thorough { model.prediction_score() } else { None },
            yardsticks: if thorough { self.yardsticks() } else { None },
            here: self.measured.get().map(|measured| measured.of_motion(motion)),
            numbers: if thorough { self.numbers() } else { None },
        }
    }
}
