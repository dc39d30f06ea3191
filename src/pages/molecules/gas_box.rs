//! The page of molecules: a world that runs in the page, its averages over time, and the ensemble that they are held against.
//!
//! Pure: the component calls [`GasBox::advance`] once a frame and draws what it finds.

use experiments::molecules::{EnsembleKind, MatterKind, MoleculesExperiment};
use numerics::seed::Seed;
use physics::molecules::average::Estimate;
use physics::molecules::chain::ChainStart;
use physics::molecules::ensemble::{Ensemble, Measured, Starts};
use physics::molecules::langevin::Bath;
use physics::molecules::settings::{ChainConfig, GasConfig, Unfit};
use physics::molecules::world::{Matter, World};
use std::collections::BTreeMap;

/// Steps of a gas and of a chain in a frame: about a millisecond of one slow core.
const STEPS: [usize; 2] = [12, 40];
/// Friction of a heat bath: velocities are forgotten within two units of time.
const FRICTION: f64 = 0.5;
/// Steps in which a lattice melts, or a chain takes up the temperature of a bath, before anything is measured.
const MELTING: usize = 2500;
/// Points of a chart over time; beyond it every second one is dropped.
const MOST_POINTS: usize = 400;
/// The mode that a chain's energy starts in.
const FIRST_MODE: usize = 3;

/// The world with what was seen of it.
#[derive(Clone, Debug)]
pub struct GasBox {
    /// What moves.
    pub world: World,
    /// The ensemble of its energy, as far as it is known.
    pub ensemble: Option<Ensemble>,
    /// Independent starts of the same energy, of a gas.
    pub starts: Option<Starts>,
    seed: Seed,
    melting: usize,
    /// (time, running mean of the kinetic energy, running mean of the potential energy), a particle's share each.
    pub history: Vec<(f64, f64, f64)>,
    every: usize,
    frame: usize,
    clock: Clock,
    /// Where the particles were when the clock began.
    start: Vec<[f64; 2]>,
    /// How far from there they were when time had run back to it: the root of the mean square.
    pub returned: Option<f64>,
}

/// The time that is shown: it runs back when velocities are turned round, while the world only counts its steps.
#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    backwards: bool,
    /// Time of the world when it was last turned.
    turned: f64,
    /// What it showed then.
    shown: f64,
}

impl GasBox {
    /// A world by these settings; fails where a box would be too small for its particles' forces.
    pub fn new(view: &MoleculesExperiment, seed: Seed) -> Result<Self, Unfit> {
        let gas = |config: GasConfig| {
            let GasConfig { density, .. } = config;
            GasConfig { particles: view.particles, temperature: view.temperature, density, ..config }
        };
        let (world, melting) = match view.matter {
            MatterKind::Dilute => (World::gas(gas(GasConfig::DILUTE), seed)?, MELTING),
            MatterKind::Fluid => (World::gas(gas(GasConfig::FLUID), seed)?, MELTING),
            MatterKind::Dense => (World::gas(gas(GasConfig::DENSE), seed)?, MELTING),
            MatterKind::Chain => {
                let masses = view.particles.min(*ChainConfig::MASSES.end());
                let energy = masses as f64;
                (
                    World::chain(
                        ChainConfig { masses, energy, ..ChainConfig::STRING },
                        ChainStart::Mode(FIRST_MODE),
                        seed,
                    )?,
                    0,
                )
            }
        };
        let (world, melting) = match view.ensemble {
            EnsembleKind::Microcanonical => (world, melting),
            EnsembleKind::Canonical => {
                let bath = Bath { temperature: view.temperature, friction: FRICTION };
                (world.in_bath(bath, seed), MELTING)
            }
        };
        let mut made = Self {
            world,
            ensemble: None,
            starts: None,
            seed,
            melting,
            history: vec![],
            every: 1,
            frame: 0,
            clock: Clock::default(),
            start: vec![],
            returned: None,
        };
        if melting == 0 {
            made.begin();
        }
        Ok(made)
    }

    /// Particles, or masses of the chain.
    pub fn count(&self) -> usize {
        self.world.positions().len()
    }

    /// Whether the lattice is still melting, and nothing is measured.
    pub fn is_melting(&self) -> bool {
        self.melting > 0
    }

