//! Graph networks that learn how particles act on one another: settings, view, and the names of their recipes.

use crate::placed::Placed;
use models::graph::recipe::{GraphRecipe, GraphWidths, MessageRegulariser, Pooling};
use physics::particles::dataset::{MotionConfig, Target};
use physics::particles::world::{World, WorldConfig};
use serde::{Deserialize, Serialize};

/// What a message may be, without its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MessageKind {
    /// No constraint.
    Standard,
    /// As many numbers as a force has.
    Bottleneck,
    /// Its numbers cost something.
    SparseL1,
    /// Its numbers are noisy.
    Kl,
}

impl MessageKind {
    /// A message regulariser of this kind, with the reference's penalty.
    pub fn sized(self, size: usize) -> MessageRegulariser {
        match self {
            Self::Standard => MessageRegulariser::Standard(size),
            Self::Bottleneck => MessageRegulariser::Bottleneck(size),
            Self::SparseL1 => MessageRegulariser::SparseL1 { size, alpha: MessageRegulariser::L1_PENALTY },
            Self::Kl => MessageRegulariser::Kl { size, alpha: MessageRegulariser::KL_PENALTY },
        }
    }

    /// How many numbers it usually has: as many as a force, or the reference's hundred.
    pub fn usual_size(self, dimensions: usize) -> usize {
        if self == Self::Bottleneck { dimensions } else { MessageRegulariser::STANDARD.size() }
    }
}

/// Graph networks that learn how particles act on one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphExperiment {
    /// Which world.
    pub world: World,
    /// Whether by the paper's recipe instead of the quick one.
    pub paper: bool,
    /// Bodies in the worlds that are learned from.
    pub bodies: usize,
    /// 2 or 3.
    pub dimensions: usize,
    /// Uniform gravity g, an attribute of the whole graph.
    pub gravity: f64,
    /// What is predicted of each body.
    pub target: Target,
    /// What the first network's messages may be.
    pub regulariser: MessageKind,
    /// How many numbers they have.
    pub message_dim: usize,
    /// How the messages that a body receives become one.
    pub pooling: Pooling,
    /// What it is held against; `None` trains it alone.
    pub against: Option<MessageKind>,
    /// How wide messages start.
    pub gain: Gain,
    /// Steps.
    pub steps: u64,
    /// Units of a hidden layer.
    pub hidden: usize,
    /// What every random draw descends from.
    pub seed: u32,
    /// The world that is shown; changing it restarts nothing.
    pub view: GraphView,
}

/// The world that is shown of a graph experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphView {
    /// Its bodies.
    pub bodies: usize,
    /// Which of the random starts.
    pub start: u32,
    /// A formula that moves it too: the force on a body along x, as text.
    pub law: Option<String>,
    /// Bodies that the visitor put where they are, in the places of the first random ones.
    pub placed: Vec<Placed>,
}

/// How the weights start that make messages with more numbers than a force has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gain {
    /// As all others.
    #[default]
    Usual,
    /// Many times larger ([`GraphRecipe::large_gain`]), so that messages stay far from the force.
    Large,
}

impl Default for GraphExperiment {
    fn default() -> Self {
        Self::of(World::Spring, false)
    }
}

/// What the names of all recipes begin with.
const PREFIX: &str = "gn-";
/// What the names of the paper's recipes end with.
const PAPER: &str = "-paper";

impl GraphExperiment {
    /// The quick recipe of a world, or the paper's.
    pub fn of(world: World, paper: bool) -> Self {
        let recipe = if paper { GraphRecipe::paper(world, 2) } else { GraphRecipe::quick(world) };
        let WorldConfig { bodies, dimensions, gravity, .. } = recipe.motions.world;
        Self {
            world,
            paper,
            bodies,
            dimensions,
            gravity,
            target: recipe.motions.target,
            regulariser: MessageKind::Bottleneck,
            message_dim: dimensions,
            pooling: Pooling::Sum,
            against: Some(MessageKind::Standard),
            gain: Gain::Usual,
            steps: recipe.steps,
            hidden: recipe.widths.hidden,
            seed: 0,
            view: GraphView { bodies, start: 0, law: None, placed: vec![] },
        }
    }

    /// Another world or recipe; what is not part of a recipe stays.
    pub fn turned_to(&self, world: World, paper: bool) -> Self {
        let Self { pooling, against, gain, seed, .. } = *self;
        let usual = Self::of(world, paper);
        let view = GraphView { law: self.view.law.clone(), ..usual.view };
        Self { pooling, against, gain, seed, view, ..usual }
    }

    /// Messages of another kind, of their usual size.
    pub fn with_messages(&self, regulariser: MessageKind) -> Self {
        Self { regulariser, message_dim: regulariser.usual_size(self.dimensions), ..self.clone() }
    }

    /// The names of all recipes.
    pub fn names() -> impl Iterator<Item = String> {
        [false, true].into_iter().flat_map(|paper| World::ALL.map(|world| Self::of(world, paper).name()))
    }

    /// The name of its recipe.
    pub fn name(&self) -> String {
        format!("{PREFIX}{}{}", self.world.key(), if self.paper { PAPER } else { "" })
    }

    /// The recipe of this name.
    pub fn named(name: &str) -> Option<Self> {
        let world = name.strip_prefix(PREFIX)?;
        let (world, paper) = world.strip_suffix(PAPER).map_or((world, false), |world| (world, true));
        World::ALL.into_iter().find(|known| known.key() == world).map(|world| Self::of(world, paper))
    }

    /// The recipe of its first network.
    pub fn recipe(&self) -> GraphRecipe {
        let GraphExperiment { world, bodies, dimensions, gravity, target, steps, hidden, .. } = *self;
        let usual =
            if self.paper { GraphRecipe::paper(self.world, dimensions) } else { GraphRecipe::quick(self.world) };
        let world = WorldConfig { world, bodies, dimensions, gravity };
        GraphRecipe {
            motions: MotionConfig { world, target, ..usual.motions },
            widths: GraphWidths { hidden, ..usual.widths },
            regulariser: self.regulariser.sized(self.message_dim),
            pooling: self.pooling,
            initial_gain: if self.gain == Gain::Large { GraphRecipe::large_gain(self.world) } else { 1.0 },
            steps,
            // As many edges in a step whatever the size of the world, and at least a few graphs.
            batch: (usual.batch * 12 / (bodies * bodies.saturating_sub(1)).max(1)).clamp(4, usual.batch),
            ..usual
        }
    }

    /// The kinds of messages that train side by side.
    pub fn regularisers(&self) -> Vec<MessageRegulariser> {
        let against = self.against.map(|kind| kind.sized(kind.usual_size(self.dimensions)));
        std::iter::once(self.regulariser.sized(self.message_dim)).chain(against).collect()
    }
}
