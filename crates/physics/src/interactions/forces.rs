//! Potential energies of n-body and string, and motion by leapfrog.

use crate::dynamics::{Hamiltonian, Separable};
use crate::integrators::leapfrog;
use crate::interactions::domain::{CONTACT, DISC, Domain, LENGTH, SOFTENING, STIFFNESS, WEIGHT};
use crate::interactions::scene::{Relation, Scene, Sender, State};
use crate::phase_space::PhasePoint;

/// Steps of leapfrog from one frame to the next.
const SUBSTEPS: usize = 8;

impl Scene {
    /// Potential energy; balls have none.
    pub fn potential_energy(&self, state: &State) -> f64 {
        let pairs: f64 = self.relations().into_iter().map(|relation| self.potential(state, relation)).sum();
        let weight = |(m, x): (&f64, &[f64])| m * WEIGHT * x[1];
        match self.domain {
            Domain::String => pairs + self.masses.iter().zip(state.positions.chunks(2)).map(weight).sum::<f64>(),
            Domain::NBody | Domain::Balls => pairs,
        }
    }

    /// Kinetic and potential energy.
    pub fn total_energy(&self, state: &State) -> f64 {
        self.kinetic_energy(state) + self.potential_energy(state)
    }

    /// The state one frame later.
    pub fn next(&self, state: &State) -> State {
        if self.domain == Domain::Balls {
            return self.collided(state, self.domain.dt());
        }
        let by_mass = |k: usize| self.masses[k / 2];
        let p = state.velocities.iter().enumerate().map(|(k, v)| v * by_mass(k)).collect();
        let mut at = PhasePoint { q: state.positions.clone(), p };
        for _ in 0..SUBSTEPS {
            at = leapfrog::step(self, &at, self.domain.dt() / SUBSTEPS as f64);
        }
        let velocities = at.p.iter().enumerate().map(|(k, p)| p / by_mass(k)).collect();
        State { positions: at.q, velocities }
    }

    /// The part of a relation in the potential energy. A pair has two relations and half of its energy in each.
    fn potential(&self, state: &State, relation: Relation) -> f64 {
        let [[x, y], _] = self.difference(state, relation);
        let r = x.hypot(y);
        let spring = STIFFNESS * (r - LENGTH).powi(2) / 2.0;
        match (self.domain, relation.sender) {
            (Domain::NBody, Sender::Body(other)) => {
                -self.masses[relation.receiver] * self.masses[other] / r.hypot(SOFTENING) / 2.0
            }
            (Domain::String, Sender::Body(_)) => spring / 2.0,
            (Domain::String, Sender::Pin(_)) => spring,
            (Domain::String, Sender::Disc) => CONTACT * (DISC - r).max(0.0).powi(2) / 2.0,
            _ => 0.0,
        }
    }

    /// Force on the receiver of a relation, along the direction to its sender, over the distance r between them.
    fn pull_over_distance(&self, relation: Relation, r: f64) -> f64 {
        let spring = STIFFNESS * (1.0 - LENGTH / r.max(f64::MIN_POSITIVE));
        match (self.domain, relation.sender) {
            (Domain::NBody, Sender::Body(other)) => {
                self.masses[relation.receiver] * self.masses[other] / r.hypot(SOFTENING).powi(3)
            }
            (Domain::String, Sender::Body(_) | Sender::Pin(_)) => spring,
            (Domain::String, Sender::Disc) if r < DISC => CONTACT * (1.0 - DISC / r.max(f64::MIN_POSITIVE)),
            _ => 0.0,
        }
    }

    /// Forces on all bodies at these positions, `[n, 2]`; collisions of balls are not forces.
    pub fn forces(&self, positions: &[f64]) -> Vec<f64> {
        let state = State { positions: positions.to_vec(), velocities: vec![0.0; positions.len()] };
        let mut forces = vec![0.0; positions.len()];
        for relation in self.relations() {
            let [toward, _] = self.difference(&state, relation);
            let pull = self.pull_over_distance(relation, toward[0].hypot(toward[1]));
            (0..2).for_each(|axis| forces[2 * relation.receiver + axis] += pull * toward[axis]);
        }
        if self.domain == Domain::String {
            forces.chunks_mut(2).zip(&self.masses).for_each(|(force, m)| force[1] -= m * WEIGHT);
        }
        forces
    }
}

impl Hamiltonian for Scene {
    fn energy(&self, at: &PhasePoint) -> f64 {
        self.total_energy(&State { positions: at.q.clone(), velocities: self.kinetic_gradient(&at.p) })
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for Scene {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        p.iter().enumerate().map(|(k, p)| p / self.masses[k / 2]).collect()
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        self.forces(q).into_iter().map(|force| -force).collect()
    }
}
