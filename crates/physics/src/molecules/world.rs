//! One face for gas and chain: step, look, measure.
//!
//! A page holds a [`World`], calls [`World::step`] once a frame and draws what the other methods return. It does not
//! measure by itself: every step is taken into the [`Observables`].

use crate::molecules::chain::{Chain, ChainStart};
use crate::molecules::gas::Gas;
use crate::molecules::langevin::Bath;
use crate::molecules::observables::Observables;
use crate::molecules::radial::RadialDistribution;
use crate::molecules::settings::{ChainConfig, GasConfig, Unfit};
use crate::molecules::speeds::SpeedHistogram;
use numerics::seed::{Purpose, Seed};
use rand_chacha::ChaCha8Rng;

/// Steps between two samples of where the energy is; a sample of a chain costs as much as many steps.
const SHARES_EVERY: u64 = 8;
/// Collision times between two samples of the speeds, so that each finds the particles with new ones.
const COLLISIONS_BETWEEN_SPEEDS: f64 = 8.0;

/// The number of the random numbers of a bath, apart from those of the start.
const BATH: u32 = 1;

/// Rings of the radial distribution.
const RINGS: usize = 100;

/// What there is.
#[derive(Clone, Debug)]
pub enum Matter {
    /// A Lennard-Jones gas: ergodic.
    Gas(Box<Gas>),
    /// A harmonic chain: not ergodic.
    Chain(Chain),
}

/// A system and what has been measured of it.
#[derive(Clone, Debug)]
pub struct World {
    matter: Matter,
    observables: Observables,
    steps: u64,
    speeds_every: u64,
    /// A heat bath, and its random numbers.
    bath: Option<(Bath, ChaCha8Rng)>,
}

impl World {
    /// A gas on its lattice; call [`World::equilibrate`] before averages are to mean anything.
    pub fn gas(config: GasConfig, seed: Seed) -> Result<Self, Unfit> {
        let gas = Gas::new(config, &mut seed.stream(Purpose::Molecules))?;
        Ok(Self::of(Matter::Gas(Box::new(gas))))
    }

    /// A chain. It needs no equilibration, and none would help.
    pub fn chain(config: ChainConfig, start: ChainStart, seed: Seed) -> Result<Self, Unfit> {
        let chain = Chain::new(config, start, &mut seed.stream(Purpose::Molecules))?;
        Ok(Self::of(Matter::Chain(chain)))
    }

    /// A world of a gas or a chain in whatever state it is, with nothing measured yet.
    pub fn of(matter: Matter) -> Self {
        let speeds_every = match &matter {
            Matter::Gas(gas) => COLLISIONS_BETWEEN_SPEEDS * gas.config().collision_time() / gas.config().dt,
            Matter::Chain(_) => 1.0,
        };
        let observables = nothing_measured(&matter, false);
        Self { matter, observables, steps: 0, speeds_every: (speeds_every.ceil() as u64).max(1), bath: None }
    }

    /// The same in a heat bath: averages along its motion are canonical. The bath keeps no momentum, so that a gas has two degrees of freedom
    /// more than alone.
    pub fn in_bath(mut self, bath: Bath, seed: Seed) -> Self {
        self.bath = Some((bath, seed.stream_of(Purpose::Molecules, BATH)));
        self.forget();
        self
    }

    /// The heat bath that it is in.
    pub fn bath(&self) -> Option<&Bath> {
        self.bath.as_ref().map(|(bath, _)| bath)
    }

    /// Steps `n` times and measures each.
    pub fn step(&mut self, n: usize) {
        for _ in 0..n {
            self.advance();
            self.steps += 1;
            self.measure();
        }
    }

    /// One step, in the bath where there is one.
    fn advance(&mut self) {
        match (&mut self.matter, &mut self.bath) {
            (Matter::Gas(gas), None) => gas.step(),
            (Matter::Gas(gas), Some((bath, rng))) => gas.step_in(bath, rng),
            (Matter::Chain(chain), None) => chain.step(),
            (Matter::Chain(chain), Some((bath, rng))) => chain.step_in(bath, rng),
        }
    }

