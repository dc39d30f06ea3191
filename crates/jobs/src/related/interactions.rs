//! The data of interaction networks, and what is shown of a network in training.

use crate::networks::Laboratory;
use crate::protocol::interactions::{InteractionSnapshot, Interactions, SHOWN_FRAMES};
use autodiff::parameters::Parameters;
use experiments::interaction::{InteractionExperiment, InteractionView};
use models::interaction::data::InteractionData;
use models::interaction::model::InteractionModel;
use models::interaction::network::InteractionNetwork;
use models::interaction::recipe::Predictor;
use models::interaction::score::{Judged, SizeScore};
use models::interaction::training::InteractionTraining;
use models::learner::Trainable;
use numerics::seed::{Purpose, Seed};
use physics::interactions::domain::Domain;
use physics::interactions::episode::Episode;
use physics::interactions::scene::{Scene, State};
use physics::interactions::start;
use std::sync::Arc;

/// Scenes of a domain to learn from and to be judged by.
pub struct InteractionLaboratory {
    experiment: InteractionExperiment,
    data: Arc<InteractionData>,
    judged: Judged,
}

/// The scene that is shown, and where it starts: the same on the page and in a worker.
pub fn shown(domain: Domain, seed: u32, view: &InteractionView) -> (Scene, State) {
    let mut rng = Seed(seed).stream_at(Purpose::Shown, u64::from(view.start));
    start::random(domain, view.bodies, &mut rng)
}

/// The true motion of the scene that is shown.
pub fn true_motion(experiment: &InteractionExperiment) -> Episode {
    let (scene, start) = shown(experiment.domain, experiment.seed, &experiment.view);
    Episode::of(scene, start, SHOWN_FRAMES + 1)
}

impl InteractionLaboratory {
    fn predictor(&self, network: usize) -> Predictor {
        self.experiment.predictors().get(network).copied().unwrap_or(Predictor::Interaction)
    }

    /// A network with these parameters.
    pub fn model(&self, network: usize, parameters: &Parameters) -> InteractionModel {
        let recipe = self.experiment.recipe(self.predictor(network));
        InteractionModel::new(&recipe, self.data.clone(), parameters)
    }

    /// Errors by number of bodies of a network; none of one that predicts energies.
    pub fn scores(&self, network: usize, parameters: &Parameters) -> Vec<SizeScore> {
        if self.predictor(network) == Predictor::Energy {
            return vec![];
        }
        self.judged.score(&self.model(network, parameters))
    }

    /// Errors of velocities that stay as they are.
    pub fn constant_velocity(&self) -> Vec<SizeScore> {
        self.judged.constant_velocity()
    }

    /// How well a network predicts potential energies, where it does and there are some.
    pub fn energy_ratio(&self, network: usize, parameters: &Parameters) -> Option<f64> {
        let tells = matches!(self.predictor(network), Predictor::Energy | Predictor::Perceptron);
        let domain = self.experiment.domain;
        let model = (tells && domain != Domain::Balls).then(|| self.model(network, parameters))?;
        self.judged.energy_ratio(&model, domain.bodies())
    }
}

impl Laboratory for InteractionLaboratory {
    type Kind = Interactions;

    fn new(experiment: &InteractionExperiment) -> Result<Self, String> {
        let recipe = experiment.recipe(Predictor::Interaction);
        recipe.check().map_err(|error| error.to_string())?;
        let seed = Seed(experiment.seed);
        let data = Arc::new(InteractionData::generate(&recipe, seed));
        Ok(Self { experiment: experiment.clone(), data, judged: Judged::new(experiment.domain, seed) })
    }

    fn training(&self, network: usize) -> Box<dyn Trainable> {
        let recipe = self.experiment.recipe(self.predictor(network));
        let training = InteractionTraining::with_data(&recipe, self.data.clone(), Seed(self.experiment.seed));
        // The recipe was checked when the data were made.
        Box::new(training.expect("a recipe of these data"))
    }

    fn arrays(&self, network: usize) -> Option<Vec<usize>> {
        Some(InteractionNetwork::of(&self.experiment.recipe(self.predictor(network))).arrays())
    }

    fn snapshot(
        &self,
        experiment: &InteractionExperiment,
        network: usize,
        parameters: &Parameters,
        thorough: bool,
    ) -> InteractionSnapshot {
        let mut snapshot = InteractionSnapshot::default();
        let model = self.model(network, parameters);
        if self.predictor(network) != Predictor::Energy && model.takes(experiment.view.bodies) {
            let (scene, mut state) = shown(experiment.domain, experiment.seed, &experiment.view);
            let narrow = |state: &State| state.positions.iter().map(|x| *x as f32).collect();
            snapshot.motion.push(narrow(&state));
            for _ in 0..SHOWN_FRAMES {
                state = model.next(&[(&scene, &state)]).swap_remove(0);
                if !state.is_finite() {
                    break;
                }
                snapshot.motion.push(narrow(&state));
            }
        }
        if thorough {
            snapshot.scores = self.scores(network, parameters);
            snapshot.energy_ratio = self.energy_ratio(network, parameters);
        }
        snapshot
    }
}
