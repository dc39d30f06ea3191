//! Poincaré sections: the points at which a motion crosses a surface in phase space, always in the same direction.
//!
//! With two degrees of freedom the energy surface has three dimensions and a section of it two, so it can be drawn. A regular
//! motion leaves its crossings on a closed curve, a chaotic one scatters them over an area. Hénon and Heiles, Astron. J. 69
//! (1964) 73.

use crate::dynamics::VectorField;
use crate::integrators::dormand_prince::{Adaptive, Tolerance};
use crate::phase_space::PhasePoint;

/// The surface on which one coordinate is 0, crossed while it grows. Coordinates are counted in the order (q…, p…).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Section {
    /// The coordinate that is 0.
    pub zero: usize,
    /// The coordinates drawn across and upwards.
    pub axes: [usize; 2],
    /// Their names.
    pub names: [&'static str; 2],
    /// The surface, in a formula.
    pub condition: &'static str,
}

/// Changes of the step size until a crossing is found to rounding; the search converges much sooner.
const MOST_REFINEMENTS: usize = 60;
/// A coordinate this close to 0 is there.
const ON_THE_SURFACE: f64 = 1e-13;

impl Section {
    /// The coordinates of a point that are drawn.
    pub fn place(&self, at: &PhasePoint) -> (f64, f64) {
        let coordinates: Vec<f64> = at.coordinates().collect();
        (coordinates[self.axes[0]], coordinates[self.axes[1]])
    }

    /// The coordinate that is 0 on the surface.
    fn height(&self, at: &PhasePoint) -> f64 {
        at.coordinates().nth(self.zero).unwrap_or_default()
    }

    /// The first `count` crossings of a motion up to the time `horizon`; fewer where it ends or runs away before.
    ///
    /// Between two steps of the adaptive integrator with a change of sign, the length of the step is varied until it ends on
    /// the surface: a crossing is as exact as any other state. Two crossings within one step would be missed, but a step is
    /// a small part of a swing.
    pub fn crossings(
        &self,
        field: &dyn VectorField,
        start: &PhasePoint,
        (count, horizon): (usize, f64),
        tolerance: Tolerance,
    ) -> Vec<PhasePoint> {
        let mut found = vec![];
        let mut motion = Adaptive::new(field, start, 0.0, tolerance);
        while found.len() < count && motion.time() < horizon {
            let before = motion.clone();
            if motion.advance(horizon).is_err() {
                break;
            }
            if self.height(before.state()) < 0.0 && self.height(motion.state()) >= 0.0 {
                found.push(self.crossing(&before, motion.time() - before.time(), motion.state()));
            }
        }
        found
    }

    /// The state on the surface between a moment before it and one a time `step` later, by the Illinois variant of regula
    /// falsi.
    fn crossing(&self, before: &Adaptive<'_>, step: f64, after: &PhasePoint) -> PhasePoint {
        let (mut early, mut late) = ((0.0, self.height(before.state())), (step, self.height(after)));
        let mut state = after.clone();
        // Where the same end moved twice, the other one is brought nearer.
        let mut moved_early = None;
        for _ in 0..MOST_REFINEMENTS {
            let h = (early.0 * late.1 - late.0 * early.1) / (late.1 - early.1);
            state = before.peek(h);
            let height = self.height(&state);
            if height.abs() < ON_THE_SURFACE || height.is_nan() {
                break;
            }
            if height < 0.0 {
                early = (h, height);
                if moved_early == Some(true) {
                    late.1 /= 2.0;
                }
                moved_early = Some(true);
            } else {
                late = (h, height);
                if moved_early == Some(false) {
                    early.1 /= 2.0;
                }
                moved_early = Some(false);
            }
        }
        state
    }
}
