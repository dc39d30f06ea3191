//! Leapfrog (velocity Verlet, Störmer–Verlet), order 2: half a kick, a drift, half a kick.
//!
//! Symplectic and time-reversible; explicit only where H = T(p) + V(q). For a learned H(q, p), which is not separable, see
//! [`crate::integrators::generalised_leapfrog`]. Verlet (1967); Hairer, Lubich, Wanner, I.1.4.

use crate::dynamics::Separable;
use crate::phase_space::{PhasePoint, axpy};

/// Kick dt/2, drift dt, kick dt/2.
pub fn step(system: &dyn Separable, at: &PhasePoint, dt: f64) -> PhasePoint {
    let half = axpy(&at.p, &system.potential_gradient(&at.q), -dt / 2.0);
    let q = axpy(&at.q, &system.kinetic_gradient(&half), dt);
    let p = axpy(&half, &system.potential_gradient(&q), -dt / 2.0);
    PhasePoint { q, p }
}
