//! The other side of ⟨A⟩ₜ = ⟨A⟩: the average over many states of the same energy.
//!
//! For a gas, over independent starts: each its own velocities, melted and equilibrated at the temperature of the settings,
//! then scaled to the energy of the motion it is compared with, then left alone until nothing remembers the scaling, then
//! measured **once**. Particles, box, energy and zero total momentum are the same as along the motion, so both averages are
//! microcanonical (N, V, E and P fixed) and no correction stands between them. Measuring once keeps the two sides apart:
//! no time average hides in this one. Each start has random numbers of its own, so starts can be measured in any order, and
//! side by side.
//!
//! For a chain the average is known: E/2 kinetic and E/2 potential, E/N in each mode (see [`crate::molecules::chain`]).

use crate::molecules::average::{Estimate, Moments};
use crate::molecules::gas::Gas;
use crate::molecules::settings::{GasConfig, Unfit};
use crate::molecules::world::{Matter, World};
use numerics::seed::{Purpose, Seed};
use serde::{Deserialize, Serialize};

/// Starts that are enough for an error bar which itself is known to a tenth.
pub const STARTS: u32 = 64;
/// Time in which the lattice melts and the temperature settles.
const EQUILIBRATION: f64 = 6.0;
/// Time left alone after the energy is set, in collision times, and its limits. Kinetic and potential energy exchange within
/// a few collisions; the upper limit keeps a dilute gas from taking minutes.
const RELAXATION: (f64, f64, f64) = (20.0, 10.0, 50.0);

/// Independent starts of one gas at one energy, as plain data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Starts {
    /// Of this gas.
    pub config: GasConfig,
    /// Total energy of each, in ε.
    pub energy: f64,
    /// What their random numbers descend from.
    pub seed: Seed,
}

impl Starts {
    /// Starts of the gas in `world`, at the energy that it has now; `None` for a chain, whose averages are known, and in a bath, which does not keep an
    /// energy.
    pub fn of(world: &World, seed: Seed) -> Option<Self> {
        match world.matter() {
            _ if world.bath().is_some() => None,
            Matter::Gas(gas) => Some(Self { config: *gas.config(), energy: gas.energy(), seed }),
            Matter::Chain(_) => None,
        }
    }

    /// Start number `number`, at its lattice.
    pub fn begin(&self, number: u32) -> Result<Start, Unfit> {
        let gas = Gas::new(self.config, &mut self.seed.stream_of(Purpose::Ensemble, number))?;
        Ok(Start { number, energy: self.energy, gas, stage: Stage::Equilibrating(steps(EQUILIBRATION, &self.config)) })
    }
}

/// One start under way.
#[derive(Clone, Debug)]
pub struct Start {
    number: u32,
    energy: f64,
    gas: Gas,
    stage: Stage,
}

/// What a start is at, and how many steps of it are left.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Equilibrating(usize),
    Relaxing(usize),
}

/// What one start came to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Its number.
    pub number: u32,
    /// Kinetic energy of all particles, in ε.
    pub kinetic: f64,
    /// Potential energy of all particles, in ε.
    pub potential: f64,
}

impl Start {
    /// At most `n` steps more, each of which costs what a step of the gas costs; what was measured, once it is there.
    pub fn step(&mut self, n: usize) -> Option<Measured> {
        for _ in 0..n {
            if self.advance() {
                let (kinetic, potential) = (self.gas.kinetic(), self.gas.potential());
                return Some(Measured { number: self.number, kinetic, potential });
            }
        }
        None
    }

