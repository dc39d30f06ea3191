//! A whole training step of a graph network on one core: loss, gradient and Adam.
//!
//! A few graphs go through the message network, the sum and the node network and back before the next few, so that all they
//! leave behind stays in the caches. Parameters stay here between steps, packed as the products want them. Finite
//! differences of [`crate::graph::loss`], in double precision, are its judge.

mod learner;
mod stack;

pub use learner::{Draw, GraphLearner};

use crate::graph::batch::GraphBatch;
use crate::graph::loss::GraphLoss;
use crate::graph::recipe::{GraphRecipe, Strategy};
use crate::graph::weights::GraphWeights;
use crate::kernel::adam::Adam;
use crate::kernel::block::{LANES, Pack, add, panels};
use crate::kernel::dense::{Dense, Part};
use crate::kernel::graph::stack::{Stack, clear, place};
use crate::kernel::vectors::with_vectors;
use std::ops::Range;

/// A graph network in training.
#[derive(Clone, Debug)]
pub struct GraphKernel {
    strategy: Strategy,
    dimensions: usize,
    message: Stack,
    node: Stack,
    message_inputs: Vec<Pack>,
    node_inputs: Vec<Pack>,
    /// Messages as they are summed, and the adjoint of what the message network says.
    messages: Vec<Pack>,
    by_said: Vec<Pack>,
    by_sum: Vec<Pack>,
    error: Vec<Pack>,
}

/// Edges of a block: with 64 units their layers take a quarter of a megabyte. A graph with more of them is a block of its own.
const EDGES_AT_ONCE: usize = 96;

/// Some graphs of a batch and the rows that their edges and nodes take, filled up to whole packs.
struct Block {
    edges: Range<usize>,
    nodes: Range<usize>,
    edge_rows: usize,
    node_rows: usize,
}

impl GraphKernel {
    /// The network with these weights, before its first step.
    pub fn new(recipe: &GraphRecipe, weights: &GraphWeights) -> Self {
        Self {
            strategy: recipe.strategy,
            dimensions: recipe.motions.world.dimensions,
            message: Stack::new(recipe.rectifier, &weights.message),
            node: Stack::new(recipe.rectifier, &weights.node),
            message_inputs: vec![],
            node_inputs: vec![],
            messages: vec![],
            by_said: vec![],
            by_sum: vec![],
            error: vec![],
        }
    }

    /// One part of all parameters, laid out as weights are.
    pub fn part(&self, part: Part) -> GraphWeights {
        let layers = |stack: &Stack| stack.layers.iter().map(|layer| layer.get(part)).collect();
        GraphWeights { message: layers(&self.message), node: layers(&self.node) }
    }

    /// Takes over one part of all parameters.
    pub fn put(&mut self, part: Part, numbers: &GraphWeights) {
        self.layers_mut().zip(numbers.layers()).for_each(|(layer, numbers)| layer.put(part, numbers));
    }

    /// In the order of the weights.
    fn layers_mut(&mut self) -> impl Iterator<Item = &mut Dense> {
        self.message.layers.iter_mut().chain(&mut self.node.layers)
    }

    /// The loss on a batch, with the means of messages where there is KL.
    pub fn loss(&mut self, batch: &GraphBatch) -> GraphLoss {
        with_vectors!(this = self => this.pass(batch, None, false))
    }

    /// The loss there, its gradient into [`Part::Gradient`]. `noise` as in [`crate::graph::loss::loss`].
    pub fn differentiate(&mut self, batch: &GraphBatch, noise: Option<&[f32]>) -> GraphLoss {
        with_vectors!(this = self => this.pass(batch, noise, true))
    }

