//! How a graph network is trained through an integrator: on which systems, how large it is, for how long.

use crate::activation::Activation;
use crate::descent::Course;
use language::{tr, written};
use physics::oscillators::random::{FEWEST, Joined};
use serde::{Deserialize, Serialize};

/// What the output of the graph network stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OdeKind {
    /// The change in one step.
    Delta,
    /// The velocity in phase space.
    Ogn,
    /// The energy.
    Hogn,
}

/// Everything but the seed and the kind: the three kinds train alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OdeRecipe {
    /// Bodies of the systems that are learned from.
    pub bodies: usize,
    /// Which of them springs join.
    pub joined: Joined,
    /// Trajectories to learn from, each of a system of its own.
    pub trajectories: usize,
    /// Steps along each.
    pub length: usize,
    /// Step of time: of the data, and of the integrator in the loss.
    pub dt: f64,
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Hidden layers of each of the two networks.
    pub depth: usize,
    /// Numbers of a message.
    pub message: usize,
    /// Between layers. A smooth one: HOGN's velocity is a derivative of its output.
    pub activation: Activation,
    /// Transitions in a step of training.
    pub batch: usize,
    /// Steps and learning rate.
    pub course: Course,
}

/// A recipe that cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OdeError {
    /// Too few bodies to be joined, or more than a dense graph takes in a tab.
    #[error("{}", tr!("springs join {fewest} to {most} bodies here", fewest = FEWEST, most = MOST_BODIES))]
    Bodies,
    /// Nothing to learn from, or more than a tab bears.
    #[error("{}", tr!("{most} steps of all trajectories together are the most, and one is the least", most = MOST_TRANSITIONS))]
    Data,
    /// Networks without units or too large for a tab.
    #[error("{}", tr!("a network takes 1 to {units} units and numbers of a message, in 1 to {layers} layers", units = MOST_WIDTH, layers = MOST_DEPTH))]
    Widths,
    /// No step of time, or one in which the springs swing through.
    #[error("{}", tr!("the step of time is above 0 and at most {most}", most = written(MOST_DT.to_string())))]
    Dt,
    /// A step of training without transitions or with too many, or a rate that is no number.
    #[error("{}", tr!("a step of training takes 1 to {most} transitions and a learning rate above 0", most = MOST_BATCH))]
    Step,
}

/// The most bodies that are learned from or shown.
pub const MOST_BODIES: usize = 12;
/// The most transitions.
pub const MOST_TRANSITIONS: usize = 200_000;
/// The widest layer or message.
pub const MOST_WIDTH: usize = 256;
/// The most hidden layers.
pub const MOST_DEPTH: usize = 4;
/// The longest step of time of the data.
pub const MOST_DT: f64 = 0.5;
/// The largest batch.
pub const MOST_BATCH: usize = 512;

impl OdeKind {
    /// All of them, in the order they are shown.
    pub const ALL: [OdeKind; 3] = [OdeKind::Delta, OdeKind::Ogn, OdeKind::Hogn];

    /// The name in links, tables and the JSON of `lab`.
    pub const fn key(self) -> &'static str {
        match self {
            OdeKind::Delta => "delta",
            OdeKind::Ogn => "ogn",
            OdeKind::Hogn => "hogn",
        }
    }

    /// The name in the paper and on the page.
    pub const fn label(self) -> &'static str {
        match self {
            OdeKind::Delta => "DeltaGN",
            OdeKind::Ogn => "OGN",
            OdeKind::Hogn => "HOGN",
        }
    }
}

impl OdeRecipe {
    /// Four bodies, a spring between every pair.
    pub const SPRINGS: Self = Self {
        bodies: 4,
        joined: Joined::All,
        trajectories: 500,
        length: 100,
        dt: 0.1,
        hidden: 32,
        depth: 2,
        message: 16,
        activation: Activation::Silu,
        batch: 32,
        course: Course { steps: 4000, highest: 3e-3, warm_up: 100, clip: f64::INFINITY },
    };

    /// Five bodies on a ring with chords.
    pub const RING: Self = Self {
        bodies: 5,
        joined: Joined::Ring,
        activation: Activation::Silu,
        course: Course { steps: 3000, highest: 6e-3, ..Self::SPRINGS.course },
        ..Self::SPRINGS
    };

    /// Whether it can be followed.
    pub fn check(&self) -> Result<(), OdeError> {
        let fine = |fine: bool, error: OdeError| if fine { Ok(()) } else { Err(error) };
        fine((FEWEST..=MOST_BODIES).contains(&self.bodies), OdeError::Bodies)?;
        let transitions = self.trajectories.saturating_mul(self.length);
        fine((1..=MOST_TRANSITIONS).contains(&transitions), OdeError::Data)?;
        let widths = 1..=MOST_WIDTH;
        let fits = widths.contains(&self.hidden) && widths.contains(&self.message);
        fine(fits && (1..=MOST_DEPTH).contains(&self.depth), OdeError::Widths)?;
        fine(self.dt > 0.0 && self.dt <= MOST_DT, OdeError::Dt)?;
        fine(self.course.leads() && (1..=MOST_BATCH).contains(&self.batch), OdeError::Step)
    }
}
