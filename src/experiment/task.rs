//! What the networks of an experiment are shown and judged by, made once from its description.

use crate::experiment::Experiment;
use crate::learned::model::LearnedModel;
use crate::learned::score::Score;
use crate::measured::differences::Stretch;
use crate::measured::scaling::Scaling;
use crate::physics::dataset::Dataset;

/// Data in their own units, the scaling that brings them near 1, and the stretches of a recording that rollouts are held
/// against (none where the data are simulated: then fresh starts serve).
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// To learn from and be tested by.
    pub dataset: Dataset,
    /// What a network sees of it.
    pub scaling: Scaling,
    /// Measured motions that were not learned from.
    pub held_out: Vec<Stretch>,
}

impl Task {
    /// The whole task.
    pub fn of(experiment: &Experiment) -> Self {
        Self::beginning(experiment, usize::MAX)
    }

    /// The task with the first simulated motions only; a recording is always whole.
    pub fn beginning(experiment: &Experiment, motions: usize) -> Self {
        match &experiment.recording {
            None => Self {
                dataset: Dataset::beginning(&experiment.system, &experiment.data, experiment.seed, motions),
                scaling: Scaling::IDENTITY,
                held_out: vec![],
            },
            Some(recording) => {
                let made = recording.measurements();
                let scaling = Scaling::where_needed(&made.dataset.train);
                Self { dataset: made.dataset, scaling, held_out: made.test }
            }
        }
    }

    /// The figures of merit of a model in the units of the data.
    pub fn score(&self, experiment: &Experiment, model: &LearnedModel) -> Score {
        if self.held_out.is_empty() {
            Score::of(model, &experiment.system, &experiment.data, experiment.seed)
        } else {
            Score::along(model, &experiment.system, &self.held_out)
        }
    }
}
