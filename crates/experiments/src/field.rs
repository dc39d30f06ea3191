//! Networks that learn the vector field of one system, each kind beside the others.

use crate::motion_view::MotionView;
use crate::preset::Preset;
use crate::schedule::{NetworkConfig, Schedule};
use data::recording::Recording;
use models::field::model::ModelKind;
use models::field::network::FieldNetwork;
use models::field::training::Descent;
use models::pixels::film::FilmConfig;
use models::pixels::recipe::{PixelWidths, Recipe};
use numerics::seed::{Purpose, Seed};
use physics::dataset::DataConfig;
use physics::phase_space::PhasePoint;
use physics::system::System;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Baseline and Hamiltonian networks that learn a system's vector field from states or from films.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldExperiment {
    /// The starting point it was edited from.
    pub preset: Preset,
    /// What moves.
    pub system: System,
    /// What is measured of it, where it is simulated.
    pub data: DataConfig,
    /// A real measurement, which then takes the place of simulated data.
    #[serde(with = "shared")]
    pub recording: Option<Arc<Recording>>,
    /// Which models learn from that.
    pub models: Models,
    /// How large the networks are.
    pub network: NetworkConfig,
    /// How they are trained.
    pub schedule: Schedule,
    /// What every random draw descends from.
    pub seed: Seed,
    /// The motion that is shown; changing it restarts nothing.
    pub view: MotionView,
}

/// Which of the models are trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Models {
    /// Baseline and HNN, side by side.
    Both,
    /// The baseline alone.
    Baseline,
    /// The HNN alone.
    Hnn,
    /// All three, side by side.
    All,
    /// The HNN with and without friction.
    Hamiltonian,
    /// The HNN with friction alone.
    Dissipative,
}

impl Models {
    /// The models trained.
    pub fn kinds(self) -> &'static [ModelKind] {
        match self {
            Models::Both => &[ModelKind::Baseline, ModelKind::Hnn],
            Models::All => &ModelKind::ALL,
            Models::Hamiltonian => &[ModelKind::Hnn, ModelKind::Dissipative],
            Models::Dissipative => &[ModelKind::Dissipative],
            Models::Baseline => &[ModelKind::Baseline],
            Models::Hnn => &[ModelKind::Hnn],
        }
    }
}

impl FieldExperiment {
    /// One of its models, where it is shown states.
    pub fn field_network(&self, kind: ModelKind) -> FieldNetwork {
        let NetworkConfig { hidden, depth, activation, .. } = self.network;
        FieldNetwork {
            kind,
            dof: self.system.dof(),
            driven: self.system.mechanics().is_driven(),
            hidden,
            depth,
            activation,
        }
    }

    /// How such a model is trained.
    pub fn descent(&self) -> Descent {
        let Schedule { steps, lr, annealing, decay, .. } = self.schedule;
        Descent { steps, batch: self.batch_size(), lr, annealing, decay }
    }

    /// Where the shown motion starts: the visitor's point of a plane, the first row of a recording that is not learned from, or
    /// one of the random orbits, which no data set contains.
    pub fn start(&self) -> PhasePoint {
        if let Some(start) = self.recording.as_ref().and_then(|recording| recording.first_test_state()) {
            return start;
        }
        if self.system.is_planar() {
            return PhasePoint::planar(self.view.start_q, self.view.start_p);
        }
        let (mut rng, data) = (Seed(self.view.orbit).stream(Purpose::Shown), &self.data);
        self.system.random_start(&mut rng, (data.radius_min, data.radius_max), data.spread)
    }

    /// Samples in a step: the batch, or the whole training set.
    pub fn batch_size(&self) -> usize {
        match self.schedule.batch {
            0 => self.training_samples(),
            batch => batch.min(self.training_samples()),
        }
    }

    /// How a model learns from films; `None` where it is shown states.
    pub fn film_recipe(&self) -> Option<Recipe> {
        if !matches!(self.system, System::Filmed(_)) {
            return None;
        }
        let Schedule { steps, batch, lr, decay, annealing } = self.schedule;
        let films = FilmConfig { films: self.data.trajectories, frames: self.data.samples };
        let batch = if batch == 0 { films.training_samples() } else { batch };
        let widths = PixelWidths { autoencoder: self.network.autoencoder, field: self.network.hidden };
        Some(Recipe { films, widths, steps, batch, lr, decay, annealing })
    }

    /// Whether states are simulated: neither recorded nor hidden in films.
    pub fn is_simulated(&self) -> bool {
        self.recording.is_none() && !matches!(self.system, System::Filmed(_))
    }

    /// Samples to learn from.
    pub fn training_samples(&self) -> usize {
        if let Some(recipe) = self.film_recipe() {
            return recipe.films.training_samples();
        }
        self.recording.as_ref().map_or(self.data.training_samples(), |recording| recording.training_rows())
    }

    /// Steps between two recorded losses: at most 100 records, at steps that depend on the experiment alone, so that a
    /// repeated run records the same numbers.
    pub fn record_every(&self) -> u64 {
        self.schedule.steps.div_ceil(100).max(1)
    }

    /// Whether two experiments differ in nothing that a running engine would have to know.
    pub fn trains_like(&self, other: &Self) -> bool {
        Self { view: other.view, preset: other.preset, ..self.clone() } == *other
    }
}

/// A recording is shared by all copies of an experiment, and written out as itself.
mod shared {
    use super::{Arc, Recording};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(recording: &Option<Arc<Recording>>, to: S) -> Result<S::Ok, S::Error> {
        recording.as_deref().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Arc<Recording>>, D::Error> {
        Ok(Option::<Recording>::deserialize(from)?.map(Arc::new))
    }
}
