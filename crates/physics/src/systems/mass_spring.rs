//! A mass on an ideal spring.
//!
//! H(q, p) = p²/2m + kq²/2
//!
//! | symbol | meaning | default |
//! |---|---|---|
//! | q | displacement from rest | |
//! | p | momentum m dq/dt | |
//! | m | mass | ½ |
//! | k | stiffness | 2 |
//!
//! Equations of motion: dq/dt = p/m, dp/dt = −kq. Every orbit is an ellipse, run through with ω = √(k/m) whatever its size.
//! The defaults give H = q² + p² and ω = 2, the scale of the reference code of Greydanus, Dzamba and Yosinski,
//! *Hamiltonian Neural Networks* (2019), whose paper writes the same system with m = k = 1.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::mechanical_system::MechanicalSystem;
use crate::parameter::Parameter;
use crate::phase_space::PhasePoint;
use crate::picture::{Part, Picture};
use language::tr;
use serde::{Deserialize, Serialize};

/// Mass and stiffness.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MassSpring {
    /// m
    pub mass: f64,
    /// k
    pub stiffness: f64,
}

impl Default for MassSpring {
    fn default() -> Self {
        Self { mass: 0.5, stiffness: 2.0 }
    }
}

impl MassSpring {
    /// Where the mass is after a time t, in closed form.
    pub fn exact(&self, start: &PhasePoint, t: f64) -> PhasePoint {
        let omega = (self.stiffness / self.mass).sqrt();
        let (sin, cos) = (omega * t).sin_cos();
        let (q, p) = (start.q[0], start.p[0]);
        let impedance = self.mass * omega;
        PhasePoint::planar(q * cos + p / impedance * sin, p * cos - q * impedance * sin)
    }
}

impl Hamiltonian for MassSpring {
    fn energy(&self, at: &PhasePoint) -> f64 {
        at.p[0].powi(2) / (2.0 * self.mass) + self.stiffness * at.q[0].powi(2) / 2.0
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for MassSpring {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        vec![p[0] / self.mass]
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        vec![self.stiffness * q[0]]
    }
}

impl MechanicalSystem for MassSpring {
    fn key(&self) -> &'static str {
        "mass-spring"
    }

    fn label(&self) -> &'static str {
        tr!("mass on a spring")
    }

    fn separable(&self) -> Option<&dyn Separable> {
        Some(self)
    }

    fn parameters(&self) -> &'static [Parameter] {
        const STIFFNESS: Parameter =
            Parameter { key: "k", label: "Stiffness", help: "how hard the spring pulls", range: (0.1, 10.0) };
        &[Parameter::MASS, STIFFNESS]
    }

    fn parameter_mut(&mut self, key: &str) -> Option<&mut f64> {
        match key {
            "m" => Some(&mut self.mass),
            "k" => Some(&mut self.stiffness),
            _ => None,
        }
    }

    fn formula(&self) -> Formula {
        let square = |of| Formula::Symbol(of).squared();
        Formula::energy(
            "H",
            [
                Formula::factor(self.stiffness / 2.0),
                square("q"),
                Formula::Operator("+"),
                Formula::factor(1.0 / (2.0 * self.mass)),
                square("p"),
            ],
        )
    }

    /// It hangs from a ceiling, q downwards.
    fn picture(&self, at: &PhasePoint, reach: f64) -> Picture {
        let (ceiling, mass) = (2.0 * reach, (0.0, -at.q[0].clamp(-reach, reach)));
        Picture {
            parts: vec![
                Part::Support((-0.4 * reach, ceiling), (0.4 * reach, ceiling)),
                Part::Spring((0.0, ceiling), mass),
                Part::Block(mass),
            ],
            across: (-0.4 * reach, 0.4 * reach),
            up: (-reach, ceiling),
        }
    }
}
