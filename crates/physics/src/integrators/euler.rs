//! Euler's method, order 1: go straight on for a time dt. Energy grows without bound on any oscillator.

use crate::dynamics::VectorField;
use crate::phase_space::PhasePoint;

/// x′ = x + dt f(x)
pub fn step(field: &dyn VectorField, at: &PhasePoint, dt: f64) -> PhasePoint {
    at.advanced(&field.velocity(at), dt)
}