    /// One frame's worth of motion.
    pub fn advance(&mut self) {
        let steps = STEPS[usize::from(matches!(self.world.matter(), Matter::Chain(_)))];
        if self.melting > 0 {
            let now = self.melting.min(steps * 4);
            self.world.equilibrate(now);
            self.melting -= now;
            if self.melting == 0 {
                self.begin();
            }
            return;
        }
        self.world.step(steps);
        if self.clock.backwards {
            let shown = self.time();
            self.history.retain(|(at, ..)| *at <= shown);
            if shown <= 1e-9 {
                self.arrive();
            }
            return;
        }
        self.frame += 1;
        if self.frame.is_multiple_of(self.every) {
            self.note();
        }
    }

    /// Every velocity turned round: the motion runs back the way it came, and the clock with it.
    pub fn reverse(&mut self) {
        if !self.is_melting() {
            self.turn();
            self.returned = None;
        }
    }

    fn turn(&mut self) {
        let shown = self.time();
        self.world.reverse();
        self.clock = Clock { backwards: !self.clock.backwards, turned: self.world.time(), shown };
    }

    /// Time has run back to its beginning: it runs on forwards, and all is measured anew.
    fn arrive(&mut self) {
        let places = self.world.positions();
        let squares = places.iter().zip(&self.start).map(|(a, b)| self.square_between(a, b)).sum::<f64>();
        self.returned = Some((squares / self.count().max(1) as f64).sqrt());
        self.turn();
        self.clock.shown = 0.0;
        self.world.forget();
        self.history.clear();
        (self.every, self.frame) = (1, 0);
    }

    /// The square of a distance; across the sides of a box that closes on itself, the shorter way.
    fn square_between(&self, a: &[f64; 2], b: &[f64; 2]) -> f64 {
        let shorter = |x: f64| match self.world.matter() {
            Matter::Gas(gas) => x - gas.side() * (x / gas.side()).round(),
            Matter::Chain(_) => x,
        };
        (0..2).map(|i| shorter(a[i] - b[i]).powi(2)).sum()
    }

    /// Whether time runs back.
    pub fn is_going_back(&self) -> bool {
        self.clock.backwards
    }

    /// Time since measuring began, as it is shown.
    pub fn time(&self) -> f64 {
        let since = self.world.time() - self.clock.turned;
        self.clock.shown + if self.clock.backwards { -since } else { since }
    }

    /// Ensemble averages of kinetic and potential energy per particle, as far as they are known.
    pub fn expected(&self) -> [Option<Estimate>; 2] {
        let each = |estimate: Option<Estimate>| estimate.map(|estimate| self.share(estimate));
        let ensemble = self.ensemble.as_ref();
        [each(ensemble.and_then(Ensemble::kinetic)), each(ensemble.and_then(Ensemble::potential))]
    }

    /// Time averages of kinetic and potential energy per particle, with their standard errors.
    pub fn measured(&self) -> [Option<Estimate>; 2] {
        let seen = self.world.observables();
        [seen.kinetic().estimate(), seen.potential().estimate()].map(|estimate| estimate.map(|e| self.share(e)))
    }

    /// Takes up what its independent starts have come to.
    pub fn compare(&mut self, starts: Option<&Starts>, measured: &BTreeMap<u32, Measured>) {
        if let Some(ensemble) = &mut self.ensemble
            && self.starts.is_some()
            && self.starts.as_ref() == starts
        {
            *ensemble = Ensemble::of(&self.world);
            measured.values().for_each(|start| ensemble.push(start));
        }
    }

    fn share(&self, estimate: Estimate) -> Estimate {
        let count = self.count().max(1) as f64;
        Estimate { mean: estimate.mean / count, error: estimate.error / count }
    }

    /// Measuring begins: the ensemble has the energy that the world has now.
    fn begin(&mut self) {
        self.clock = Clock { turned: self.world.time(), ..Clock::default() };
        self.start = self.world.positions();
        self.ensemble = Some(Ensemble::of(&self.world));
        self.starts = Starts::of(&self.world, self.seed);
    }

    fn note(&mut self) {
        let (seen, count) = (self.world.observables(), self.count().max(1) as f64);
        let time = self.time();
        self.history.push((time, seen.kinetic().mean() / count, seen.potential().mean() / count));
        if self.history.len() >= MOST_POINTS {
            let mut keep = false;
            self.history.retain(|_| {
                keep = !keep;
                keep
            });
            self.every *= 2;
        }
    }
}
