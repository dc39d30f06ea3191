//! A plane pendulum: a point mass on a rigid, massless rod.
//!
//! H(q, p) = p²/2ml² + mgl(1 − cos q)
//!
//! | symbol | meaning | default |
//! |---|---|---|
//! | q | angle from hanging straight down, radians | |
//! | p | angular momentum ml² dq/dt | |
//! | m | mass | ½ |
//! | l | length of the rod | 1 |
//! | g | gravity | 6 |
//!
//! Equations of motion: dq/dt = p/ml², dp/dt = −mgl sin q. Below the separatrix H = 2mgl it swings, above it turns over; on
//! it the period is infinite. The defaults give H = 3(1 − cos q) + p², the scale of the reference code of Greydanus, Dzamba
//! and Yosinski, *Hamiltonian Neural Networks* (2019). The slide deck writes l²p²/2m + 2mgl(1 − cos q): there l² stands on
//! the wrong side of the fraction (a longer rod makes the pendulum slower to turn, not quicker) and the 2 belongs to its
//! scale of units.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::mechanical_system::MechanicalSystem;
use crate::parameter::Parameter;
use crate::phase_space::PhasePoint;
use crate::picture::Picture;
use language::tr;
use serde::{Deserialize, Serialize};

/// Mass, length and gravity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pendulum {
    /// m
    pub mass: f64,
    /// l
    pub length: f64,
    /// g
    pub gravity: f64,
}

impl Default for Pendulum {
    fn default() -> Self {
        Self { mass: 0.5, length: 1.0, gravity: 6.0 }
    }
}

impl Pendulum {
    /// Period of the swing that turns back at the angle `amplitude` (below π), by the arithmetic–geometric mean.
    pub fn period(&self, amplitude: f64) -> f64 {
        let (mut a, mut b) = (1.0, (amplitude / 2.0).cos());
        while (a - b).abs() > 1e-15 {
            (a, b) = ((a + b) / 2.0, (a * b).sqrt());
        }
        std::f64::consts::TAU * (self.length / self.gravity).sqrt() / a
    }

    fn inertia(&self) -> f64 {
        self.mass * self.length.powi(2)
    }

    fn weight_moment(&self) -> f64 {
        self.mass * self.gravity * self.length
    }
}

impl Hamiltonian for Pendulum {
    fn energy(&self, at: &PhasePoint) -> f64 {
        at.p[0].powi(2) / (2.0 * self.inertia()) + self.weight_moment() * (1.0 - at.q[0].cos())
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for Pendulum {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        vec![p[0] / self.inertia()]
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        vec![self.weight_moment() * q[0].sin()]
    }
}

impl MechanicalSystem for Pendulum {
    fn key(&self) -> &'static str {
        "pendulum"
    }

    fn label(&self) -> &'static str {
        tr!("ideal pendulum")
    }

    fn separable(&self) -> Option<&dyn Separable> {
        Some(self)
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

    fn turns(&self) -> bool {
        true
    }

    fn formula(&self) -> Formula {
        Formula::energy("H", swinging(self.weight_moment(), 1.0 / (2.0 * self.inertia())))
    }

    fn picture(&self, at: &PhasePoint, _reach: f64) -> Picture {
        Picture::pendulum(at.q[0])
    }
}

/// a (1 − cos q) + b p².
pub(super) fn swinging(a: f64, b: f64) -> [Formula; 5] {
    let fall = Formula::row([Formula::Number(1.0), Formula::Operator("−"), Formula::cos(Formula::Symbol("q"))]);
    [Formula::factor(a), fall.bracketed(), Formula::Operator("+"), Formula::factor(b), Formula::Symbol("p").squared()]
}
