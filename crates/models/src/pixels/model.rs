//! A model at work: what it makes of frames, and the film it expects.

use crate::field::model::{LearnedModel, ModelKind};
use crate::pixels::autoencoder::Autoencoder;
use crate::pixels::frame::{brightness, render};
use crate::pixels::network::PixelNetwork;
use crate::pixels::reading::Reading;
use crate::pixels::swing::{DT, Swing};
use autodiff::parameters::Parameters;
use physics::dynamics::{Dynamics, Hamiltonian, VectorField};
use physics::integrators::dormand_prince::{self, Diverged, Tolerance};
use physics::phase_space::{PhasePoint, PhaseVelocity};

/// A trained model.
#[derive(Clone, Debug)]
pub struct PixelModel {
    /// From frames to two numbers and back.
    pub autoencoder: Autoencoder,
    /// How the two numbers move; a unit of its time is a frame.
    pub field: LearnedModel,
}

impl PixelModel {
    /// The networks with these parameters.
    pub fn new(network: &PixelNetwork, parameters: &Parameters) -> Self {
        let [encoder, decoder, field] = PixelNetwork::parts(parameters);
        Self {
            autoencoder: Autoencoder::new(network, &encoder, &decoder),
            field: LearnedModel::new(&network.field, &field),
        }
    }

    /// The latent numbers of the sample that shows a moment: the frame before it and its own.
    pub fn snapshot(&self, moment: Swing) -> PhasePoint {
        let frames = [moment.before(), moment].map(|at| render(at.angle));
        self.autoencoder.encode(frames.into_iter().flatten().map(brightness))
    }

    /// The latent numbers of `frames` frames, the first being `start`, as the learned field moves them.
    pub fn rollout(&self, start: &PhasePoint, frames: usize) -> Result<Vec<PhasePoint>, Diverged> {
        let times: Vec<f64> = (0..frames).map(|frame| frame as f64).collect();
        dormand_prince::integrate(&self.field, start, &times, Tolerance::SCORING)
    }
}

/// A model with its latent numbers read as (q, p), in the pendulum's unit of time: a system like any other.
///
/// An affine change x = Mz + c of both coordinates keeps the form of Hamilton's equations, with the energy H det(M), since
/// M J Mᵀ = det(M) J in the plane. So a latent Hamiltonian is one of (q, p) too.
#[derive(Clone, Debug)]
pub struct ReadModel {
    /// What it sees and how its latent numbers move.
    pub model: PixelModel,
    /// (q, p) from latent numbers.
    pub reading: Reading,
    kind: ModelKind,
    back: Reading,
}

impl ReadModel {
    /// A model read in this way; `None` where its latent numbers are proportional to each other.
    pub fn new(kind: ModelKind, model: PixelModel, reading: Reading) -> Option<Self> {
        Some(Self { kind, model, back: reading.inverse()?, reading })
    }

    /// As a system for the integrators.
    pub fn dynamics(&self) -> Dynamics<'_> {
        match self.kind {
            ModelKind::Hnn => Dynamics::Hamiltonian(self),
            ModelKind::Baseline | ModelKind::Dissipative => Dynamics::Field(self),
        }
    }

    /// The learned energy in units in which its gradients move (q, p), where there is one.
    pub fn learned_energy(&self, at: &PhasePoint) -> Option<f64> {
        Some(self.model.field.learned_energy(&self.back.state(at))? * self.reading.determinant() / DT)
    }

    /// What it takes a moment's two frames for.
    pub fn seen(&self, moment: Swing) -> PhasePoint {
        self.reading.state(&self.model.snapshot(moment))
    }

    /// The latent numbers that stand for a state.
    pub fn latent(&self, at: &PhasePoint) -> PhasePoint {
        self.back.state(at)
    }
}

impl VectorField for ReadModel {
    fn velocity(&self, at: &PhasePoint) -> PhaseVelocity {
        let latent = self.model.field.velocity(&self.back.state(at));
        let [dq, dp] = self.reading.difference([latent.dq[0], latent.dp[0]]);
        PhaseVelocity { dq: vec![dq / DT], dp: vec![dp / DT] }
    }
}

/// Only a Hamiltonian network is offered as this, see [`ReadModel::dynamics`].
impl Hamiltonian for ReadModel {
    fn energy(&self, at: &PhasePoint) -> f64 {
        self.learned_energy(at).unwrap_or_default()
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
