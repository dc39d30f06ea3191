//! A pendulum that was measured: nobody knows its Hamiltonian, only a yardstick for its energy.
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
use crate::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// The yardstick.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// a
    pub weight: f64,
}

impl Default for Recorded {
    fn default() -> Self {
        Self { weight: 2.4 }
    }
}

impl Recorded {
    /// E, the energy that models are judged by: twice H.
    pub fn yardstick(&self, at: &PhasePoint) -> f64 {
        2.0 * self.energy(at)
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