    /// Steps a gas `n` times while holding its temperature, and starts measuring anew. Steps a chain in a bath only.
    pub fn equilibrate(&mut self, n: usize) {
        match &mut self.matter {
            Matter::Gas(gas) if self.bath.is_none() => gas.equilibrate(n),
            Matter::Chain(_) if self.bath.is_none() => {}
            _ => (0..n).for_each(|_| self.advance()),
        }
        self.forget();
    }

    /// Starts measuring anew.
    pub fn forget(&mut self) {
        self.observables = nothing_measured(&self.matter, self.bath.is_some());
    }

    /// Turns all velocities round. The motion retraces itself until rounding, which chaos amplifies, has grown large.
    pub fn reverse(&mut self) {
        match &mut self.matter {
            Matter::Gas(gas) => gas.reverse(),
            Matter::Chain(chain) => chain.reverse(),
        }
    }

    /// The gas or the chain itself.
    pub fn matter(&self) -> &Matter {
        &self.matter
    }

    /// What has been measured since the last [`World::forget`].
    pub fn observables(&self) -> &Observables {
        &self.observables
    }

    /// Where to draw the particles. Of a gas: `[x, y]` in the box, each from 0 to its side. Of a chain: `[i, qᵢ]`, the number
    /// of the mass (walls at 0 and N + 1) and its displacement.
    pub fn positions(&self) -> Vec<[f64; 2]> {
        match &self.matter {
            Matter::Gas(gas) => gas.positions().collect(),
            Matter::Chain(chain) => chain.state().q.iter().enumerate().map(|(i, q)| [(i + 1) as f64, *q]).collect(),
        }
    }

    /// How fast each particle is, without direction.
    pub fn speeds(&self) -> Vec<f64> {
        match &self.matter {
            Matter::Gas(gas) => gas.speeds().collect(),
            Matter::Chain(chain) => chain.state().p.iter().map(|p| p.abs() / chain.config().mass).collect(),
        }
    }

    /// Kinetic energy.
    pub fn kinetic(&self) -> f64 {
        match &self.matter {
            Matter::Gas(gas) => gas.kinetic(),
            Matter::Chain(chain) => chain.kinetic(),
        }
    }

    /// Potential energy.
    pub fn potential(&self) -> f64 {
        match &self.matter {
            Matter::Gas(gas) => gas.potential(),
            Matter::Chain(chain) => chain.potential(),
        }
    }

    /// Total momentum `[x, y]`. A gas keeps it; a chain does not, since its walls push (its y is zero).
    pub fn momentum(&self) -> [f64; 2] {
        match &self.matter {
            Matter::Gas(gas) => gas.momentum(),
            Matter::Chain(chain) => [chain.state().p.iter().sum(), 0.0],
        }
    }

    /// Time since the start.
    pub fn time(&self) -> f64 {
        match &self.matter {
            Matter::Gas(gas) => gas.time(),
            Matter::Chain(chain) => chain.time(),
        }
    }

    fn measure(&mut self) {
        self.observables.measure(self.time(), self.kinetic(), self.potential());
        if let Matter::Gas(gas) = &self.matter {
            self.observables.press(gas.pressure());
        }
        if self.steps.is_multiple_of(SHARES_EVERY) {
            match &self.matter {
                Matter::Gas(gas) => {
                    let components = gas.velocities().flatten();
                    self.observables.share_out(components.map(|velocity| 0.5 * velocity * velocity));
                }
                Matter::Chain(chain) => self.observables.share_out(chain.mode_energies()),
            }
        }
        if let Matter::Gas(gas) = &self.matter
            && self.steps.is_multiple_of(self.speeds_every)
        {
            self.observables.count(gas.speeds());
            let positions: Vec<[f64; 2]> = gas.positions().collect();
            self.observables.place(&positions);
        }
    }
}

fn nothing_measured(matter: &Matter, bathed: bool) -> Observables {
    match matter {
        Matter::Gas(gas) => {
            let config = gas.config();
            let speeds = SpeedHistogram::new(config.temperature);
            let radial = RadialDistribution::new(RINGS, gas.side(), config.particles);
            let freedom = if bathed { 2 * config.particles } else { config.degrees_of_freedom() };
            Observables::new(freedom, 2 * config.particles, Some(speeds)).with_radial(radial)
        }
        Matter::Chain(chain) => Observables::new(chain.config().masses, chain.config().masses, None),
    }
}
