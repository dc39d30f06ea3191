//! Dormand and Prince's embedded pair, order 5(4), with a step size that adapts to a tolerance: the oracle.
//!
//! Truth, and every error figure that must not depend on a step size, is integrated here. It steps exactly onto each time
//! that is requested. Dormand and Prince, J. Comput. Appl. Math. 6 (1980) 19; step control as in Hairer, Nørsett, Wanner,
//! *Solving Ordinary Differential Equations I*, II.4.

use crate::dynamics::VectorField;
use crate::phase_space::{PhasePoint, PhaseVelocity};
use language::{fixed, tr};

/// Relative and absolute error allowed per step.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// Relative to the size of each coordinate.
    pub relative: f64,
    /// Whatever the size.
    pub absolute: f64,
}

impl Tolerance {
    /// Global error below 1e-9 over the times shown here; a test holds it to closed forms.
    pub const TRUTH: Self = Self { relative: 1e-11, absolute: 1e-12 };
    /// For learned fields, whose own error in energy is above 1e-3: integration error is out of sight.
    pub const SCORING: Self = Self { relative: 1e-6, absolute: 1e-7 };
}

/// Why an integration ended before its last time.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{}", tr!("the motion ran away at t = {time}", time = fixed(*at, 3)))]
pub struct Diverged {
    /// The time reached.
    pub at: f64,
}

/// The states at `times` (ascending, the first being when `start` holds).
///
/// Fails when a coordinate leaves ±1e6 or is no number, or when more than [`MAX_STEPS`] steps are needed.
pub fn integrate(
    field: &dyn VectorField,
    start: &PhasePoint,
    times: &[f64],
    tolerance: Tolerance,
) -> Result<Vec<PhasePoint>, Diverged> {
    match as_far_as_it_goes(field, start, times, tolerance, MAX_STEPS) {
        (states, None) => Ok(states),
        (_, Some(diverged)) => Err(diverged),
    }
}

/// The states at `times` as far as they are reached: what [`integrate`] gives, but for those from where it fails on, and where that
/// was. `steps` is the most steps that may be taken.
pub fn as_far_as_it_goes(
    field: &dyn VectorField,
    start: &PhasePoint,
    times: &[f64],
    tolerance: Tolerance,
    steps: usize,
) -> (Vec<PhasePoint>, Option<Diverged>) {
    let mut states = Vec::with_capacity(times.len());
    let Some((&first, later)) = times.split_first() else {
        return (states, None);
    };
    states.push(start.clone());
    let mut motion = Adaptive { most: steps, ..Adaptive::new(field, start, first, tolerance) };
    for &goal in later {
        while motion.t < goal {
            if let Err(diverged) = motion.advance(goal) {
                return (states, Some(diverged));
            }
        }
        states.push(motion.at.clone());
    }
    (states, None)
}

/// A motion on its way, one accepted step after another.
#[derive(Clone)]
pub(crate) struct Adaptive<'a> {
    field: &'a dyn VectorField,
    tolerance: Tolerance,
    t: f64,
    at: PhasePoint,
    /// The velocity there.
    slope: PhaseVelocity,
    /// The next step's length.
    dt: f64,
    steps: usize,
    /// No more than these are taken.
    most: usize,
}

impl<'a> Adaptive<'a> {
    /// At its start, at a time `t`.
    pub(crate) fn new(field: &'a dyn VectorField, start: &PhasePoint, t: f64, tolerance: Tolerance) -> Self {
        Self {
            field,
            tolerance,
            t,
            at: start.clone(),
            slope: field.velocity(start),
            dt: 0.01,
            steps: 0,
            most: MAX_STEPS,
        }
    }

    /// The time reached.
    pub(crate) fn time(&self) -> f64 {
        self.t
    }

    /// The state reached.
    pub(crate) fn state(&self) -> &PhasePoint {
        &self.at
    }

    /// The state a time `h` later by one step, however good.
    pub(crate) fn peek(&self, h: f64) -> PhasePoint {
        attempt(self.field, &self.at, &self.slope, h, self.tolerance).0
    }

