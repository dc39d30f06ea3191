//! The classical Runge–Kutta method, order 4. Accurate but not symplectic: its energy drifts, slowly.
//!
//! Kutta (1901); Hairer, Nørsett, Wanner, *Solving Ordinary Differential Equations I*, II.1.

use crate::dynamics::VectorField;
use crate::phase_space::{PhasePoint, PhaseVelocity};

/// x′ = x + dt (k₁ + 2k₂ + 2k₃ + k₄)/6
pub fn step(field: &dyn VectorField, at: &PhasePoint, dt: f64) -> PhasePoint {
    let k1 = field.velocity(at);
    let k2 = field.velocity(&at.advanced(&k1, dt / 2.0));
    let k3 = field.velocity(&at.advanced(&k2, dt / 2.0));
    let k4 = field.velocity(&at.advanced(&k3, dt));
    let mean = PhaseVelocity::combined(&[(1.0 / 6.0, &k1), (1.0 / 3.0, &k2), (1.0 / 3.0, &k3), (1.0 / 6.0, &k4)]);
    at.advanced(&mean, dt)
}