    /// Moves all parameters down their gradient.
    pub fn descend(&mut self, adam: &Adam) {
        with_vectors!(this = self => this.step(adam))
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn step(&mut self, adam: &Adam) {
        self.layers_mut().for_each(|layer| layer.step(adam));
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn pass(&mut self, batch: &GraphBatch, noise: Option<&[f32]>, backward: bool) -> GraphLoss {
        if backward {
            self.message.begin();
            self.node.begin();
        }
        let (graphs, n, per_graph) = (batch.graphs(), batch.bodies, batch.edges_of_a_graph());
        let at_once = (EDGES_AT_ONCE / per_graph.max(1)).max(1);
        let mut loss = GraphLoss::default();
        for first in (0..graphs).step_by(at_once) {
            let end = graphs.min(first + at_once);
            let (edges, nodes) = (first * per_graph..end * per_graph, first * n..end * n);
            let [edge_rows, node_rows] = [edges.len(), nodes.len()].map(|rows| rows.next_multiple_of(LANES));
            let block = Block { edges, nodes, edge_rows, node_rows };
            loss.price += self.send(batch, noise, &block);
            loss.prediction += self.receive(batch, &block);
            if backward {
                self.node.backward(block.node_rows, &self.node_inputs, &self.error, &mut self.by_sum);
                self.return_to_senders(batch, noise, &block);
                self.message.backward(block.edge_rows, &self.message_inputs, &self.by_said, &mut []);
            }
        }
        let graphs = graphs as f64;
        GraphLoss { prediction: loss.prediction / graphs, price: loss.price / graphs }
    }

    /// From edges to messages. Returns what they cost, summed over graphs.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn send(&mut self, batch: &GraphBatch, noise: Option<&[f32]>, block: &Block) -> f64 {
        let (rows, size) = (block.edge_rows, self.strategy.size());
        let width = batch.message_inputs.len() / batch.present.len();
        clear(&mut self.message_inputs, rows, width);
        let inputs = &batch.message_inputs[block.edges.start * width..block.edges.end * width];
        place(&mut self.message_inputs, rows, 0, width, inputs);
        self.message.forward(rows, &self.message_inputs);
        let present = &batch.present[block.edges.clone()];
        let alpha = self.strategy.alpha() / batch.bodies as f64;
        let said = &self.message.output;
        clear(&mut self.messages, rows, size);
        if let Strategy::Kl { .. } = self.strategy {
            let mut price = 0.0;
            for (row, present) in present.iter().enumerate().filter(|(_, present)| **present > 0.0) {
                for c in 0..size {
                    let [mean, log_variance] = pair(said, rows, row, c);
                    let variance = log_variance.exp();
                    price += f64::from(mean * mean + variance - log_variance);
                    let noise = noise.map_or(0.0, |noise| noise[(block.edges.start + row) * size + c]);
                    self.messages[c / LANES * rows + row][c % LANES] = present * (mean + variance.sqrt() * noise);
                }
            }
            return alpha / 2.0 * price;
        }
        let mut price = 0.0;
        for (messages, said) in self.messages.chunks_exact_mut(rows).zip(said.chunks_exact(rows)) {
            for ((message, said), present) in messages.iter_mut().zip(said).zip(present) {
                for i in 0..LANES {
                    message[i] = present * said[i];
                }
                if alpha > 0.0 {
                    price += f64::from(message.iter().map(|x| x.abs()).sum::<f32>());
                }
            }
        }
        alpha * price
    }

    /// From messages to what is said of each body, and to its adjoint in `error`. Returns Σ|â − a|.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn receive(&mut self, batch: &GraphBatch, block: &Block) -> f64 {
        let (rows, size, d) = (block.node_rows, self.strategy.size(), self.dimensions);
        let nodes = batch.graphs() * batch.bodies;
        let width = batch.node_inputs.len() / nodes;
        clear(&mut self.node_inputs, rows, size + width);
        let senders = batch.bodies - 1;
        for (sums, messages) in self.node_inputs.chunks_exact_mut(rows).zip(self.messages.chunks_exact(block.edge_rows))
        {
            for (sum, received) in sums.iter_mut().zip(messages[..block.edges.len()].chunks_exact(senders)) {
                received.iter().for_each(|message| add(sum, message));
            }
        }
        let inputs = &batch.node_inputs[block.nodes.start * width..block.nodes.end * width];
        place(&mut self.node_inputs, rows, size, width, inputs);
        self.node.forward(rows, &self.node_inputs);
        clear(&mut self.error, rows, d);
        self.by_sum.resize(panels(size) * rows, [0.0; LANES]);
        let slope = 1.0 / batch.graphs() as f32;
        let mut missed = 0.0;
        for (row, targets) in batch.targets[block.nodes.start * d..block.nodes.end * d].chunks_exact(d).enumerate() {
            for (c, target) in targets.iter().enumerate() {
                let miss = self.node.output[row][c] - target;
                missed += f64::from(miss.abs());
                self.error[row][c] = if miss == 0.0 { 0.0 } else { slope * miss.signum() };
            }
        }
        missed
    }

    /// From the adjoint of each sum to that of what the message network says, the price of messages included.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn return_to_senders(&mut self, batch: &GraphBatch, noise: Option<&[f32]>, block: &Block) {
        let (rows, size) = (block.edge_rows, self.strategy.size());
        let present = &batch.present[block.edges.clone()];
        let alpha = (self.strategy.alpha() / (batch.bodies * batch.graphs()) as f64) as f32;
        let senders = batch.bodies - 1;
        clear(&mut self.by_said, rows, self.strategy.outputs());
        if let Strategy::Kl { .. } = self.strategy {
            for (row, present) in present.iter().enumerate().filter(|(_, present)| **present > 0.0) {
                for c in 0..size {
                    let by_message = self.by_sum[c / LANES * block.node_rows + row / senders][c % LANES] * present;
                    let [mean, log_variance] = pair(&self.message.output, rows, row, c);
                    let variance = log_variance.exp();
                    let noise = noise.map_or(0.0, |noise| noise[(block.edges.start + row) * size + c]);
                    let by_log = by_message * noise * variance.sqrt() / 2.0 + alpha * (variance - 1.0) / 2.0;
                    for (column, by) in [(2 * c, by_message + alpha * mean), (2 * c + 1, by_log)] {
                        self.by_said[column / LANES * rows + row][column % LANES] = by;
                    }
                }
            }
            return;
        }
        let panels = self.by_said.chunks_exact_mut(rows).zip(self.by_sum.chunks_exact(block.node_rows)).enumerate();
        for (p, (by_said, by_sum)) in panels {
            let numbers = size - p * LANES;
            let messages = &self.messages[p * rows..][..rows];
            for (row, (by, present)) in by_said.iter_mut().zip(present).enumerate() {
                let by_message = &by_sum[row / senders];
                // Beyond the message's last number lie the adjoints of other inputs.
                for i in 0..LANES.min(numbers) {
                    by[i] = by_message[i] * present;
                }
                if alpha > 0.0 {
                    for (by, message) in by.iter_mut().zip(&messages[row]) {
                        *by += if *message == 0.0 { 0.0 } else { alpha * message.signum() };
                    }
                }
            }
        }
    }
}

/// Mean and logarithm of the variance of number `c` of a message.
#[inline(always)]
fn pair(said: &[Pack], rows: usize, row: usize, c: usize) -> [f32; 2] {
    [2 * c, 2 * c + 1].map(|column| said[column / LANES * rows + row][column % LANES])
}
