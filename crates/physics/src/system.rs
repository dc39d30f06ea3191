//! The systems a visitor can choose, as one enum that can be compared, stored and put into a link.
//!
//! [`crate::systems`] has one file for each.

use crate::dynamics::{Dynamics, Hamiltonian};
use crate::mechanical_system::{MechanicalSystem, Portrait};
use crate::parameter::Parameter;
use crate::phase_space::PhasePoint;
pub use crate::systems::System;
use rand::Rng;

impl System {
    /// The true Hamiltonian; of what was only measured, the one without friction that belongs to its reference energy.
    pub fn hamiltonian(&self) -> &dyn Hamiltonian {
        self.mechanics()
    }

    /// The true dynamics, with all that is known about them.
    pub fn dynamics(&self) -> Dynamics<'_> {
        let known: &dyn MechanicalSystem = self.mechanics();
        known.separable().map_or(Dynamics::Hamiltonian(known), Dynamics::Separable)
    }

    /// Degrees of freedom: how many positions, and as many momenta.
    pub fn dof(&self) -> usize {
        self.mechanics().dof()
    }

    /// Whether phase space is a plane that can be drawn.
    pub fn is_planar(&self) -> bool {
        self.mechanics().portrait() == Portrait::Plane
    }

    /// A random start, see [`MechanicalSystem::random_start`].
    pub fn random_start(&self, rng: &mut impl Rng, radii: (f64, f64), spread: f64) -> PhasePoint {
        self.mechanics().random_start(rng, radii, spread)
    }

    /// What else is conserved: total momentum (x, y) and angular momentum, where there is any.
    pub fn momenta(&self, at: &PhasePoint) -> Option<[f64; 3]> {
        self.mechanics().momenta(at)
    }

    /// Energy at a point: the true one, or the reference energy of what was only measured.
    pub fn energy(&self, at: &PhasePoint) -> f64 {
        self.mechanics().reference_energy(at)
    }

    /// What is conserved along a motion: the energy, or where it depends on time the extended one.
    pub fn conserved_energy(&self, at: &PhasePoint) -> f64 {
        if self.mechanics().is_driven() { self.hamiltonian().energy(at) } else { self.energy(at) }
    }

    /// A state without what is only kept along with it: time, and the energy that was put in, of a driven system.
    pub fn observed(&self, at: &PhasePoint) -> PhasePoint {
        let kept = if self.mechanics().is_driven() { at.dof() - 1 } else { at.dof() };
        PhasePoint { q: at.q[..kept].to_vec(), p: at.p[..kept].to_vec() }
    }

    /// How fast it turns around a state, in radians per unit of time: ω for whatever oscillates or circles with one frequency,
    /// as √(|d²x/dt²| / |x|).
    pub fn pace(&self, at: &PhasePoint) -> f64 {
        const MOMENT: f64 = 1e-4;
        let size = |x: &mut dyn Iterator<Item = f64>| x.map(|x| x * x).sum::<f64>().sqrt();
        let flow = self.hamiltonian().flow(at);
        let later = self.hamiltonian().flow(&at.advanced(&flow, MOMENT));
        let change = size(&mut flow.components().zip(later.components()).map(|(a, b)| (b - a) / MOMENT));
        (change / size(&mut at.coordinates()).max(f64::MIN_POSITIVE)).sqrt()
    }

    /// The value of a parameter; `None` where the system has no such one.
    pub fn parameter(&self, key: &str) -> Option<f64> {
        let mut copy = *self;
        copy.mechanics_mut().parameter_mut(key).copied()
    }

    /// Sets a parameter; nothing where the system has no such one.
    pub fn set_parameter(&mut self, key: &str, value: f64) {
        if let Some(parameter) = self.mechanics_mut().parameter_mut(key) {
            *parameter = value;
        }
    }

    /// The parameters of all systems, each once, in the order of the registry.
    pub fn all_parameters() -> Vec<&'static Parameter> {
        let mut all: Vec<&'static Parameter> = vec![];
        for parameter in System::all().iter().flat_map(|system| system.mechanics().parameters()) {
            if all.iter().all(|known| known.key != parameter.key) {
                all.push(parameter);
            }
        }
        all
    }
}
