//! Ready recipes: quick ones for a tab, and those of the paper.
//!
//! Why the quick ones are quick: φᵉ gets the vector between two bodies instead of two positions, so it need not learn that
//! only their difference counts; a smooth nonlinearity bends where forces do; and the learning rate rises three times as
//! high. With the paper's recipe springs are still at R² 0.7 after 5000 steps.

use crate::activation::Activation;
use crate::graph::recipe::{GraphRecipe, GraphWidths, MessageRegulariser, Pooling, Positions};
use physics::particles::dataset::{MotionConfig, Target};
use physics::particles::world::{World, WorldConfig};

impl GraphRecipe {
    /// For a minute or three in a tab: four bodies in the plane, messages as narrow as a force.
    pub fn quick(world: World) -> Self {
        let bodies = if world == World::String { 10 } else { 4 };
        let config = WorldConfig { world, bodies, dimensions: 2, gravity: world.gravity() };
        let steps = match world {
            World::Charge | World::Superposition => 12_000,
            World::InverseDistance => 2500,
            World::InverseSquare => 8000,
            // Longer or faster, a wide message becomes a force here as well.
            _ => 6000,
        };
        Self {
            // Starts are what differs most between two graphs, and cost nothing.
            motions: MotionConfig {
                world: config,
                simulations: 4000,
                snapshots: 4,
                every: 20,
                dt: world.dt(),
                target: Target::Acceleration,
            },
            widths: GraphWidths { hidden: 64, depth: 3 },
            activation: Activation::Silu,
            regulariser: MessageRegulariser::Bottleneck(2),
            pooling: Pooling::Sum,
            initial_gain: 1.0,
            positions: Positions::Relative,
            shift: 0.0,
            steps,
            batch: 64,
            lr: 3e-3,
            decay: 1e-8,
        }
    }

    /// An initial gain with which wide messages of a world stay far from the force, by the quick recipe.
    ///
    /// Started as usual, a message of a hundred numbers grows along the directions of the force too, and its leading numbers are the
    /// force but for a tenth of the edges. These factors were chosen so that they are not: a comparison with them shows what a large
    /// initial gain does, not what wide messages are like.
    pub fn large_gain(world: World) -> f64 {
        match world {
            World::InverseDistance => 40.0,
            World::InverseSquare => 1000.0,
            _ => 100.0,
        }
    }

    /// As in the reference code: three layers of 300 ReLU units, absolute positions that are shifted at random, a million
    /// moments and a million steps. In a tab that is days.
    pub fn paper(world: World, dimensions: usize) -> Self {
        let bodies = if world == World::String { 10 } else { 4 };
        let config = WorldConfig { world, bodies, dimensions, gravity: world.gravity() };
        let snapshots = if world == World::String { 40 } else { 100 };
        let simulations = if dimensions == 2 { 10_000 } else { 8000 };
        Self {
            motions: MotionConfig::new(config, simulations, snapshots),
            widths: GraphWidths { hidden: 300, depth: 3 },
            activation: Activation::Relu,
            regulariser: MessageRegulariser::Bottleneck(dimensions),
            pooling: Pooling::Sum,
            initial_gain: 1.0,
            positions: Positions::Absolute,
            shift: 3.0,
            steps: 1_000_000,
            batch: 64,
            lr: 1e-3,
            decay: 1e-8,
        }
    }

    /// For the question whether a law learned on six bodies in space holds for twelve: 1/r² in three dimensions.
    pub fn many(regulariser: MessageRegulariser) -> Self {
        let world = World::InverseSquare;
        let config = WorldConfig { world, bodies: 6, dimensions: 3, gravity: 0.0 };
        let quick = Self::quick(world);
        Self { motions: MotionConfig { world: config, ..quick.motions }, regulariser, batch: 32, ..quick }
    }
}
