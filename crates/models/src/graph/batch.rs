//! Some graphs side by side in single precision, as training reads them.
//!
//! Dense: every ordered pair of every graph has a row, joined or not, so the sum of what a body receives is a sum over one
//! axis of [graphs, n, n − 1, …], with no list of who sends to whom. All graphs of a batch have as many bodies.

use crate::graph::features::{Inputs, Moment};
use crate::graph::recipe::GraphRecipe;
use physics::particles::sample::Sample;

/// Some graphs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphBatch {
    /// Bodies n of each.
    pub bodies: usize,
    /// Inputs of φᵉ, [graphs, n, n − 1, inputs].
    pub message_inputs: Vec<f32>,
    /// Inputs of φᵛ beside the messages, [graphs, n, inputs].
    pub node_inputs: Vec<f32>,
    /// 1 where an edge is there and 0 where it is not, [graphs, n, n − 1].
    pub present: Vec<f32>,
    /// Targets of each body, in units of the training, [graphs, n, D].
    pub targets: Vec<f32>,
}

impl GraphBatch {
    /// These samples with all positions moved by `shift`, [D], and their targets divided by `unit`.
    pub fn of<'a>(
        recipe: &GraphRecipe,
        samples: impl IntoIterator<Item = Sample<'a>>,
        shift: &[f64],
        unit: f64,
    ) -> Self {
        let inputs = Inputs::of(recipe);
        let mut batch = Self { bodies: recipe.motions.world.bodies, ..Self::default() };
        let mut row = vec![];
        for Sample { scene, positions, velocities, target } in samples {
            let at = Moment { scene, positions, velocities };
            for edge in scene.edges() {
                row.clear();
                inputs.message(at, edge, shift, &mut row);
                batch.message_inputs.extend(row.iter().map(|x| *x as f32));
                batch.present.push(f32::from(u8::from(edge.present)));
            }
            for body in 0..scene.bodies() {
                row.clear();
                inputs.node(at, body, shift, &mut row);
                batch.node_inputs.extend(row.iter().map(|x| *x as f32));
            }
            batch.targets.extend(target.iter().map(|x| (x / unit) as f32));
        }
        batch
    }

    /// Ordered pairs of a graph, n(n − 1).
    pub fn edges_of_a_graph(&self) -> usize {
        self.bodies * self.bodies.saturating_sub(1)
    }

    /// Number of graphs.
    pub fn graphs(&self) -> usize {
        self.present.len() / self.edges_of_a_graph().max(1)
    }
}
