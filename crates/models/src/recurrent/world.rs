//! The worlds whose step is coarse: a chain between walls and three bodies, with their true H and their true motions.

use crate::recurrent::recipe::{Coarse, RecurrentRecipe};
use numerics::seed::{Purpose, Seed};
use physics::dynamics::{Dynamics, Separable};
use physics::integrators::dormand_prince::{self, Diverged};
use physics::mechanical_system::MechanicalSystem;
use physics::oscillators::modes::Modes;
use physics::oscillators::random::{chain, chain_start};
use physics::oscillators::system::Oscillators;
use physics::particles::motion::RECORDING;
use physics::phase_space::PhasePoint;
use physics::systems::gravity::Gravity;
use rand::Rng;

/// A world with its step of time.
#[derive(Clone, Debug)]
pub struct World {
    dt: f64,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Chain(Oscillators, Modes),
    ThreeBodies,
}

/// Distances of three bodies from the middle at the start, and how far their speeds are off those of a circular orbit.
const ORBITS: ((f64, f64), f64) = ((0.9, 1.2), 0.2);
/// Step of time of three bodies.
const THREE_BODIES_DT: f64 = 1.0;

impl World {
    /// The world of a recipe: of a chain, masses and stiffnesses from the seed.
    pub fn of(recipe: &RecurrentRecipe, seed: Seed) -> Self {
        match recipe.world {
            Coarse::Chain => {
                let system = chain(recipe.masses, &mut seed.stream(Purpose::System));
                let modes = Modes::of(&system);
                let fastest = modes.frequencies().last().copied().unwrap_or(1.0);
                Self { dt: recipe.omega_dt / fastest, kind: Kind::Chain(system, modes) }
            }
            Coarse::ThreeBodies => Self { dt: THREE_BODIES_DT, kind: Kind::ThreeBodies },
        }
    }

    /// The step of time.
    pub fn dt(&self) -> f64 {
        self.dt
    }

    /// Degrees of freedom.
    pub fn dof(&self) -> usize {
        match &self.kind {
            Kind::Chain(system, _) => system.bodies(),
            Kind::ThreeBodies => Gravity::Three.dof(),
        }
    }

    /// Whether neighbouring motions part exponentially.
    pub fn is_chaotic(&self) -> bool {
        matches!(self.kind, Kind::ThreeBodies)
    }

    /// The masses and springs of a chain.
    pub fn chain(&self) -> Option<&Oscillators> {
        match &self.kind {
            Kind::Chain(system, _) => Some(system),
            Kind::ThreeBodies => None,
        }
    }

    /// The true H.
    pub fn hamiltonian(&self) -> &dyn Separable {
        match &self.kind {
            Kind::Chain(system, _) => system,
            Kind::ThreeBodies => &Gravity::Three,
        }
    }

    /// A random start.
    pub fn start(&self, rng: &mut impl Rng) -> PhasePoint {
        match &self.kind {
            Kind::Chain(system, _) => chain_start(system.bodies(), rng),
            Kind::ThreeBodies => Gravity::Three.random_start(rng, ORBITS.0, ORBITS.1),
        }
    }

    /// The true states at 0, dt, 2 dt, …, `steps` of them after the start.
    ///
    /// Fails where bodies meet so closely that no integrator follows them.
    pub fn motion(&self, start: &PhasePoint, steps: usize) -> Result<Vec<PhasePoint>, Diverged> {
        self.motion_at(start, (0..=steps).map(|step| step as f64 * self.dt))
    }

    /// The true states at these times after the start.
    ///
    /// Fails where [`World::motion`] does.
    pub fn motion_at(&self, start: &PhasePoint, times: impl Iterator<Item = f64>) -> Result<Vec<PhasePoint>, Diverged> {
        match &self.kind {
            Kind::Chain(_, modes) => Ok(modes.motion(start, times)),
            Kind::ThreeBodies => {
                let times: Vec<f64> = times.collect();
                dormand_prince::integrate(&Dynamics::Separable(&Gravity::Three), start, &times, RECORDING)
            }
        }
    }

    /// A start whose motion over `steps` steps is known: the first of the random ones that has one.
    pub fn followed(&self, steps: usize, rng: &mut impl Rng) -> Vec<PhasePoint> {
        loop {
            let start = self.start(rng);
            if let Ok(states) = self.motion(&start, steps) {
                return states;
            }
        }
    }
}
