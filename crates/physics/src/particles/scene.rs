//! What does not change while bodies move: the deck's graph G(u, V, E) without positions and velocities.
//!
//! | part of the graph | attributes |
//! |---|---|
//! | globals u | gravity, drag |
//! | nodes V | position, velocity (these change, see [`crate::particles::sample`]), charge, mass |
//! | edges E | whether the pair is joined, and how stiffly |
//!
//! There is an edge for every ordered pair, joined or not, sorted by receiver: edge i(n − 1) + k comes into body i from its
//! k-th other body. Arrays over edges therefore have the shape [n, n − 1, …], and the sum of all that a body receives is a
//! sum over one axis.

use crate::particles::law::{Pair, PairLaw};

/// Attributes of the whole graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Globals {
    /// g: every body is accelerated by −g along the second axis.
    pub gravity: f64,
    /// c: every body feels a force −cv.
    pub drag: f64,
}

/// What one body receives from another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Who acts.
    pub sender: usize,
    /// Who is acted upon.
    pub receiver: usize,
    /// Whether anything acts at all. The same both ways.
    pub present: bool,
    /// The factor on the law: a spring constant in a spring network, 1 elsewhere. The same both ways.
    pub stiffness: f64,
}

/// A set of bodies and the laws between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The law between two joined bodies.
    pub law: PairLaw,
    /// 2 or 3.
    pub dimensions: usize,
    /// Gravity and drag.
    pub globals: Globals,
    /// m, one per body.
    pub masses: Vec<f64>,
    /// q, one per body.
    pub charges: Vec<f64>,
    /// One per ordered pair, sorted by receiver and then by sender.
    edges: Vec<Edge>,
}

impl Scene {
    /// Bodies without gravity or drag, all joined with stiffness 1. `masses` and `charges` have one entry per body; where
    /// one is longer, the rest of it is left out.
    pub fn new(law: PairLaw, dimensions: usize, masses: Vec<f64>, charges: Vec<f64>) -> Self {
        let n = masses.len().min(charges.len());
        let edge = |receiver, sender| Edge { sender, receiver, present: true, stiffness: 1.0 };
        let edges = (0..n).flat_map(|i| (0..n).filter(move |j| *j != i).map(move |j| edge(i, j))).collect();
        let (masses, charges) = (masses[..n].to_vec(), charges[..n].to_vec());
        Self { law, dimensions, globals: Globals { gravity: 0.0, drag: 0.0 }, masses, charges, edges }
    }

    /// Number of bodies n.
    pub fn bodies(&self) -> usize {
        self.masses.len()
    }

    /// All n(n − 1) edges, those into body 0 first.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Which edge goes from `sender` to `receiver` (two different bodies).
    pub fn edge_index(&self, receiver: usize, sender: usize) -> usize {
        receiver * (self.bodies() - 1) + sender - usize::from(sender > receiver)
    }

    /// The edge from `sender` to `receiver`; none from a body to itself.
    pub fn edge(&self, receiver: usize, sender: usize) -> Option<&Edge> {
        let inside = receiver != sender && receiver.max(sender) < self.bodies();
        inside.then(|| &self.edges[self.edge_index(receiver, sender)])
    }

    /// Joins or parts two bodies, in both directions.
    pub fn join(&mut self, one: usize, other: usize, present: bool, stiffness: f64) {
        if self.edge(one, other).is_some() {
            for index in [self.edge_index(one, other), self.edge_index(other, one)] {
                self.edges[index] = Edge { present, stiffness, ..self.edges[index] };
            }
        }
    }

    /// Attributes of all edges, [n, n − 1, 2]: 1 if joined and 0 if not, and the stiffness (0 if not joined).
    pub fn edge_attributes(&self) -> Vec<f64> {
        self.edges.iter().flat_map(|edge| if edge.present { [1.0, edge.stiffness] } else { [0.0, 0.0] }).collect()
    }

    /// Products of masses and charges, as the law asks for them.
    pub(crate) fn pair(&self, i: usize, j: usize) -> Pair {
        Pair { masses: self.masses[i] * self.masses[j], charges: self.charges[i] * self.charges[j] }
    }
}