    /// Takes one step that is within the tolerance, and that does not go beyond the time `goal`.
    pub(crate) fn advance(&mut self, goal: f64) -> Result<(), Diverged> {
        loop {
            self.steps += 1;
            if self.steps > self.most || !self.at.is_finite() || self.at.coordinates().any(|x| x.abs() > RUNAWAY) {
                return Err(Diverged { at: self.t });
            }
            let last_leg = self.t + self.dt >= goal - 1e-12 * goal.abs().max(1.0);
            let h = if last_leg { goal - self.t } else { self.dt };
            let (next, next_slope, error) = attempt(self.field, &self.at, &self.slope, h, self.tolerance);
            // The usual controller: aim at 0.9 of the tolerance, change by no more than a factor of 5.
            let factor = if error.is_finite() { (0.9 * error.max(1e-10).powf(-0.2)).clamp(0.2, 5.0) } else { 0.2 };
            // A last leg cut short is no reason against the longer step that was planned.
            if !(last_leg && error <= 1.0) || factor * h > self.dt {
                self.dt = h * factor;
            }
            if error <= 1.0 {
                self.t = if last_leg { goal } else { self.t + h };
                (self.at, self.slope) = (next, next_slope);
                return Ok(());
            }
        }
    }
}

/// More steps than any motion shown here needs by a factor of a hundred.
const MAX_STEPS: usize = 200_000;
/// Beyond this a bounded system has clearly run away.
const RUNAWAY: f64 = 1e6;

/// One step of size `h`: the order-5 state, the slope there (used again as the next k₁), and the error over the tolerance.
fn attempt(
    field: &dyn VectorField,
    at: &PhasePoint,
    k1: &PhaseVelocity,
    h: f64,
    tolerance: Tolerance,
) -> (PhasePoint, PhaseVelocity, f64) {
    let stage = |terms: &[(f64, &PhaseVelocity)]| at.advanced(&PhaseVelocity::combined(terms), h);
    let k2 = field.velocity(&stage(&[(1.0 / 5.0, k1)]));
    let k3 = field.velocity(&stage(&[(3.0 / 40.0, k1), (9.0 / 40.0, &k2)]));
    let k4 = field.velocity(&stage(&[(44.0 / 45.0, k1), (-56.0 / 15.0, &k2), (32.0 / 9.0, &k3)]));
    let k5 = field.velocity(&stage(&[
        (19372.0 / 6561.0, k1),
        (-25360.0 / 2187.0, &k2),
        (64448.0 / 6561.0, &k3),
        (-212.0 / 729.0, &k4),
    ]));
    let k6 = field.velocity(&stage(&[
        (9017.0 / 3168.0, k1),
        (-355.0 / 33.0, &k2),
        (46732.0 / 5247.0, &k3),
        (49.0 / 176.0, &k4),
        (-5103.0 / 18656.0, &k5),
    ]));
    let next = stage(&[
        (35.0 / 384.0, k1),
        (500.0 / 1113.0, &k3),
        (125.0 / 192.0, &k4),
        (-2187.0 / 6784.0, &k5),
        (11.0 / 84.0, &k6),
    ]);
    let k7 = field.velocity(&next);
    let defect = PhaseVelocity::combined(&[
        (71.0 / 57600.0, k1),
        (-71.0 / 16695.0, &k3),
        (71.0 / 1920.0, &k4),
        (-17253.0 / 339200.0, &k5),
        (22.0 / 525.0, &k6),
        (-1.0 / 40.0, &k7),
    ]);
    let worst = at
        .coordinates()
        .zip(next.coordinates())
        .zip(defect.components())
        .map(|((a, b), e)| (h * e).abs() / (tolerance.absolute + tolerance.relative * a.abs().max(b.abs())))
        .fold(0.0, |worst: f64, e| if e.is_nan() { f64::INFINITY } else { worst.max(e) });
    (next, k7, worst)
}
