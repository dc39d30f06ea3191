//! Messages without a constant part.
//!
//! Nothing in training keeps φᵉ from adding the same vector b to every message: with n bodies a body receives (n − 1)·b, and φᵛ
//! learns to take that off. Asked about more bodies, it takes off too little. Where no direction of space is special, forces
//! cancel on average, so the typical message is b. Here b is moved from φᵉ into φᵛ as (n − 1)·b, with the n of training: for as
//! many bodies nothing changes, and for more or fewer there is no constant to add up.

use crate::graph::model::GraphModel;
use crate::graph::recipe::{GraphRecipe, Strategy};
use crate::graph::report::Traffic;
use crate::graph::weights::GraphWeights;
use numerics::statistics::median;
use physics::particles::dataset::Motions;

/// Edges that the typical message is taken from.
const EDGES: usize = 4000;

/// The same network with messages whose median is zero, number by number, on these motions.
///
/// The median, not the mean: where forces are as unequal as those of 1/r² a few near collisions decide a mean.
pub fn centred(weights: &GraphWeights, recipe: &GraphRecipe, motions: &Motions) -> GraphWeights {
    let mut centred = weights.clone();
    let size = recipe.strategy.size();
    let messages = Traffic::of(&GraphModel::new(recipe, weights), motions, EDGES).messages;
    let typical: Vec<f64> = (0..size)
        .map(|c| median(messages.iter().skip(c).step_by(size).copied().collect()).unwrap_or_default())
        .collect();
    let outputs = if matches!(recipe.strategy, Strategy::Kl { .. }) { 2 } else { 1 };
    if let Some(last) = centred.message.last_mut() {
        last.bias.iter_mut().step_by(outputs).zip(&typical).for_each(|(bias, b)| *bias -= *b as f32);
    }
    if let Some(first) = centred.node.first_mut() {
        let senders = (recipe.motions.world.bodies - 1) as f64;
        for (row, b) in first.weight.chunks_exact(first.outputs).zip(&typical) {
            first.bias.iter_mut().zip(row).for_each(|(bias, w)| *bias += (senders * b * f64::from(*w)) as f32);
        }
    }
    centred
}
