//! What is known about how something moves, from least to most.
//!
//! A [`VectorField`] gives a velocity and promises nothing: the baseline network is one. A [`Hamiltonian`] has an energy
//! and moves along Hamilton's equations, dq/dt = ∂H/∂p and dp/dt = −∂H/∂q: the Hamiltonian network is one. A
//! [`Separable`] Hamiltonian is a kinetic energy of p plus a potential of q: the true systems are. Which integrators are
//! open to a system follows from this, see [`crate::integrator`].

use crate::phase_space::{PhasePoint, PhaseVelocity};

/// A vector field: the velocity of each point.
pub trait VectorField {
    /// The velocity at a point.
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity;
}

/// Something with an energy H(q, p).
pub trait Hamiltonian {
    /// H at a point.
    fn energy(&self, at: &PhasePoint) -> f64;

    /// ∂H/∂q at a point.
    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64>;

    /// ∂H/∂p at a point.
    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64>;

    /// Hamilton's equations: (∂H/∂p, −∂H/∂q).
    fn flow(&self, at: &PhasePoint) -> PhaseVelocity {
        let dq = self.momentum_gradient(at);
        let dp = self.position_gradient(at).into_iter().map(|slope| -slope).collect();
        PhaseVelocity { dq, dp }
    }
}

/// A Hamiltonian H = T(p) + V(q): ∂H/∂q depends on q alone and ∂H/∂p on p alone.
pub trait Separable: Hamiltonian {
    /// ∂T/∂p.
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64>;

    /// ∂V/∂q, which is minus the force (the deck writes F = ∂V/∂q; the sign is a slip: F = −∂V/∂q).
    fn potential_gradient(&self, q: &[f64]) -> Vec<f64>;
}

/// A system, seen through what is known about it.
#[derive(Clone, Copy)]
pub enum Dynamics<'a> {
    /// Only a velocity.
    Field(&'a dyn VectorField),
    /// Hamilton's equations of some H(q, p).
    Hamiltonian(&'a dyn Hamiltonian),
    /// Hamilton's equations of T(p) + V(q).
    Separable(&'a dyn Separable),
}

impl VectorField for Dynamics<'_> {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        match self {
            Dynamics::Field(field) => field.velocity(at),
            Dynamics::Hamiltonian(h) => h.flow(at),
            Dynamics::Separable(h) => h.flow(at),
        }
    }
}
