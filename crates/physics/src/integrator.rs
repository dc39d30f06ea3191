//! The fixed-step schemes a visitor can choose, and which of them suit what.
//!
//! | scheme | order | symplectic | needs |
//! |---|---|---|---|
//! | Euler | 1 | no | any field |
//! | RK4 | 4 | no | any field |
//! | implicit midpoint | 2 | yes | any field (symplectic if it is Hamiltonian) |
//! | generalised leapfrog | 2 | yes | any H(q, p) |
//! | symplectic Euler | 1 | yes | H = T(p) + V(q) |
//! | leapfrog | 2 | yes | H = T(p) + V(q) |
//! | Yoshida 4 | 4 | yes | H = T(p) + V(q) |
//!
//! A learned H(q, p) is not separable, and a baseline field has no symplectic scheme at all: [`Scheme::suited`] says what is
//! used instead.

use crate::dynamics::{Dynamics, Hamiltonian};
use crate::integrators::runge_kutta::{self, CLASSICAL, EULER};
use crate::integrators::{generalised_leapfrog, implicit_midpoint, leapfrog, symplectic_euler, yoshida4};
use crate::phase_space::PhasePoint;
use language::{text, tr, translated};
use serde::{Deserialize, Serialize};

/// A fixed-step integration scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scheme {
    /// Explicit Euler.
    Euler,
    /// Classical Runge–Kutta.
    Rk4,
    /// Implicit midpoint rule.
    ImplicitMidpoint,
    /// Generalised (implicit) leapfrog.
    GeneralisedLeapfrog,
    /// Symplectic Euler.
    SymplecticEuler,
    /// Leapfrog.
    Leapfrog,
    /// Yoshida's fourth-order composition.
    Yoshida4,
}

/// A scheme was used on something it is not defined for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", tr!("{scheme} needs {what}", scheme = translated(scheme.name()), what = scheme.needs()))]
pub struct Unsuited {
    /// The scheme.
    pub scheme: Scheme,
}

impl Scheme {
    /// All of them, in the order they are offered.
    pub const ALL: [Scheme; 7] = [
        Scheme::Rk4,
        Scheme::Euler,
        Scheme::ImplicitMidpoint,
        Scheme::GeneralisedLeapfrog,
        Scheme::SymplecticEuler,
        Scheme::Leapfrog,
        Scheme::Yoshida4,
    ];

    /// The exponent n of the global error, dtⁿ.
    pub fn order(self) -> u32 {
        match self {
            Scheme::Euler | Scheme::SymplecticEuler => 1,
            Scheme::ImplicitMidpoint | Scheme::GeneralisedLeapfrog | Scheme::Leapfrog => 2,
            Scheme::Rk4 | Scheme::Yoshida4 => 4,
        }
    }

    /// What the field calls it, in English.
    pub const fn name(self) -> &'static str {
        match self {
            Scheme::Euler => "Euler",
            Scheme::Rk4 => "RK4",
            Scheme::ImplicitMidpoint => text!("implicit midpoint"),
            Scheme::GeneralisedLeapfrog => text!("generalised leapfrog"),
            Scheme::SymplecticEuler => text!("symplectic Euler"),
            Scheme::Leapfrog => text!("leapfrog"),
            Scheme::Yoshida4 => "Yoshida 4",
        }
    }

    fn needs(self) -> &'static str {
        match self {
            Scheme::Euler | Scheme::Rk4 | Scheme::ImplicitMidpoint => tr!("any field"),
            Scheme::GeneralisedLeapfrog => tr!("a Hamiltonian"),
            Scheme::SymplecticEuler | Scheme::Leapfrog | Scheme::Yoshida4 => tr!("a Hamiltonian T(p) + V(q)"),
        }
    }

    /// This scheme where it is defined; otherwise the nearest that is. A Hamiltonian that does not split gets the
    /// generalised leapfrog, a field without a Hamiltonian gets RK4.
    pub fn suited(self, dynamics: Dynamics<'_>) -> Scheme {
        match (self, dynamics) {
            (Scheme::Euler | Scheme::Rk4 | Scheme::ImplicitMidpoint, _) => self,
            (_, Dynamics::Separable(_)) => self,
            (_, Dynamics::Hamiltonian(_)) => Scheme::GeneralisedLeapfrog,
            (_, Dynamics::Field(_)) => Scheme::Rk4,
        }
    }

    /// One step of size `dt`, which may be negative.
    pub fn step(self, dynamics: Dynamics<'_>, at: &PhasePoint, dt: f64) -> Result<PhasePoint, Unsuited> {
        match (self, dynamics) {
            (Scheme::Euler, _) => Ok(runge_kutta::step(&EULER, &dynamics, at, dt)),
            (Scheme::Rk4, _) => Ok(runge_kutta::step(&CLASSICAL, &dynamics, at, dt)),
            (Scheme::ImplicitMidpoint, _) => Ok(implicit_midpoint::step(&dynamics, at, dt)),
            (Scheme::GeneralisedLeapfrog, Dynamics::Hamiltonian(h)) => Ok(generalised_leapfrog::step(h, at, dt)),
            (Scheme::GeneralisedLeapfrog, Dynamics::Separable(h)) => {
                Ok(generalised_leapfrog::step(h as &dyn Hamiltonian, at, dt))
            }
            (Scheme::SymplecticEuler, Dynamics::Separable(h)) => Ok(symplectic_euler::step(h, at, dt)),
            (Scheme::Leapfrog, Dynamics::Separable(h)) => Ok(leapfrog::step(h, at, dt)),
            (Scheme::Yoshida4, Dynamics::Separable(h)) => Ok(yoshida4::step(h, at, dt)),
            _ => Err(Unsuited { scheme: self }),
        }
    }
}
