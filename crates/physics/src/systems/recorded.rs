//! A pendulum that was measured: nobody knows its Hamiltonian, only a reference energy.
//!
//! E(q, p) = a(1 − cos q) + p²
//!
//! | symbol | meaning | default |
//! |---|---|---|
//! | q | angle from hanging straight down, radians | |
//! | p | angular velocity dq/dt | |
//! | a | 2g/l | 2.4 |
//!
//! Greydanus, Dzamba and Yosinski (2019) judge models of the pendulum of Schmidt and Lipson by this energy with a = 2.4. The
//! motion that belongs to it without friction is that of H = E/2, with dq/dt = p and dp/dt = −(a/2) sin q.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::mechanical_system::MechanicalSystem;
use crate::parameter::Parameter;
use crate::phase_space::PhasePoint;
use crate::picture::Picture;
use crate::systems::pendulum::swinging;
use language::tr;
use serde::{Deserialize, Serialize};

/// The reference energy.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// a
    pub weight: f64,
}

impl Recorded {
    /// What a may be: 2g/l of a pendulum between 2 mm and 2 km long.
    pub const WEIGHTS: (f64, f64) = (0.01, 1e4);
}

impl Default for Recorded {
    fn default() -> Self {
        Self { weight: 2.4 }
    }
}

impl Hamiltonian for Recorded {
    fn energy(&self, at: &PhasePoint) -> f64 {
        self.weight / 2.0 * (1.0 - at.q[0].cos()) + at.p[0].powi(2) / 2.0
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for Recorded {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        p.to_vec()
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        vec![self.weight / 2.0 * q[0].sin()]
    }
}

impl MechanicalSystem for Recorded {
    fn key(&self) -> &'static str {
        "recorded"
    }

    fn label(&self) -> &'static str {
        tr!("measured pendulum")
    }

    fn separable(&self) -> Option<&dyn Separable> {
        Some(self)
    }

    fn parameters(&self) -> &'static [Parameter] {
        const WEIGHT: Parameter = Parameter {
            key: "a",
            label: "Energy scale",
            help: "a in the energy a(1 − cos q) + p² that models are judged by",
            range: Recorded::WEIGHTS,
        };
        &[WEIGHT]
    }

    fn parameter_mut(&mut self, key: &str) -> Option<&mut f64> {
        (key == "a").then_some(&mut self.weight)
    }

    fn turns(&self) -> bool {
        true
    }

    /// E, which is twice H.
    fn reference_energy(&self, at: &PhasePoint) -> f64 {
        2.0 * self.energy(at)
    }

    /// A velocity may read low or high, and the momentum that belongs to q with it.
    fn reference_factor(&self) -> Option<f64> {
        None
    }

    fn formula(&self) -> Formula {
        Formula::energy("E", swinging(self.weight, 1.0))
    }

    fn picture(&self, at: &PhasePoint, _reach: f64) -> Picture {
        Picture::pendulum(at.q[0])
    }
}
