//! Two bodies of different masses in a plane that attract one another, and whose centre of mass moves.
//!
//! H(q, p) = |p₁|²/2m₁ + |p₂|²/2m₂ − G m₁m₂/|q₁ − q₂|
//!
//! | symbol | meaning | default |
//! |---|---|---|
//! | qᵢ = (xᵢ, yᵢ) | place of body i | |
//! | pᵢ | its momentum mᵢ dqᵢ/dt | |
//! | m₁, m₂ | masses | 3, 1 |
//! | G | constant of gravitation | 1 |
//! | M = m₁ + m₂, μ = m₁m₂/M | total and reduced mass | |
//!
//! With P = p₁ + p₂ and p = μ d(q₁ − q₂)/dt the same energy is |P|²/2M + |p|²/2μ − G m₁m₂/|q₁ − q₂|: the centre of mass goes straight on,
//! and the bodies move about one another as one particle of mass μ does about a fixed centre, on an ellipse with Kepler's period
//! 2π√(a³/GM) where the energy of that part is negative (Goldstein, *Classical Mechanics*, ch. 3). Coordinates come in the order
//! (x₁, x₂, y₁, y₂), momenta likewise. The deck writes p_CM²/(m₁ + m₂) without the 2, (p₁² + p₂²)/2μ, and the potential of
//! [`crate::systems::gravity`]'s note.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::mechanical_system::{MechanicalSystem, Portrait, Trials};
use crate::parameter::Parameter;
use crate::phase_space::PhasePoint;
use crate::picture::{Part, Picture, Place};
use language::tr;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// Masses and the constant of gravitation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TwoMasses {
    /// m₁
    pub first: f64,
    /// m₂
    pub second: f64,
    /// G
    pub gravitation: f64,
}

impl Default for TwoMasses {
    fn default() -> Self {
        Self { first: 3.0, second: 1.0, gravitation: 1.0 }
    }
}

impl TwoMasses {
    /// M
    pub fn total(&self) -> f64 {
        self.first + self.second
    }

    /// μ
    pub fn reduced(&self) -> f64 {
        self.first * self.second / self.total()
    }

    /// Place of the centre of mass.
    pub fn centre(&self, at: &PhasePoint) -> Place {
        let mean = |first: f64, second: f64| (self.first * first + self.second * second) / self.total();
        (mean(at.q[0], at.q[1]), mean(at.q[2], at.q[3]))
    }

    /// |q₁ − q₂|
    pub fn separation(&self, at: &PhasePoint) -> f64 {
        (at.q[0] - at.q[1]).hypot(at.q[2] - at.q[3])
    }

    /// Energy of the motion of the centre of mass, |P|²/2M.
    pub fn energy_of_centre(&self, at: &PhasePoint) -> f64 {
        ((at.p[0] + at.p[1]).powi(2) + (at.p[2] + at.p[3]).powi(2)) / (2.0 * self.total())
    }

    /// Kepler's period of the motion about one another; `None` where it is not bound.
    pub fn period(&self, at: &PhasePoint) -> Option<f64> {
        let relative = self.energy(at) - self.energy_of_centre(at);
        let half_axis = -self.gravitation * self.first * self.second / (2.0 * relative);
        (relative < 0.0).then(|| TAU * (half_axis.powi(3) / (self.gravitation * self.total())).sqrt())
    }

    fn masses(&self) -> [f64; 4] {
        [self.first, self.second, self.first, self.second]
    }
}

impl Hamiltonian for TwoMasses {
    fn energy(&self, at: &PhasePoint) -> f64 {
        let kinetic: f64 = at.p.iter().zip(self.masses()).map(|(p, m)| p * p / (2.0 * m)).sum();
        kinetic - self.gravitation * self.first * self.second / self.separation(at)
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for TwoMasses {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        p.iter().zip(self.masses()).map(|(p, m)| p / m).collect()
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        let (dx, dy) = (q[0] - q[1], q[2] - q[3]);
        let pull = self.gravitation * self.first * self.second / dx.hypot(dy).powi(3);
        vec![pull * dx, -pull * dx, pull * dy, -pull * dy]
    }
}

/// No start is nearer, whatever is asked for: the time of an orbit there is short.
const NEAREST: f64 = 0.2;
/// The largest speed of the centre of mass along each axis: slow, so that what is learned from covers the places that are shown.
const DRIFT: f64 = 0.02;
/// Room around the first places of the bodies.
const ROOM: f64 = 1.5;

impl MechanicalSystem for TwoMasses {
    fn key(&self) -> &'static str {
        "two-masses"
    }

