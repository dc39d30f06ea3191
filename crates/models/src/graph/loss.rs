//! What training makes small, in `f64` and one row at a time: the kernel's judge.
//!
//! | part | per graph |
//! |---|---|
//! | prediction | Σ|â − a| over bodies and components |
//! | price, L1 | α/n Σ|message| over edges and components |
//! | price, KL | α/n Σ ½(μ² + σ² − ln σ²) over edges and components |
//!
//! Both are divided by the number of graphs. As in the reference code of Cranmer et al. (2020), but for its price, which
//! counts the edges of the first graph of a batch only. With KL a message is μ + σε with ε from N(0, 1) in training, and μ
//! when it is used.

use crate::graph::batch::GraphBatch;
use crate::graph::model::GraphModel;
use crate::graph::recipe::Strategy;

/// The parts of the loss.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GraphLoss {
    /// How far predictions are off.
    pub prediction: f64,
    /// What the messages cost.
    pub price: f64,
}

impl GraphLoss {
    /// What is made small.
    pub fn total(&self) -> f64 {
        self.prediction + self.price
    }
}

/// The loss on a batch. `noise`, [graphs, n, n − 1, size], is ε of every number of a message with KL; none is ε = 0.
pub fn loss(model: &GraphModel, batch: &GraphBatch, noise: Option<&[f32]>) -> GraphLoss {
    let (n, graphs, strategy) = (batch.bodies, batch.graphs(), model.recipe().strategy);
    let (size, alpha) = (strategy.size(), strategy.alpha() / n as f64);
    let wide = |row: &[f32]| -> Vec<f64> { row.iter().map(|x| f64::from(*x)).collect() };
    let mut loss = GraphLoss::default();
    let mut sums = vec![0.0; graphs * n * size];
    let width = batch.message_inputs.len() / batch.present.len().max(1);
    let rows = batch.message_inputs.chunks_exact(width).zip(&batch.present).enumerate();
    for (edge, (row, _)) in rows.filter(|(_, (_, present))| **present > 0.0) {
        let said = model.message.output(&wide(row));
        let sum = &mut sums[edge / (n - 1) * size..][..size];
        for (c, sum) in sum.iter_mut().enumerate() {
            let message = said[c * model.outputs_per_number()];
            *sum += message;
            match strategy {
                Strategy::Standard(_) | Strategy::Bottleneck(_) => {}
                Strategy::SparseL1 { .. } => loss.price += alpha * message.abs(),
                Strategy::Kl { .. } => {
                    let log_variance = said[2 * c + 1];
                    loss.price += alpha / 2.0 * (message * message + log_variance.exp() - log_variance);
                    let epsilon = noise.map_or(0.0, |noise| f64::from(noise[edge * size + c]));
                    *sum += (log_variance / 2.0).exp() * epsilon;
                }
            }
        }
    }
    let nodes = graphs * n;
    let node_rows = batch.node_inputs.chunks_exact(batch.node_inputs.len() / nodes.max(1));
    let targets = batch.targets.chunks_exact(batch.targets.len() / nodes.max(1));
    for ((sum, row), target) in sums.chunks_exact(size).zip(node_rows).zip(targets) {
        let input: Vec<f64> = sum.iter().copied().chain(wide(row)).collect();
        let misses = model.node.output(&input);
        loss.prediction +=
            misses.iter().zip(target).map(|(said, target)| (said - f64::from(*target)).abs()).sum::<f64>();
    }
    GraphLoss { prediction: loss.prediction / graphs as f64, price: loss.price / graphs as f64 }
}
