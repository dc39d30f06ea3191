//! The other side of ⟨A⟩ₜ = ⟨A⟩: the average over many states of the same energy, a little work at a time.
//!
//! For a gas, over independent starts: each its own velocities, melted and equilibrated at the temperature of the settings,
//! then scaled to the energy of the motion it is compared with, then left alone until nothing remembers the scaling, then
//! measured **once**. Particles, box, energy and zero total momentum are the same as along the motion, so both averages are
//! microcanonical (N, V, E and P fixed) and no correction stands between them. Measuring once keeps the two sides apart:
//! no time average hides in this one.
//!
//! For a chain the average is known: E/2 kinetic and E/2 potential, E/N in each mode (see [`crate::molecules::chain`]).

use crate::molecules::average::{Estimate, Moments};
use crate::molecules::gas::Gas;
use crate::molecules::settings::{GasConfig, Unfit};
use crate::molecules::world::{Matter, World};
use numerics::seed::{Purpose, Seed};
use rand_chacha::ChaCha8Rng;

/// Starts that are enough for an error bar which itself is known to a tenth.
pub const STARTS: usize = 64;
/// Time in which the lattice melts and the temperature settles.
const EQUILIBRATION: f64 = 6.0;
/// Time left alone after the energy is set, in collision times, and its limits. Kinetic and potential energy exchange within
/// a few collisions; the upper limit keeps a dilute gas from taking minutes.
const RELAXATION: (f64, f64, f64) = (20.0, 10.0, 50.0);

/// An average over states of equal energy.
#[derive(Clone, Debug)]
pub struct Ensemble {
    source: Source,
    kinetic: Moments,
    potential: Moments,
}

#[derive(Clone, Debug)]
enum Source {
    /// By simulation of one start after another.
    Starts(Box<Starts>),
    /// Known beforehand: mean kinetic and mean potential energy, and the mean of each share of the energy.
    ClosedForm { kinetic: f64, potential: f64, share: f64 },
}

#[derive(Clone, Debug)]
struct Starts {
    config: GasConfig,
    energy: f64,
    wanted: usize,
    rng: ChaCha8Rng,
    gas: Gas,
    stage: Stage,
}

/// What the present start is at, and how many steps of it are left.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Equilibrating(usize),
    Relaxing(usize),
}

impl Ensemble {
    /// The ensemble that `world` belongs to at its present energy: `starts` independent ones for a gas (at least two; see
    /// [`STARTS`]), the closed form for a chain.
    pub fn of(world: &World, starts: usize, seed: Seed) -> Result<Self, Unfit> {
        let source = match world.matter() {
            Matter::Gas(gas) => {
                let (config, mut rng) = (*gas.config(), seed.stream(Purpose::Ensemble));
                let first = Gas::new(config, &mut rng)?;
                let stage = Stage::Equilibrating(steps(EQUILIBRATION, &config));
                let (energy, wanted) = (gas.energy(), starts.max(2));
                Source::Starts(Box::new(Starts { config, energy, wanted, rng, gas: first, stage }))
            }
            Matter::Chain(chain) => {
                let energy = chain.kinetic() + chain.potential();
                let share = energy / chain.config().masses as f64;
                Source::ClosedForm { kinetic: 0.5 * energy, potential: 0.5 * energy, share }
            }
        };
        Ok(Self { source, kinetic: Moments::default(), potential: Moments::default() })
    }

    /// Does `n` steps of the work that is left, and says whether all is done. Each costs what a step of the gas costs.
    pub fn step(&mut self, n: usize) -> Result<bool, Unfit> {
        let Source::Starts(starts) = &mut self.source else {
            return Ok(true);
        };
        for _ in 0..n {
            if self.kinetic.count() >= starts.wanted as u64 {
                return Ok(true);
            }
            if starts.step() {
                self.kinetic.push(starts.gas.kinetic());
                self.potential.push(starts.gas.potential());
                starts.begin()?;
            }
        }
        Ok(self.kinetic.count() >= starts.wanted as u64)
    }

    /// How much of the work is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        match &self.source {
            Source::Starts(starts) => self.kinetic.count() as f64 / starts.wanted as f64,
            Source::ClosedForm { .. } => 1.0,
        }
    }

    /// Mean kinetic energy over the starts measured so far; none before the second.
    pub fn kinetic(&self) -> Option<Estimate> {
        match self.source {
            Source::Starts(_) => self.kinetic.estimate(),
            Source::ClosedForm { kinetic, .. } => Some(Estimate::exact(kinetic)),
        }
    }

    /// Mean potential energy over the starts measured so far; none before the second.
    pub fn potential(&self) -> Option<Estimate> {
        match self.source {
            Source::Starts(_) => self.potential.estimate(),
            Source::ClosedForm { potential, .. } => Some(Estimate::exact(potential)),
        }
    }

    /// What each entry of [`crate::molecules::observables::Observables::shares`] is on average over all states of the
    /// energy: of a gas, T/2 less one part in N for the momentum that is fixed; of a chain, E/N.
    pub fn share(&self) -> Option<Estimate> {
        match &self.source {
            Source::Starts(starts) => self.kinetic.estimate().map(|kinetic| {
                let part = 1.0 / (2 * starts.config.particles) as f64;
                Estimate { mean: part * kinetic.mean, error: part * kinetic.error }
            }),
            Source::ClosedForm { share, .. } => Some(Estimate::exact(*share)),
        }
    }
}

impl Starts {
    /// One step of the present start; true when it is ready to be measured.
    fn step(&mut self) -> bool {
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
                    let time = (collisions * self.config.collision_time()).clamp(least, most);
                    self.stage = Stage::Relaxing(steps(time, &self.config));
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

    fn begin(&mut self) -> Result<(), Unfit> {
        self.gas = Gas::new(self.config, &mut self.rng)?;
        self.stage = Stage::Equilibrating(steps(EQUILIBRATION, &self.config));
        Ok(())
    }
}

fn steps(time: f64, config: &GasConfig) -> usize {
    (time / config.dt).ceil() as usize
}
