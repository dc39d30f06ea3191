//! Which schemes live through a long motion, and with how long a step: the energy error of each, sorted into classes.
//!
//! A symplectic scheme keeps the energy within a band for as long as anybody can wait, up to a step beyond which it runs
//! away at once. Another scheme drifts, slowly or fast. The map of scheme against step shows both.

use crate::convergence::Course;
use crate::integrator::{Scheme, Unsuited};

/// What became of the energy over the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    /// It stayed within the band and the second half was no worse than the first, or hardly.
    Bounded,
    /// It stayed within the band so far, but the error grows.
    Drifts,
    /// It left the band.
    Leaves {
        /// When, first.
        at: f64,
    },
    /// A coordinate went beyond all bounds, or was no number.
    RunsAway {
        /// When.
        at: f64,
    },
}

/// One scheme with one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Survival {
    /// The scheme.
    pub scheme: Scheme,
    /// The step.
    pub dt: f64,
    /// Largest |H − H(start)| over the horizon; infinite where it ran away.
    pub worst: f64,
    /// The class.
    pub fate: Fate,
}

/// A coordinate this large is off every chart.
const BEYOND: f64 = 1e6;
/// The largest error of the second half over that of the first: 1 for an error that swings to and fro, 2 for one that grows
/// evenly. This is half-way, on a scale of factors.
const GROWTH: f64 = std::f64::consts::SQRT_2;

impl Survival {
    /// Follows the course in steps of `dt`. Energy errors up to `allowed` are within the band: a fraction of a scale of
    /// energy of the caller's choosing.
    ///
    /// The horizon should span several periods, so that each half of it sees the worst of a swing.
    pub fn of(course: &Course<'_>, scheme: Scheme, dt: f64, allowed: f64) -> Result<Self, Unsuited> {
        let steps = ((course.horizon / dt).round() as usize).max(1);
        let energy = (course.energy)(course.start);
        let mut at = course.start.clone();
        let (mut early, mut late) = (0.0f64, 0.0f64);
        let mut left = None;
        for step in 1..=steps {
            at = scheme.step(course.dynamics, &at, dt)?;
            let error = ((course.energy)(&at) - energy).abs();
            let t = step as f64 * dt;
            if at.coordinates().any(|x| x.is_nan() || x.abs() > BEYOND) || error.is_nan() {
                return Ok(Self { scheme, dt, worst: f64::INFINITY, fate: Fate::RunsAway { at: t } });
            }
            if error > allowed && left.is_none() {
                left = Some(t);
            }
            let half = if 2 * step <= steps { &mut early } else { &mut late };
            *half = half.max(error);
        }
        // Rounding walks at random and is no drift.
        let rounding = steps as f64 * f64::EPSILON * energy.abs().max(allowed);
        let fate = match left {
            Some(at) => Fate::Leaves { at },
            None if late > GROWTH * early && late > rounding => Fate::Drifts,
            None => Fate::Bounded,
        };
        Ok(Self { scheme, dt, worst: early.max(late), fate })
    }
}

/// Every scheme with every step, scheme by scheme. Schemes that the dynamics do not suit are left out.
pub fn survival_map(course: &Course<'_>, schemes: &[Scheme], steps: &[f64], allowed: f64) -> Vec<Survival> {
    let cells = schemes.iter().flat_map(|scheme| steps.iter().map(|dt| (*scheme, *dt)));
    cells.filter_map(|(scheme, dt)| Survival::of(course, scheme, dt, allowed).ok()).collect()
}
