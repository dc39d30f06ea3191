//! How fast a scheme's errors shrink with its step: the measured order beside the stated one.
//!
//! A motion is run to one fixed time with several step sizes. The error of the final state is measured against a reference,
//! and the largest error of the energy along the way against the energy at the start; on logarithmic axes both lie on
//! straight lines, as long as the steps are short enough for the leading term and the errors large enough to stand above
//! rounding. [`Slope::fit`] says which points count. Works for anything that is a [`Dynamics`], learned ones too.
//!
//! The error of the energy has the order of the scheme or a higher one. RK4 moves a linear oscillator along its orbit by an
//! error of order 4, but off the orbit only by one of order 5, and that is the order of its energy. On the pendulum this part
//! is the larger one until the steps are short; then a swing of order 4 takes over. The implicit midpoint rule keeps a
//! quadratic energy to rounding, and there is no slope to measure. Hairer, Lubich, Wanner, *Geometric Numerical
//! Integration*, I.2, IV.2 and IX.

use crate::dynamics::Dynamics;
use crate::integrator::{Scheme, Unsuited};
use crate::integrators::dormand_prince::{self, Diverged, Tolerance};
use crate::phase_space::PhasePoint;

/// A motion to be measured: from where, by what law, how long.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    /// What moves it.
    pub dynamics: Dynamics<'a>,
    /// Where it starts.
    pub start: &'a PhasePoint,
    /// The fixed time at which the states are compared, above zero.
    pub horizon: f64,
    /// The energy that should stay as it is: the true one, or that which a model learned.
    pub energy: &'a dyn Fn(&PhasePoint) -> f64,
}

/// The state at the end of a course, and how well it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The state.
    pub state: PhasePoint,
    /// A bound on the error of its coordinates; 0 for a closed form.
    pub uncertainty: f64,
}

/// The errors at one step size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measurement {
    /// The step: the requested one, adjusted so that a whole number of them ends at the horizon.
    pub dt: f64,
    /// How many of them.
    pub steps: usize,
    /// Largest coordinate difference from the reference at the end; infinite if the motion ran away.
    pub state_error: f64,
    /// Largest |H − H(start)| along the way; infinite if the motion ran away.
    pub energy_error: f64,
}

/// A straight line through errors on logarithmic axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// The measured order: the exponent of dt.
    pub order: f64,
    /// The shortest step that counted.
    pub finest: f64,
    /// The longest step that counted.
    pub coarsest: f64,
    /// How many steps counted.
    pub points: usize,
}

/// What was measured of one scheme; [`Scheme::order`] is what it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Convergence {
    /// The scheme.
    pub scheme: Scheme,
    /// Shortest step first.
    pub measurements: Vec<Measurement>,
    /// Order of the state's error, where three points or more show one.
    pub state: Option<Slope>,
    /// Order of the energy's error, where three points or more show one.
    pub energy: Option<Slope>,
    /// Whether the energy's error is rounding with every step.
    pub energy_kept: bool,
}

/// An error counts only if it is this many times as large as rounding and the reference's own uncertainty could make it:
/// they then shift it by a tenth at most.
const ABOVE_ROUNDING: f64 = 10.0;
/// An error counts only below this part of the quantity itself: beyond it, the motion is merely wrong.
const BELOW_SATURATION: f64 = 0.1;
/// Slopes between neighbours on one straight line differ by no more than this.
const STRAIGHT: f64 = 0.1;
/// Fewer points than this make no line.
const FEWEST_POINTS: usize = 3;

/// A hundred times tighter than the truth that everything else is held against.
const TIGHTER: Tolerance = Tolerance { relative: 1e-13, absolute: 1e-14 };

impl Reference {
    /// By the adaptive integrator at a very tight tolerance. The same at a tolerance 100 times as large bounds how far off
    /// it may be: its error is that of the looser one divided by about 100, and a tenth of the difference is a safe bound.
    pub fn adaptive(course: &Course<'_>) -> Result<Self, Diverged> {
        let end = |tolerance| {
            let states = dormand_prince::integrate(&course.dynamics, course.start, &[0.0, course.horizon], tolerance)?;
            Ok(states.into_iter().next_back().unwrap_or_else(|| course.start.clone()))
        };
        let (state, looser) = (end(TIGHTER)?, end(Tolerance::TRUTH)?);
        let uncertainty = state.distance(&looser) / 10.0;
        Ok(Self { state, uncertainty })
    }
}

impl Measurement {
    /// Runs the course with steps of (nearly) `dt`.
    pub fn take(course: &Course<'_>, scheme: Scheme, dt: f64, reference: &PhasePoint) -> Result<Self, Unsuited> {
        let steps = ((course.horizon / dt).round() as usize).max(1);
        let dt = course.horizon / steps as f64;
        let energy = (course.energy)(course.start);
        let mut at = course.start.clone();
        let mut energy_error = 0.0f64;
        for _ in 0..steps {
            at = scheme.step(course.dynamics, &at, dt)?;
            energy_error = energy_error.max(((course.energy)(&at) - energy).abs());
            if !at.is_finite() {
                return Ok(Self { dt, steps, state_error: f64::INFINITY, energy_error: f64::INFINITY });
            }
        }
        Ok(Self { dt, steps, state_error: at.distance(reference), energy_error })
    }
}

