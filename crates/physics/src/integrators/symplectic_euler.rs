//! Symplectic Euler, order 1: kick, then drift. As cheap as Euler, yet its energy error stays bounded.
//!
//! Explicit only where H = T(p) + V(q). Hairer, Lubich, Wanner, *Geometric Numerical Integration*, I.1.

use crate::dynamics::Separable;
use crate::phase_space::{PhasePoint, axpy};

/// p′ = p − dt ∂V/∂q(q), then q′ = q + dt ∂T/∂p(p′)
pub fn step(system: &dyn Separable, at: &PhasePoint, dt: f64) -> PhasePoint {
    let p = axpy(&at.p, &system.potential_gradient(&at.q), -dt);
    let q = axpy(&at.q, &system.kinetic_gradient(&p), dt);
    PhasePoint { q, p }
}
