//! Graph networks trained through an integrator, carried out.

use crate::dynamics::Judged;
use crate::networks::Laboratory;
use crate::protocol::ode::{OdeFigures, OdeMotion, OdeNetworks, OdeScene, OdeSnapshot};
use autodiff::parameters::Parameters;
use experiments::ode::OdeExperiment;
use language::tr;
use models::learner::Trainable;
use models::ode::data::OdeData;
use models::ode::model::OdeModel;
use models::ode::network::OdeNetwork;
use models::ode::recipe::{MOST_BODIES, OdeKind, OdeRecipe};
use models::ode::score::{Candidate, Cell, LONG, SHORT, SYSTEMS, Trials};
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
    tables: Judged<Tables>,
}

/// The table of a network, and that of the true H.
type Tables = [Vec<Cell>; 2];

/// On how many systems figures are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Those of the short time.
    pub systems: usize,
    /// Those of the long time and of more bodies, which cost several times as much.
    pub costly: usize,
    /// Those of every cell of the table.
    pub cells: usize,
}

impl Effort {
    /// In a worker, while somebody waits.
    pub const QUICK: Self = Self { systems: 12, costly: 5, cells: 3 };
    /// On the command line.
    pub const FULL: Self = Self { systems: SYSTEMS, costly: SYSTEMS, cells: 20 };
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
        let (many, few) = (trials(recipe.bodies, effort.systems), trials(recipe.bodies, effort.costly));
        let both = |candidate, stepping| {
            [many.errors(candidate, stepping, dt, SHORT), few.errors(candidate, stepping, dt, LONG)]
        };
        let doubled = 2 * recipe.bodies;
        let more = (doubled <= MOST_BODIES).then(|| {
            let larger = self.model(network, parameters, doubled);
            (doubled, trials(doubled, effort.costly).errors(Candidate::Model(&larger), stepping, dt, SHORT))
        });
        let [grid, true_grid] = if table { self.tables(network, parameters, effort) } else { Tables::default() };
        OdeFigures {
            errors: both(Candidate::Model(&model), stepping),
            truth: both(Candidate::Truth, Stepping::Rk4),
            more,
            grid,
            true_grid,
        }
    }

    /// The tables of steps and integrators.
    fn tables(&self, network: usize, parameters: &Parameters, effort: Effort) -> Tables {
        let OdeRecipe { bodies, dt, .. } = self.recipe;
        let cells = Trials::random(&self.recipe, bodies, effort.cells, self.seed);
        let model = self.model(network, parameters, bodies);
        [Candidate::Model(&model), Candidate::Truth].map(|candidate| cells.grid(candidate, dt))
    }
}

impl Laboratory for OdeLaboratory {
    type Kind = OdeNetworks;

    fn new(experiment: &OdeExperiment) -> Result<Self, String> {
        let (recipe, seed) = (experiment.recipe(), Seed(experiment.seed));
        recipe.check().map_err(|error| tr!("This experiment cannot be carried out: {error}.", error = error))?;
        Ok(Self {
            recipe,
            seed,
            data: Arc::new(OdeData::generate(&recipe, seed)),
            judged: Judged::default(),
            tables: Judged::default(),
        })
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
        let figures = || {
            let judge = || self.figures(network, parameters, Effort::QUICK, false);
            let mut figures = self.judged.figures(network, parameters, judge);
            if view.table {
                let judge = || self.tables(network, parameters, Effort::QUICK);
                [figures.grid, figures.true_grid] = self.tables.figures(network, parameters, judge);
            }
            figures
        };
        OdeSnapshot {
            view,
            stepping,
            motion: OdeMotion::of(&system, states.iter().step_by(every)),
            figures: thorough.then(figures),
        }
    }
}
