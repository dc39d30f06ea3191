//! Motions whose graphs are inferred, and what is shown of the inference.

use crate::networks::Laboratory;
use crate::protocol::relations::{RelationalSnapshot, Relations};
use autodiff::parameters::Parameters;
use experiments::relational::RelationalExperiment;
use models::learner::Trainable;
use models::relational::data::RelationalData;
use models::relational::model::RelationalModel;
use models::relational::recipe::HELD_OUT;
use models::relational::score::{GraphScore, decided};
use models::relational::training::RelationalTraining;
use models::relational::yardsticks::Yardsticks;
use numerics::seed::Seed;
use std::sync::{Arc, OnceLock};

/// Motions to explain.
pub struct RelationalLaboratory {
    experiment: RelationalExperiment,
    data: Arc<RelationalData>,
    yardsticks: OnceLock<Yardsticks>,
}

impl RelationalLaboratory {
    /// The inference with these parameters.
    pub fn model(&self, parameters: &Parameters) -> RelationalModel {
        RelationalModel::new(&self.experiment.recipe(), self.data.clone(), parameters)
    }

    /// What does without a network, on the motions that the inference is judged by.
    pub fn yardsticks(&self) -> Yardsticks {
        let RelationalData { observed, dt, .. } = *self.data;
        *self.yardsticks.get_or_init(|| Yardsticks::of(self.data.judged(), self.experiment.coupling, observed, dt))
    }
}

impl Laboratory for RelationalLaboratory {
    type Kind = Relations;

    fn new(experiment: &RelationalExperiment) -> Result<Self, String> {
        let recipe = experiment.recipe();
        recipe.check().map_err(|error| error.to_string())?;
        let data = Arc::new(RelationalData::generate(&recipe, Seed(experiment.seed)));
        Ok(Self { experiment: experiment.clone(), data, yardsticks: OnceLock::new() })
    }

    fn training(&self, _: usize) -> Box<dyn Trainable> {
        let recipe = self.experiment.recipe();
        let training = RelationalTraining::with_data(&recipe, self.data.clone(), Seed(self.experiment.seed));
        // The recipe was checked when the data were made.
        Box::new(training.expect("a recipe of these data"))
    }

    fn snapshot(
        &self,
        experiment: &RelationalExperiment,
        _: usize,
        parameters: &Parameters,
        thorough: bool,
    ) -> RelationalSnapshot {
        let model = self.model(parameters);
        let (judged, all) = (self.data.judged(), model.probabilities());
        let motion = (experiment.view.motion as usize).min(judged.len().saturating_sub(1));
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
            yardsticks: thorough.then(|| self.yardsticks()),
        }
    }
}
