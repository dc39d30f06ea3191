//! What page and graph trainers say to each other: a network per trainer, its messages held against forces, motions, more bodies.

use crate::protocol::search::Sheet;
use experiments::placed::Placed;
use models::graph::recipe::GraphRecipe;
use models::graph::report::MessageReport;
use models::graph::zero_shot::ZeroShot;
use models::losses::Losses;
use numerics::seed::Seed;
use serde::{Deserialize, Serialize};

/// Which run an event belongs to: what a stopped one still says is recognised and dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphRunId(pub u32);

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

/// From the page to a graph trainer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GraphCommand {
    /// Begin; whatever ran before is dropped.
    Begin {
        /// Its name.
        run: GraphRunId,
        /// How to learn, and what messages may be.
        recipe: Box<GraphRecipe>,
        /// What every random draw descends from.
        seed: Seed,
        /// What is shown meanwhile.
        shown: Shown,
    },
    /// Hold.
    Hold,
    /// Go on.
    GoOn,
    /// Show this from now on.
    Show(Shown),
    /// How good is it with so many bodies?
    Ask(Vec<usize>),
    /// The messages as a table for a search.
    Tabulate,
    /// Move the shown world by this formula too; an empty one is forgotten.
    Obey(String),
}

/// A world in motion as it should move, and as the network moves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorldMotion {
    /// Steps of training that the network had.
    pub step: u64,
    /// What was asked for.
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

/// From a graph trainer to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GraphEvent {
    /// Ready for the first command.
    Ready,
    /// The device it works on cannot be used, in a few words; it is silent from now on.
    Unusable(String),
    /// A run that cannot be carried out, in a sentence.
    Refused(GraphRunId, String),
    /// How many of the motions to learn from are simulated.
    Preparing(GraphRunId, usize),
    /// How far it is.
    Progress {
        /// Of this run.
        run: GraphRunId,
        /// Steps taken.
        step: u64,
        /// Speed of the latest steps.
        steps_per_second: f64,
    },
    /// Σ|â − a| per graph, on some training and some test graphs.
    Recorded {
        /// Of this run.
        run: GraphRunId,
        /// After so many steps.
        step: u64,
        /// The losses.
        losses: Losses,
    },
    /// What its messages say.
    Messages(GraphRunId, Box<MessageReport>),
    /// How it moves a world.
    Moved(GraphRunId, Box<WorldMotion>),
    /// How good it is with other numbers of bodies: as it was trained, and without the constant part of its messages.
    Asked(GraphRunId, [Vec<ZeroShot>; 2]),
    /// Its messages as a table, the target last; or why there is none.
    Tabulated(GraphRunId, Result<Sheet, String>),
    /// How a formula moves the shown world, with the share of the accelerations that it accounts for; or why it cannot.
    Obeyed(GraphRunId, Result<(f64, Box<WorldMotion>), String>),
    /// It holds (`false`), or is at its last step (`true`).
    Settled(GraphRunId, bool),
}

impl GraphEvent {
    /// The run it belongs to.
    pub fn run(&self) -> Option<GraphRunId> {
        match self {
            GraphEvent::Ready | GraphEvent::Unusable(_) => None,
            GraphEvent::Refused(run, _)
            | GraphEvent::Preparing(run, _)
            | GraphEvent::Messages(run, _)
            | GraphEvent::Moved(run, _)
            | GraphEvent::Asked(run, _)
            | GraphEvent::Tabulated(run, _)
            | GraphEvent::Obeyed(run, _)
            | GraphEvent::Settled(run, _)
            | GraphEvent::Progress { run, .. }
            | GraphEvent::Recorded { run, .. } => Some(*run),
        }
    }
}
