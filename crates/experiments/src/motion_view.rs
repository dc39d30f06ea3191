//! The motion that is shown of a field experiment while and after training. Nothing here changes what is learned.

use physics::integrator::Scheme;
use serde::{Deserialize, Serialize};

/// Where the shown motion starts and how it is stepped.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MotionView {
    /// Position at the start.
    pub start_q: f64,
    /// Momentum at the start.
    pub start_p: f64,
    /// Which of the random orbits, where the start is not a point of a plane.
    pub orbit: u32,
    /// The scheme for truth and models, where it suits them.
    pub scheme: Scheme,
    /// Time step.
    pub dt: f64,
    /// Time shown.
    pub horizon: f64,
    /// Whether every momentum is turned round at half of it.
    pub turn: bool,
}
