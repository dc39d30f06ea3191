//! What a tab can bear: how much memory and time each part of an experiment would take, and what is too much.
//!
//! Estimates, not measurements: they only have to be right within a factor of a few to keep a link from freezing a laptop.

mod related;

use crate::formula::FormulaExperiment;
use crate::graph::GraphExperiment;
use crate::molecules::{MatterKind, MoleculesExperiment};
use crate::schedule::DeviceChoice;
use crate::{FieldExperiment, Workbench};
use language::{fixed, tr};
use models::field::training::RECORDED_ROWS;
use models::graph::recipe::GraphRecipe;
use models::ode::recipe::OdeRecipe;
use models::pixels::film::SAMPLE;
use models::pixels::frame::PIXELS;
use models::pixels::recipe::Recipe;
use models::recurrent::recipe::{Coarse, RecurrentRecipe};
use numerics::seed::{Purpose, Seed};
use std::fmt;

/// The most memory a run may take. A 32-bit Wasm file can hold 4 GiB, a phone's tab far less.
pub const MAX_BYTES: f64 = 1e9;
/// The longest run: an hour on one slow core.
pub const MAX_SECONDS: f64 = 3600.0;
/// The longest simulation of data: nothing moves on the page until it is done.
const MAX_SIMULATION: f64 = 20.0;
/// What one slow core does in a second with the engine's matrix products, in floating-point operations.
const SLOW_CORE_FLOPS: f64 = 1.5e10;
/// Fixed cost of a step whatever its size, in seconds.
const STEP_OVERHEAD: f64 = 2e-4;
/// Arrays of one layer's activations alive at once while a step is differentiated.
const ARRAYS_PER_LAYER: f64 = 14.0;
/// Steps of the adaptive integrator for each radian of the fastest turning, at the tolerance of the truth.
const STEPS_PER_RADIAN: f64 = 50.0;
/// Time of such a step for one degree of freedom on a slow core, in seconds.
const SIMULATED_STEP: f64 = 2.5e-6;
/// Nearer to the middle, rounding blurs how fast a system turns.
const NEAREST_START: f64 = 0.05;
/// How many times as fast as a slow core a graphics card is on wide networks, at least.
const CARD: f64 = 30.0;

/// What a part of an experiment would take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Memory of one model's run, in bytes.
    pub bytes: f64,
    /// Time of one model's run on one slow core, in seconds.
    pub seconds: f64,
    /// Floating-point operations of one step.
    pub flops_per_step: f64,
}

/// A part of an experiment that takes memory and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Simulating the data that fields are learned from.
    Simulation,
    /// Training the networks of the first page.
    Training,
    /// Training graph networks.
    Graph,
    /// Training interaction networks.
    Interactions,
    /// Inferring hidden graphs.
    Hidden,
    /// Training graph networks through an integrator.
    Ode,
    /// Training networks at a coarse step.
    Recurrent,
    /// Searching for a formula.
    Formula,
    /// Molecules.
    Molecules,
}

/// An experiment that does not fit a tab.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub struct TooLarge {
    /// Which part of it does not.
    pub part: Part,
    /// What it would take.
    pub estimate: Estimate,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Estimate { bytes, seconds, .. } = self.estimate;
        f.write_str(&if bytes > MAX_BYTES {
            let gigabytes = |bytes: f64| fixed(bytes / 1e9, 1);
            tr!(
                "about {need} GB of memory, and a tab may take {most} GB",
                need = gigabytes(bytes),
                most = gigabytes(MAX_BYTES)
            )
        } else if self.part == Part::Simulation {
            tr!(
                "about {n} seconds to simulate its data, and the limit is {most}"
                    | "about {n} seconds to simulate its data, and the limit is {most}" % whole(seconds),
                most = MAX_SIMULATION
            )
        } else {
            tr!(
                "about {n} minutes on a slow core, and the limit is {most}"
                    | "about {n} minutes on a slow core, and the limit is {most}" % whole(seconds / 60.0),
                most = MAX_SECONDS / 60.0
            )
        })
    }
}

