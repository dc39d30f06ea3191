//! Messages without a constant part.
//!
//! Nothing in training keeps φᵉ from adding the same vector b to every message: with n bodies a body receives (n − 1)·b, and φᵛ
//! learns to take that off. Asked about more bodies, it takes off too little. Where no direction of space is special, forces
//! cancel on average, so the typical message is b. Here b is moved from φᵉ into φᵛ as (n − 1)·b, with the n of training: for as
//! many bodies nothing changes, and for more or fewer there is no constant to add up.

use crate::graph::model::GraphModel;
use crate::graph::network::GraphNetwork;
use crate::graph::recipe::Pooling;
use crate::graph::report::Traffic;
use numerics::statistics::median;
use physics::particles::dataset::Motions;

/// Edges that the typical message is taken from.
const EDGES: usize = 4000;

/// The same network with messages whose median is zero, number by number, on these motions.
///
/// The median, not the mean: where forces are as unequal as those of 1/r² a few near collisions decide a mean.
pub fn centred(model: &GraphModel, motions: &Motions) -> GraphModel {
    let recipe = model.recipe();
    let mut centred = model.parameters().clone();
    let size = recipe.regulariser.size();
    let messages = Traffic::of(model, motions, EDGES).messages;
    let typical: Vec<f64> = (0..size)
        .map(|c| median(messages.iter().skip(c).step_by(size).copied().collect()).unwrap_or_default())
        .collect();
    let first_of_node = GraphNetwork::of(recipe).message_arrays();
    let last_bias = &mut centred[first_of_node - 1];
    last_bias.values.iter_mut().zip(&typical).for_each(|(bias, b)| *bias -= *b as f32);
    // A mean and a maximum take up a constant once, a sum as often as there are senders.
    let senders = if recipe.pooling == Pooling::Sum { (recipe.motions.world.bodies - 1) as f64 } else { 1.0 };
    let (weights, biases) = centred.split_at_mut(first_of_node + 1);
    let (weight, bias) = (&weights[first_of_node], &mut biases[0]);
    for (row, b) in weight.values.chunks_exact(weight.columns).zip(&typical) {
        bias.values.iter_mut().zip(row).for_each(|(bias, w)| *bias += (senders * b * f64::from(*w)) as f32);
    }
    model.with(&centred)
}
