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
//! Its energy is the one of [`Filmed`]. A semi-implicit step keeps it only up to a ripple of a tenth, which truth and model
//! have in common.

use physics::mechanical_system::MechanicalSystem;
use physics::phase_space::PhasePoint;
use physics::systems::filmed::{Filmed, PULL, RATE_OF_MOMENTUM};

/// Time between two frames.
pub const DT: f64 = 0.05;

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

    /// One frame earlier: the step of [`Swing::next`] undone.
    pub fn before(self) -> Self {
        let angle = self.angle - self.rate * DT;
        Self { angle, rate: self.rate + PULL * angle.sin() * DT }
    }

    /// This moment and those after it, `count` in all.
    pub fn moments(self, count: usize) -> Vec<Self> {
        std::iter::successors(Some(self), |at| Some(at.next())).take(count).collect()
    }

    /// The state in the coordinates of the score.
    pub fn state(self) -> PhasePoint {
        PhasePoint::planar(self.angle, self.rate / RATE_OF_MOMENTUM)
    }

    /// The moment with this state.
    pub fn of_state(state: &PhasePoint) -> Self {
        Self { angle: state.q[0], rate: state.p[0] * RATE_OF_MOMENTUM }
    }
}

/// E = 1.875 (1 − cos q) + p² of a state (q, p).
pub fn energy(state: &PhasePoint) -> f64 {
    Filmed.reference_energy(state)
}
