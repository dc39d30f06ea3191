//! A trained graph network as a dynamical system, in `f64`: any integrator can step it, by any step of time.

use crate::ode::network::{OdeNetwork, STATE};
use crate::ode::recipe::OdeKind;
use crate::ode::training::{attributes, rows};
use autodiff::parameters::Parameters;
use autodiff::reference::Reference;
use physics::dynamics::{Dynamics, Hamiltonian, VectorField};
use physics::oscillators::system::Oscillators;
use physics::phase_space::{PhasePoint, PhaseVelocity};

/// A trained network, ready for systems of one size.
#[derive(Clone, Debug)]
pub struct OdeModel {
    kind: OdeKind,
    dt: f64,
    bodies: usize,
    evaluation: Reference,
}

/// One system as the network sees it. With q and p of all bodies, `[n, 2]` each.
#[derive(Clone, Debug)]
pub struct LearnedOscillators<'a> {
    model: &'a OdeModel,
    attributes: [Vec<f64>; 3],
}

impl OdeModel {
    /// The network with these parameters, for systems of so many bodies.
    pub fn new(network: &OdeNetwork, parameters: &Parameters, bodies: usize) -> Self {
        let evaluation = Reference::new(&network.evaluation(bodies), parameters);
        Self { kind: network.kind(), dt: network.dt(), bodies, evaluation }
    }

    /// What its output stands for.
    pub fn kind(&self) -> OdeKind {
        self.kind
    }

    /// The step of time that it was trained with.
    pub fn dt(&self) -> f64 {
        self.dt
    }

    /// A system of the right number of bodies, moved by the network.
    pub fn moving(&self, system: &Oscillators) -> LearnedOscillators<'_> {
        assert_eq!(system.bodies(), self.bodies, "the network was made ready for systems of another size");
        LearnedOscillators { model: self, attributes: attributes(system) }
    }
}

impl LearnedOscillators<'_> {
    /// The network.
    pub fn model(&self) -> &OdeModel {
        self.model
    }

    /// With all that is known about it: a HOGN has a Hamiltonian, which does not split into T(p) + V(q).
    pub fn dynamics(&self) -> Dynamics<'_> {
        match self.model.kind {
            OdeKind::Hogn => Dynamics::Hamiltonian(self),
            OdeKind::Delta | OdeKind::Ogn => Dynamics::Field(self),
        }
    }

    fn outputs(&self, at: &PhasePoint) -> Vec<Vec<f64>> {
        let state: Vec<f64> = rows(at).collect();
        let [masses, stiffness, present] = &self.attributes;
        self.model.evaluation.run(&[masses, stiffness, present, &state], 1)
    }
}

impl VectorField for LearnedOscillators<'_> {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        let rows = &self.outputs(at)[0];
        let half = |from: usize| rows.chunks_exact(STATE).flat_map(|row| row[from..from + 2].to_vec()).collect();
        PhaseVelocity { dq: half(0), dp: half(2) }
    }
}

/// Only a HOGN is offered as this, see [`LearnedOscillators::dynamics`].
impl Hamiltonian for LearnedOscillators<'_> {
    fn energy(&self, at: &PhasePoint) -> f64 {
        self.outputs(at).get(1).map_or(0.0, |parts| parts.iter().sum())
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.velocity(at).dp.into_iter().map(|force| -force).collect()
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.velocity(at).dq
    }

    fn flow(&self, at: &PhasePoint) -> PhaseVelocity {
        self.velocity(at)
    }
}
