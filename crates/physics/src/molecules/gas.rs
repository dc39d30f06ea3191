//! A Lennard-Jones gas or fluid in two dimensions, stepped by velocity Verlet.
//!
//! | symbol | meaning |
//! |---|---|
//! | N | particles of mass 1 |
//! | L | side of the periodic square |
//! | K, U | kinetic and potential energy |
//! | T | temperature, 2K/(2N − 2): zero total momentum takes two degrees of freedom |
//!
//! H = Σ v²/2 + Σ_{pairs} u(r), with u of [`crate::molecules::lennard_jones`]. Total energy, total momentum, N and L stay as
//! they are: averages along the motion are microcanonical. Two dimensions because that is what a page can show.
//!
//! Velocity Verlet (Swope, Andersen, Berens and Wilson, J. Chem. Phys. 76 (1982) 637) is the leapfrog of
//! [`crate::integrators`] with velocities at whole steps: symplectic, reversible, of order 2, one force evaluation a step.

use crate::molecules::langevin::Bath;
use crate::molecules::neighbours::{CAPACITY, PairSums, Plane, VerletList};
use crate::molecules::settings::{GasConfig, Unfit};
use rand_distr::{Distribution, StandardNormal};

/// Steps between two rescalings of an equilibration.
const RESCALE_EVERY: u64 = 25;

/// Particles in a periodic square.
#[derive(Clone, Debug)]
pub struct Gas {
    config: GasConfig,
    side: f64,
    positions: Plane,
    velocities: Plane,
    forces: Plane,
    list: VerletList,
    sums: PairSums,
    kinetic: f64,
    steps: u64,
}

impl Gas {
    /// Particles on a square lattice, with velocities of the Maxwell–Boltzmann distribution, shifted to zero total momentum
    /// and scaled to the temperature of `config`. The lattice melts in the first few units of time.
    pub fn new(config: GasConfig, rng: &mut impl rand::Rng) -> Result<Self, Unfit> {
        let config = config.checked()?;
        let columns = (config.particles as f64).sqrt().ceil() as usize;
        let spacing = config.side() / columns as f64;
        let site = |i: usize| [(i % columns) as f64 + 0.5, (i / columns) as f64 + 0.5].map(|place| place * spacing);
        let positions: Vec<[f64; 2]> = (0..config.particles).map(site).collect();
        let velocities: Vec<[f64; 2]> =
            (0..config.particles).map(|_| [StandardNormal.sample(rng), StandardNormal.sample(rng)]).collect();
        let mut gas = Self::from_state(config, &positions, &velocities)?;
        gas.stop_drifting();
        gas.rescale(config.temperature);
        Ok(gas)
    }

    /// Particles at given places, anywhere in the plane, with given velocities; `[x, y]` of each.
    pub fn from_state(config: GasConfig, positions: &[[f64; 2]], velocities: &[[f64; 2]]) -> Result<Self, Unfit> {
        let config = config.checked()?;
        if positions.len() != config.particles || velocities.len() != config.particles {
            return Err(Unfit::State);
        }
        let (n, side) = (config.particles, config.side());
        let plane = |from: &[[f64; 2]]| {
            let mut plane = Plane::ZERO;
            for (i, [x, y]) in from.iter().enumerate().take(CAPACITY) {
                (plane.x[i], plane.y[i]) = (*x, *y);
            }
            plane
        };
        let (mut positions, velocities) = (plane(positions), plane(velocities));
        let list = VerletList::new(&mut positions, n, side);
        let mut forces = Plane::ZERO;
        let sums = list.forces(&positions, &mut forces, side);
        let mut gas = Self { config, side, positions, velocities, forces, list, sums, kinetic: 0.0, steps: 0 };
        gas.kinetic = gas.kinetic_energy();
        if gas.energy().is_finite() { Ok(gas) } else { Err(Unfit::State) }
    }

    /// One step of velocity Verlet.
    pub fn step(&mut self) {
        let (n, dt) = (self.config.particles, self.config.dt);
        kick(&mut self.velocities, &self.forces, n, 0.5 * dt);
        kick(&mut self.positions, &self.velocities, n, dt);
        self.list.refresh(&mut self.positions, n, self.side);
        self.sums = self.list.forces(&self.positions, &mut self.forces, self.side);
        kick(&mut self.velocities, &self.forces, n, 0.5 * dt);
        self.kinetic = self.kinetic_energy();
        self.steps += 1;
    }

    /// One step in a heat bath.
    pub fn step_in(&mut self, bath: &Bath, rng: &mut impl rand::Rng) {
        let (n, dt) = (self.config.particles, self.config.dt);
        kick(&mut self.velocities, &self.forces, n, 0.5 * dt);
        kick(&mut self.positions, &self.velocities, n, 0.5 * dt);
        for velocity in self.velocities.x[..n].iter_mut().chain(&mut self.velocities.y[..n]) {
            *velocity = bath.exchanged(*velocity, 1.0, dt, rng);
        }
        kick(&mut self.positions, &self.velocities, n, 0.5 * dt);
        self.list.refresh(&mut self.positions, n, self.side);
        self.sums = self.list.forces(&self.positions, &mut self.forces, self.side);
        kick(&mut self.velocities, &self.forces, n, 0.5 * dt);
        self.kinetic = self.kinetic_energy();
        self.steps += 1;
    }

