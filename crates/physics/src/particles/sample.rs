//! One graph to learn from: a moment of a motion, the target, and the true forces along its edges.
//!
//! The forces are computed from the positions when somebody asks, not stored: a stored force would be a hundred times as
//! large as the rest of a sample where there are many bodies.

use crate::particles::scene::Scene;
use crate::phase_space::PhasePoint;

/// A motion at equal intervals, with what is to be predicted at each moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// The bodies and their laws.
    pub scene: Scene,
    /// Positions, [T, n, D].
    pub(crate) positions: Vec<f64>,
    /// Velocities, [T, n, D].
    pub(crate) velocities: Vec<f64>,
    /// Accelerations or changes of velocity, [T, n, D].
    pub(crate) targets: Vec<f64>,
}

/// One moment of a motion.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// The bodies and their laws: globals, charges, masses, edges.
    pub scene: &'a Scene,
    /// Positions, [n, D].
    pub positions: &'a [f64],
    /// Velocities, [n, D].
    pub velocities: &'a [f64],
    /// Targets of each body, [n, D].
    pub target: &'a [f64],
}

impl Recording {
    /// Number of moments T.
    pub fn len(&self) -> usize {
        self.positions.len() / (self.scene.bodies() * self.scene.dimensions).max(1)
    }

    /// Whether there is nothing here.
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    /// The moment with this number, if there is one.
    pub fn sample(&self, moment: usize) -> Option<Sample<'_>> {
        let size = self.scene.bodies() * self.scene.dimensions;
        let range = moment * size..(moment + 1) * size;
        Some(Sample {
            scene: &self.scene,
            positions: self.positions.get(range.clone())?,
            velocities: self.velocities.get(range.clone())?,
            target: self.targets.get(range)?,
        })
    }
}

impl Sample<'_> {
    /// Attributes of all nodes, [n, 2D + 2]: position, velocity, charge, mass, as the reference has them.
    pub fn node_features(&self) -> Vec<f64> {
        let d = self.scene.dimensions;
        let mut features = Vec::with_capacity(self.scene.bodies() * (2 * d + 2));
        for (i, (x, v)) in self.positions.chunks(d).zip(self.velocities.chunks(d)).enumerate() {
            features.extend_from_slice(x);
            features.extend_from_slice(v);
            features.extend([self.scene.charges[i], self.scene.masses[i]]);
        }
        features
    }

    /// The true forces along all edges, [n, n − 1, D].
    pub fn edge_forces(&self) -> Vec<f64> {
        self.scene.edge_forces(self.positions)
    }

    /// The true forces divided by the mass of the receiver, [n, n − 1, D].
    pub fn edge_accelerations(&self) -> Vec<f64> {
        self.scene.edge_accelerations(self.positions)
    }

    /// The state, to go on simulating from.
    pub fn phase_point(&self) -> PhasePoint {
        self.scene.phase_point(self.positions, self.velocities)
    }
}
