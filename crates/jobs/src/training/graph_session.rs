//! A graph network being trained on a device, a step at a time. What a step takes comes from [`models::kernel::graph::GraphLearner`], so that
//! both see the same graphs in the same order.

use crate::training::burn_models::graph_network::{GraphNetwork, Graphs};
use crate::training::engine::Engine;
use crate::training::optimizer::Optimizer;
use burn::tensor::{Device, ExecutionError};
use models::graph::recipe::GraphRecipe;
use models::graph::weights::GraphWeights;
use models::kernel::graph::Draw;

/// Steps handed to a device before it is waited for: a slow one would queue them without end.
const MOST_QUEUED: u32 = 16;

/// A graph network and its optimiser on a device.
pub struct GraphSession {
    network: GraphNetwork,
    optimizer: Optimizer,
    device: Device,
    queued: u32,
}

impl GraphSession {
    /// The network with these weights, before its first step.
    pub fn new(recipe: &GraphRecipe, weights: &GraphWeights, engine: &Engine) -> Self {
        Self {
            network: GraphNetwork::new(recipe, weights, &engine.taped),
            optimizer: Optimizer::new(recipe.decay),
            device: engine.taped.clone(),
            queued: 0,
        }
    }

    /// One step of gradient descent, queued without waiting for its result.
    pub fn step(&mut self, draw: &Draw) {
        let graphs = Graphs::new(&draw.batch, draw.noise.as_deref(), &self.device);
        let gradients = self.network.loss(&graphs).total().backward();
        self.optimizer.step(draw.adam.lr, self.network.parameters_mut(), |_, parameter| parameter.grad(&gradients));
        self.queued += 1;
    }

    /// Waits for the device once it is many steps behind.
    pub async fn keep_up(&mut self) -> Result<(), ExecutionError> {
        if self.queued < MOST_QUEUED {
            return Ok(());
        }
        self.queued = 0;
        self.network.wait().await
    }

    /// The weights as they are now.
    pub async fn weights(&mut self) -> Result<GraphWeights, ExecutionError> {
        self.queued = 0;
        self.network.weights().await
    }
}
