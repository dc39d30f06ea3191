//! Graph networks trained through an integrator, carried out.

use crate::dynamics::Judged;
use crate::networks::Laboratory;
use crate::protocol::ode::{OdeFigures, OdeMotion, OdeNetworks, OdeScene, OdeSnapshot};
use autodiff::parameters::Parameters;
use experiments::ode::OdeExperiment;
use models::learner::Trainable;
use models::ode::data::OdeData;
use models::ode::model::OdeModel;
use models::ode::network::OdeNetwork;
use models::ode::recipe::{MOST_BODIES, OdeKind, OdeRecipe};
use models::ode::score::{Candidate, LONG, SHORT, Trials};
use models::ode::stepping::{Stepped, Stepping};
use models::ode::training::OdeTraining;
use numerics::seed::Seed;
use std::sync::Arc;

/// The data of an experiment.
#[derive(Debug)]
pub struct OdeLaboratory {
    recipe: OdeRecipe,
    seed: Seed,
    data: Arc<OdeData>,
    judged: Judged<OdeFigures>,
}

/// On how many systems figures are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Those of the headline.
    pub systems: usize,
    /// Those of every cell of the table.
    pub cells: usize,
}

impl Effort {
    /// In a worker, while somebody waits.
    pub const QUICK: Self = Self { systems: 12, cells: 5 };
    /// On the command line.
    pub const FULL: Self = Self { systems: models::ode::score::SYSTEMS, cells: 20 };
}

impl OdeLaboratory {
    /// One of the networks of the experiment, for systems of so many bodies.
    pub fn model(&self, network: usize, parameters: &Parameters, bodies: usize) -> OdeModel {
        OdeModel::new(&self.network(network), parameters, bodies)
    }

    fn network(&self, network: usize) -> OdeNetwork {
        OdeNetwork::of(&self.recipe, OdeKind::ALL[network], self.data.scales)
    }

    /// Figures of merit of a network on fresh systems, with the table where it is wanted.
    pub fn figures(&self, network: usize, parameters: &Parameters, effort: Effort, table: bool) -> OdeFigures {
        let (recipe, dt) = (&self.recipe, self.recipe.dt);
        let trials = |bodies: usize, count: usize| Trials::random(recipe, bodies, count, self.seed);
        let model = self.model(network, parameters, recipe.bodies);
        let stepping = Stepping::Rk4.suited(model.kind());
        let headline = trials(recipe.bodies, effort.systems);
        let both = |candidate, stepping| [SHORT, LONG].map(|time| headline.errors(candidate, stepping, dt, time));
        let doubled = 2 * recipe.bodies;
        let more = (doubled <= MOST_BODIES).then(|| {
            let larger = self.model(network, parameters, doubled);
            (doubled, trials(doubled, effort.systems).errors(Candidate::Model(&larger), stepping, dt, SHORT))
        });
        let cells = trials(recipe.bodies, if table { effort.cells } else { 0 });
        let grid = |candidate| if table { cells.grid(candidate, dt) } else { vec![] };
        OdeFigures {
            errors: both(Candidate::Model(&model), stepping),
            truth: both(Candidate::Truth, Stepping::Rk4),
            more,
            grid: grid(Candidate::Model(&model)),
            true_grid: grid(Candidate::Truth),
        }
    }
}

impl Laboratory for OdeLaboratory {
    type Kind = OdeNetworks;

    fn new(experiment: &OdeExperiment) -> Result<Self, String> {
        let (recipe, seed) = (experiment.recipe(), Seed(experiment.seed));
        recipe.check().map_err(|error| format!("This experiment cannot be carried out: {error}."))?;
        Ok(Self { recipe, seed, data: Arc::new(OdeData::generate(&recipe, seed)), judged: Judged::default() })
    }

    fn training(&self, network: usize) -> Box<dyn Trainable> {
        let OdeLaboratory { recipe, seed, data, .. } = self;
        Box::new(OdeTraining::with_data(recipe, OdeKind::ALL[network], data.clone(), *seed))
    }

    fn snapshot(
        &self,
        experiment: &OdeExperiment,
        network: usize,
        parameters: &Parameters,
        thorough: bool,
    ) -> OdeSnapshot {
        let view = experiment.view;
        let model = self.model(network, parameters, view.bodies);
        let asked = if model.kind() == OdeKind::Delta { view.change } else { view.stepping };
        let stepping = asked.suited(model.kind());
        let (system, start) = OdeScene::shown(experiment);
        let (steps, every) = OdeScene::steps(experiment);
        let moving = model.moving(&system);
        let states = stepping.rollout(Stepped::learned(&moving), &start, experiment.shown_dt(), steps);
        // A table that is there may stay.
        let figures = || {
            let serve = |figures: &OdeFigures| !view.table || !figures.grid.is_empty();
            self.judged
                .figures(network, parameters, serve, || self.figures(network, parameters, Effort::QUICK, view.table))
        };
        OdeSnapshot {
            view,
            stepping,
            motion: OdeMotion::of(&system, states.iter().step_by(every)),
            figures: thorough.then(figures),
        }
    }
}
