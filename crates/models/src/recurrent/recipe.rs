//! How a symplectic recurrent network is trained: on which world, through how many steps, for how long.

use crate::activation::Activation;
use crate::descent::Course;
use language::tr;
use serde::{Deserialize, Serialize};

/// What moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Coarse {
    /// Masses on a line between two walls, with springs between neighbours. The step is 1.5 over the largest frequency: leapfrog is
    /// stable up to 2.
    Chain,
    /// Three bodies of mass 1 that attract one another, from starts near a circular orbit; the step is 1, an eighth of a turn.
    ThreeBodies,
}

/// Which of the three models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Variant {
    /// Leapfrog, one step in the loss.
    Single,
    /// Leapfrog, several steps in the loss: the SRNN.
    Multi,
    /// Explicit Euler, one step in the loss.
    Euler,
}

/// Everything but the seed and the variant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecurrentRecipe {
    /// What moves.
    pub world: Coarse,
    /// Masses of a chain.
    pub masses: usize,
    /// Step of time of a chain times its largest frequency.
    pub omega_dt: f64,
    /// Trajectories to learn from.
    pub trajectories: usize,
    /// Steps along each.
    pub length: usize,
    /// Standard deviation of the noise on what is learned from, as a part of that of each kind of coordinate.
    pub noise: f64,
    /// K: steps in the loss of the multi-step model.
    pub unroll: usize,
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Hidden layers of K(p) and of V(q).
    pub depth: usize,
    /// Between layers.
    pub activation: Activation,
    /// Pieces of trajectories in a step of training.
    pub batch: usize,
    /// Steps and learning rate.
    pub course: Course,
}

/// A recipe that cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecurrentError {
    /// A chain of no masses or of too many.
    #[error("{}", tr!("a chain has 2 to {most} masses", most = MOST_MASSES))]
    Masses,
    /// A step that no leapfrog survives, or none.
    #[error("{}", tr!("the step times the largest frequency is above 0 and below 2, where leapfrog becomes unstable"))]
    Step,
    /// Nothing to learn from, or more than a tab bears.
    #[error("{}", tr!(
        "{most} states of all trajectories together are the most, and a trajectory is longer than the steps in the loss",
        most = MOST_STATES
    ))]
    Data,
    /// Networks without units or too large for a tab.
    #[error("{}", tr!(
        "a network takes 1 to {units} units in 1 to {layers} layers, and a loss 1 to {steps} steps",
        units = MOST_HIDDEN,
        layers = MOST_DEPTH,
        steps = MOST_UNROLL
    ))]
    Widths,
    /// A step of training without pieces or with too many, or numbers that are none.
    #[error("{}", tr!("a step takes 1 to {most} pieces, the learning rate is above 0, and the noise is at most 1", most = MOST_BATCH))]
    Training,
}

/// The longest chain.
pub const MOST_MASSES: usize = 20;
/// The most states of all trajectories.
pub const MOST_STATES: usize = 200_000;
/// The widest layer.
pub const MOST_HIDDEN: usize = 512;
/// The most hidden layers.
pub const MOST_DEPTH: usize = 4;
/// The most steps in a loss.
pub const MOST_UNROLL: usize = 20;
/// The largest batch.
pub const MOST_BATCH: usize = 512;
/// The part of the training in which the multi-step model too has one step in its loss: with K from the beginning it sticks.
const EASY: f64 = 0.25;

impl Variant {
    /// All of them, in the order they are shown.
    pub const ALL: [Variant; 3] = [Variant::Single, Variant::Multi, Variant::Euler];

    /// The name in links, tables and the JSON of `lab`.
    pub const fn key(self) -> &'static str {
        match self {
            Variant::Single => "single",
            Variant::Multi => "multi",
            Variant::Euler => "euler",
        }
    }

    /// The name on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Variant::Single => "single-step",
            Variant::Multi => "SRNN (multi-step)",
            Variant::Euler => "Euler",
        }
    }
}

impl Coarse {
    /// Both.
    pub const ALL: [Coarse; 2] = [Coarse::Chain, Coarse::ThreeBodies];

    /// The name in links.
    pub const fn key(self) -> &'static str {
        match self {
            Coarse::Chain => "chain",
            Coarse::ThreeBodies => "three-bodies",
        }
    }
}

impl RecurrentRecipe {
    /// A chain of six masses, clean data.
    pub const CHAIN: Self = Self {
        world: Coarse::Chain,
        masses: 6,
        omega_dt: 1.5,
        trajectories: 200,
        length: 20,
        noise: 0.0,
        unroll: 5,
        hidden: 64,
        depth: 2,
        activation: Activation::Silu,
        batch: 32,
        course: Course { steps: 4000, highest: 3e-3, warm_up: 0, clip: 1.0 },
    };

    /// The same with noise of a tenth, and more steps in the loss.
    pub const NOISY_CHAIN: Self = Self { noise: 0.1, unroll: 10, ..Self::CHAIN };

    /// Three bodies with a step of 1.
    pub const THREE_BODIES: Self =
        Self { world: Coarse::ThreeBodies, trajectories: 4000, length: 10, unroll: 5, ..Self::CHAIN };

    /// Steps in the loss of a variant in step `step` of the training, counted from 1.
    pub fn unroll_at(&self, variant: Variant, step: u64) -> usize {
        if variant == Variant::Multi && step > self.easy_steps() { self.unroll } else { 1 }
    }

    /// Steps of the training in which every variant has one step in its loss.
    pub fn easy_steps(&self) -> u64 {
        (EASY * self.course.steps as f64).round() as u64
    }

    /// Whether it can be followed.
    pub fn check(&self) -> Result<(), RecurrentError> {
        let fine = |fine: bool, error: RecurrentError| if fine { Ok(()) } else { Err(error) };
        fine((2..=MOST_MASSES).contains(&self.masses), RecurrentError::Masses)?;
        fine(self.omega_dt > 0.0 && self.omega_dt < 2.0, RecurrentError::Step)?;
        let sizes = (1..=MOST_HIDDEN).contains(&self.hidden) && (1..=MOST_DEPTH).contains(&self.depth);
        fine(sizes && (1..=MOST_UNROLL).contains(&self.unroll), RecurrentError::Widths)?;
        let states = self.trajectories.saturating_mul(self.length.saturating_add(1));
        let long = self.length >= self.unroll && self.trajectories > 0;
        fine(long && states <= MOST_STATES, RecurrentError::Data)?;
        let noise = (0.0..=1.0).contains(&self.noise);
        fine(self.course.leads() && noise && (1..=MOST_BATCH).contains(&self.batch), RecurrentError::Training)
    }
}
