//! The pendulum in the films, moving as the one of OpenAI Gym's Pendulum-v0 does when nobody pushes it.
//!
//! A uniform rod on a pivot, its step a semi-implicit Euler one: θ̇ ← θ̇ − (3g/2l) sin θ · dt, then θ ← θ + θ̇ · dt. The film
//! shows these steps, so they are the truth that a model is held against, not the differential equation behind them.
//!
//! | symbol | meaning | value |
//! |---|---|---|
//! | θ | angle from hanging straight down, radians | |
//! | θ̇ | its rate, radians per unit of time | |
//! | g, l | gravity, length of the rod | 10, 1 |
//! | dt | time between frames | 0.05 |
//!
//! H(q, p) = 1.875 (1 − cos q) + p² with q = θ and p = θ̇/4 is the energy in the paper's scale, up to a factor: the paper
//! rounds 1.875 to 1.9. A semi-implicit step keeps it only up to a ripple of a tenth, which truth and model have in common.

use crate::physics::phase_space::PhasePoint;

/// Time between two frames.
pub const DT: f64 = 0.05;
/// 3g/2l, the angular acceleration of a rod held level.
const PULL: f64 = 15.0;
/// θ̇ in units of p.
const RATE_OF_MOMENTUM: f64 = 4.0;
/// Factor of 1 − cos q in H: θ̇²/2 + PULL (1 − cos θ) is constant along the differential equation, and its first term is 8p².
const WEIGHT: f64 = PULL / (RATE_OF_MOMENTUM * RATE_OF_MOMENTUM / 2.0);

/// The pendulum at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Swing {
    /// θ.
    pub angle: f64,
    /// θ̇.
    pub rate: f64,
}

impl Swing {
    /// One frame later.
    pub fn next(self) -> Self {
        let rate = self.rate - PULL * self.angle.sin() * DT;
        Self { angle: self.angle + rate * DT, rate }
    }

    /// This moment and those after it, `count` in all.
    pub fn moments(self, count: usize) -> Vec<Self> {
        std::iter::successors(Some(self), |at| Some(at.next())).take(count).collect()
    }

    /// The state in the coordinates of the score.
    pub fn state(self) -> PhasePoint {
        PhasePoint::planar(self.angle, self.rate / RATE_OF_MOMENTUM)
    }
}

/// H = 1.875 (1 − cos q) + p² of a state (q, p).
pub fn energy(state: &PhasePoint) -> f64 {
    WEIGHT * (1.0 - state.q[0].cos()) + state.p[0].powi(2)
}