    /// One step; true when it is ready to be measured.
    fn advance(&mut self) -> bool {
        match &mut self.stage {
            Stage::Equilibrating(left) if *left > 0 => {
                *left -= 1;
                self.gas.equilibrate(1);
                false
            }
            Stage::Equilibrating(_) => {
                // Where the potential energy alone is too large, the start goes on until it is not.
                self.gas.equilibrate(1);
                if self.gas.set_energy(self.energy) {
                    let (collisions, least, most) = RELAXATION;
                    let time = (collisions * self.gas.config().collision_time()).clamp(least, most);
                    self.stage = Stage::Relaxing(steps(time, self.gas.config()));
                }
                false
            }
            Stage::Relaxing(left) => {
                *left = left.saturating_sub(1);
                self.gas.step();
                *left == 0
            }
        }
    }
}

/// An average over states of equal energy.
#[derive(Clone, Debug)]
pub struct Ensemble {
    source: Source,
    kinetic: Moments,
    potential: Moments,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// Measured, with so many particles.
    Starts { particles: usize },
    /// Known beforehand: mean kinetic and mean potential energy, and the mean of each share of the energy.
    ClosedForm { kinetic: f64, potential: Option<f64>, share: f64 },
}

impl Ensemble {
    /// The ensemble that `world` belongs to at its present energy: of a gas still without a start, of a chain the closed form. In a bath the canonical one,
    /// as far as it is known: T/2 for every momentum, and for every spring of a chain.
    pub fn of(world: &World) -> Self {
        let source = match (world.matter(), world.bath()) {
            (matter, Some(bath)) => canonical(matter, bath.temperature),
            (Matter::Gas(gas), None) => Source::Starts { particles: gas.config().particles },
            (Matter::Chain(chain), None) => {
                let energy = chain.kinetic() + chain.potential();
                let share = energy / chain.config().masses as f64;
                Source::ClosedForm { kinetic: 0.5 * energy, potential: Some(0.5 * energy), share }
            }
        };
        Self { source, kinetic: Moments::default(), potential: Moments::default() }
    }

    /// Takes in what a start came to.
    pub fn push(&mut self, measured: &Measured) {
        self.kinetic.push(measured.kinetic);
        self.potential.push(measured.potential);
    }

    /// Starts taken in.
    pub fn count(&self) -> u64 {
        self.kinetic.count()
    }

    /// Mean kinetic energy over the starts measured so far; none before the second.
    pub fn kinetic(&self) -> Option<Estimate> {
        match self.source {
            Source::Starts { .. } => self.kinetic.estimate(),
            Source::ClosedForm { kinetic, .. } => Some(Estimate::exact(kinetic)),
        }
    }

    /// Mean potential energy over the starts measured so far; none before the second.
    pub fn potential(&self) -> Option<Estimate> {
        match self.source {
            Source::Starts { .. } => self.potential.estimate(),
            Source::ClosedForm { potential, .. } => potential.map(Estimate::exact),
        }
    }

    /// What each entry of [`crate::molecules::observables::Observables::shares`] is on average over all states of the
    /// energy: of a gas, T/2 less one part in N for the momentum that is fixed; of a chain, E/N.
    pub fn share(&self) -> Option<Estimate> {
        match self.source {
            Source::Starts { particles } => self.kinetic.estimate().map(|kinetic| {
                let part = 1.0 / (2 * particles) as f64;
                Estimate { mean: part * kinetic.mean, error: part * kinetic.error }
            }),
            Source::ClosedForm { share, .. } => Some(Estimate::exact(share)),
        }
    }
}

/// ⟨K⟩ = T/2 for every momentum; of a chain as much potential energy, and T in each mode. Of a gas nothing is known of the potential energy.
fn canonical(matter: &Matter, temperature: f64) -> Source {
    match matter {
        Matter::Gas(gas) => {
            let kinetic = gas.config().particles as f64 * temperature;
            Source::ClosedForm { kinetic, potential: None, share: 0.5 * temperature }
        }
        Matter::Chain(chain) => {
            let half = 0.5 * chain.config().masses as f64 * temperature;
            Source::ClosedForm { kinetic: half, potential: Some(half), share: temperature }
        }
    }
}

fn steps(time: f64, config: &GasConfig) -> usize {
    (time / config.dt).ceil() as usize
}
