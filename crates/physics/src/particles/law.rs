//! How two bodies act on one another: one potential U(r) per law, and its slope.
//!
//! | law | U | dU/dr |
//! |---|---|---|
//! | spring | (r′ − 1)² | 2(r′ − 1) |
//! | 1/r | m₁m₂ ln r′ | m₁m₂/r′ |
//! | 1/r² | −m₁m₂/r′ | m₁m₂/r′² |
//! | charge | q₁q₂/r′ | −q₁q₂/r′² |
//! | superposition | (q₁q₂ − m₁m₂)/r′ | (m₁m₂ − q₁q₂)/r′² |
//! | discontinuous | 0 if r′ < 2, else (r′ − 1)² | 0 if r′ < 2, else 2(r′ − 1) |
//!
//! r′ = r + 0.01 keeps a head-on meeting finite, as in the reference code (`simulate.py` of Cranmer et al. 2020). A
//! positive slope pulls the two together. Masses and charges are dimensionless, and so are lengths and times.

use serde::{Deserialize, Serialize};

/// What is added to every distance, so that no force is infinite.
pub const SOFTENING: f64 = 0.01;

/// The discontinuous law sets in at this softened distance.
pub const CUT: f64 = 2.0;

/// A potential between two bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PairLaw {
    /// A spring of length 1, whatever the masses.
    Spring,
    /// The attraction that falls as 1/r: gravity in two dimensions.
    InverseDistance,
    /// The attraction that falls as 1/r²: gravity in three dimensions.
    InverseSquare,
    /// Like charges repel as 1/r², unlike ones attract.
    Charge,
    /// Charges and gravity together.
    Superposition,
    /// No force up to the distance 2, a spring beyond. U jumps by 1 there and the force has no matching kick, so this U
    /// plus the kinetic energy is not conserved: it changes by 1 with each crossing.
    Discontinuous,
}

/// What a law asks about the two bodies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// m₁m₂
    pub masses: f64,
    /// q₁q₂
    pub charges: f64,
}

impl PairLaw {
    /// All of them.
    pub const ALL: [PairLaw; 6] = [
        PairLaw::Spring,
        PairLaw::InverseDistance,
        PairLaw::InverseSquare,
        PairLaw::Charge,
        PairLaw::Superposition,
        PairLaw::Discontinuous,
    ];

    /// U at a distance r ≥ 0.
    pub fn potential(self, pair: Pair, r: f64) -> f64 {
        let r = r + SOFTENING;
        match self {
            PairLaw::Spring => (r - 1.0).powi(2),
            PairLaw::InverseDistance => pair.masses * r.ln(),
            PairLaw::InverseSquare => -pair.masses / r,
            PairLaw::Charge => pair.charges / r,
            PairLaw::Superposition => (pair.charges - pair.masses) / r,
            PairLaw::Discontinuous if r < CUT => 0.0,
            PairLaw::Discontinuous => (r - 1.0).powi(2),
        }
    }

    /// dU/dr at a distance r ≥ 0: the pull of each on the other. The jump of the discontinuous law has no slope.
    pub fn slope(self, pair: Pair, r: f64) -> f64 {
        let r = r + SOFTENING;
        match self {
            PairLaw::Spring => 2.0 * (r - 1.0),
            PairLaw::InverseDistance => pair.masses / r,
            PairLaw::InverseSquare => pair.masses / r.powi(2),
            PairLaw::Charge => -pair.charges / r.powi(2),
            PairLaw::Superposition => (pair.masses - pair.charges) / r.powi(2),
            PairLaw::Discontinuous if r < CUT => 0.0,
            PairLaw::Discontinuous => 2.0 * (r - 1.0),
        }
    }
}
