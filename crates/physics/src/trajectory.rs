//! A motion as it is shown: states at equal steps of time, by a scheme and step size of the visitor's choosing.

use crate::dynamics::Dynamics;
use crate::integrator::Scheme;
use crate::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// States at t = 0, dt, 2dt, … Shorter than requested where the motion diverged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trajectory {
    /// Time between states.
    pub dt: f64,
    /// The states.
    pub states: Vec<PhasePoint>,
}

/// A coordinate beyond this is off every chart, and the rollout ends.
const OFF_THE_CHART: f64 = 1e3;

impl Trajectory {
    /// Steps `dynamics` from `start` over `horizon` with the scheme that suits it (see [`Scheme::suited`]).
    pub fn simulate(dynamics: Dynamics<'_>, start: &PhasePoint, scheme: Scheme, dt: f64, horizon: f64) -> Self {
        let scheme = scheme.suited(dynamics);
        let steps = (horizon / dt).round() as usize;
        let mut states = Vec::with_capacity(steps + 1);
        states.push(start.clone());
        for _ in 0..steps {
            match scheme.step(dynamics, &states[states.len() - 1], dt) {
                Ok(next) if next.coordinates().all(|x| x.abs() < OFF_THE_CHART) => states.push(next),
                _ => break,
            }
        }
        Self { dt, states }
    }

    /// The same, but with every momentum turned round at half of the time. A motion that friction does not bend goes back the
    /// way it came where H(q, −p) = H(q, p), and ends where it started with its momentum turned round.
    pub fn there_and_back(dynamics: Dynamics<'_>, start: &PhasePoint, scheme: Scheme, dt: f64, horizon: f64) -> Self {
        let half = dt * (horizon / dt / 2.0).round();
        let mut there = Self::simulate(dynamics, start, scheme, dt, half);
        if let Some(end) = there.states.pop() {
            let turned = PhasePoint { p: end.p.iter().map(|p| -p).collect(), q: end.q };
            there.states.extend(Self::simulate(dynamics, &turned, scheme, dt, half).states);
        }
        there
    }

    /// Measured states at times of their own, read off at equal steps by straight interpolation.
    pub fn through(times: &[f64], states: &[PhasePoint], dt: f64, horizon: f64) -> Self {
        let first = times.first().copied().unwrap_or_default();
        let last = times.last().map_or(0.0, |last| (last - first).min(horizon));
        let count = (last / dt) as usize + 1;
        let read = |i: usize| {
            let t = first + i as f64 * dt;
            let after = times.partition_point(|time| *time <= t).clamp(1, times.len().max(2) - 1);
            let (a, b) = (states.get(after - 1)?, states.get(after)?);
            let part = (t - times[after - 1]) / (times[after] - times[after - 1]);
            Some(blend(a, b, part))
        };
        Self { dt, states: (0..count).filter_map(read).collect() }
    }

    /// The state at a time, between two steps by straight interpolation; the last one after the end.
    pub fn at(&self, t: f64) -> Option<PhasePoint> {
        let place = (t / self.dt).max(0.0);
        let before = self.states.get(place as usize).or(self.states.last())?;
        let Some(after) = self.states.get(place as usize + 1) else {
            return Some(before.clone());
        };
        Some(blend(before, after, place.fract()))
    }

    /// Time of the last state.
    pub fn duration(&self) -> f64 {
        self.dt * self.states.len().saturating_sub(1) as f64
    }

    /// (t, value) at every state.
    pub fn over_time(&self, value: impl Fn(&PhasePoint) -> f64) -> Vec<(f64, f64)> {
        self.states.iter().enumerate().map(|(i, state)| (i as f64 * self.dt, value(state))).collect()
    }
}

/// A state on the straight line from one to another.
fn blend(a: &PhasePoint, b: &PhasePoint, part: f64) -> PhasePoint {
    let between = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a + part * (b - a)).collect();
    PhasePoint { q: between(&a.q, &b.q), p: between(&a.p, &b.p) }
}
