//! A trained graph network at work, in `f64`: messages along edges, accelerations of bodies, worlds in motion.
//!
//! For every body i: the sum over senders j of φᵉ(i, j), then φᵛ(sum, i). Neither network knows how many bodies there are, so a
//! network trained on four moves twelve. Written without the kernel that trains it, and its judge.

use crate::graph::features::{Inputs, Moment};
use crate::graph::perceptron::Perceptron;
use crate::graph::recipe::{GraphRecipe, Strategy};
use crate::graph::weights::GraphWeights;
use physics::dynamics::VectorField;
use physics::particles::dataset::Target;
use physics::particles::scene::Scene;
use physics::phase_space::{PhasePoint, PhaseVelocity};

/// A trained graph network.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphModel {
    recipe: GraphRecipe,
    inputs: Inputs,
    pub(crate) message: Perceptron,
    pub(crate) node: Perceptron,
}

impl GraphModel {
    /// The network with these weights, which have to fit the recipe ([`GraphWeights::fits`]).
    pub fn new(recipe: &GraphRecipe, weights: &GraphWeights) -> Self {
        let network = |layers| Perceptron::new(recipe.rectifier, layers);
        let (message, node) = (network(&weights.message), network(&weights.node));
        Self { recipe: *recipe, inputs: Inputs::of(recipe), message, node }
    }

    /// How it was trained.
    pub fn recipe(&self) -> &GraphRecipe {
        &self.recipe
    }

    /// All messages, [n, n − 1, size] in the order of [`Scene::edges`]; zeros along edges that are absent. With KL the means.
    pub fn messages(&self, at: Moment<'_>) -> Vec<f64> {
        let mut messages = vec![];
        let shift = vec![0.0; at.scene.dimensions];
        let mut row = vec![];
        for edge in at.scene.edges() {
            if edge.present {
                row.clear();
                self.inputs.message(at, edge, &shift, &mut row);
                let said = self.message.output(&row);
                messages.extend(said.iter().step_by(self.outputs_per_number()));
            } else {
                messages.extend(std::iter::repeat_n(0.0, self.recipe.strategy.size()));
            }
        }
        messages
    }

    /// Outputs of φᵉ that belong to one number of a message.
    pub(crate) fn outputs_per_number(&self) -> usize {
        if matches!(self.recipe.strategy, Strategy::Kl { .. }) { 2 } else { 1 }
    }

    /// What the network says of every body, [n, D]: accelerations or changes of velocity, as it was trained to.
    pub fn predictions(&self, at: Moment<'_>) -> Vec<f64> {
        let (n, size) = (at.scene.bodies(), self.recipe.strategy.size());
        let messages = self.messages(at);
        let shift = vec![0.0; at.scene.dimensions];
        let mut predictions = Vec::with_capacity(n * at.scene.dimensions);
        for body in 0..n {
            let mut row = vec![0.0; size];
            let received = body * n.saturating_sub(1) * size..(body + 1) * n.saturating_sub(1) * size;
            for message in messages[received].chunks_exact(size) {
                row.iter_mut().zip(message).for_each(|(sum, x)| *sum += x);
            }
            self.inputs.node(at, body, &shift, &mut row);
            predictions.extend(self.node.output(&row));
        }
        predictions
    }

    /// The acceleration of every body, [n, D]. A change of velocity is taken for one at a constant rate.
    pub fn accelerations(&self, at: Moment<'_>) -> Vec<f64> {
        let mut predictions = self.predictions(at);
        if self.recipe.motions.target == Target::VelocityChange {
            predictions.iter_mut().for_each(|change| *change /= self.recipe.motions.dt);
        }
        predictions
    }

    /// These bodies, moved by the network.
    pub fn moving<'a>(&'a self, scene: &'a Scene) -> LearnedWorld<'a> {
        LearnedWorld { model: self, scene }
    }
}

/// A world whose bodies are moved by a network, with q = x and p = mv as in the true one: a field for any integrator.
#[derive(Clone, Copy, Debug)]
pub struct LearnedWorld<'a> {
    model: &'a GraphModel,
    scene: &'a Scene,
}

impl VectorField for LearnedWorld<'_> {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        let dq = self.scene.velocities(&at.p);
        let moment = Moment { scene: self.scene, positions: &at.q, velocities: &dq };
        let accelerations = self.model.accelerations(moment);
        let d = self.scene.dimensions;
        let dp = accelerations.iter().enumerate().map(|(k, a)| a * self.scene.masses[k / d]).collect();
        PhaseVelocity { dq, dp }
    }
}
