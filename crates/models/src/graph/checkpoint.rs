//! Everything needed to go on with a graph network.

use crate::graph::weights::GraphWeights;
use serde::{Deserialize, Serialize};

/// A graph network in the middle of its training. Adam's moments have the shape of the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphCheckpoint {
    /// Steps taken.
    pub step: u64,
    /// The network.
    pub weights: GraphWeights,
    /// Running mean of the gradient.
    pub first: GraphWeights,
    /// Running mean of its square.
    pub second: GraphWeights,
}
