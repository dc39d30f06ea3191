//! Training of graph networks as a job, a network in each part: its messages held against forces, motions, more bodies.

use crate::job::{EngineKind, Job};
use crate::protocol::search::Sheet;
use crate::protocol::wiring::Wiring;
use experiments::limits::Estimate;
use experiments::placed::Placed;
use experiments::schedule::DeviceChoice;
use language::{text, tr};
use models::graph::recipe::{GraphRecipe, MessageRegulariser};
use models::graph::report::MessageReport;
use models::graph::zero_shot::ZeroShot;
use models::losses::Losses;
use numerics::seed::Seed;
use serde::{Deserialize, Serialize};

/// Training of graph networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainGraphs;

/// What is to be trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphSpec {
    /// How to learn, but for the messages.
    pub recipe: GraphRecipe,
    /// What the messages of each network may be; one network in a part.
    pub regularisers: Vec<MessageRegulariser>,
    /// What every random draw descends from.
    pub seed: Seed,
    /// Which world is shown in motion meanwhile.
    pub shown: Shown,
    /// A formula that moves the shown world too.
    pub law: Option<String>,
    /// On which engine.
    pub device: DeviceChoice,
    /// How many parts of the job are carried out at the same time, this one among them.
    pub side_by_side: usize,
}

impl GraphSpec {
    /// The recipe of the first network.
    pub fn first(&self) -> GraphRecipe {
        self.regularisers.first().map_or(self.recipe, |regulariser| self.recipe.with(*regulariser))
    }
}

/// Requests that a network accepts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GraphQuestion {
    /// Move this world from now on.
    Show(Shown),
    /// The error with so many bodies.
    Bodies(Vec<usize>),
    /// The messages as a table for a search.
    Tabulate,
    /// Move the shown world by this formula too; an empty one is forgotten.
    Obey(String),
}

/// How far a network is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum GraphProgress {
    /// So many of the motions to learn from are simulated.
    Preparing(usize),
    /// Steps are being taken.
    Training {
        /// Steps taken.
        step: u64,
        /// Speed of the latest steps.
        steps_per_second: f64,
        /// Whether two cores share each step.
        shared: bool,
    },
}

/// Σ|â − a| per graph, on some training and some test graphs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphRecord {
    /// After so many steps.
    pub step: u64,
    /// The losses.
    pub losses: Losses,
}

/// The state of a network at one moment, or an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GraphSnapshot {
    /// Its messages held against forces, and its weights.
    Messages(MessageReport, Wiring),
    /// The shown world as the network moves it.
    Moved(WorldMotion),
    /// Errors with other numbers of bodies: as it was trained, and without the constant part of its messages.
    Bodies([Vec<ZeroShot>; 2]),
    /// Its messages as a table, the target last, and why they are still a mixture of directions, if they are; or a sentence why there
    /// is no table.
    Table(Result<(Sheet, Option<String>), String>),
    /// The shown world as a formula moves it, and how good the formula is; or a sentence why it cannot.
    Obeyed(Result<(LawFit, WorldMotion), String>),
}

/// How a formula is turned into accelerations, and how good it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LawFit {
    /// The formula, its constants rounded to be read. It is followed with every digit.
    pub law: String,
    /// What it is multiplied by, from the worlds it was found in.
    pub factor: f64,
    /// Whether it is a force per mass of the receiver rather than a force.
    pub per_mass: bool,
    /// R² of the accelerations that bodies give one another, over those components of them that the formula gives a finite number for,
    /// in fresh worlds: less than 0 where it does worse than their mean.
    pub r_squared: f64,
    /// How many fresh worlds.
    pub worlds: usize,
    /// The share of components there for which the formula gives no finite number.
    pub not_finite: f64,
}

/// Steps below this size are quicker on a CPU than a GPU takes to start them, in floating-point operations.
const SMALL_STEP: f64 = 2e8;

impl Job for TrainGraphs {
    type Spec = GraphSpec;
    type Question = GraphQuestion;
    type Progress = GraphProgress;
    type Record = GraphRecord;
    type Snapshot = GraphSnapshot;

