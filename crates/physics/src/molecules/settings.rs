//! What a visitor may choose about a gas or a chain, and which choices make sense.
//!
//! Everything is in reduced units: lengths in σ, energies in ε, masses in m, so times in σ√(m/ε) and temperatures in ε/k_B.
//! For argon one unit of time is 2.2 ps and one of temperature 120 K.

use crate::molecules::lennard_jones::CUTOFF;
use language::{fixed, text, tr, translated, written};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// A Lennard-Jones gas or fluid in a periodic square.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GasConfig {
    /// Number of particles, 16 to 256.
    pub particles: usize,
    /// Particles per unit of area, 0.05 to 0.8. Together with `particles` it gives the side of the box, which must be at
    /// least twice the cutoff, so that no particle meets two images of another.
    pub density: f64,
    /// Temperature of the start, 0.2 to 3.
    pub temperature: f64,
    /// Time step, 0.0005 to 0.005. Above that a close encounter is no longer resolved.
    pub dt: f64,
}

/// A chain of equal masses between two walls, joined by equal springs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainConfig {
    /// Number of moving masses, 2 to 128.
    pub masses: usize,
    /// Mass of each, 0.1 to 10.
    pub mass: f64,
    /// Stiffness of each spring, 0.1 to 10.
    pub stiffness: f64,
    /// Total energy of the start, 0.01 to 1000.
    pub energy: f64,
    /// Time step. At most a tenth of √(mass/stiffness): the fastest mode then takes more than 31 steps, and its energy
    /// wavers by no more than one part in a hundred.
    pub dt: f64,
}

/// Why a gas or a chain cannot be set up.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Unfit {
    /// The number of particles or masses.
    #[error("{}", tr!("there can be {fewest} to {most} of them, not {given}", fewest = range.0, most = range.1, given = given))]
    Count {
        /// The requested value.
        given: usize,
        /// The fewest and the most.
        range: (usize, usize),
    },
    /// A quantity outside the range in which the simulation means something.
    #[error("{}", tr!(
        "the {quantity} must be between {least} and {most}, not {given}",
        quantity = translated(quantity),
        least = written(range.0.to_string()),
        most = written(range.1.to_string()),
        given = written(given.to_string())
    ))]
    OutOfRange {
        /// Its name, in English.
        quantity: &'static str,
        /// The requested value.
        given: f64,
        /// The smallest and the largest.
        range: (f64, f64),
    },
    /// The box is less than twice as wide as the forces reach.
    #[error("{}", tr!(
        "{particles} particles at density {density} fill a box of side {side}, but the forces reach across {reach}: \
         take more particles or a lower density",
        particles = particles,
        density = written(density.to_string()),
        side = fixed(*side, 2),
        reach = written((2.0 * CUTOFF).to_string())
    ))]
    BoxTooSmall {
        /// Number of particles.
        particles: usize,
        /// Their density.
        density: f64,
        /// The side of the box.
        side: f64,
    },
    /// A given state in which particles overlap, or with more or fewer places than particles.
    #[error("{}", tr!("this state has particles on top of one another, or not one place and one velocity for each"))]
    State,
    /// A mode that the chain does not have.
    #[error("{}", tr!("a chain of {masses} masses has the modes 1 to {masses}, and no mode {mode}", masses = masses, mode = mode))]
    Mode {
        /// The requested mode, counted from 1.
        mode: usize,
        /// Number of masses.
        masses: usize,
    },
}

impl GasConfig {
    /// Particles meet now and then: nearly an ideal gas.
    pub const DILUTE: Self = Self { particles: 256, density: 0.1, temperature: 1.0, dt: 0.004 };
    /// A fluid well above the critical temperature.
    pub const FLUID: Self = Self { particles: 256, density: 0.4, temperature: 1.0, dt: 0.004 };
    /// Crowded, close to freezing.
    pub const DENSE: Self = Self { particles: 256, density: 0.7, temperature: 1.0, dt: 0.004 };

