//! The graph network on a device: message network, sum over senders, node network, and the loss of [`models::graph::loss`].
//!
//! Dense: every ordered pair has a row, and absent ones are multiplied by zero, so the sum is over one axis and nothing is
//! scattered. The kernel ([`models::kernel::graph`]) does the same on one core.

use crate::training::burn_models::mlp::Dense;
use burn::tensor::{Device, ExecutionError, Tensor, TensorData, activation};
use models::field::weights::LayerWeights;
use models::graph::batch::GraphBatch;
use models::graph::recipe::{GraphRecipe, Rectifier, Strategy};
use models::graph::weights::GraphWeights;

/// A graph network in training.
#[derive(Clone, Debug)]
pub struct GraphNetwork {
    strategy: Strategy,
    rectifier: Rectifier,
    message: Vec<Dense>,
    node: Vec<Dense>,
}

/// A batch on a device.
#[derive(Clone, Debug)]
pub struct Graphs {
    /// Bodies of each.
    pub bodies: usize,
    /// Number of graphs.
    pub count: usize,
    /// What φᵉ is told, `[graphs·n·(n − 1), inputs]`.
    pub message_inputs: Tensor<2>,
    /// What φᵛ is told beside the messages, `[graphs·n, inputs]`.
    pub node_inputs: Tensor<2>,
    /// 1 where an edge is there and 0 where it is not, `[graphs·n·(n − 1), 1]`.
    pub present: Tensor<2>,
    /// `[graphs·n, D]`.
    pub targets: Tensor<2>,
    /// ε of every number of a message, `[graphs·n·(n − 1), size]`, with KL in training.
    pub noise: Option<Tensor<2>>,
}

/// The loss and its parts, `[1]` each.
#[derive(Clone, Debug)]
pub struct GraphLossParts {
    /// How far predictions are off.
    pub prediction: Tensor<1>,
    /// What the messages cost, where they do.
    pub price: Option<Tensor<1>>,
}

impl GraphLossParts {
    /// What is trained on.
    pub fn total(self) -> Tensor<1> {
        match self.price {
            Some(price) => self.prediction + price,
            None => self.prediction,
        }
    }
}

impl Graphs {
    /// Uploads a batch; `noise` as in [`models::graph::loss::loss`].
    pub fn new(batch: &GraphBatch, noise: Option<&[f32]>, device: &Device) -> Self {
        let (edges, nodes) = (batch.present.len(), batch.graphs() * batch.bodies);
        let upload = |values: &[f32], rows: usize| {
            let columns = values.len() / rows.max(1);
            Tensor::<2>::from_data(TensorData::new(values.to_vec(), [rows, columns]), device)
        };
        Self {
            bodies: batch.bodies,
            count: batch.graphs(),
            message_inputs: upload(&batch.message_inputs, edges),
            node_inputs: upload(&batch.node_inputs, nodes),
            present: upload(&batch.present, edges),
            targets: upload(&batch.targets, nodes),
            noise: noise.map(|noise| upload(noise, edges)),
        }
    }
}

impl GraphNetwork {
    /// A network with these weights; its parameters record a tape if the device does.
    pub fn new(recipe: &GraphRecipe, weights: &GraphWeights, device: &Device) -> Self {
        let layers = |layers: &[LayerWeights]| layers.iter().map(|layer| Dense::new(layer, device)).collect();
        Self {
            strategy: recipe.strategy,
            rectifier: recipe.rectifier,
            message: layers(&weights.message),
            node: layers(&weights.node),
        }
    }

    /// The loss on a batch.
    pub fn loss(&self, graphs: &Graphs) -> GraphLossParts {
        let (size, per_graph) = (self.strategy.size(), 1.0 / graphs.count as f64);
        let alpha = self.strategy.alpha() * per_graph / graphs.bodies as f64;
        let said = self.run(&self.message, graphs.message_inputs.clone());
        let edges = said.dims()[0];
        let (messages, price) = match self.strategy {
            Strategy::Standard(_) | Strategy::Bottleneck(_) => (said * graphs.present.clone(), None),
            Strategy::SparseL1 { .. } => {
                let messages = said * graphs.present.clone();
                (messages.clone(), Some(messages.abs().sum().mul_scalar(alpha)))
            }
            Strategy::Kl { .. } => {
                // Mean and logarithm of the variance stand side by side.
                let pairs: Tensor<3> = said.reshape([edges, size, 2]);
                let part = |i: usize| -> Tensor<2> {
                    pairs.clone().slice([0..edges, 0..size, i..i + 1]).reshape([edges, size])
                };
                let (mean, log_variance) = (part(0), part(1));
                let variance = log_variance.clone().exp();
                let cost = (mean.clone() * mean.clone() + variance - log_variance.clone()) * graphs.present.clone();
                let messages = match &graphs.noise {
                    Some(noise) => mean + log_variance.mul_scalar(0.5).exp() * noise.clone(),
                    None => mean,
                };
                (messages * graphs.present.clone(), Some(cost.sum().mul_scalar(alpha / 2.0)))
            }
        };
        let nodes = graphs.count * graphs.bodies;
        let received: Tensor<3> = messages.reshape([nodes, graphs.bodies - 1, size]);
        let sums: Tensor<2> = received.sum_dim(1).reshape([nodes, size]);
        let predicted = self.run(&self.node, Tensor::cat(vec![sums, graphs.node_inputs.clone()], 1));
        let missed = (predicted - graphs.targets.clone()).abs().sum();
        GraphLossParts { prediction: missed.mul_scalar(per_graph), price }
    }

    fn run(&self, layers: &[Dense], input: Tensor<2>) -> Tensor<2> {
        let last = layers.len().saturating_sub(1);
        layers.iter().enumerate().fold(input, |below, (l, layer)| {
            let sums = layer.forward(below);
            match self.rectifier {
                _ if l == last => sums,
                Rectifier::Relu => activation::relu(sums),
                Rectifier::Silu => sums.clone() * activation::sigmoid(sums),
            }
        })
    }

    /// All parameters, in the order of [`GraphWeights::tensors_mut`]: weight and bias of each layer.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut Tensor<2>> {
        self.message.iter_mut().chain(&mut self.node).flat_map(Dense::parameters_mut)
    }

    /// Until the device has done all that was asked of it.
    pub async fn wait(&self) -> Result<(), ExecutionError> {
        match self.node.last() {
            Some(last) => last.weights().await.map(drop),
            None => Ok(()),
        }
    }

    /// The weights as plain numbers, read back from the device.
    pub async fn weights(&self) -> Result<GraphWeights, ExecutionError> {
        let mut weights = GraphWeights::default();
        for layer in &self.message {
            weights.message.push(layer.weights().await?);
        }
        for layer in &self.node {
            weights.node.push(layer.weights().await?);
        }
        Ok(weights)
    }
}
