//! The kinds of model, and a trained one as a dynamical system.

use crate::field::network::FieldNetwork;
use autodiff::parameters::Parameters;
use autodiff::reference::Reference;
use data::scaling::Scaling;
use language::{text, translated};
use physics::dynamics::{Dynamics, Hamiltonian, VectorField};
use physics::phase_space::{PhasePoint, PhaseVelocity};
use serde::{Deserialize, Serialize};

/// Shape of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ModelKind {
    /// (q, p) ↦ (dq/dt, dp/dt), with nothing known about physics.
    Baseline,
    /// (q, p) ↦ H, and the velocity from Hamilton's equations.
    Hnn,
    /// (q, p) ↦ (F, H): the slope of F is added to the velocity that Hamilton's equations give, and may take energy away.
    Dissipative,
}

impl ModelKind {
    /// All of them, in the order they are shown.
    pub const ALL: [ModelKind; 3] = [ModelKind::Baseline, ModelKind::Hnn, ModelKind::Dissipative];

    /// The name in links, tables and the JSON of `lab`.
    pub fn key(self) -> &'static str {
        match self {
            ModelKind::Baseline => "baseline",
            ModelKind::Hnn => "hnn",
            ModelKind::Dissipative => "dissipative",
        }
    }

    /// The name on the page.
    pub fn label(self) -> &'static str {
        translated(self.english())
    }

    /// The name in exported files and in the glossary.
    pub fn english(self) -> &'static str {
        match self {
            ModelKind::Baseline => text!("baseline"),
            ModelKind::Hnn => text!("HNN"),
            ModelKind::Dissipative => text!("HNN with friction"),
        }
    }
}

/// A trained model that can be simulated.
#[derive(Clone, Debug)]
pub struct LearnedModel {
    kind: ModelKind,
    /// From a state to its velocity.
    velocity: Reference,
    /// From a state to its energy, where there is one.
    energy: Option<Reference>,
    /// Whether H depends on time.
    driven: bool,
    /// From the units of the data to those the network learned in; `None` where they are the same.
    scaling: Option<Scaling>,
}

impl LearnedModel {
    /// The network with these parameters, in the units that it learned in.
    pub fn new(network: &FieldNetwork, parameters: &Parameters) -> Self {
        let evaluation = Reference::new(&network.evaluation(), parameters);
        Self {
            kind: network.kind,
            energy: evaluation.only(1),
            velocity: evaluation.only(0).unwrap_or(evaluation),
            driven: network.driven,
            scaling: None,
        }
    }

    /// The same model in the units of the data.
    pub fn in_units(self, scaling: Scaling) -> Self {
        Self { scaling: (scaling != Scaling::IDENTITY).then_some(scaling), ..self }
    }

    /// As a system for the integrators. A learned H(q, p) is not known to be separable, so it is never offered as that.
    pub fn dynamics(&self) -> Dynamics<'_> {
        match self.kind {
            ModelKind::Hnn => Dynamics::Hamiltonian(self),
            ModelKind::Baseline | ModelKind::Dissipative => Dynamics::Field(self),
        }
    }

    /// The learned energy, where there is one. Its zero is arbitrary.
    pub fn learned_energy(&self, at: &PhasePoint) -> Option<f64> {
        let inside = self.scaling.as_ref().map_or_else(|| at.clone(), |scaling| scaling.inward(at));
        let energy = self.energy.as_ref()?.run(&[&coordinates(&inside)], 1)[0][0];
        Some(self.scaling.as_ref().map_or(energy, |scaling| scaling.energy_outward(energy)))
    }

    /// The velocity in the network's own units.
    fn raw_velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        PhaseVelocity::from_components(&self.velocity.run(&[&coordinates(at)], 1)[0])
    }
}

impl VectorField for LearnedModel {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        match &self.scaling {
            None => self.raw_velocity(at),
            Some(scaling) => scaling.velocity_outward(&self.raw_velocity(&scaling.inward(at))),
        }
    }
}

/// Only a Hamiltonian network is offered as this, see [`LearnedModel::dynamics`].
impl Hamiltonian for LearnedModel {
    fn energy(&self, at: &PhasePoint) -> f64 {
        // Of what depends on time, the extended one.
        let put_in = if self.driven { at.p.last().copied().unwrap_or_default() } else { 0.0 };
        self.learned_energy(at).unwrap_or_default() + put_in
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

fn coordinates(at: &PhasePoint) -> Vec<f64> {
    at.coordinates().collect()
}
