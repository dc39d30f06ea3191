//! The two kinds of model, and a trained one as a dynamical system.

use crate::learned::mlp::Mlp;
use crate::learned::weights::MlpWeights;
use crate::physics::dynamics::{Dynamics, Hamiltonian, VectorField};
use crate::physics::phase_space::{PhasePoint, PhaseVelocity};
use serde::{Deserialize, Serialize};

/// What a network is asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ModelKind {
    /// (q, p) ↦ (dq/dt, dp/dt), with nothing known about physics.
    Baseline,
    /// (q, p) ↦ H, and the velocity from Hamilton's equations.
    Hnn,
}

impl ModelKind {
    /// Both, in the order they are shown.
    pub const ALL: [ModelKind; 2] = [ModelKind::Baseline, ModelKind::Hnn];

    /// The name in links, tables and the JSON of `lab`.
    pub fn key(self) -> &'static str {
        match self {
            ModelKind::Baseline => "baseline",
            ModelKind::Hnn => "hnn",
        }
    }

    /// The name on the page.
    pub fn label(self) -> &'static str {
        match self {
            ModelKind::Baseline => "baseline",
            ModelKind::Hnn => "HNN",
        }
    }

    /// Layer widths for `dof` degrees of freedom, input first.
    pub fn widths(self, dof: usize, hidden: usize, depth: usize) -> Vec<usize> {
        let output = match self {
            ModelKind::Baseline => 2 * dof,
            ModelKind::Hnn => 1,
        };
        std::iter::once(2 * dof).chain(std::iter::repeat_n(hidden, depth)).chain([output]).collect()
    }
}

/// A trained model that can be simulated.
#[derive(Clone, Debug)]
pub enum LearnedModel {
    /// A velocity field.
    Baseline(Mlp),
    /// An energy.
    Hnn(Mlp),
}

impl LearnedModel {
    /// The model with these weights.
    pub fn new(kind: ModelKind, weights: &MlpWeights) -> Self {
        match kind {
            ModelKind::Baseline => LearnedModel::Baseline(weights.into()),
            ModelKind::Hnn => LearnedModel::Hnn(weights.into()),
        }
    }

    /// As a system for the integrators. A learned H(q, p) is not known to be separable, so it is never offered as that.
    pub fn dynamics(&self) -> Dynamics<'_> {
        match self {
            LearnedModel::Baseline(_) => Dynamics::Field(self),
            LearnedModel::Hnn(mlp) => Dynamics::Hamiltonian(mlp),
        }
    }

    /// The learned energy, where there is one. Its zero is arbitrary.
    pub fn learned_energy(&self, at: &PhasePoint) -> Option<f64> {
        match self {
            LearnedModel::Baseline(_) => None,
            LearnedModel::Hnn(mlp) => Some(mlp.energy(at)),
        }
    }
}

impl VectorField for LearnedModel {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        match self {
            LearnedModel::Baseline(mlp) => PhaseVelocity::from_components(&mlp.output(&coordinates(at))),
            LearnedModel::Hnn(mlp) => mlp.flow(at),
        }
    }
}

/// A network with one output, read as an energy.
impl Hamiltonian for Mlp {
    fn energy(&self, at: &PhasePoint) -> f64 {
        self.output(&coordinates(at))[0]
    }

    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        let (_, mut gradient) = self.value_and_gradient(&coordinates(at));
        gradient.truncate(at.dof());
        gradient
    }

    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        self.value_and_gradient(&coordinates(at)).1.split_off(at.dof())
    }

    /// Both gradients from one pass.
    fn flow(&self, at: &PhasePoint) -> PhaseVelocity {
        let (_, mut gradient) = self.value_and_gradient(&coordinates(at));
        let dq = gradient.split_off(at.dof());
        gradient.iter_mut().for_each(|slope| *slope = -*slope);
        PhaseVelocity { dq, dp: gradient }
    }
}

fn coordinates(at: &PhasePoint) -> Vec<f64> {
    at.coordinates().collect()
}
