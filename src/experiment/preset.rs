//! Named starting points, one function each.
//!
//! The `-paper` presets follow the recipe of Greydanus, Dzamba and Yosinski, *Hamiltonian Neural Networks* (2019), as their
//! code has it (paper and code differ in places). The quick ones reach the same conclusion within seconds on two slow
//! cores: a quarter of the width, half the steps, three times the learning rate.

use crate::experiment::schedule::{DeviceChoice, NetworkConfig, Schedule};
use crate::experiment::view::ViewConfig;
use crate::experiment::{Experiment, Models};
use crate::learned::activation::Activation;
use crate::physics::dataset::{DataConfig, Targets};
use crate::physics::integrator::Scheme;
use crate::physics::system::System;
use crate::physics::systems::{mass_spring::MassSpring, pendulum::Pendulum};
use crate::seed::Seed;
use serde::{Deserialize, Serialize};

/// A named starting point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preset {
    /// Mass on a spring, quick.
    Spring,
    /// Ideal pendulum, quick.
    Pendulum,
    /// Mass on a spring, the paper's recipe.
    SpringPaper,
    /// Ideal pendulum, the paper's recipe.
    PendulumPaper,
}

impl Preset {
    /// All of them, in the order they are offered.
    pub const ALL: [Preset; 4] = [Preset::Spring, Preset::Pendulum, Preset::SpringPaper, Preset::PendulumPaper];

    /// The name in links and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Preset::Spring => "spring",
            Preset::Pendulum => "pendulum",
            Preset::SpringPaper => "spring-paper",
            Preset::PendulumPaper => "pendulum-paper",
        }
    }

    /// What a visitor reads.
    pub fn label(self) -> &'static str {
        match self {
            Preset::Spring => "Mass on a spring (quick)",
            Preset::Pendulum => "Ideal pendulum (quick)",
            Preset::SpringPaper => "Mass on a spring (paper)",
            Preset::PendulumPaper => "Ideal pendulum (paper)",
        }
    }

    /// The preset of this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }

    /// The experiment it stands for.
    pub fn experiment(self) -> Experiment {
        match self {
            Preset::Spring => Experiment { network: QUICK_NETWORK, schedule: QUICK_SCHEDULE, ..spring(self) },
            Preset::Pendulum => Experiment { network: QUICK_NETWORK, schedule: QUICK_SCHEDULE, ..pendulum(self) },
            Preset::SpringPaper => spring(self),
            Preset::PendulumPaper => pendulum(self),
        }
    }
}

const PAPER_NETWORK: NetworkConfig = NetworkConfig { hidden: 200, depth: 2, activation: Activation::Tanh };
const PAPER_SCHEDULE: Schedule = Schedule { steps: 2000, batch: 0, lr: 1e-3, decay: 1e-4 };
const QUICK_NETWORK: NetworkConfig = NetworkConfig { hidden: 64, ..PAPER_NETWORK };
const QUICK_SCHEDULE: Schedule = Schedule { steps: 1000, lr: 3e-3, ..PAPER_SCHEDULE };

/// 50 trajectories of 30 samples over 3 time units, radius 0.1 to 1, noise 0.1.
fn spring(preset: Preset) -> Experiment {
    Experiment {
        preset,
        system: System::MassSpring(MassSpring::default()),
        data: DataConfig {
            trajectories: 50,
            samples: 30,
            span: 3.0,
            radius_min: 0.1,
            radius_max: 1.0,
            noise: 0.1,
            targets: Targets::Exact,
        },
        models: Models::Both,
        network: PAPER_NETWORK,
        schedule: PAPER_SCHEDULE,
        device: DeviceChoice::Auto,
        seed: Seed(0),
        view: ViewConfig { start_q: 0.9, start_p: 0.0, scheme: Scheme::Rk4, dt: 0.05, horizon: 20.0 },
    }
}

/// 50 trajectories of 45 samples over 3 time units, radius 1.3 to 2.3, noise 0.1.
fn pendulum(preset: Preset) -> Experiment {
    let spring = spring(preset);
    Experiment {
        system: System::Pendulum(Pendulum::default()),
        data: DataConfig { samples: 45, radius_min: 1.3, radius_max: 2.3, ..spring.data },
        view: ViewConfig { start_q: 1.6, ..spring.view.clone() },
        ..spring
    }
}
