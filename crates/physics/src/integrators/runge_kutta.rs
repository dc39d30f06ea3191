//! Explicit Runge–Kutta methods of orders 1 to 4, as tables of coefficients (Butcher 1964). Accurate but not symplectic.
//!
//! | method | order | nodes |
//! |---|---|---|
//! | [`EULER`] | 1 | 0 |
//! | [`MIDPOINT`] | 2 | 0, ½ |
//! | [`KUTTA`] | 3 | 0, ½, 1 |
//! | [`CLASSICAL`] | 4 | 0, ½, ½, 1 |
//!
//! Kutta (1901); Hairer, Nørsett, Wanner, *Solving Ordinary Differential Equations I*, II.1. [`advance`] does not know what a
//! state is: truth moves by it, and so does a model in the program of its loss.

use crate::dynamics::VectorField;
use crate::phase_space::{PhasePoint, PhaseVelocity};

/// Coefficients of an explicit method: xᵢ = x + dt Σⱼ aᵢⱼ kⱼ with kᵢ = f(xᵢ), and x′ = x + dt Σᵢ bᵢ kᵢ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tableau {
    /// aᵢⱼ of the second stage and each later one; trailing zeros left out, and leading ones written.
    stages: &'static [&'static [f64]],
    /// bᵢ, one a stage.
    weights: &'static [f64],
}

/// Euler's method, order 1: go straight on for a time dt. Energy grows without bound on any oscillator.
pub const EULER: Tableau = Tableau { stages: &[], weights: &[1.0] };
/// The explicit midpoint rule, order 2.
pub const MIDPOINT: Tableau = Tableau { stages: &[&[0.5]], weights: &[0.0, 1.0] };
/// Kutta's method of order 3.
pub const KUTTA: Tableau = Tableau { stages: &[&[0.5], &[-1.0, 2.0]], weights: &[1.0 / 6.0, 2.0 / 3.0, 1.0 / 6.0] };
/// The classical method, order 4.
pub const CLASSICAL: Tableau = Tableau {
    stages: &[&[0.5], &[0.0, 0.5], &[0.0, 0.0, 1.0]],
    weights: &[1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0],
};

impl Tableau {
    /// How often a step evaluates the field.
    pub fn stages(&self) -> usize {
        self.weights.len()
    }
}

/// One step. `moved` goes from a state along Σ c k for a time `dt`; it is never given a c of zero.
pub fn advance<S, V>(
    tableau: &Tableau,
    at: &S,
    dt: f64,
    velocity: impl Fn(&S) -> V,
    moved: impl Fn(&S, &[(f64, &V)], f64) -> S,
) -> S {
    let along = |coefficients: &[f64], slopes: &[V]| {
        let terms: Vec<(f64, &V)> = coefficients.iter().copied().zip(slopes).filter(|(c, _)| *c != 0.0).collect();
        moved(at, &terms, dt)
    };
    let mut slopes = vec![velocity(at)];
    for stage in tableau.stages {
        slopes.push(velocity(&along(stage, &slopes)));
    }
    along(tableau.weights, &slopes)
}

/// One step of a field.
pub fn step(tableau: &Tableau, field: &dyn VectorField, at: &PhasePoint, dt: f64) -> PhasePoint {
    let moved = |at: &PhasePoint, terms: &[(f64, &PhaseVelocity)], dt| at.advanced(&PhaseVelocity::combined(terms), dt);
    advance(tableau, at, dt, |at| field.velocity(at), moved)
}
