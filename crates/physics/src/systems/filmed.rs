//! A pendulum that is only seen in films: a uniform rod on a pivot, as OpenAI Gym's Pendulum-v0 when nobody pushes it.
//!
//! E(q, p) = 1.875 (1 − cos q) + p²
//!
//! | symbol | meaning | value |
//! |---|---|---|
//! | q | angle θ from hanging straight down, radians | |
//! | p | θ̇/4, the momentum in the paper's scale | |
//! | 3g/2l | angular acceleration of a rod held level | 15 |
//!
//! The equation of motion θ̈ = −(3g/2l) sin θ is that of H = 2E: dq/dt = 4p, dp/dt = −3.75 sin q. The paper (Greydanus, Dzamba
//! and Yosinski 2019) rounds 1.875 to 1.9.

use crate::dynamics::{Hamiltonian, Separable};
use crate::formula::Formula;
use crate::mechanical_system::{MechanicalSystem, Trials};
use crate::phase_space::PhasePoint;
use crate::picture::Picture;
use crate::systems::pendulum::swinging;
use language::tr;
use serde::{Deserialize, Serialize};

/// 3g/2l with g = 10 and l = 1.
pub const PULL: f64 = 15.0;
/// θ̇ in units of p.
pub const RATE_OF_MOMENTUM: f64 = 4.0;
/// Factor of 1 − cos q in E: θ̇²/2 + PULL (1 − cos θ) is constant along the differential equation, and its first term is 8p².
const WEIGHT: f64 = PULL / (RATE_OF_MOMENTUM * RATE_OF_MOMENTUM / 2.0);

/// The pendulum in the films; it has no parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Filmed;

impl Hamiltonian for Filmed {
    fn energy(&self, at: &PhasePoint) -> f64 {
        2.0 * (WEIGHT * (1.0 - at.q[0].cos()) + at.p[0].powi(2))
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for Filmed {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        vec![RATE_OF_MOMENTUM * p[0]]
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        vec![2.0 * WEIGHT * q[0].sin()]
    }
}

impl MechanicalSystem for Filmed {
    fn key(&self) -> &'static str {
        "filmed"
    }

    fn label(&self) -> &'static str {
        tr!("pendulum in films")
    }

    fn separable(&self) -> Option<&dyn Separable> {
        Some(self)
    }

    fn turns(&self) -> bool {
        true
    }

    /// E, which is half of H.
    fn reference_energy(&self, at: &PhasePoint) -> f64 {
        self.energy(at) / 2.0
    }

    fn reference_factor(&self) -> Option<f64> {
        Some(0.5)
    }

    /// 200 frames of a film.
    fn trials(&self) -> Trials {
        Trials { horizon: 10.0, points: 200 }
    }

    fn formula(&self) -> Formula {
        Formula::energy("E", swinging(WEIGHT, 1.0))
    }

    fn picture(&self, at: &PhasePoint, _reach: f64) -> Picture {
        Picture::pendulum(at.q[0])
    }
}
