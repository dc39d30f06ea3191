//! A trained model, whatever it learned from, as a system that can be simulated.

use models::field::model::{LearnedModel, ModelKind};
use models::pixels::model::ReadModel;
use physics::dynamics::{Dynamics, VectorField};
use physics::phase_space::{PhasePoint, PhaseVelocity};

/// A model in the units of the data.
#[derive(Clone, Debug)]
pub enum TrainedModel {
    /// That was shown states.
    States(LearnedModel),
    /// That was shown films; its latent numbers are read as states.
    Films(Box<ReadModel>),
    /// That was shown films, and whose latent numbers have no meaning yet: it stands still.
    Blind(ModelKind),
}

impl TrainedModel {
    /// As a system for the integrators.
    pub fn dynamics(&self) -> Dynamics<'_> {
        match self {
            TrainedModel::States(model) => model.dynamics(),
            TrainedModel::Films(model) => model.dynamics(),
            TrainedModel::Blind(_) => Dynamics::Field(self),
        }
    }

    /// The learned energy, where there is one. Its zero is arbitrary.
    pub fn learned_energy(&self, at: &PhasePoint) -> Option<f64> {
        match self {
            TrainedModel::States(model) => model.learned_energy(at),
            TrainedModel::Films(model) => model.learned_energy(at),
            TrainedModel::Blind(kind) => (*kind != ModelKind::Baseline).then_some(0.0),
        }
    }
}

impl VectorField for TrainedModel {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        match self {
            TrainedModel::States(model) => model.velocity(at),
            TrainedModel::Films(model) => model.velocity(at),
            TrainedModel::Blind(_) => PhaseVelocity { dq: vec![0.0; at.dof()], dp: vec![0.0; at.dof()] },
        }
    }
}