/// So many, as they are told in a sentence.
fn whole(x: f64) -> u64 {
    x.round_ties_even() as u64
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 9] = [
        Part::Simulation,
        Part::Training,
        Part::Graph,
        Part::Interactions,
        Part::Hidden,
        Part::Ode,
        Part::Recurrent,
        Part::Formula,
        Part::Molecules,
    ];

    /// The longest it may take, in seconds.
    fn longest(self) -> f64 {
        if self == Part::Simulation { MAX_SIMULATION } else { MAX_SECONDS }
    }
}

impl Estimate {
    /// Of a part of an experiment.
    pub fn of_part(part: Part, workbench: &Workbench) -> Self {
        match part {
            Part::Simulation => Self::of_simulation(&workbench.field),
            Part::Training => Self::of(&workbench.field),
            Part::Graph => Self::of_graph_experiment(&workbench.graph, workbench.device),
            Part::Interactions => Self::of_interactions(&workbench.interactions),
            Part::Hidden => Self::of_hidden(&workbench.hidden),
            Part::Ode => Self::of_ode(&workbench.ode.recipe()),
            Part::Recurrent => Self::of_recurrent(&workbench.recurrent.recipe()),
            Part::Formula => Self::of_search(&workbench.formula),
            Part::Molecules => Self::of_molecules(&workbench.molecules),
        }
    }

    /// Of the larger of its models, the HNN: six large matrix products a hidden layer and step.
    pub fn of(experiment: &FieldExperiment) -> Self {
        if let Some(recipe) = experiment.film_recipe() {
            return Self::of_films(&recipe);
        }
        let (batch, hidden) = (experiment.batch_size() as f64, experiment.network.hidden as f64);
        let depth = experiment.network.depth as f64;
        let inputs = 2.0 * experiment.system.dof() as f64;
        let weights = inputs * hidden + (depth - 1.0) * hidden * hidden + hidden;
        let flops_per_step = 12.0 * batch * weights;
        let simulated = experiment.data.trajectories * experiment.data.samples;
        let samples = experiment.recording.as_ref().map_or(simulated, |recording| recording.rows()) as f64;
        Self {
            bytes: 4.0 * (ARRAYS_PER_LAYER * batch.max(RECORDED_ROWS as f64) * hidden * depth + 8.0 * weights)
                + 100.0 * inputs * samples,
            seconds: experiment.schedule.steps as f64 * (flops_per_step / SLOW_CORE_FLOPS + STEP_OVERHEAD),
            flops_per_step,
        }
    }

    /// Every trajectory by the adaptive integrator, which steps onto each sample and the more often the faster a system turns.
    fn of_simulation(experiment: &FieldExperiment) -> Self {
        if !experiment.is_simulated() {
            return Self { bytes: 0.0, seconds: 0.0, flops_per_step: 0.0 };
        }
        let FieldExperiment { system, data, .. } = experiment;
        let mut rng = Seed(0).stream(Purpose::InitialStates);
        // The nearest starts of bodies are the fastest, and the farthest ones of what swings are of another pace.
        let mut fastest = |radius| {
            let starts = (0..2).map(|_| system.random_start(&mut rng, (radius, radius), 0.0));
            starts.map(|start| system.pace(&start)).fold(0.0, f64::max)
        };
        let pace = fastest(data.radius_min.max(NEAREST_START)).max(fastest(data.radius_max.max(NEAREST_START)));
        let steps = data.trajectories as f64 * (data.samples as f64 + STEPS_PER_RADIAN * pace * data.span);
        let seconds = steps * SIMULATED_STEP * (1.0 + system.dof() as f64) / 2.0;
        Self { bytes: 0.0, seconds, flops_per_step: 0.0 }
    }

    /// Of the larger of the networks that train side by side, a worker each.
    fn of_graph_experiment(graph: &GraphExperiment, device: DeviceChoice) -> Self {
        let recipe = graph.recipe();
        let networks = graph.regularisers().into_iter().map(|regulariser| Self::of_graph(&recipe.with(regulariser)));
        let largest = networks.max_by(|a, b| a.seconds.total_cmp(&b.seconds)).unwrap_or(Self::of_graph(&recipe));
        Self { seconds: largest.seconds / if device == DeviceChoice::Gpu { CARD } else { 1.0 }, ..largest }
    }

