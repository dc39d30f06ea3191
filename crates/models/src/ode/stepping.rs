//! How a trained network, or the true system, is stepped in time: which integrators are open to which of them.
//!
//! | stepping | open to | where H splits into T(p) + V(q) |
//! |---|---|---|
//! | RK1, RK2, RK3, RK4 | every field | |
//! | leapfrog | a Hamiltonian | explicit; elsewhere its implicit form, the generalised leapfrog |
//! | as it is | a DeltaGN | |
//! | scaled | a DeltaGN | |

use crate::ode::model::LearnedOscillators;
use crate::ode::recipe::OdeKind;
use language::text;
use physics::dynamics::Dynamics;
use physics::integrators::runge_kutta::{self, CLASSICAL, EULER, KUTTA, MIDPOINT, Tableau};
use physics::integrators::{generalised_leapfrog, leapfrog};
use physics::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// A way of stepping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stepping {
    /// Euler's method.
    Rk1,
    /// The explicit midpoint rule.
    Rk2,
    /// Kutta's third-order method.
    Rk3,
    /// The classical method: the one in the loss.
    Rk4,
    /// Leapfrog, in its implicit form where H does not split.
    Leapfrog,
    /// The change that a DeltaGN predicts, whatever the step of time: that is all that it was trained to know.
    AsItIs,
    /// The same times the step of time over that of training.
    Scaled,
}

/// What is stepped.
#[derive(Clone, Copy)]
pub struct Stepped<'a> {
    dynamics: Dynamics<'a>,
    /// The step of time that it was trained with, where it was trained.
    trained: Option<f64>,
}

impl<'a> Stepped<'a> {
    /// A learned system.
    pub fn learned(learned: &'a LearnedOscillators<'a>) -> Self {
        Self { dynamics: learned.dynamics(), trained: Some(learned.model().dt()) }
    }

    /// A true one.
    pub fn truth(dynamics: Dynamics<'a>) -> Self {
        Self { dynamics, trained: None }
    }
}

impl Stepping {
    /// Integrators, which step a velocity.
    pub const INTEGRATORS: [Stepping; 5] =
        [Stepping::Rk1, Stepping::Rk2, Stepping::Rk3, Stepping::Rk4, Stepping::Leapfrog];
    /// What can be done with a change that a network predicts.
    pub const CHANGES: [Stepping; 2] = [Stepping::AsItIs, Stepping::Scaled];

    /// The name in links, tables and the JSON of `lab`.
    pub const fn key(self) -> &'static str {
        match self {
            Stepping::Rk1 => "rk1",
            Stepping::Rk2 => "rk2",
            Stepping::Rk3 => "rk3",
            Stepping::Rk4 => "rk4",
            Stepping::Leapfrog => "leapfrog",
            Stepping::AsItIs => "as-it-is",
            Stepping::Scaled => "scaled",
        }
    }

    /// The name on the page, in English.
    pub const fn label(self) -> &'static str {
        match self {
            Stepping::Rk1 => "RK1 (Euler)",
            Stepping::Rk2 => "RK2",
            Stepping::Rk3 => "RK3",
            Stepping::Rk4 => "RK4",
            Stepping::Leapfrog => text!("leapfrog"),
            Stepping::AsItIs => text!("as it is"),
            Stepping::Scaled => text!("scaled by the step"),
        }
    }

    /// Those open to a kind of model.
    pub fn open_to(kind: OdeKind) -> &'static [Stepping] {
        match kind {
            OdeKind::Delta => &Self::CHANGES,
            OdeKind::Ogn => Self::INTEGRATORS.split_at(4).0,
            OdeKind::Hogn => &Self::INTEGRATORS,
        }
    }

    /// This where it is open to a kind; otherwise what is nearest.
    pub fn suited(self, kind: OdeKind) -> Stepping {
        match kind {
            _ if Self::open_to(kind).contains(&self) => self,
            OdeKind::Delta => Stepping::AsItIs,
            OdeKind::Ogn | OdeKind::Hogn => Stepping::Rk4,
        }
    }

    fn tableau(self) -> Option<&'static Tableau> {
        Some(match self {
            Stepping::Rk1 | Stepping::Scaled => &EULER,
            Stepping::Rk2 => &MIDPOINT,
            Stepping::Rk3 => &KUTTA,
            Stepping::Rk4 => &CLASSICAL,
            Stepping::Leapfrog | Stepping::AsItIs => return None,
        })
    }

    /// One step of a length `dt`.
    pub fn step(self, stepped: Stepped<'_>, at: &PhasePoint, dt: f64) -> PhasePoint {
        let Stepped { dynamics, trained } = stepped;
        match (self.tableau(), self, dynamics) {
            (Some(tableau), ..) => runge_kutta::step(tableau, &dynamics, at, dt),
            (None, Stepping::AsItIs, _) => runge_kutta::step(&EULER, &dynamics, at, trained.unwrap_or(dt)),
            (None, _, Dynamics::Separable(h)) => leapfrog::step(h, at, dt),
            (None, _, Dynamics::Hamiltonian(h)) => generalised_leapfrog::step(h, at, dt),
            (None, _, Dynamics::Field(_)) => runge_kutta::step(&CLASSICAL, &dynamics, at, dt),
        }
    }

    /// The states at 0, dt, 2 dt, …, `steps` of them after the start.
    pub fn rollout(self, stepped: Stepped<'_>, start: &PhasePoint, dt: f64, steps: usize) -> Vec<PhasePoint> {
        let mut states = Vec::with_capacity(steps + 1);
        states.push(start.clone());
        for _ in 0..steps {
            let next = self.step(stepped, &states[states.len() - 1], dt);
            states.push(next);
        }
        states
    }
}