    /// Valid numbers of particles. The upper end lets a particle's number fit a byte.
    pub const PARTICLES: RangeInclusive<usize> = 16..=256;
    /// Valid densities. Above, the particles freeze, and a crystal explores nothing but itself.
    pub const DENSITY: RangeInclusive<f64> = 0.05..=0.8;
    /// Valid temperatures.
    pub const TEMPERATURE: RangeInclusive<f64> = 0.2..=3.0;
    /// Valid time steps.
    pub const DT: RangeInclusive<f64> = 0.0005..=0.005;

    /// The side of the square, √(particles/density).
    pub fn side(&self) -> f64 {
        (self.particles as f64 / self.density).sqrt()
    }

    /// Velocity components less the two that zero total momentum fixes: temperature is 2K over this.
    pub fn degrees_of_freedom(&self) -> usize {
        2 * self.particles - 2
    }

    /// Mean time between the collisions of one particle, as if particles were hard discs of diameter 1 in a dilute gas:
    /// 1/(2ρ√(πT)). It measures how soon velocities are forgotten. Chapman and Cowling, *The Mathematical Theory of
    /// Non-Uniform Gases*, in two dimensions.
    pub fn collision_time(&self) -> f64 {
        0.5 / (self.density * (std::f64::consts::PI * self.temperature).sqrt())
    }

    /// These settings, if they are valid.
    pub fn checked(self) -> Result<Self, Unfit> {
        check_count(self.particles, &Self::PARTICLES)?;
        check(text!("density"), self.density, &Self::DENSITY)?;
        check(text!("temperature"), self.temperature, &Self::TEMPERATURE)?;
        check(text!("time step"), self.dt, &Self::DT)?;
        let side = self.side();
        if side < 2.0 * CUTOFF {
            return Err(Unfit::BoxTooSmall { particles: self.particles, density: self.density, side });
        }
        Ok(self)
    }
}

impl Default for GasConfig {
    fn default() -> Self {
        Self::FLUID
    }
}

impl ChainConfig {
    /// Enough masses for a wave to be seen, few enough to be distinguished.
    pub const STRING: Self = Self { masses: 32, mass: 1.0, stiffness: 1.0, energy: 32.0, dt: 0.05 };

    /// Valid numbers of masses.
    pub const MASSES: RangeInclusive<usize> = 2..=128;
    /// Valid masses.
    pub const MASS: RangeInclusive<f64> = 0.1..=10.0;
    /// Valid stiffnesses.
    pub const STIFFNESS: RangeInclusive<f64> = 0.1..=10.0;
    /// Valid energies.
    pub const ENERGY: RangeInclusive<f64> = 0.01..=1000.0;

    /// Valid time steps, which depend on mass and stiffness.
    pub fn dt_range(&self) -> RangeInclusive<f64> {
        let natural = (self.mass / self.stiffness).sqrt();
        0.001 * natural..=0.1 * natural
    }

    /// These settings, if they are valid.
    pub fn checked(self) -> Result<Self, Unfit> {
        check_count(self.masses, &Self::MASSES)?;
        check(text!("mass"), self.mass, &Self::MASS)?;
        check(text!("stiffness"), self.stiffness, &Self::STIFFNESS)?;
        check(text!("energy"), self.energy, &Self::ENERGY)?;
        check(text!("time step"), self.dt, &self.dt_range())?;
        Ok(self)
    }
}

impl Default for ChainConfig {
    fn default() -> Self {
        Self::STRING
    }
}

fn check(quantity: &'static str, given: f64, range: &RangeInclusive<f64>) -> Result<(), Unfit> {
    // Not a number is in no range.
    if range.contains(&given) {
        return Ok(());
    }
    Err(Unfit::OutOfRange { quantity, given, range: (*range.start(), *range.end()) })
}

fn check_count(given: usize, range: &RangeInclusive<usize>) -> Result<(), Unfit> {
    if range.contains(&given) {
        return Ok(());
    }
    Err(Unfit::Count { given, range: (*range.start(), *range.end()) })
}
