//! What a model that learns from pixels is trained on: a loss of three parts.
//!
//! Of a sample x with the latent numbers z = (z_q, z_p), and of its successor with z′:
//!
//! | part | loss | asks that |
//! |---|---|---|
//! | reconstruction | mean (x̂ − x)², x̂ decoded from z | two numbers hold all that is seen |
//! | canonical | mean (z_p − (z_q′ − z_q))² | z_p is the rate of z_q |
//! | dynamics | mean (z′ − (z + f(z)))² | the field f moves z as the film does, one frame in a unit of time |
//!
//! Their sum, the last times a tenth. Signs and the tenth as in the reference code; the paper's equation 7 has z_q − z_q′,
//! which contradicts q̇ = ∂H/∂p, and leaves the tenth out.

use serde::{Deserialize, Serialize};

/// What the dynamics part counts for.
pub const DYNAMICS_WEIGHT: f64 = 0.1;

/// The parts, as numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PixelLoss {
    /// Of the pixels.
    pub reconstruction: f64,
    /// Of z_p as a rate.
    pub canonical: f64,
    /// Of the next latent numbers.
    pub dynamics: f64,
}

impl PixelLoss {
    /// What is trained on.
    pub fn total(&self) -> f64 {
        self.reconstruction + self.canonical + DYNAMICS_WEIGHT * self.dynamics
    }
}