    /// Two perceptrons, one for each edge and one for each body, forwards and back.
    pub fn of_graph(recipe: &GraphRecipe) -> Self {
        let GraphRecipe { motions, widths, .. } = recipe;
        let (n, d) = (motions.world.bodies as f64, motions.world.dimensions as f64);
        let (hidden, message) = (widths.hidden as f64, recipe.regulariser.outputs() as f64);
        let node = 2.0 * d + 2.0;
        let inner = (widths.depth as f64 - 1.0) * hidden * hidden;
        let edge_weights = 2.0 * node * hidden + inner + hidden * message;
        let node_weights = (node + message) * hidden + inner + hidden * d;
        let flops_per_step = 6.0 * recipe.batch as f64 * n * ((n - 1.0) * edge_weights + node_weights);
        let moments = (motions.simulations * motions.snapshots) as f64;
        Self {
            bytes: 24.0 * moments * n * d + 100.0 * motions.simulations as f64 * n * n,
            seconds: recipe.steps as f64 * (flops_per_step / SLOW_CORE_FLOPS + STEP_OVERHEAD),
            flops_per_step,
        }
    }

    /// Of the HOGN: four evaluations of two perceptrons in a step of RK4, the gradient of each, and the gradient of all of that.
    pub fn of_ode(recipe: &OdeRecipe) -> Self {
        let OdeRecipe { bodies, hidden, message, depth, batch, .. } = *recipe;
        let (n, hidden, message) = (bodies as f64, hidden as f64, message as f64);
        let inner = (depth as f64 - 1.0) * hidden * hidden;
        let (edge, node) = (9.0 * hidden + inner + hidden * message, (3.0 + message) * hidden + inner + hidden);
        let flops_per_step = 4.0 * 18.0 * batch as f64 * n * ((n - 1.0) * edge + node);
        let states = (recipe.trajectories * (recipe.length + 1)) as f64;
        Self {
            bytes: 120.0 * states * n,
            seconds: recipe.course.steps as f64 * (flops_per_step / SLOW_CORE_FLOPS + STEP_OVERHEAD),
            flops_per_step,
        }
    }

    /// Of the multi-step network: K and V in every step, the gradient of each, and the gradient of all of that.
    pub fn of_recurrent(recipe: &RecurrentRecipe) -> Self {
        let dof = if recipe.world == Coarse::Chain { recipe.masses as f64 } else { 6.0 };
        let hidden = recipe.hidden as f64;
        let weights = dof * hidden + (recipe.depth as f64 - 1.0) * hidden * hidden + hidden;
        let flops_per_step = 18.0 * (2 * recipe.unroll + 1) as f64 * recipe.batch as f64 * weights;
        let states = (recipe.trajectories * (recipe.length + 1)) as f64;
        Self {
            bytes: 120.0 * states * dof,
            seconds: recipe.course.steps as f64 * (flops_per_step / SLOW_CORE_FLOPS + STEP_OVERHEAD),
            flops_per_step,
        }
    }

    /// A search holds when its time is up; its candidates are small.
    fn of_search(view: &FormulaExperiment) -> Self {
        /// The most populations of an island times their members, and bytes of a part of a formula.
        const CANDIDATES: f64 = 1e5;
        const BYTES_OF_A_PART: f64 = 64.0;
        let bytes = CANDIDATES * BYTES_OF_A_PART * view.complexity as f64;
        Self { bytes, seconds: f64::from(view.seconds), flops_per_step: 0.0 }
    }

