//! A trained symplectic recurrent network as a dynamical system, in `f64`: H = K(p) + V(q), open to every integrator.

use crate::recurrent::network::RecurrentNetwork;
use crate::recurrent::recipe::Variant;
use autodiff::parameters::Parameters;
use autodiff::reference::Reference;
use physics::dynamics::{Dynamics, Hamiltonian, Separable};
use physics::integrators::leapfrog;
use physics::integrators::runge_kutta::{self, EULER};
use physics::phase_space::PhasePoint;

/// A trained network.
#[derive(Clone, Debug)]
pub struct RecurrentModel {
    variant: Variant,
    dt: f64,
    kinetic: Reference,
    potential: Reference,
}

impl RecurrentModel {
    /// The network with these parameters.
    pub fn new(network: &RecurrentNetwork, parameters: &Parameters) -> Self {
        let [kinetic, potential] = network.evaluations().map(|function| Reference::new(&function, parameters));
        Self { variant: network.variant(), dt: network.dt(), kinetic, potential }
    }

    /// Which model it is.
    pub fn variant(&self) -> Variant {
        self.variant
    }

    /// The step of time that it was trained with.
    pub fn dt(&self) -> f64 {
        self.dt
    }
}

/// How a model, or the true H, is stepped where a step is coarse.
#[derive(Clone, Copy)]
pub struct Stepped<'a> {
    /// What moves.
    pub system: &'a dyn Separable,
    /// By Euler's method, where not by leapfrog.
    pub euler: bool,
    /// Step between two states that are kept.
    pub dt: f64,
    /// Steps of the integrator in each: 1, or more where the step is refined.
    pub substeps: usize,
}

impl<'a> Stepped<'a> {
    /// A trained model, as it was trained.
    pub fn model(model: &'a RecurrentModel) -> Self {
        Self { system: model, euler: model.variant == Variant::Euler, dt: model.dt, substeps: 1 }
    }

    /// The true H, by leapfrog.
    pub fn truth(system: &'a dyn Separable, dt: f64) -> Self {
        Self { system, euler: false, dt, substeps: 1 }
    }

    /// The same with a step so many times finer.
    pub fn refined(self, substeps: usize) -> Self {
        Self { substeps, ..self }
    }

    /// The states at 0, dt, 2 dt, …, `steps` of them after the start.
    pub fn rollout(&self, start: &PhasePoint, steps: usize) -> Vec<PhasePoint> {
        let h = self.dt / self.substeps.max(1) as f64;
        let step = |at: &PhasePoint| {
            if self.euler {
                runge_kutta::step(&EULER, &Dynamics::Separable(self.system), at, h)
            } else {
                leapfrog::step(self.system, at, h)
            }
        };
        let mut states = vec![start.clone()];
        for _ in 0..steps {
            let first = step(&states[states.len() - 1]);
            states.push((1..self.substeps).fold(first, |at, _| step(&at)));
        }
        states
    }
}

impl Hamiltonian for RecurrentModel {
    fn energy(&self, at: &PhasePoint) -> f64 {
        self.kinetic.run(&[&at.p], 1)[1][0] + self.potential.run(&[&at.q], 1)[1][0]
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.potential_gradient(&at.q)
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.kinetic_gradient(&at.p)
    }
}

impl Separable for RecurrentModel {
    fn kinetic_gradient(&self, p: &[f64]) -> Vec<f64> {
        self.kinetic.run(&[p], 1).swap_remove(0)
    }

    fn potential_gradient(&self, q: &[f64]) -> Vec<f64> {
        self.potential.run(&[q], 1).swap_remove(0)
    }
}
