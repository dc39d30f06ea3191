//! Which system, of how many bodies.

use crate::coupled::motion::Motion;
use crate::coupled::{charges, springs};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// How a pair acts on one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Coupling {
    /// Some pairs are joined by springs of rest length 0.
    #[default]
    Springs,
    /// Each pair repels or attracts: an edge is a pair of like charges.
    Charges,
}

/// Time from one frame to the next.
pub const DT: f64 = 0.1;
/// Fewest bodies.
pub const FEWEST: usize = 3;
/// Most bodies.
pub const MOST: usize = 10;
/// Speed of every body at the start.
const SPEED: f64 = 0.5;

/// The pairs of `bodies` bodies: (0, 1), (0, 2), …, (1, 2), …
pub fn pairs(bodies: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..bodies).flat_map(move |i| (i + 1..bodies).map(move |j| (i, j)))
}

impl Coupling {
    /// Both, springs first.
    pub const ALL: [Coupling; 2] = [Coupling::Springs, Coupling::Charges];

    /// The name in links and tables.
    pub const fn key(self) -> &'static str {
        match self {
            Coupling::Springs => "springs",
            Coupling::Charges => "charged",
        }
    }

    /// The name on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Coupling::Springs => "springs",
            Coupling::Charges => "charges",
        }
    }

    /// Edges of a random graph, one for each of [`pairs`].
    pub fn random_edges(self, bodies: usize, rng: &mut impl rand::Rng) -> Vec<bool> {
        match self {
            Coupling::Springs => pairs(bodies).map(|_| rng.random()).collect(),
            Coupling::Charges => {
                let charges: Vec<bool> = (0..bodies).map(|_| rng.random()).collect();
                pairs(bodies).map(|(i, j)| charges[i] == charges[j]).collect()
            }
        }
    }

    /// A random graph in motion, so many frames of it.
    pub fn random(self, bodies: usize, frames: usize, rng: &mut impl rand::Rng) -> Motion {
        let edges = self.random_edges(bodies, rng);
        let width = match self {
            Coupling::Springs => 0.5,
            Coupling::Charges => 1.0,
        };
        let normal = |_| width * Distribution::<f64>::sample(&StandardNormal, rng);
        let positions: Vec<f64> = (0..2 * bodies).map(normal).collect();
        let directions = (0..bodies).map(|_| rng.random_range(0.0..TAU));
        let velocities: Vec<f64> =
            directions.flat_map(|angle: f64| [SPEED * angle.cos(), SPEED * angle.sin()]).collect();
        self.motion(&edges, &positions, &velocities, frames)
    }

    /// The motion of a graph from a start: positions and velocities are `[n, 2]`, the start is its first frame.
    pub fn motion(self, edges: &[bool], positions: &[f64], velocities: &[f64], frames: usize) -> Motion {
        let (positions, velocities) = match self {
            Coupling::Springs => springs::motion(edges, positions, velocities, frames),
            Coupling::Charges => charges::motion(edges, positions, velocities, frames),
        };
        Motion { edges: Some(edges.to_vec()), positions, velocities }
    }

    /// What a pair adds to the acceleration of the first body for each unit of the coupling, from x₂ − x₁: the law.
    pub fn law(self, toward: [f64; 2]) -> [f64; 2] {
        match self {
            Coupling::Springs => toward.map(|x| springs::STIFFNESS * x),
            Coupling::Charges => charges::force(toward).map(|x| -x),
        }
    }

    /// Energy of a graph at a state; positions and velocities are `[n, 2]`.
    pub fn energy(self, edges: &[bool], positions: &[f64], velocities: &[f64]) -> f64 {
        let potential = pairs(velocities.len() / 2).zip(edges).map(|((i, j), edge)| {
            let r2: f64 = (0..2).map(|axis| (positions[2 * i + axis] - positions[2 * j + axis]).powi(2)).sum();
            match self {
                Coupling::Springs => f64::from(u8::from(*edge)) * springs::STIFFNESS * r2 / 2.0,
                Coupling::Charges if *edge => 1.0 / r2.sqrt(),
                Coupling::Charges => -1.0 / r2.sqrt(),
            }
        });
        potential.sum::<f64>() + velocities.iter().map(|v| v * v / 2.0).sum::<f64>()
    }
}
