//! A trained graph network at work, in `f64`: messages along edges, accelerations of bodies, worlds in motion.
//!
//! For every body i: the sum over senders j of φᵉ(i, j), then φᵛ(sum, i). Neither network knows how many bodies there are, so a
//! network trained on four moves twelve.

use crate::graph::features::{Inputs, Moment};
use crate::graph::network::GraphNetwork;
use crate::graph::recipe::GraphRecipe;
use autodiff::parameters::Parameters;
use autodiff::reference::Reference;
use physics::dynamics::VectorField;
use physics::particles::dataset::Target;
use physics::particles::scene::Scene;
use physics::phase_space::{PhasePoint, PhaseVelocity};
use std::sync::{Mutex, PoisonError};

/// A trained graph network.
#[derive(Debug)]
pub struct GraphModel {
    recipe: GraphRecipe,
    inputs: Inputs,
    network: GraphNetwork,
    parameters: Parameters,
    /// What an output of 1 stands for.
    unit: f64,
    /// The program of the number of bodies evaluated last.
    latest: Mutex<Option<(usize, Reference)>>,
}

impl GraphModel {
    /// The network with these parameters, which have to fit the recipe ([`GraphNetwork::fits`]); its outputs are in units of `unit`
    /// ([`crate::graph::training::GraphTraining::model`] gives the one it was trained in).
    pub fn new(recipe: &GraphRecipe, parameters: &Parameters, unit: f64) -> Self {
        Self {
            recipe: *recipe,
            inputs: Inputs::of(recipe),
            network: GraphNetwork::of(recipe),
            parameters: parameters.clone(),
            unit,
            latest: Mutex::new(None),
        }
    }

    /// Its parameters.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The same with other parameters.
    pub fn with(&self, parameters: &Parameters) -> Self {
        Self::new(&self.recipe, parameters, self.unit)
    }

    /// How it was trained.
    pub fn recipe(&self) -> &GraphRecipe {
        &self.recipe
    }

    /// All messages, [n, n − 1, size] in the order of [`Scene::edges`]; zeros along edges that are absent. With KL the means.
    pub fn messages(&self, at: Moment<'_>) -> Vec<f64> {
        let [messages, ..] = self.evaluate(at);
        messages
    }

    /// All messages, and with KL μ² + σ² − ln σ² of each of their numbers, in the same order; empty without.
    pub fn messages_and_divergences(&self, at: Moment<'_>) -> [Vec<f64>; 2] {
        let [messages, _, divergences] = self.evaluate(at);
        [messages, divergences]
    }

    /// The output of the network for every body, [n, D]: accelerations or changes of velocity, as it was trained to.
    pub fn predictions(&self, at: Moment<'_>) -> Vec<f64> {
        let [_, mut predictions, _] = self.evaluate(at);
        predictions.iter_mut().for_each(|value| *value *= self.unit);
        predictions
    }

    fn evaluate(&self, at: Moment<'_>) -> [Vec<f64>; 3] {
        let shift = vec![0.0; at.scene.dimensions];
        let (mut edges, mut nodes, mut present) = (vec![], vec![], vec![]);
        for edge in at.scene.edges() {
            self.inputs.message(at, edge, &shift, &mut edges);
            present.push(f64::from(u8::from(edge.present)));
        }
        (0..at.scene.bodies()).for_each(|body| self.inputs.node(at, body, &shift, &mut nodes));
        let bodies = at.scene.bodies();
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let reference = match &mut *latest {
            Some((of, reference)) if *of == bodies => reference,
            latest => &mut latest.insert((bodies, self.reference(bodies))).1,
        };
        let mut outputs = reference.run(&[&edges, &nodes, &present], 1).into_iter();
        std::array::from_fn(|_| outputs.next().unwrap_or_default())
    }

    fn reference(&self, bodies: usize) -> Reference {
        Reference::new(&self.network.evaluation(bodies), &self.parameters)
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