impl Convergence {
    /// Runs the course with each of the steps and fits both slopes.
    pub fn measure(
        course: &Course<'_>,
        scheme: Scheme,
        steps: &[f64],
        reference: &Reference,
    ) -> Result<Self, Unsuited> {
        let mut measurements = Vec::with_capacity(steps.len());
        for dt in steps {
            measurements.push(Measurement::take(course, scheme, *dt, &reference.state)?);
        }
        measurements.sort_by(|a, b| a.dt.total_cmp(&b.dt));

        let size =
            course.start.coordinates().chain(reference.state.coordinates()).fold(0.0, |s: f64, x| s.max(x.abs()));
        let energy_size = energy_size(course, size);
        // Rounding in each step, all in the same direction at worst.
        let rounding = |m: &Measurement, size: f64| m.steps as f64 * f64::EPSILON * size;
        let states = measurements.iter().map(|m| ErrorPoint {
            dt: m.dt,
            error: m.state_error,
            floor: ABOVE_ROUNDING * (rounding(m, size) + reference.uncertainty),
            ceiling: BELOW_SATURATION * size,
        });
        let energies = measurements.iter().map(|m| ErrorPoint {
            dt: m.dt,
            error: m.energy_error,
            floor: ABOVE_ROUNDING * rounding(m, energy_size),
            ceiling: BELOW_SATURATION * energy_size,
        });
        let (states, energies) = (states.collect::<Vec<_>>(), energies.collect::<Vec<_>>());
        let energy_kept = energies.iter().all(|point| point.error <= point.floor);
        let (state, energy) = (Slope::fit(&states), Slope::fit(&energies));
        Ok(Self { scheme, measurements, state, energy, energy_kept })
    }
}

/// |H| plus what a relative change of every coordinate would make of it: rounding is ε times this, also where H is 0.
fn energy_size(course: &Course<'_>, size: f64) -> f64 {
    const NUDGE: f64 = 1e-6;
    let energy = (course.energy)(course.start);
    let coordinates: Vec<f64> = course.start.coordinates().collect();
    let change = |k: usize| {
        let mut nudged = coordinates.clone();
        nudged[k] += NUDGE * size;
        ((course.energy)(&PhasePoint::from_coordinates(&nudged)) - energy).abs() / NUDGE
    };
    energy.abs() + (0..coordinates.len()).map(change).sum::<f64>()
}

/// An error at one step size, and the bounds between which it is meaningful.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErrorPoint {
    /// The step.
    pub dt: f64,
    /// The error.
    pub error: f64,
    /// Below this it is rounding.
    pub floor: f64,
    /// Above this it is no longer small.
    pub ceiling: f64,
}

impl Slope {
    /// The least-squares line of log error against log dt over the asymptotic range of `points`, shortest step first.
    ///
    /// The rule: of all runs of neighbouring points between floor and ceiling, along which the slopes from each point to
    /// the next differ by at most 0.1, the longest counts, and of equally long ones that with the shortest steps. A run of
    /// fewer than three points is no measurement.
    pub fn fit(points: &[ErrorPoint]) -> Option<Self> {
        let mut best: &[ErrorPoint] = &[];
        for first in 0..points.len() {
            let run = straight_run(&points[first..]);
            if run.len() > best.len() {
                best = run;
            }
        }
        let (finest, coarsest) = (best.first()?.dt, best.last()?.dt);
        let n = best.len() as f64;
        let (x, y) = (best.iter().map(|p| p.dt.ln()), best.iter().map(|p| p.error.ln()));
        let (mean_x, mean_y) = (x.clone().sum::<f64>() / n, y.clone().sum::<f64>() / n);
        let products: f64 = x.clone().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
        let squares: f64 = x.map(|x| (x - mean_x).powi(2)).sum();
        (best.len() >= FEWEST_POINTS).then(|| Self { order: products / squares, finest, coarsest, points: best.len() })
    }
}

/// The longest beginning of `points` that is usable and straight.
fn straight_run(points: &[ErrorPoint]) -> &[ErrorPoint] {
    let usable = |p: &ErrorPoint| p.error > p.floor && p.error < p.ceiling;
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut length = 0;
    for (k, point) in points.iter().enumerate().take_while(|(_, point)| usable(point)) {
        if let Some(before) = k.checked_sub(1).map(|k| points[k]) {
            let slope = (point.error / before.error).ln() / (point.dt / before.dt).ln();
            (least, most) = (least.min(slope), most.max(slope));
            // Two equal steps have no slope between them.
            if !slope.is_finite() || most - least > STRAIGHT {
                break;
            }
        }
        length = k + 1;
    }
    &points[..length]
}

/// How far from its start a motion ends that goes `steps` steps forwards and as many backwards.
///
/// A symmetric scheme comes back to rounding; Euler and RK4 do not.
pub fn reversal_error(
    dynamics: Dynamics<'_>,
    start: &PhasePoint,
    scheme: Scheme,
    dt: f64,
    steps: usize,
) -> Result<f64, Unsuited> {
    let mut at = start.clone();
    for dt in std::iter::repeat_n(dt, steps).chain(std::iter::repeat_n(-dt, steps)) {
        at = scheme.step(dynamics, &at, dt)?;
    }
    let distance = at.distance(start);
    Ok(if at.is_finite() { distance } else { f64::INFINITY })
}
