//! A double pendulum: a rod with a mass at its end, and on that mass another rod with another mass; both of equal length and
//! mass, without friction, in a plane.
//!
//! H(q, p) = (p₁² + 2p₂² − 2p₁p₂ cos(q₁ − q₂)) / 2ml²(1 + sin²(q₁ − q₂)) + mgl(3 − 2 cos q₁ − cos q₂)
//!
//! | symbol | meaning | default |
//! |---|---|---|
//! | q₁, q₂ | angles of the rods from hanging straight down, radians | |
//! | p₁, p₂ | momenta: p = M(q) dq/dt, M = ml² (2, c; c, 1) with c = cos(q₁ − q₂) | |
//! | m | mass at the end of each rod | ½ |
//! | l | length of each rod | 1 |
//! | g | gravity | 3 |
//!
//! Equations of motion, with s = sin(q₁ − q₂) and the angular velocities ω = M⁻¹p: dq₁/dt = ω₁ = (p₁ − cp₂)/ml²(1 + s²),
//! dq₂/dt = ω₂ = (2p₂ − cp₁)/ml²(1 + s²), dp₁/dt = −ml²sω₁ω₂ − 2mgl sin q₁, dp₂/dt = ml²sω₁ω₂ − mgl sin q₂. The kinetic energy
//! depends on q, so H does not split into T(p) + V(q). Small swings have the frequencies √((2 ± √2) g/l); large ones are
//! chaotic. Landau and Lifshitz, *Mechanics*, §5 and §23.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::mechanical_system::{MechanicalSystem, Portrait, Trials};
use crate::parameter::Parameter;
use crate::phase_space::PhasePoint;
use crate::picture::{Part, Picture, Place};
use language::tr;
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

/// Mass and length of each of the two, and gravity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoublePendulum {
    /// m
    pub mass: f64,
    /// l
    pub length: f64,
    /// g
    pub gravity: f64,
}

impl Default for DoublePendulum {
    fn default() -> Self {
        Self { mass: 0.5, length: 1.0, gravity: 3.0 }
    }
}

impl DoublePendulum {
    fn inertia(&self) -> f64 {
        self.mass * self.length.powi(2)
    }

    fn weight_moment(&self) -> f64 {
        self.mass * self.gravity * self.length
    }

    /// The places of both masses.
    fn bobs(&self, at: &PhasePoint) -> [Place; 2] {
        let end = |(x, y): Place, angle: f64| (x + self.length * angle.sin(), y - self.length * angle.cos());
        let first = end((0.0, 0.0), at.q[0]);
        [first, end(first, at.q[1])]
    }
}

impl Hamiltonian for DoublePendulum {
    fn energy(&self, at: &PhasePoint) -> f64 {
        let (sin, cos) = (at.q[0] - at.q[1]).sin_cos();
        let (p1, p2) = (at.p[0], at.p[1]);
        let kinetic = (p1 * p1 + 2.0 * p2 * p2 - 2.0 * p1 * p2 * cos) / (2.0 * self.inertia() * (1.0 + sin * sin));
        kinetic + self.weight_moment() * (3.0 - 2.0 * at.q[0].cos() - at.q[1].cos())
    }

    /// The derivative of the kinetic energy at constant p is −½ ωᵀ(∂M/∂q)ω.
    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        let omega = self.momentum_gradient(at);
        let coupling = self.inertia() * (at.q[0] - at.q[1]).sin() * omega[0] * omega[1];
        let weight = self.weight_moment();
        vec![coupling + 2.0 * weight * at.q[0].sin(), weight * at.q[1].sin() - coupling]
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        let (sin, cos) = (at.q[0] - at.q[1]).sin_cos();
        let determinant = self.inertia() * (1.0 + sin * sin);
        vec![(at.p[0] - cos * at.p[1]) / determinant, (2.0 * at.p[1] - cos * at.p[0]) / determinant]
    }
}

impl MechanicalSystem for DoublePendulum {
    fn key(&self) -> &'static str {
        "double-pendulum"
    }

    fn label(&self) -> &'static str {
        tr!("double pendulum")
    }

    fn separable(&self) -> Option<&dyn Separable> {
        None
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter::MASS, Parameter::LENGTH, Parameter::GRAVITY]
    }

    fn parameter_mut(&mut self, key: &str) -> Option<&mut f64> {
        match key {
            "m" => Some(&mut self.mass),
            "l" => Some(&mut self.length),
            "g" => Some(&mut self.gravity),
            _ => None,
        }
    }

    fn dof(&self) -> usize {
        2
    }

    fn turns(&self) -> bool {
        true
    }

    /// Let go at rest, with angles in a uniform direction of the square [−1, 1]² and a uniform distance from hanging straight
    /// down.
    fn random_start(&self, rng: &mut dyn Rng, (near, far): (f64, f64), _spread: f64) -> PhasePoint {
        let (a, b): (f64, f64) = (rng.random_range(-1.0..=1.0), rng.random_range(-1.0..=1.0));
        let radius = near + (far - near) * rng.random::<f64>();
        let scale = radius / a.hypot(b).max(f64::MIN_POSITIVE);
        PhasePoint { q: vec![a * scale, b * scale], p: vec![0.0; 2] }
    }

    /// A few swings: later, a chaotic motion is far from any other that began nearby.
    fn trials(&self) -> Trials {
        Trials { horizon: 10.0, points: 200 }
    }

    fn portrait(&self) -> Portrait {
        Portrait::Paths
    }

    /// The lower mass; the upper one stays on its circle.
    fn traced(&self, at: &PhasePoint) -> Vec<Place> {
        vec![self.bobs(at)[1]]
    }

    fn extent(&self, _start: &PhasePoint) -> f64 {
        2.1 * self.length
    }

    fn picture(&self, at: &PhasePoint, _reach: f64) -> Picture {
        let (pivot, [first, second]) = ((0.0, 0.0), self.bobs(at));
        Picture::around(
            2.1 * self.length,
            vec![
                Part::Rod(pivot, first),
                Part::Rod(first, second),
                Part::Pivot(pivot),
                Part::Bob(first),
                Part::Bob(second),
            ],
        )
    }

    fn formula(&self) -> Formula {
        use Formula::{Function, Number, Operator};
        let (q, p) = (|i| Formula::indexed("q", i), |i| Formula::indexed("p", i));
        let apart = || Formula::row([q("1"), Operator("−"), q("2")]).bracketed();
        let above = Formula::row([
            p("1").squared(),
            Operator("+"),
            Number(2.0),
            p("2").squared(),
            Operator("−"),
            Number(2.0),
            p("1"),
            p("2"),
            Formula::cos(apart()),
        ]);
        let sine = Formula::row([Formula::squared(Function("sin")), apart()]);
        let below = Formula::row([
            Formula::factor(2.0 * self.inertia()),
            Formula::row([Number(1.0), Operator("+"), sine]).bracketed(),
        ]);
        let height = Formula::row([
            Number(3.0),
            Operator("−"),
            Number(2.0),
            Formula::cos(q("1")),
            Operator("−"),
            Formula::cos(q("2")),
        ]);
        let potential = Formula::row([Formula::factor(self.weight_moment()), height.bracketed()]);
        Formula::energy("H", [Formula::fraction(above, below), Operator("+"), potential])
    }
}
