//! The domains and their constants.

use language::tr;
use serde::{Deserialize, Serialize};

/// A domain of the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Domain {
    /// A star and planets: each body attracts each other one.
    #[default]
    NBody,
    /// Balls that collide with one another and with the walls of a box.
    Balls,
    /// Masses on a string of springs that falls over a disc.
    String,
}

/// Softening ε of gravity: U = −m₁m₂/√(r² + ε²), with G = 1.
pub const SOFTENING: f64 = 0.2;
/// Radius of a ball.
pub const BALL: f64 = 0.1;
/// Walls are at ± this, in both directions.
pub const WALL: f64 = 1.0;
/// Stiffness k of a spring of the string: U = k(r − L)²/2.
pub const STIFFNESS: f64 = 300.0;
/// Rest length L of a spring of the string.
pub const LENGTH: f64 = 0.15;
/// Weight: masses of the string are accelerated by −g along the second axis.
pub const WEIGHT: f64 = 1.0;
/// Radius R of the disc.
pub const DISC: f64 = 0.5;
/// The disc pushes back like a spring of this stiffness: U = c(R − r)²/2 for r < R.
pub const CONTACT: f64 = 300.0;

impl Domain {
    /// All of them, in the order of the paper.
    pub const ALL: [Domain; 3] = [Domain::NBody, Domain::Balls, Domain::String];

    /// Time from one frame to the next.
    pub fn dt(self) -> f64 {
        match self {
            Domain::NBody | Domain::Balls => 0.02,
            Domain::String => 0.015,
        }
    }

    /// Bodies in the paper's training.
    pub fn bodies(self) -> usize {
        match self {
            Domain::NBody | Domain::Balls => 6,
            Domain::String => 15,
        }
    }

    /// Numbers of bodies on which a trained network is evaluated.
    pub fn sizes(self) -> &'static [usize] {
        match self {
            Domain::NBody => &[3, 6, 12],
            Domain::Balls => &[3, 6, 9, 12],
            Domain::String => &[3, 6, 12, 15, 30],
        }
    }

    /// The most bodies that a scene takes.
    pub fn most_bodies(self) -> usize {
        match self {
            Domain::NBody | Domain::Balls => 12,
            Domain::String => 30,
        }
    }

    /// The name in links and tables.
    pub const fn key(self) -> &'static str {
        match self {
            Domain::NBody => "nbody",
            Domain::Balls => "balls",
            Domain::String => "string",
        }
    }

    /// The name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Domain::NBody => tr!("bodies under gravity"),
            Domain::Balls => tr!("balls in a box"),
            Domain::String => tr!("a string over a disc"),
        }
    }
}
