//! Forces, accelerations and the quantities that are conserved, or are not.
//!
//! Positions and velocities are flat arrays [n, D]: body after body, coordinate after coordinate. The force on a body from
//! another is −∂U/∂x of the one, so both of a pair feel the same pull in opposite directions.
//!
//! | world | energy | momentum | angular momentum |
//! |---|---|---|---|
//! | no drag, no gravity | conserved | conserved | conserved |
//! | discontinuous | changes by 1 where a pair crosses r′ = 2 | conserved | conserved |
//! | drag c | falls by c Σ v² | Σ (mv + cx) is conserved | |
//! | gravity g | conserved | Σ mv + Σ m g t is conserved | |

use crate::particles::scene::{Edge, Scene};

/// A vector of the plane or of space; in the plane the third component is 0.
pub type Vector = [f64; 3];

impl Scene {
    /// The force on `receiver` from `sender`; zero where they are not joined.
    pub fn pair_force(&self, positions: &[f64], receiver: usize, sender: usize) -> Vector {
        let Some(edge) = self.edge(receiver, sender).filter(|edge| edge.present) else {
            return [0.0; 3];
        };
        let (toward, r) = self.separation(positions, receiver, sender);
        if r == 0.0 {
            // Two bodies at one place: no direction is distinguished.
            return [0.0; 3];
        }
        let pull = edge.stiffness * self.law.slope(self.pair(receiver, sender), r);
        toward.map(|component| pull * component / r)
    }

    /// The forces along all edges, [n, n − 1, D]: what each body receives from each other one.
    pub fn edge_forces(&self, positions: &[f64]) -> Vec<f64> {
        let force = |edge: &Edge| self.pair_force(positions, edge.receiver, edge.sender);
        self.edges().iter().flat_map(|edge| force(edge).into_iter().take(self.dimensions)).collect()
    }

    /// The same divided by the mass of the receiver, [n, n − 1, D]: the parts of its acceleration.
    pub fn edge_accelerations(&self, positions: &[f64]) -> Vec<f64> {
        let per_receiver = self.bodies().saturating_sub(1) * self.dimensions;
        let mut forces = self.edge_forces(positions);
        for (received, m) in forces.chunks_mut(per_receiver.max(1)).zip(&self.masses) {
            received.iter_mut().for_each(|force| *force /= m);
        }
        forces
    }

    /// The acceleration of every body by the others alone, without gravity and drag, [n, D].
    pub fn pair_accelerations(&self, positions: &[f64]) -> Vec<f64> {
        let d = self.dimensions;
        let mut sums = vec![0.0; positions.len()];
        for (edge, part) in self.edges().iter().zip(self.edge_accelerations(positions).chunks_exact(d)) {
            let sum = &mut sums[edge.receiver * d..][..d];
            sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
        sums
    }

    /// Pair forces and weight on every body, [n, D]: minus the slope of the potential energy.
    pub fn conservative_forces(&self, positions: &[f64]) -> Vec<f64> {
        let d = self.dimensions;
        let mut forces = vec![0.0; positions.len()];
        for i in 0..self.bodies() {
            for j in 0..i {
                let force = self.pair_force(positions, i, j);
                for axis in 0..d {
                    forces[i * d + axis] += force[axis];
                    forces[j * d + axis] -= force[axis];
                }
            }
            forces[i * d + 1] -= self.masses[i] * self.globals.gravity;
        }
        forces
    }

    /// The acceleration of every body, drag included, [n, D].
    pub fn accelerations(&self, positions: &[f64], velocities: &[f64]) -> Vec<f64> {
        let forces = self.conservative_forces(positions);
        let per_coordinate = forces.iter().zip(velocities).enumerate();
        per_coordinate.map(|(k, (f, v))| (f - self.globals.drag * v) / self.masses[k / self.dimensions]).collect()
    }

    /// Pair potentials and height.
    pub fn potential_energy(&self, positions: &[f64]) -> f64 {
        let joined = self.edges().iter().filter(|edge| edge.present && edge.sender < edge.receiver);
        let pairs: f64 = joined
            .map(|edge| {
                let (i, j) = (edge.receiver, edge.sender);
                edge.stiffness * self.law.potential(self.pair(i, j), self.separation(positions, i, j).1)
            })
            .sum();
        let height = |(m, x): (&f64, &[f64])| m * self.globals.gravity * x[1];
        pairs + self.masses.iter().zip(positions.chunks(self.dimensions)).map(height).sum::<f64>()
    }

    /// Σ mv²/2.
    pub fn kinetic_energy(&self, velocities: &[f64]) -> f64 {
        let square = |v: &[f64]| v.iter().map(|v| v * v).sum::<f64>();
        self.masses.iter().zip(velocities.chunks(self.dimensions)).map(|(m, v)| m * square(v) / 2.0).sum()
    }

    /// Kinetic plus potential energy.
    pub fn total_energy(&self, positions: &[f64], velocities: &[f64]) -> f64 {
        self.kinetic_energy(velocities) + self.potential_energy(positions)
    }

    /// Σ mv.
    pub fn momentum(&self, velocities: &[f64]) -> Vector {
        let mut sum = [0.0; 3];
        for (m, v) in self.masses.iter().zip(velocities.chunks(self.dimensions)) {
            sum.iter_mut().zip(v).for_each(|(sum, v)| *sum += m * v);
        }
        sum
    }

    /// Σ m x × v about the origin; in the plane only the third component differs from 0.
    pub fn angular_momentum(&self, positions: &[f64], velocities: &[f64]) -> Vector {
        let mut sum = [0.0; 3];
        let bodies = positions.chunks(self.dimensions).zip(velocities.chunks(self.dimensions));
        for (m, (x, v)) in self.masses.iter().zip(bodies) {
            let (x, v) = (vector(x), vector(v));
            let cross = [x[1] * v[2] - x[2] * v[1], x[2] * v[0] - x[0] * v[2], x[0] * v[1] - x[1] * v[0]];
            sum.iter_mut().zip(cross).for_each(|(sum, l)| *sum += m * l);
        }
        sum
    }

    /// The vector from one body to another, and its length.
    pub fn separation(&self, positions: &[f64], from: usize, to: usize) -> (Vector, f64) {
        let d = self.dimensions;
        let mut toward = [0.0; 3];
        for axis in 0..d {
            toward[axis] = positions[to * d + axis] - positions[from * d + axis];
        }
        (toward, toward.iter().map(|x| x * x).sum::<f64>().sqrt())
    }
}

fn vector(coordinates: &[f64]) -> Vector {
    let mut vector = [0.0; 3];
    vector.iter_mut().zip(coordinates).for_each(|(to, from)| *to = *from);
    vector
}
