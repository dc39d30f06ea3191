//! Figures of merit of a trained graph network: rollouts with other steps of time and other integrators than it was trained with.
//!
//! | figure | of one system | of many |
//! |---|---|---|
//! | RMSE | root mean square of q − true q over steps, bodies and components | median |
//! | drift | |H − H₀|/H₀ at the end of the rollout, with the true H | median |
//!
//! Fresh systems of the same kind as those learned from. The true H, stepped by the same integrator, stands beside: what it
//! misses is the integrator's error, not a model's.

use crate::ode::model::OdeModel;
use crate::ode::recipe::OdeRecipe;
use crate::ode::stepping::{Stepped, Stepping};
use numerics::seed::{Purpose, Seed};
use numerics::statistics::median;
use physics::dynamics::{Dynamics, Hamiltonian};
use physics::oscillators::modes::Modes;
use physics::oscillators::random::network;
use physics::oscillators::system::Oscillators;
use physics::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// Systems that a median is taken over.
pub const SYSTEMS: usize = 40;
/// Time of the short rollout.
pub const SHORT: f64 = 10.0;
/// Time of the long one.
pub const LONG: f64 = 50.0;
/// Steps of time of the grid, as factors of the step of training.
pub const FACTORS: [f64; 5] = [0.2, 0.5, 1.0, 1.5, 2.0];
/// What runs away is counted as this.
pub const CAP: f64 = 1e6;

/// Medians over many systems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Errors {
    /// Root mean square error of q.
    pub rmse: f64,
    /// Relative change of the true energy at the end.
    pub drift: f64,
}

/// One cell of the table of steps and integrators.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Step of time.
    pub dt: f64,
    /// How it was stepped.
    pub stepping: Stepping,
    /// Over the short time.
    pub errors: Errors,
}

/// Systems with starts that no training has seen.
#[derive(Clone, Debug)]
pub struct Trials {
    trials: Vec<(Oscillators, PhasePoint, Modes)>,
}

/// What is rolled out.
#[derive(Clone, Copy, Debug)]
pub enum Candidate<'a> {
    /// A trained network.
    Model(&'a OdeModel),
    /// The true Hamiltonian.
    Truth,
}

impl Trials {
    /// Systems of so many bodies, joined as in a recipe, from the seed and nothing else.
    pub fn random(recipe: &OdeRecipe, bodies: usize, count: usize, seed: Seed) -> Self {
        let mut rng = seed.stream(Purpose::Scoring);
        let trial = |_| {
            let (system, start) = network(bodies, recipe.joined, &mut rng);
            let modes = Modes::of(&system);
            (system, start, modes)
        };
        Self { trials: (0..count).map(trial).collect() }
    }

    /// The systems with their starts.
    pub fn systems(&self) -> impl Iterator<Item = (&Oscillators, &PhasePoint)> {
        self.trials.iter().map(|(system, start, _)| (system, start))
    }

    /// Median errors over a time `horizon`.
    pub fn errors(&self, candidate: Candidate<'_>, stepping: Stepping, dt: f64, horizon: f64) -> Errors {
        let steps = (horizon / dt).round() as usize;
        let of_one = |(system, start, modes): &(Oscillators, PhasePoint, Modes)| {
            let states = match candidate {
                Candidate::Model(model) => stepping.rollout(Stepped::learned(&model.moving(system)), start, dt, steps),
                Candidate::Truth => stepping.rollout(Stepped::truth(Dynamics::Separable(system)), start, dt, steps),
            };
            let truth = modes.motion(start, (0..=steps).map(|step| step as f64 * dt));
            errors_of(system, &states, &truth)
        };
        let (rmse, drift): (Vec<f64>, Vec<f64>) = self.trials.iter().map(of_one).unzip();
        Errors { rmse: median(rmse).unwrap_or_default(), drift: median(drift).unwrap_or_default() }
    }

    /// The table of steps and integrators, of all that are open to the candidate.
    pub fn grid(&self, candidate: Candidate<'_>, trained: f64) -> Vec<Cell> {
        let steppings = match candidate {
            Candidate::Model(model) => Stepping::open_to(model.kind()),
            Candidate::Truth => &Stepping::INTEGRATORS,
        };
        let cells =
            FACTORS.iter().flat_map(|factor| steppings.iter().map(move |stepping| (factor * trained, *stepping)));
        cells.map(|(dt, stepping)| Cell { dt, stepping, errors: self.errors(candidate, stepping, dt, SHORT) }).collect()
    }
}

/// (RMSE, drift) of one rollout.
pub fn errors_of(system: &Oscillators, states: &[PhasePoint], truth: &[PhasePoint]) -> (f64, f64) {
    let capped = |x: f64| if x.is_finite() { x.min(CAP) } else { CAP };
    let squares = states.iter().zip(truth).flat_map(|(a, b)| a.q.iter().zip(&b.q).map(|(a, b)| (a - b).powi(2)));
    let count: usize = states.iter().map(|state| state.q.len()).sum();
    let rmse = (squares.sum::<f64>() / count.max(1) as f64).sqrt();
    let energy = |at: Option<&PhasePoint>| at.map_or(0.0, |at| system.energy(at));
    let (first, last) = (energy(states.first()), energy(states.last()));
    (capped(rmse), capped(((last - first) / first).abs()))
}
