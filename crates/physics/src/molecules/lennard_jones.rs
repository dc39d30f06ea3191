//! The force between two particles: Lennard-Jones, cut off at 2.5 with the force shifted to zero there.
//!
//! With ε = σ = 1, u(r) = 4(r⁻¹² − r⁻⁶) repels below r = 2^(1/6) and attracts above. Beyond r_c = 2.5 it is left out, and
//! below it is changed by a straight line so that potential and force both vanish at the cutoff:
//!
//! | | for r < r_c |
//! |---|---|
//! | potential | u(r) − u(r_c) − (r − r_c) u′(r_c) |
//! | force | −u′(r) + u′(r_c) |
//!
//! A force that jumped at the cutoff would make the total energy drift. Toxvaerd and Dyre, J. Chem. Phys. 134 (2011)
//! 081102, eq. (2), who find that the shifted force keeps structure and dynamics at this cutoff.

/// Where the force vanishes, r_c.
pub const CUTOFF: f64 = 2.5;
pub(crate) const CUTOFF_SQUARED: f64 = CUTOFF * CUTOFF;

const AT_CUTOFF: Interaction = plain(1.0 / CUTOFF_SQUARED);
/// −u′(r_c), which is negative: the plain force attracts there.
const FORCE_AT_CUTOFF: f64 = AT_CUTOFF.force_over_distance * CUTOFF;

/// Potential energy of a pair and its force, divided by the distance so that times the separation it is the force vector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interaction {
    /// Potential energy.
    pub potential: f64,
    /// Force over distance; positive pushes apart.
    pub force_over_distance: f64,
}

/// Lennard-Jones as it was, from r⁻².
const fn plain(inverse_square: f64) -> Interaction {
    let sixth = inverse_square * inverse_square * inverse_square;
    Interaction {
        potential: 4.0 * sixth * (sixth - 1.0),
        force_over_distance: 24.0 * sixth * (2.0 * sixth - 1.0) * inverse_square,
    }
}

/// The interaction at a squared distance above zero. Without a branch, so that a loop over pairs is vectorised.
#[inline(always)]
pub fn interaction(square: f64) -> Interaction {
    let inverse_square = 1.0 / square;
    let inverse = inverse_square.sqrt();
    let plain = plain(inverse_square);
    let inside = if square < CUTOFF_SQUARED { 1.0 } else { 0.0 };
    let line = (square * inverse - CUTOFF) * FORCE_AT_CUTOFF - AT_CUTOFF.potential;
    Interaction {
        potential: inside * (plain.potential + line),
        force_over_distance: inside * (plain.force_over_distance - inverse * FORCE_AT_CUTOFF),
    }
}
