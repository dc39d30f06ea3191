//! A heat bath: the canonical ensemble, in which temperature is given and energy wavers.
//!
//! m dv = F dt − γ m v dt + √(2γ m T) dW, stepped by BAOAB (Leimkuhler and Matthews, *Rational construction of stochastic numerical
//! methods for molecular sampling*, Appl. Math. Res. Express 2013, 34): half a kick, half a drift, the exact solution of friction and
//! noise alone, half a drift, half a kick. For harmonic forces its averages of positions are exact whatever the step.
//!
//! Averages are those of exp(−H/T): equipartition gives T/2 to every momentum, also to the total one, which a bath does not keep.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// A heat bath.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bath {
    /// T, in units of energy.
    pub temperature: f64,
    /// γ: velocities are forgotten in a time 1/γ.
    pub friction: f64,
}

impl Bath {
    /// What friction and noise make of a momentum of a mass in a time `dt`: e^(−γ dt) p + √(m T (1 − e^(−2γ dt))) ξ.
    pub fn exchanged(&self, p: f64, mass: f64, dt: f64, rng: &mut impl Rng) -> f64 {
        let kept = (-self.friction * dt).exp();
        let noise: f64 = StandardNormal.sample(rng);
        kept * p + (mass * self.temperature * (1.0 - kept * kept)).sqrt() * noise
    }
}
