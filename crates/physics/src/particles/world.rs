//! The worlds a visitor can choose: a pair law, who is joined to whom, gravity, drag and a step of time.
//!
//! | world | law | joined | gravity | drag | dt |
//! |---|---|---|---|---|---|
//! | spring | spring | all | | | 0.01 |
//! | 1/r | 1/r | all | | | 0.005 |
//! | 1/r² | 1/r² | all | | | 0.001 |
//! | charge | charge | all | | | 0.001 |
//! | superposition | both | all | | | 0.001 |
//! | damped | spring | all | | ½ | 0.02 |
//! | discontinuous | discontinuous | all | | | 0.01 |
//! | string | spring | neighbours | 1 | | 0.01 |
//! | spring network | k · spring | half of the pairs | | | 0.01 |
//!
//! Steps and laws are those of `simulate.py` of Cranmer et al. (2020). There, drag and gravity are summed over pairs i < j
//! inside the potential, so that body i is slowed by (n − 1 − i)/n, the last one not at all, and the last mass of a string
//! weighs nothing. Here they act on every body alike: the drag is a force −cv with c = ½, what the reference's mean over
//! the bodies comes to for many of them. The spring network is not in that code: its pairs are joined with probability ½
//! as in Kipf et al. (2018, arXiv 1802.04687), and its stiffnesses are drawn around the spring's 1.

use crate::particles::law::PairLaw;
use language::{text, tr};
use serde::{Deserialize, Serialize};

/// A kind of particle world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum World {
    /// Springs between all pairs.
    Spring,
    /// Attraction as 1/r.
    InverseDistance,
    /// Attraction as 1/r².
    InverseSquare,
    /// Charges of ±1.
    Charge,
    /// Charges and masses.
    Superposition,
    /// Springs and drag.
    Damped,
    /// Springs that let go below a distance of 2.
    Discontinuous,
    /// A falling string: springs between neighbours, and gravity.
    String,
    /// Springs of different stiffness between some pairs.
    SpringNetwork,
}

/// Which pairs act on one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// Every pair.
    All,
    /// Each body and the next.
    Neighbours,
    /// Each pair with probability ½.
    Half,
}

/// A world of a stated size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorldConfig {
    /// The kind.
    pub world: World,
    /// Number of bodies.
    pub bodies: usize,
    /// 2 or 3.
    pub dimensions: usize,
    /// Uniform gravity g: the acceleration −g along the second axis, in any world.
    pub gravity: f64,
}

/// A world that cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum WorldError {
    /// Too few or too many bodies.
    #[error("{}", tr!("this world takes from {fewest} to {most} bodies, not {asked}", fewest = FEWEST_BODIES, most = most, asked = asked))]
    Bodies {
        /// The requested number.
        asked: usize,
        /// The most that it takes.
        most: usize,
    },
    /// Neither a plane nor a space.
    #[error("{}", tr!("a world has 2 or 3 dimensions, not {asked}", asked = asked))]
    Dimensions {
        /// The requested number.
        asked: usize,
    },
    /// Gravity that is no number.
    #[error("{}", tr!("gravity has to be a number"))]
    Gravity,
}

/// One body alone has nobody to act on it.
pub const FEWEST_BODIES: usize = 2;

impl World {
    /// All of them, in the order they are offered.
    pub const ALL: [World; 9] = [
        World::Spring,
        World::InverseDistance,
        World::InverseSquare,
        World::Charge,
        World::Superposition,
        World::Damped,
        World::Discontinuous,
        World::String,
        World::SpringNetwork,
    ];

    /// The law between two bodies that are joined.
    pub fn law(self) -> PairLaw {
        match self {
            World::Spring | World::Damped | World::String | World::SpringNetwork => PairLaw::Spring,
            World::InverseDistance => PairLaw::InverseDistance,
            World::InverseSquare => PairLaw::InverseSquare,
            World::Charge => PairLaw::Charge,
            World::Superposition => PairLaw::Superposition,
            World::Discontinuous => PairLaw::Discontinuous,
        }
    }

    /// Which pairs are joined.
    pub fn joined(self) -> Joined {
        match self {
            World::String => Joined::Neighbours,
            World::SpringNetwork => Joined::Half,
            _ => Joined::All,
        }
    }

    /// Step of time between two recorded states, short enough to see the quickest motions of that world.
    pub fn dt(self) -> f64 {
        match self {
            World::Damped => 0.02,
            World::Spring | World::Discontinuous | World::String | World::SpringNetwork => 0.01,
            World::InverseDistance => 0.005,
            World::InverseSquare | World::Charge | World::Superposition => 0.001,
        }
    }

    /// Drag c: the force −cv on every body.
    pub fn drag(self) -> f64 {
        match self {
            World::Damped => 0.5,
            _ => 0.0,
        }
    }

    /// Gravity unless somebody chooses another.
    pub fn gravity(self) -> f64 {
        match self {
            World::String => 1.0,
            _ => 0.0,
        }
    }

    /// The most bodies: what a dense graph network takes in a tab, and the reference's 30 on a string.
    pub fn most_bodies(self) -> usize {
        match self {
            World::String => 30,
            _ => 12,
        }
    }

    /// The name in links and tables.
    pub const fn key(self) -> &'static str {
        match self {
            World::Spring => "spring",
            World::InverseDistance => "r1",
            World::InverseSquare => "r2",
            World::Charge => "charge",
            World::Superposition => "superposition",
            World::Damped => "damped",
            World::Discontinuous => "discontinuous",
            World::String => "string",
            World::SpringNetwork => "network",
        }
    }

    /// The name on the page, in English.
    pub const fn label(self) -> &'static str {
        match self {
            World::Spring => text!("springs"),
            World::InverseDistance => text!("1/r attraction"),
            World::InverseSquare => text!("1/r² attraction"),
            World::Charge => text!("charges"),
            World::Superposition => text!("charges and attraction"),
            World::Damped => text!("damped springs"),
            World::Discontinuous => text!("springs that let go"),
            World::String => text!("a falling string"),
            World::SpringNetwork => text!("a network of springs"),
        }
    }
}

impl WorldConfig {
    /// A world of this size with its own gravity.
    pub fn new(world: World, bodies: usize, dimensions: usize) -> Result<Self, WorldError> {
        let config = Self { world, bodies, dimensions, gravity: world.gravity() };
        config.check()?;
        Ok(config)
    }

    /// Whether such a world can be made.
    pub fn check(&self) -> Result<(), WorldError> {
        let most = self.world.most_bodies();
        if !(FEWEST_BODIES..=most).contains(&self.bodies) {
            return Err(WorldError::Bodies { asked: self.bodies, most });
        }
        if !(2..=3).contains(&self.dimensions) {
            return Err(WorldError::Dimensions { asked: self.dimensions });
        }
        if !self.gravity.is_finite() {
            return Err(WorldError::Gravity);
        }
        Ok(())
    }
}
