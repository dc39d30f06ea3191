//! Generalised leapfrog, order 2: the leapfrog for a Hamiltonian that does not split into T(p) + V(q).
//!
//! Symplectic and time-reversible for every H(q, p); the two implicit lines are solved by repetition. Where H does split,
//! it is the ordinary leapfrog. A plain explicit leapfrog on such an H would fall to order 1 and drift.
//! Hairer, Lubich, Wanner, *Geometric Numerical Integration*, VI.3, eq. (3.4).

use crate::dynamics::Hamiltonian;
use crate::integrators::fixed_point;
use crate::phase_space::{PhasePoint, axpy};

/// p½ = p − dt/2 ∂H/∂q(q, p½); q′ = q + dt/2 (∂H/∂p(q, p½) + ∂H/∂p(q′, p½)); p′ = p½ − dt/2 ∂H/∂q(q′, p½)
pub fn step(system: &dyn Hamiltonian, at: &PhasePoint, dt: f64) -> PhasePoint {
    let point = |q: &[f64], p: &[f64]| PhasePoint { q: q.to_vec(), p: p.to_vec() };
    let kick = |p: &[f64]| axpy(&at.p, &system.position_gradient(&point(&at.q, p)), -dt / 2.0);
    let half = fixed_point(kick(&at.p), kick);

    let departing = axpy(&at.q, &system.momentum_gradient(&point(&at.q, &half)), dt / 2.0);
    let drift = |q: &[f64]| axpy(&departing, &system.momentum_gradient(&point(q, &half)), dt / 2.0);
    let q = fixed_point(drift(&departing), drift);

    let p = axpy(&half, &system.position_gradient(&point(&q, &half)), -dt / 2.0);
    PhasePoint { q, p }
}
