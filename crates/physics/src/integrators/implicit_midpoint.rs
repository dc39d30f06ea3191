//! The implicit midpoint rule, order 2: symplectic for every Hamiltonian, separable or not, and time-reversible.
//!
//! Works for any field; only for a Hamiltonian one does "symplectic" mean something.
//! Hairer, Lubich, Wanner, *Geometric Numerical Integration*, VI.4.

use crate::dynamics::VectorField;
use crate::integrators::fixed_point;
use crate::phase_space::{PhasePoint, PhaseVelocity};

/// x′ = x + dt f((x + x′)/2), the velocity at the midpoint found by repetition.
pub fn step(field: &dyn VectorField, at: &PhasePoint, dt: f64) -> PhasePoint {
    let velocity_at_middle = |v: &[f64]| -> Vec<f64> {
        let v = PhaseVelocity::from_components(v);
        field.velocity(&at.advanced(&v, dt / 2.0)).components().collect()
    };
    let first_guess = field.velocity(at).components().collect();
    let v = fixed_point(first_guess, velocity_at_middle);
    at.advanced(&PhaseVelocity::from_components(&v), dt)
}