    const ROLE: &'static str = "graph";
    const FILE: &'static str = "trainer-graph";
    const REMEDY: &'static str = text!("choose fewer bodies or neurons");

    fn device(spec: &GraphSpec) -> DeviceChoice {
        spec.device
    }

    fn is_small(spec: &GraphSpec) -> bool {
        Estimate::of_graph(&spec.first()).flops_per_step < SMALL_STEP
    }

    /// Only the first network's messages are searched for a law, and only it shows one.
    fn parts(spec: &GraphSpec, _engine: EngineKind, _cores: usize) -> Vec<GraphSpec> {
        let part = |(number, regulariser): (usize, &MessageRegulariser)| GraphSpec {
            regularisers: vec![*regulariser],
            law: spec.law.clone().filter(|_| number == 0),
            side_by_side: spec.regularisers.len(),
            ..spec.clone()
        };
        spec.regularisers.iter().enumerate().map(part).collect()
    }

    fn patience(_spec: &GraphSpec) -> f64 {
        30_000.0
    }

    fn name(spec: &GraphSpec, _engine: EngineKind) -> String {
        tr!("The network with {kind} messages", kind = spec.first().regulariser.key())
    }

    fn remember(spec: &mut GraphSpec, question: &GraphQuestion) {
        match question {
            GraphQuestion::Show(shown) => spec.shown = shown.clone(),
            GraphQuestion::Obey(law) => spec.law = Some(law.clone()).filter(|law| !law.is_empty()),
            GraphQuestion::Bodies(_) | GraphQuestion::Tabulate => {}
        }
    }
}

/// Which world is shown in motion; it need not be of the size that was learned from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Bodies.
    pub bodies: usize,
    /// Which of the random starts.
    pub start: u32,
    /// Bodies that stand in the places of the first random ones.
    pub placed: Vec<Placed>,
}

/// An edge at the start of a motion, and what is sent along it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EdgeShown {
    /// Who acts.
    pub sender: u16,
    /// Who is acted upon.
    pub receiver: u16,
    /// The factor on the law.
    pub stiffness: f32,
    /// The true force, D numbers.
    pub force: Vec<f32>,
    /// The first numbers of the message; none from a formula.
    pub message: Vec<f32>,
}

/// A world in motion as it should move, and as the network moves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorldMotion {
    /// Steps of training that the network had.
    pub step: u64,
    /// What was requested.
    pub shown: Shown,
    /// D.
    pub dimensions: usize,
    /// Time between two frames.
    pub dt: f64,
    /// Gravity and drag.
    pub globals: [f32; 2],
    /// m of each body.
    pub masses: Vec<f32>,
    /// q of each body.
    pub charges: Vec<f32>,
    /// Ordered pairs that act on one another.
    pub edges: Vec<EdgeShown>,
    /// True positions, `[frames, n, D]`.
    pub truth: Vec<f32>,
    /// True velocities, likewise.
    pub velocities: Vec<f32>,
    /// The network's, shorter where it ran away.
    pub learned: Vec<f32>,
    /// The true H along both motions, per frame.
    pub energies: [Vec<f32>; 2],
}

impl WorldMotion {
    /// How many frames it has.
    pub fn frames(&self) -> usize {
        self.truth.len() / (self.shown.bodies * self.dimensions).max(1)
    }

    /// The bodies as they truly are in a frame.
    pub fn bodies_at(&self, frame: usize) -> Vec<Placed> {
        let d = self.dimensions;
        let vector = |values: &[f32], body: usize| {
            let mut vector = [0.0; 3];
            let from = (frame * self.shown.bodies + body) * d;
            let found = values.get(from..from + d).unwrap_or_default();
            vector.iter_mut().zip(found).for_each(|(to, from)| *to = f64::from(*from));
            vector
        };
        let bodies = self.masses.iter().zip(&self.charges).enumerate();
        bodies
            .map(|(body, (mass, charge))| Placed {
                mass: f64::from(*mass),
                charge: f64::from(*charge),
                position: vector(&self.truth, body),
                velocity: vector(&self.velocities, body),
            })
            .collect()
    }
}
