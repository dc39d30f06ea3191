//! Networks at a coarse step, carried out.

use crate::dynamics::Judged;
use crate::networks::Laboratory;
use crate::protocol::recurrent::{CoarseMotion, CoarseScene, RecurrentFigures, RecurrentNetworks, RecurrentSnapshot};
use autodiff::parameters::Parameters;
use experiments::recurrent::{RecurrentExperiment, Start};
use language::tr;
use models::learner::Trainable;
use models::recurrent::data::{RecurrentData, noisy};
use models::recurrent::model::{RecurrentModel, Stepped};
use models::recurrent::network::RecurrentNetwork;
use models::recurrent::recipe::{RecurrentRecipe, Variant};
use models::recurrent::score::{SHORT, Trials};
use models::recurrent::starts::Starts;
use models::recurrent::training::RecurrentTraining;
use numerics::seed::{Purpose, Seed};
use physics::phase_space::PhasePoint;
use std::sync::Arc;

/// The data of an experiment.
#[derive(Debug)]
pub struct RecurrentLaboratory {
    recipe: RecurrentRecipe,
    seed: Seed,
    data: Arc<RecurrentData>,
    judged: Judged<RecurrentFigures>,
}

/// Noise on observed starts, as a part of the spread of each coordinate.
pub const NOISE: f64 = 0.1;

impl RecurrentLaboratory {
    fn network(&self, network: usize) -> RecurrentNetwork {
        let RecurrentData { world, scales, .. } = &*self.data;
        RecurrentNetwork::of(&self.recipe, Variant::ALL[network], world.dof(), world.dt(), *scales)
    }

    /// Figures of merit of a network on fresh motions.
    pub fn figures(&self, network: usize, parameters: &Parameters) -> RecurrentFigures {
        let description = self.network(network);
        let model = RecurrentModel::new(&description, parameters);
        let world = &self.data.world;
        let (trials, stepped) = (Trials::random(world, self.seed), Stepped::model(&model));
        let truth = Stepped::truth(world.hamiltonian(), world.dt());
        let noisy = || trials.noisy((&description, parameters), stepped, NOISE, &self.data.scales, self.seed).ok();
        RecurrentFigures {
            errors: trials.errors(stepped),
            refined_10: trials.refined(stepped),
            noisy: (model.variant() != Variant::Euler).then(noisy).flatten(),
            truth: trials.errors(truth),
            true_refined_10: trials.refined(truth),
        }
    }

    /// Where a network's motion starts: at the true state, at an observation of it, or where it fits eleven of them best.
    fn start(
        &self,
        experiment: &RecurrentExperiment,
        network: &RecurrentNetwork,
        parameters: &Parameters,
        states: &[PhasePoint],
    ) -> PhasePoint {
        let view = experiment.view;
        let mut rng = Seed(view.start).stream(Purpose::Noise);
        let scales = self.data.scales.state;
        let mut observed = states.iter().take(SHORT + 1).map(|at| noisy(at, NOISE, scales, &mut rng));
        match view.from {
            Start::Clean => states[0].clone(),
            Start::Noisy => observed.next().unwrap_or_else(|| states[0].clone()),
            Start::Optimised => {
                let observed: Vec<PhasePoint> = observed.collect();
                let found = Starts::new(network, parameters, SHORT).map(|mut starts| starts.optimised(&[observed]));
                found.ok().and_then(|mut found| found.pop()).unwrap_or_else(|| states[0].clone())
            }
        }
    }
}

impl Laboratory for RecurrentLaboratory {
    type Kind = RecurrentNetworks;

    fn new(experiment: &RecurrentExperiment) -> Result<Self, String> {
        let (recipe, seed) = (experiment.recipe(), Seed(experiment.seed));
        recipe.check().map_err(|error| tr!("This experiment cannot be carried out: {error}.", error = error))?;
        Ok(Self { recipe, seed, data: Arc::new(RecurrentData::generate(&recipe, seed)), judged: Judged::default() })
    }

    fn training(&self, network: usize) -> Box<dyn Trainable> {
        let RecurrentLaboratory { recipe, seed, data, .. } = self;
        Box::new(RecurrentTraining::with_data(recipe, Variant::ALL[network], data.clone(), *seed))
    }

    fn snapshot(
        &self,
        experiment: &RecurrentExperiment,
        network: usize,
        parameters: &Parameters,
        thorough: bool,
    ) -> RecurrentSnapshot {
        let description = self.network(network);
        let model = RecurrentModel::new(&description, parameters);
        let scene = CoarseScene::of(experiment);
        let start = self.start(experiment, &description, parameters, &scene.states);
        let stepped = Stepped::model(&model).refined(experiment.view.refine);
        let states = stepped.rollout(&start, scene.states.len() - 1);
        let figures = || self.judged.figures(network, parameters, || self.figures(network, parameters));
        RecurrentSnapshot {
            view: experiment.view,
            motion: CoarseMotion::of(&scene.world, &states),
            figures: thorough.then(figures),
        }
    }
}
