//! Leapfrog (velocity Verlet, Störmer–Verlet), order 2: half a kick, a drift, half a kick.
//!
//! Symplectic and time-reversible; explicit only where H = T(p) + V(q). For a learned H(q, p), which is not separable, see
//! [`crate::integrators::generalised_leapfrog`]. [`advance`] does not know what a state is: a model in the program of its loss
//! moves by it too. Verlet (1967); Hairer, Lubich, Wanner, I.1.4.

use crate::dynamics::Separable;
use crate::phase_space::{PhasePoint, axpy};

/// One step of any kind of state. `slope` is ∂V/∂q of positions, `drift` is ∂T/∂p of momenta, and `moved(x, y, a)` is x + a y.
pub fn advance<S>(
    (q, p): (&S, &S),
    dt: f64,
    slope: impl Fn(&S) -> S,
    drift: impl Fn(&S) -> S,
    moved: impl Fn(&S, &S, f64) -> S,
) -> (S, S) {
    let half = moved(p, &slope(q), -dt / 2.0);
    let q = moved(q, &drift(&half), dt);
    let p = moved(&half, &slope(&q), -dt / 2.0);
    (q, p)
}

/// Kick dt/2, drift dt, kick dt/2.
pub fn step(system: &dyn Separable, at: &PhasePoint, dt: f64) -> PhasePoint {
    let slope = |q: &Vec<f64>| system.potential_gradient(q);
    let drift = |p: &Vec<f64>| system.kinetic_gradient(p);
    let (q, p) = advance((&at.q, &at.p), dt, slope, drift, |x, y, a| axpy(x, y, a));
    PhasePoint { q, p }
}
