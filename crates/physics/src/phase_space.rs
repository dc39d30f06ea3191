//! A point of phase space and the velocity at it: two types, because adding two points means nothing.
//!
//! | symbol | meaning |
//! |---|---|
//! | q | generalised positions, one per degree of freedom |
//! | p | momenta conjugate to them |
//!
//! Everything is dimensionless, in the scale each system's file states.

use serde::{Deserialize, Serialize};

/// Where a system is: positions q and momenta p of equal length.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PhasePoint {
    /// Positions.
    pub q: Vec<f64>,
    /// Momenta.
    pub p: Vec<f64>,
}

/// How a system moves: dq/dt and dp/dt.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PhaseVelocity {
    /// Time derivative of the positions.
    pub dq: Vec<f64>,
    /// Time derivative of the momenta.
    pub dp: Vec<f64>,
}

impl PhasePoint {
    /// A point with one degree of freedom.
    pub fn planar(q: f64, p: f64) -> Self {
        Self { q: vec![q], p: vec![p] }
    }

    /// Degrees of freedom.
    pub fn dof(&self) -> usize {
        self.q.len()
    }

    /// The point reached by moving along `velocity` for a time `dt`.
    pub fn advanced(&self, velocity: &PhaseVelocity, dt: f64) -> Self {
        Self { q: axpy(&self.q, &velocity.dq, dt), p: axpy(&self.p, &velocity.dp, dt) }
    }

    /// The coordinates in the order (q…, p…), as networks take them.
    pub fn coordinates(&self) -> impl Iterator<Item = f64> + '_ {
        self.q.iter().chain(&self.p).copied()
    }

    /// The point with coordinates (q…, p…).
    pub fn from_coordinates(coordinates: &[f64]) -> Self {
        let (q, p) = coordinates.split_at(coordinates.len() / 2);
        Self { q: q.to_vec(), p: p.to_vec() }
    }

    /// Whether every coordinate is a finite number.
    pub fn is_finite(&self) -> bool {
        self.coordinates().all(f64::is_finite)
    }

    /// The largest coordinate difference to another point.
    pub fn distance(&self, other: &Self) -> f64 {
        self.coordinates().zip(other.coordinates()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }
}

impl PhaseVelocity {
    /// The velocity with components (dq…, dp…).
    pub fn from_components(components: &[f64]) -> Self {
        let (dq, dp) = components.split_at(components.len() / 2);
        Self { dq: dq.to_vec(), dp: dp.to_vec() }
    }

    /// The components in the order (dq…, dp…).
    pub fn components(&self) -> impl Iterator<Item = f64> + '_ {
        self.dq.iter().chain(&self.dp).copied()
    }

    /// The sum `Σ cᵢ vᵢ` of velocities at nearby points, as every Runge–Kutta method needs it.
    pub fn combined(terms: &[(f64, &PhaseVelocity)]) -> Self {
        let dof = terms.first().map_or(0, |(_, v)| v.dq.len());
        let mut sum = Self { dq: vec![0.0; dof], dp: vec![0.0; dof] };
        for (c, v) in terms {
            for (s, x) in sum.dq.iter_mut().zip(&v.dq) {
                *s += c * x;
            }
            for (s, x) in sum.dp.iter_mut().zip(&v.dp) {
                *s += c * x;
            }
        }
        sum
    }
}

/// `x + a·y`, component by component.
pub(crate) fn axpy(x: &[f64], y: &[f64], a: f64) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| x + a * y).collect()
}