    /// Averages over an ensemble of 64 boxes, each followed for some thousand steps.
    fn of_molecules(view: &MoleculesExperiment) -> Self {
        const STEPS: f64 = 64.0 * 2000.0;
        /// Pairs within the cutoff for each particle of the densest fluid, and what the force of one takes.
        const NEIGHBOURS: f64 = 12.0;
        const FLOPS_OF_A_PAIR: f64 = 60.0;
        /// Scalar code does a tenth of what matrix products do.
        const SCALAR: f64 = SLOW_CORE_FLOPS / 10.0;
        let pairs = if view.matter == MatterKind::Chain { 1.0 } else { NEIGHBOURS };
        let flops_per_step = view.particles as f64 * pairs * FLOPS_OF_A_PAIR;
        Self { bytes: 1e3 * view.particles as f64, seconds: STEPS * flops_per_step / SCALAR, flops_per_step }
    }

    /// An encoder that runs on samples and their successors, a decoder on samples; each forwards and back.
    fn of_films(recipe: &Recipe) -> Self {
        let (batch, width) =
            (recipe.batch.min(recipe.films.training_samples()) as f64, recipe.widths.autoencoder as f64);
        let tower = width * (SAMPLE as f64 + 2.0 * width);
        let field = (recipe.widths.field as f64).powi(2);
        let flops_per_step = 6.0 * batch * (3.0 * tower + 2.0 * field);
        let frames = (recipe.films.films * recipe.films.frames) as f64;
        Self {
            bytes: 4.0 * (8.0 * tower + 4.0 * batch * (SAMPLE as f64 + 10.0 * width)) + frames * PIXELS as f64,
            seconds: recipe.steps as f64 * (flops_per_step / SLOW_CORE_FLOPS + STEP_OVERHEAD),
            flops_per_step,
        }
    }
}

/// Refuses an experiment of which any part would not fit a tab. The paper's graph networks are an exception: they open, and
/// [`long_wait`] says how long they would take.
pub fn check(workbench: &Workbench) -> Result<(), TooLarge> {
    Part::ALL.into_iter().try_for_each(|part| check_part(part, workbench))
}

/// Refuses a part of an experiment that would not fit a tab.
pub fn check_part(part: Part, workbench: &Workbench) -> Result<(), TooLarge> {
    if part == Part::Graph && is_published(&workbench.graph) {
        return Ok(());
    }
    verdict(part, Estimate::of_part(part, workbench))
}

/// Refuses a simulation of data that would not fit a tab.
pub(crate) fn check_simulation(experiment: &FieldExperiment) -> Result<(), TooLarge> {
    verdict(Part::Simulation, Estimate::of_simulation(experiment))
}

/// Refuses networks of a field that would not fit a tab.
pub(crate) fn check_training(experiment: &FieldExperiment) -> Result<(), TooLarge> {
    verdict(Part::Training, Estimate::of(experiment))
}

/// Refuses graph networks that would not fit a tab, the paper's too.
pub fn check_graph(graph: &GraphExperiment, device: DeviceChoice) -> Result<(), TooLarge> {
    verdict(Part::Graph, Estimate::of_graph_experiment(graph, device))
}

/// How long the paper's graph networks would take, in a sentence; `None` for what a tab can bear.
pub fn long_wait(workbench: &Workbench) -> Option<String> {
    let TooLarge { estimate, .. } = check_graph(&workbench.graph, workbench.device).err()?;
    Some(tr!(
        "The paper's recipe for this graph network takes about {n} hours on one slow core: a page shows it but does not train it, lab run {name} does."
            | "The paper's recipe for this graph network takes about {n} hours on one slow core: a page shows it but does not train it, lab run {name} does."
                % whole(estimate.seconds / 3600.0),
        name = workbench.graph.name()
    ))
}

/// Whether it is the paper's recipe or a smaller one.
fn is_published(graph: &GraphExperiment) -> bool {
    let paper = GraphExperiment::of(graph.world, true);
    graph.paper && graph.steps <= paper.steps && graph.hidden <= paper.hidden && graph.bodies <= paper.bodies
}

fn verdict(part: Part, estimate: Estimate) -> Result<(), TooLarge> {
    let fits = estimate.bytes <= MAX_BYTES && estimate.seconds <= part.longest();
    if fits { Ok(()) } else { Err(TooLarge { part, estimate }) }
}
