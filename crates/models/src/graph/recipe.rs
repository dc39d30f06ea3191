//! How a graph network learns: from which motions, how large it is, what its messages may be, how long it takes.

use crate::activation::Activation;
use language::tr;
use physics::particles::dataset::{MotionConfig, MotionError};
use serde::{Deserialize, Serialize};

/// What a message may be: the four strategies of Cranmer et al. (2020), Section 3.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum MessageRegulariser {
    /// As many numbers as one likes, without constraint.
    Standard(usize),
    /// As many numbers as a force has.
    Bottleneck(usize),
    /// Many numbers, at a penalty on their absolute values: most of them go silent.
    SparseL1 {
        /// Numbers of a message.
        size: usize,
        /// What Σ|message| over all edges of a graph costs, times the number of bodies.
        alpha: f64,
    },
    /// Many numbers with noise on each; the information that a number carries in spite of its noise has a penalty.
    Kl {
        /// Numbers of a message.
        size: usize,
        /// What ½ Σ(μ² + σ² − ln σ²) over all edges of a graph costs, times the number of bodies.
        alpha: f64,
    },
}

/// ρ: how the messages that a body receives become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pooling {
    /// Their sum, as forces add.
    #[default]
    Sum,
    /// Their mean over all other bodies, absent edges counting as zeros: how many there are is forgotten.
    Mean,
    /// The largest of each number, absent edges counting as zeros: all but one sender is forgotten.
    Max,
}

/// How positions enter a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Positions {
    /// Both positions, as in the reference: that only their difference matters has to be learned.
    Absolute,
    /// The vector from receiver to sender.
    Relative,
}

/// Size of the two networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphWidths {
    /// Units of a hidden layer.
    pub hidden: usize,
    /// Hidden layers of each network. The reference's code has three (its paper says two).
    pub depth: usize,
}

/// Everything but the seed.
///
/// Adam (Kingma and Ba 2015) with weight decay coupled into the gradient, on batches drawn anew in each step; learning rate
/// by [`crate::graph::schedule::one_cycle`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphRecipe {
    /// What is learned from.
    pub motions: MotionConfig,
    /// How large the networks are.
    pub widths: GraphWidths,
    /// Between their layers.
    pub activation: Activation,
    /// What a message may be.
    pub regulariser: MessageRegulariser,
    /// How messages become one.
    pub pooling: Pooling,
    /// Factor of the initial weights of the last layer of φᵉ where a message has more numbers than a force; 1 is the usual
    /// initialisation. A message of a hundred numbers keeps most of a large initial gain. Not used with KL.
    pub initial_gain: f64,
    /// How positions enter.
    pub positions: Positions,
    /// Standard deviation of the shift that all positions of a batch are given, in units of length; 0 for none. Says nothing
    /// where positions are relative.
    pub shift: f64,
    /// Number of steps.
    pub steps: u64,
    /// Graphs in a step.
    pub batch: usize,
    /// The highest learning rate.
    pub lr: f64,
    /// Weight decay.
    pub decay: f64,
}

/// A recipe that cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum RecipeError {
    /// There are no such data.
    #[error(transparent)]
    Motions(#[from] MotionError),
    /// Networks without units or too large for a tab.
    #[error("{}", tr!("a graph network takes 1 to {units} units in each of 1 to {layers} layers", units = MOST_HIDDEN, layers = MOST_DEPTH))]
    Widths,
    /// Messages without numbers or too many.
    #[error("{}", tr!("a message has 1 to {most} numbers", most = MOST_MESSAGE))]
    Message,
    /// Nothing to learn from in a step, or nowhere to go.
    #[error("{}", tr!(
        "a step takes 1 to {most} graphs, and learning rate, decay, shift, initial gain and penalty are finite and not negative",
        most = MOST_BATCH
    ))]
    Step,
    /// Too few motions to be judged by.
    #[error("{}", tr!("at least four motions are needed: one in four is put aside to be judged by"))]
    TooFewMotions,
}

/// The widest hidden layer: the reference's is 300.
pub const MOST_HIDDEN: usize = 512;
/// The most hidden layers.
pub const MOST_DEPTH: usize = 6;
/// The longest message.
pub const MOST_MESSAGE: usize = 256;
/// The largest batch.
pub const MOST_BATCH: usize = 1024;

impl MessageRegulariser {
    /// Standard, of the reference's size.
    pub const STANDARD: Self = Self::Standard(100);
    /// The reference's penalty of absolute values.
    pub const L1_PENALTY: f64 = 1e-2;
    /// The reference's penalty of the information in a noisy number.
    pub const KL_PENALTY: f64 = 1.0;
    /// L1, with the reference's size and penalty.
    pub const SPARSE: Self = Self::SparseL1 { size: 100, alpha: Self::L1_PENALTY };
    /// KL, with the reference's size and penalty.
    pub const KL: Self = Self::Kl { size: 100, alpha: Self::KL_PENALTY };

    /// Numbers of a message.
    pub fn size(self) -> usize {
        match self {
            MessageRegulariser::Standard(size) | MessageRegulariser::Bottleneck(size) => size,
            MessageRegulariser::SparseL1 { size, .. } | MessageRegulariser::Kl { size, .. } => size,
        }
    }

    /// Outputs of the message network. With KL there are two for each number of a message: the means μ first, then the logarithms
    /// of the variances, ln σ².
    pub fn outputs(self) -> usize {
        match self {
            MessageRegulariser::Kl { size, .. } => 2 * size,
            other => other.size(),
        }
    }

    /// The penalty of messages; 0 where they are free.
    pub fn alpha(self) -> f64 {
        match self {
            MessageRegulariser::Standard(_) | MessageRegulariser::Bottleneck(_) => 0.0,
            MessageRegulariser::SparseL1 { alpha, .. } | MessageRegulariser::Kl { alpha, .. } => alpha,
        }
    }

    /// The name in links and tables.
    pub fn key(self) -> &'static str {
        match self {
            MessageRegulariser::Standard(_) => "standard",
            MessageRegulariser::Bottleneck(_) => "bottleneck",
            MessageRegulariser::SparseL1 { .. } => "l1",
            MessageRegulariser::Kl { .. } => "kl",
        }
    }
}

impl GraphRecipe {
    /// The same with messages of another kind.
    pub fn with(self, regulariser: MessageRegulariser) -> Self {
        Self { regulariser, ..self }
    }

    /// Whether it can be followed.
    pub fn check(&self) -> Result<(), RecipeError> {
        self.motions.check()?;
        if self.motions.simulations < 4 {
            return Err(RecipeError::TooFewMotions);
        }
        let GraphWidths { hidden, depth } = self.widths;
        if !(1..=MOST_HIDDEN).contains(&hidden) || !(1..=MOST_DEPTH).contains(&depth) {
            return Err(RecipeError::Widths);
        }
        if !(1..=MOST_MESSAGE).contains(&self.regulariser.size()) {
            return Err(RecipeError::Message);
        }
        let numbers = [self.shift, self.initial_gain, self.lr, self.decay, self.regulariser.alpha()];
        let fine = numbers.iter().all(|x| x.is_finite() && *x >= 0.0) && (1..=MOST_BATCH).contains(&self.batch);
        if fine { Ok(()) } else { Err(RecipeError::Step) }
    }
}