    /// Steps with the temperature brought back to that of the settings every 25 steps. Not a motion by Hamilton's
    /// equations: averages are to start after it.
    pub fn equilibrate(&mut self, steps: usize) {
        for _ in 0..steps {
            self.step();
            if self.steps.is_multiple_of(RESCALE_EVERY) {
                self.rescale(self.config.temperature);
            }
        }
    }

    /// Scales all velocities to a temperature.
    pub fn rescale(&mut self, temperature: f64) {
        self.scale_kinetic(0.5 * self.config.degrees_of_freedom() as f64 * temperature);
    }

    /// Scales all velocities so that the total energy is `energy`; false, and nothing done, where the potential energy
    /// alone is as large.
    pub fn set_energy(&mut self, energy: f64) -> bool {
        let kinetic = energy - self.sums.potential;
        if kinetic > 0.0 {
            self.scale_kinetic(kinetic);
        }
        kinetic > 0.0
    }

    /// Turns all velocities round: the motion runs back the way it came (Loschmidt).
    pub fn reverse(&mut self) {
        for velocity in self.velocities.x.iter_mut().chain(&mut self.velocities.y) {
            *velocity = -*velocity;
        }
    }

    /// The settings.
    pub fn config(&self) -> &GasConfig {
        &self.config
    }

    /// Side of the square.
    pub fn side(&self) -> f64 {
        self.side
    }

    /// Time since the start, equilibration included.
    pub fn time(&self) -> f64 {
        self.steps as f64 * self.config.dt
    }

    /// Kinetic energy of all particles.
    pub fn kinetic(&self) -> f64 {
        self.kinetic
    }

    /// Potential energy of all pairs.
    pub fn potential(&self) -> f64 {
        self.sums.potential
    }

    /// Total energy.
    pub fn energy(&self) -> f64 {
        self.kinetic + self.sums.potential
    }

    /// Temperature at this instant.
    pub fn temperature(&self) -> f64 {
        2.0 * self.kinetic / self.config.degrees_of_freedom() as f64
    }

    /// Pressure at this instant, by the virial theorem: (2K + Σ r·F)/(2L²).
    pub fn pressure(&self) -> f64 {
        (2.0 * self.kinetic + self.sums.virial) / (2.0 * self.side * self.side)
    }

    /// Σ r·F over pairs. The pressure is (2K + this)/(2L²) by the virial theorem.
    pub fn virial(&self) -> f64 {
        self.sums.virial
    }

    /// Total momentum `[x, y]`.
    pub fn momentum(&self) -> [f64; 2] {
        let n = self.config.particles;
        [self.velocities.x[..n].iter().sum(), self.velocities.y[..n].iter().sum()]
    }

    /// Places `[x, y]` in the box, each from 0 to L.
    pub fn positions(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        self.each(&self.positions).map(|place| place.map(|x| x.rem_euclid(self.side)))
    }

    /// Velocities `[x, y]`.
    pub fn velocities(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        self.each(&self.velocities)
    }

    /// Forces `[x, y]`.
    pub fn forces(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        self.each(&self.forces)
    }

    /// Lengths of the velocities.
    pub fn speeds(&self) -> impl Iterator<Item = f64> + '_ {
        self.velocities().map(|[x, y]| (x * x + y * y).sqrt())
    }

    fn each<'a>(&'a self, plane: &'a Plane) -> impl Iterator<Item = [f64; 2]> + 'a {
        plane.x.iter().zip(&plane.y).take(self.config.particles).map(|(x, y)| [*x, *y])
    }

    fn kinetic_energy(&self) -> f64 {
        0.5 * self.velocities().map(|[x, y]| x * x + y * y).sum::<f64>()
    }

    fn stop_drifting(&mut self) {
        let n = self.config.particles;
        let [x, y] = self.momentum().map(|sum| sum / n as f64);
        self.velocities.x[..n].iter_mut().for_each(|velocity| *velocity -= x);
        self.velocities.y[..n].iter_mut().for_each(|velocity| *velocity -= y);
        self.kinetic = self.kinetic_energy();
    }

    fn scale_kinetic(&mut self, kinetic: f64) {
        let factor = (kinetic / self.kinetic.max(f64::MIN_POSITIVE)).sqrt();
        for velocity in self.velocities.x.iter_mut().chain(&mut self.velocities.y) {
            *velocity *= factor;
        }
        self.kinetic = self.kinetic_energy();
    }
}

/// `of += by·dt` for the first `n` particles.
fn kick(of: &mut Plane, by: &Plane, n: usize, dt: f64) {
    for (value, slope) in of.x[..n].iter_mut().zip(&by.x[..n]) {
        *value += dt * slope;
    }
    for (value, slope) in of.y[..n].iter_mut().zip(&by.y[..n]) {
        *value += dt * slope;
    }
}
