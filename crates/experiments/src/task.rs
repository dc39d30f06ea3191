//! What the networks of an experiment are shown and judged by, made once from its description.

use crate::FieldExperiment;
use crate::trained::TrainedModel;
use autodiff::parameters::Parameters;
use data::differences::Stretch;
use data::scaling::Scaling;
use models::field::model::{LearnedModel, ModelKind};
use models::field::network::FieldNetwork;
use models::field::score::Score;
use models::field::training::FieldTraining;
use models::learner::Trainable;
use models::pixels::film::{Films, starts};
use models::pixels::model::{PixelModel, ReadModel};
use models::pixels::network::PixelNetwork;
use models::pixels::recipe::Recipe;
use models::pixels::score::{PixelMetrics, PixelScore, Seen};
use models::pixels::training::PixelTraining;
use physics::dataset::{Dataset, Samples};
use physics::dynamics::VectorField;
use std::sync::Arc;

/// Data in their own units, the scaling that brings them near 1, and the stretches of a recording that rollouts are held
/// against (none where the data are simulated: then fresh starts serve).
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// To learn from and be tested by; of films, the states that they show, which no model is told.
    pub dataset: Dataset,
    /// What a network sees of it.
    pub scaling: Scaling,
    /// Measured motions that were not learned from.
    pub held_out: Vec<Stretch>,
    /// What is learned from instead of states, where that is films.
    pub films: Option<Arc<Films>>,
    /// Its networks, but for their kind.
    network: FieldNetwork,
    recipe: Option<Recipe>,
}

/// The figures of merit of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// How far its motions stray.
    pub score: Score,
    /// What it sees, where it learned from films.
    pub pixel_metrics: Option<PixelMetrics>,
}

/// Samples from which latent numbers are read as states while training.
const READING_SAMPLES: usize = 400;

impl Task {
    /// The whole task.
    pub fn of(experiment: &FieldExperiment) -> Self {
        let films = experiment.film_recipe().map(|recipe| Arc::new(Films::generate(&recipe.films, experiment.seed)));
        Self { films, ..Self::beginning(experiment, usize::MAX) }
    }

    /// The task with the first simulated motions only, and without the frames of films; a recording is always whole.
    pub fn beginning(experiment: &FieldExperiment, motions: usize) -> Self {
        let (dataset, scaling, held_out) = match (&experiment.recording, experiment.film_recipe()) {
            (Some(recording), _) => {
                let made = recording.measurements(experiment.data.targets);
                let scaling = Scaling::where_needed(&made.dataset.train);
                (made.dataset, scaling, made.test)
            }
            (None, Some(recipe)) => (filmed(experiment, &recipe, motions), Scaling::IDENTITY, vec![]),
            (None, None) => {
                let FieldExperiment { system, data, seed, .. } = experiment;
                (Dataset::beginning(system, data, *seed, motions), Scaling::IDENTITY, vec![])
            }
        };
        let (network, recipe) = (experiment.field_network(ModelKind::Hnn), experiment.film_recipe());
        Self { dataset, scaling, held_out, films: None, network, recipe }
    }

    /// One of its models before the first step, with all that it learns from.
    pub fn training(&self, experiment: &FieldExperiment, kind: ModelKind) -> Box<dyn Trainable> {
        match (&self.recipe, &self.films) {
            (Some(recipe), Some(films)) => Box::new(PixelTraining::new(recipe, kind, films.clone(), experiment.seed)),
            _ => {
                let (network, descent) = (experiment.field_network(kind), experiment.descent());
                Box::new(FieldTraining::new(network, descent, &self.dataset, self.scaling, experiment.seed))
            }
        }
    }

    fn field_model(&self, kind: ModelKind, parameters: &Parameters) -> LearnedModel {
        LearnedModel::new(&FieldNetwork { kind, ..self.network }, parameters).in_units(self.scaling)
    }

    /// A trained model, as a system in the units of the data.
    pub fn model(&self, kind: ModelKind, parameters: &Parameters) -> TrainedModel {
        let Some(recipe) = &self.recipe else {
            return TrainedModel::States(self.field_model(kind, parameters));
        };
        let model = PixelModel::new(&PixelNetwork::of(recipe.widths, kind), parameters);
        let films = self.films.as_ref().map_or(&[][..], |films| &films.train);
        let reading = Seen::of(&model, films, READING_SAMPLES).reading();
        ReadModel::new(kind, model, reading)
            .map_or(TrainedModel::Blind(kind), |model| TrainedModel::Films(Box::new(model)))
    }

    /// The figures of merit of a trained model.
    pub fn figures(&self, experiment: &FieldExperiment, kind: ModelKind, parameters: &Parameters) -> Figures {
        match (&self.recipe, &self.films) {
            (Some(recipe), Some(films)) => {
                let found = PixelScore::of(&PixelNetwork::of(recipe.widths, kind), parameters, films);
                let PixelScore { energy_mse, rollout_mse, diverged, .. } = found;
                let score = Score { energy_mse, rollout_mse, momenta: None, diverged, inside: None };
                Figures { score, pixel_metrics: Some(found.pixel_metrics()) }
            }
            (None, _) => {
                let model = self.field_model(kind, parameters);
                let score = if self.held_out.is_empty() {
                    Score::of(&model, &experiment.system, &experiment.data, experiment.seed)
                } else {
                    Score::along(&model, &experiment.system, &self.held_out)
                };
                Figures { score, pixel_metrics: None }
            }
            (Some(_), None) => Figures { score: Score::RAN_AWAY, pixel_metrics: None },
        }
    }
}

/// The states that films show.
fn filmed(experiment: &FieldExperiment, recipe: &Recipe, motions: usize) -> Dataset {
    let mut dataset = Dataset::default();
    let test = recipe.films.test_films();
    for (i, start) in starts(&recipe.films, experiment.seed).take(motions.saturating_add(test)).enumerate() {
        let part: &mut Samples = if i < test { &mut dataset.test } else { &mut dataset.train };
        for moment in start.moments(recipe.films.frames) {
            let state = moment.state();
            part.velocities.push(experiment.system.dynamics().velocity(&state));
            part.states.push(state);
        }
    }
    dataset
}
