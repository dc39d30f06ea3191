//! One model trained on two cores: each takes half of a step's items, the halves of the gradient are exchanged and added, and both
//! take the same step of Adam. Sums of two numbers do not depend on their order, so both keep the same parameters to the bit.
//!
//! A learner alone works on such a step in the same halves, so that a run gives the same numbers on one core and on two, and may be
//! joined or left by a partner between any two steps.

use std::future::Future;
use std::pin::Pin;

/// Multiplications of a step from which it is worked on in halves: some 15 ms on a slow core. An exchange takes about half a
/// millisecond.
pub const WORTH_SHARING: f64 = 5e7;

/// What can be had of a partner, later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The learner of the same model on another core.
pub trait Partner {
    /// Sends it the gradient of this core's half of a step.
    fn send(&mut self, gradient: &[f32]);

    /// Its half of the same step; `None` if it is gone.
    fn receive(&mut self) -> Later<'_, Option<Vec<f32>>>;
}

/// Which half of every step is worked on here, and who has the other.
pub struct Team {
    /// 0 or 1.
    pub half: usize,
    /// Who has the other half.
    pub partner: Box<dyn Partner>,
}
