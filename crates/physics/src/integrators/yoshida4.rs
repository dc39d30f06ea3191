//! Yoshida's composition, order 4: three leapfrog steps, the middle one backwards in time.
//!
//! Symplectic and time-reversible; explicit only where H = T(p) + V(q). Yoshida, Phys. Lett. A 150 (1990) 262.

use crate::dynamics::Separable;
use crate::integrators::leapfrog;
use crate::phase_space::PhasePoint;

/// Leapfrog by w₁dt, w₀dt, w₁dt with w₁ = 1/(2 − 2^⅓) and w₀ = 1 − 2w₁.
pub fn step(system: &dyn Separable, at: &PhasePoint, dt: f64) -> PhasePoint {
    let outer = 1.0 / (2.0 - 2f64.cbrt());
    let inner = 1.0 - 2.0 * outer;
    let first = leapfrog::step(system, at, outer * dt);
    let second = leapfrog::step(system, &first, inner * dt);
    leapfrog::step(system, &second, outer * dt)
}