    fn label(&self) -> &'static str {
        tr!("two bodies with masses")
    }

    fn dof(&self) -> usize {
        4
    }

    fn separable(&self) -> Option<&dyn Separable> {
        Some(self)
    }

    fn spreads(&self) -> bool {
        true
    }

    fn parameters(&self) -> &'static [Parameter] {
        const FIRST: Parameter =
            Parameter { key: "mass-1", label: "Mass 1", help: "mass of the first of two bodies", range: (0.1, 10.0) };
        const SECOND: Parameter =
            Parameter { key: "mass-2", label: "Mass 2", help: "mass of the second of two bodies", range: (0.1, 10.0) };
        const GRAVITATION: Parameter =
            Parameter { key: "G", label: "G", help: "constant of gravitation", range: (0.1, 5.0) };
        &[FIRST, SECOND, GRAVITATION]
    }

    fn parameter_mut(&mut self, key: &str) -> Option<&mut f64> {
        match key {
            "mass-1" => Some(&mut self.first),
            "mass-2" => Some(&mut self.second),
            "G" => Some(&mut self.gravitation),
            _ => None,
        }
    }

    /// `near` to `far` apart in a uniform direction, centre of mass in the middle and drifting slowly, their speed off that of a circular
    /// orbit by a normal factor of standard deviation `spread`.
    fn random_start(&self, rng: &mut dyn Rng, (near, far): (f64, f64), spread: f64) -> PhasePoint {
        let apart = (near + (far - near) * rng.random::<f64>()).max(NEAREST);
        let (sin, cos) = (TAU * rng.random::<f64>()).sin_cos();
        let unit: f64 = StandardNormal.sample(rng);
        let drift: [f64; 2] = std::array::from_fn(|_| rng.random_range(-DRIFT..=DRIFT));
        let speed = (1.0 + spread * unit) * (self.gravitation * self.total() / apart).sqrt();
        let (first, second) = (self.second / self.total() * apart, -self.first / self.total() * apart);
        let momentum = self.reduced() * speed;
        let [p1x, p1y] = [self.first * drift[0] - momentum * sin, self.first * drift[1] + momentum * cos];
        let [p2x, p2y] = [self.second * drift[0] + momentum * sin, self.second * drift[1] - momentum * cos];
        PhasePoint { q: vec![first * cos, second * cos, first * sin, second * sin], p: vec![p1x, p2x, p1y, p2y] }
    }

    /// Total momentum (x, y), and angular momentum about the origin.
    fn momenta(&self, at: &PhasePoint) -> Option<[f64; 3]> {
        let angular = |i: usize| at.q[i] * at.p[2 + i] - at.q[2 + i] * at.p[i];
        Some([at.p[0] + at.p[1], at.p[2] + at.p[3], angular(0) + angular(1)])
    }

    fn conserves_momenta(&self) -> bool {
        true
    }

    fn trials(&self) -> Trials {
        Trials { horizon: 25.0, points: 500 }
    }

    fn portrait(&self) -> Portrait {
        Portrait::Paths
    }

    /// Both bodies, and their centre of mass.
    fn traced(&self, at: &PhasePoint) -> Vec<Place> {
        vec![(at.q[0], at.q[2]), (at.q[1], at.q[3]), self.centre(at)]
    }

    fn extent(&self, start: &PhasePoint) -> f64 {
        let farther = self.first.max(self.second) / self.total();
        ROOM * farther * self.separation(start).max(NEAREST)
    }

    fn picture(&self, at: &PhasePoint, reach: f64) -> Picture {
        let seen = |(x, y): Place| (x.clamp(-reach, reach), y.clamp(-reach, reach));
        let [first, second, centre] = [(at.q[0], at.q[2]), (at.q[1], at.q[3]), self.centre(at)].map(seen);
        let parts = vec![Part::Line(vec![first, second]), Part::Pivot(centre), Part::Bob(first), Part::Bob(second)];
        Picture::around(reach, parts)
    }

    fn formula(&self) -> Formula {
        use Formula::{Number, Operator, Row};
        let square = |name| Formula::written(name);
        Formula::energy(
            "H",
            [
                Formula::fraction(square("|p_1|^2"), Number(2.0 * self.first)),
                Operator("+"),
                Formula::fraction(square("|p_2|^2"), Number(2.0 * self.second)),
                Operator("−"),
                Formula::fraction(
                    Row(vec![Number(self.gravitation * self.first * self.second)]),
                    Formula::written("{|q_1 − q_2|}"),
                ),
            ],
        )
    }
}
