//! Named starting points: one line of a table each, and a function for those that need one.
//!
//! The `-paper` presets follow the recipe of Greydanus, Dzamba and Yosinski, *Hamiltonian Neural Networks* (2019), as their
//! code has it (paper and code differ in places). The quick ones reach the same conclusion within seconds on two slow
//! cores: a quarter of the width, half the steps, three times the learning rate.

use crate::motion_view::MotionView;
use crate::schedule::{NetworkConfig, Schedule};
use crate::{FieldExperiment, Models};
use data::recording::Recording;
use data::synthetic::synthetic;
use language::{text, translated};
use models::activation::Activation;
use models::field::annealing::Annealing;
use models::pixels::recipe::Recipe;
use models::pixels::swing;
use numerics::seed::Seed;
use physics::dataset::{DataConfig, Targets};
use physics::integrator::Scheme;
use physics::system::System;
use physics::systems::{
    double_pendulum::DoublePendulum, driven_pendulum::DrivenPendulum, filmed::Filmed, gravity::Gravity,
    henon_heiles::HenonHeiles, mass_spring::MassSpring, pendulum::Pendulum, recorded::Recorded, two_masses::TwoMasses,
};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

/// Writes the enum of all presets, with a line for each: name, key in links, what a visitor reads, recipe.
macro_rules! presets {
    ($($(#[$doc:meta])* $name:ident, $key:literal, $label:expr, $recipe:expr;)*) => {
        /// A named starting point.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Preset { $($(#[$doc])* $name),* }

        impl Preset {
            /// All of them, in the order they are offered.
            pub const ALL: [Preset; [$($key),*].len()] = [$(Preset::$name),*];

            /// The name in links and on the command line.
            pub fn key(self) -> &'static str {
                match self { $(Preset::$name => $key),* }
            }

            /// What a visitor reads.
            pub fn label(self) -> &'static str {
                translated(self.english())
            }

            /// What exported files call it.
            pub fn english(self) -> &'static str {
                match self { $(Preset::$name => $label),* }
            }

            /// The experiment it stands for.
            pub fn experiment(self) -> FieldExperiment {
                let recipe: fn(Preset) -> FieldExperiment = match self { $(Preset::$name => $recipe),* };
                recipe(self)
            }
        }
    };
}

presets! {
    /// Mass on a spring, quick.
    Spring, "spring", text!("Mass on a spring (quick)"),
        |preset| FieldExperiment { network: QUICK_NETWORK, schedule: QUICK_SCHEDULE, ..spring(preset) };
    /// Ideal pendulum, quick.
    Pendulum, "pendulum", text!("Ideal pendulum (quick)"), quick_pendulum;
    /// A measured pendulum, quick.
    RealPendulum, "real-pendulum", text!("Pendulum with friction (quick)"), quick_measured;
    /// Two bodies, quick.
    TwoBody, "two-body", text!("Two bodies (quick)"), |preset| quick_orbits(two_bodies(preset));
    /// Three bodies, quick.
    ThreeBody, "three-body", text!("Three bodies (quick)"), |preset| quick_orbits(three_bodies(preset));
    /// A double pendulum, quick.
    DoublePendulum, "double-pendulum", text!("Double pendulum (quick)"), double_pendulum;
    /// The system of Hénon and Heiles, quick.
    HenonHeiles, "henon-heiles", text!("Hénon–Heiles (quick)"), henon_heiles;
    /// A pendulum seen in films, quick.
    Pixels, "pixels", text!("Pendulum in pixels (quick)"), |preset| films(preset, Recipe::QUICK);
    /// Mass on a spring, the paper's recipe.
    SpringPaper, "spring-paper", text!("Mass on a spring (paper)"), spring;
    /// Ideal pendulum, the paper's recipe.
    PendulumPaper, "pendulum-paper", text!("Ideal pendulum (paper)"), pendulum;
    /// A measured pendulum, the paper's recipe.
    RealPendulumPaper, "real-pendulum-paper", text!("Pendulum with friction (paper)"), measured;
    /// Two bodies, the paper's recipe.
    TwoBodyPaper, "two-body-paper", text!("Two bodies (paper)"), two_bodies;
    /// Three bodies, the paper's recipe.
    ThreeBodyPaper, "three-body-paper", text!("Three bodies (paper)"), three_bodies;
    /// A pendulum seen in films, the paper's recipe.
    PixelsPaper, "pixels-paper", text!("Pendulum in pixels (paper)"), |preset| films(preset, Recipe::PAPER);
    /// Two bodies of different masses, quick.
    TwoMasses, "two-masses", text!("Two bodies with masses (quick)"), two_masses;
    /// A pendulum that is driven, quick.
    DrivenPendulum, "driven-pendulum", text!("Driven pendulum, H(q, p, t) (quick)"), driven_pendulum;
}

impl Preset {
    /// The preset of this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }
}

const PAPER_NETWORK: NetworkConfig =
    NetworkConfig { hidden: 200, depth: 2, activation: Activation::Tanh, autoencoder: 200 };
const PAPER_SCHEDULE: Schedule =
    Schedule { steps: 2000, batch: 0, lr: 1e-3, decay: 1e-4, annealing: Annealing::Constant };
const QUICK_NETWORK: NetworkConfig = NetworkConfig { hidden: 64, ..PAPER_NETWORK };
const QUICK_SCHEDULE: Schedule = Schedule { steps: 1000, lr: 3e-3, ..PAPER_SCHEDULE };

/// 50 trajectories of 30 samples over 3 time units, radius 0.1 to 1, noise 0.1.
fn spring(preset: Preset) -> FieldExperiment {
    FieldExperiment {
        preset,
        system: System::MassSpring(MassSpring::default()),
        data: DataConfig {
            trajectories: 50,
            samples: 30,
            span: 3.0,
            radius_min: 0.1,
            radius_max: 1.0,
            spread: 0.0,
            held_out: 0.5,
            noise: 0.1,
            targets: Targets::Exact,
        },
        recording: None,
        models: Models::Both,
        network: PAPER_NETWORK,
        schedule: PAPER_SCHEDULE,
        seed: Seed(0),
        view: MotionView {
            start_q: 0.9,
            start_p: 0.0,
            orbit: 0,
            scheme: Scheme::Rk4,
            dt: 0.05,
            horizon: 20.0,
            turn: false,
        },
    }
}

/// 50 trajectories of 45 samples over 3 time units, radius 1.3 to 2.3, noise 0.1.
fn pendulum(preset: Preset) -> FieldExperiment {
    let spring = spring(preset);
    FieldExperiment {
        system: System::Pendulum(Pendulum::default()),
        data: DataConfig { samples: 45, radius_min: 1.3, radius_max: 2.3, ..spring.data },
        view: MotionView { start_q: 1.6, ..spring.view },
        ..spring
    }
}

/// All samples of the pendulum make a step too long for a slow core, and half of them teach as much.
fn quick_pendulum(preset: Preset) -> FieldExperiment {
    let schedule = Schedule { batch: 500, lr: 2e-3, ..QUICK_SCHEDULE };
    FieldExperiment { network: QUICK_NETWORK, schedule, ..pendulum(preset) }
}

/// The generated recording is a constant that takes a moment to compute.
static SYNTHETIC: LazyLock<Arc<Recording>> = LazyLock::new(|| Arc::new(synthetic(Seed(0))));

/// A recording of 556 rows: four fifths to learn from, forward differences for targets, no noise but its own. A generated
/// one stands in until the visitor brings another.
fn measured(preset: Preset) -> FieldExperiment {
    let spring = spring(preset);
    FieldExperiment {
        system: System::Recorded(Recorded::default()),
        data: DataConfig { noise: 0.0, targets: Targets::Difference, ..spring.data },
        recording: Some(SYNTHETIC.clone()),
        schedule: Schedule { decay: 1e-5, ..PAPER_SCHEDULE },
        view: MotionView { horizon: 19.0, ..spring.view },
        ..spring
    }
}

/// Central differences: forward ones lag half a step behind, which a model with friction takes for friction.
fn quick_measured(preset: Preset) -> FieldExperiment {
    let paper = measured(preset);
    FieldExperiment {
        models: Models::All,
        data: DataConfig { targets: Targets::Central, ..paper.data },
        network: QUICK_NETWORK,
        schedule: Schedule { decay: 1e-5, ..QUICK_SCHEDULE },
        ..paper
    }
}

/// 1000 orbits of 50 samples over 20 time units, without noise, a fifth for testing.
fn two_bodies(preset: Preset) -> FieldExperiment {
    let spring = spring(preset);
    FieldExperiment {
        system: System::Gravity(Gravity::Two),
        data: DataConfig {
            trajectories: 1000,
            samples: 50,
            span: 20.0,
            radius_min: 0.5,
            radius_max: 1.5,
            noise: 0.0,
            spread: 0.05,
            held_out: 0.2,
            ..spring.data
        },
        schedule: Schedule { steps: 10_000, batch: 200, decay: 0.0, ..PAPER_SCHEDULE },
        view: MotionView { dt: 0.05, horizon: 25.0, ..spring.view },
        ..spring
    }
}

/// 5000 orbits of 20 samples over 5 time units.
fn three_bodies(preset: Preset) -> FieldExperiment {
    let two = two_bodies(preset);
    FieldExperiment {
        system: System::Gravity(Gravity::Three),
        data: DataConfig {
            trajectories: 5000,
            samples: 20,
            span: 5.0,
            radius_min: 0.9,
            radius_max: 1.2,
            spread: 0.2,
            ..two.data
        },
        schedule: Schedule { batch: 600, decay: 1e-4, ..two.schedule },
        view: MotionView { dt: 0.02, horizon: 6.0, ..two.view },
        ..two
    }
}

/// Films of a pendulum, and an autoencoder between them and the field.
fn films(preset: Preset, recipe: Recipe) -> FieldExperiment {
    let spring = spring(preset);
    let Recipe { films, widths, steps, batch, lr, decay, annealing } = recipe;
    FieldExperiment {
        system: System::Filmed(Filmed),
        data: DataConfig {
            trajectories: films.films,
            samples: films.frames,
            span: swing::DT * films.frames as f64,
            noise: 0.0,
            ..spring.data
        },
        network: NetworkConfig { hidden: widths.field, autoencoder: widths.autoencoder, ..PAPER_NETWORK },
        schedule: Schedule { steps, batch, lr, decay, annealing },
        view: MotionView { start_q: 0.4, dt: swing::DT, horizon: 8.0, ..spring.view },
        ..spring
    }
}

/// 200 motions of 50 samples over 10 time units, let go at rest up to 1.8 radians from hanging straight down, without noise.
fn double_pendulum(preset: Preset) -> FieldExperiment {
    let two = two_bodies(preset);
    FieldExperiment {
        system: System::DoublePendulum(DoublePendulum::default()),
        data: DataConfig { trajectories: 200, span: 10.0, radius_min: 0.2, radius_max: 1.8, spread: 0.0, ..two.data },
        network: NetworkConfig { hidden: 100, ..PAPER_NETWORK },
        schedule: Schedule { steps: 4000, batch: 200, lr: 3e-3, decay: 0.0, annealing: Annealing::Cosine },
        // A chaotic start that does not turn over.
        view: MotionView { dt: 0.02, horizon: 30.0, orbit: 314, ..two.view },
        ..two
    }
}

/// 200 motions of 50 samples over 20 time units, with energies up to that of the saddles, without noise.
fn henon_heiles(preset: Preset) -> FieldExperiment {
    let two = two_bodies(preset);
    FieldExperiment {
        system: System::HenonHeiles(HenonHeiles::default()),
        data: DataConfig { trajectories: 200, span: 20.0, radius_min: 0.1, radius_max: 0.48, spread: 0.0, ..two.data },
        network: QUICK_NETWORK,
        schedule: Schedule { steps: 3000, batch: 200, lr: 3e-3, decay: 0.0, annealing: Annealing::Cosine },
        // An energy of 0.123: regular and chaotic motions side by side, as in the paper of 1964 at 0.125.
        view: MotionView { dt: 0.05, horizon: 40.0, orbit: 392, ..two.view },
        ..two
    }
}

/// 200 motions of 50 samples over 20 time units, 1 to 2.5 apart, without noise.
fn two_masses(preset: Preset) -> FieldExperiment {
    let two = quick_orbits(two_bodies(preset));
    FieldExperiment {
        system: System::TwoMasses(TwoMasses::default()),
        data: DataConfig { radius_min: 1.0, radius_max: 2.5, ..two.data },
        schedule: Schedule { steps: 3000, annealing: Annealing::Cosine, ..two.schedule },
        ..two
    }
}

/// 100 motions of 40 samples over 6 time units, about two periods of the force, without noise; shown for as long.
fn driven_pendulum(preset: Preset) -> FieldExperiment {
    let two = quick_orbits(two_bodies(preset));
    FieldExperiment {
        system: System::DrivenPendulum(DrivenPendulum::default()),
        data: DataConfig {
            trajectories: 100,
            samples: 40,
            span: 6.0,
            radius_min: 0.2,
            radius_max: 1.5,
            spread: 0.0,
            ..two.data
        },
        schedule: Schedule { steps: 3000, annealing: Annealing::Cosine, ..two.schedule },
        view: MotionView { dt: 0.05, horizon: 6.0, ..two.view },
        ..two
    }
}

/// A fifth of the orbits, a third of the width, a fifth of the steps.
fn quick_orbits(paper: FieldExperiment) -> FieldExperiment {
    FieldExperiment {
        data: DataConfig { trajectories: paper.data.trajectories / 5, ..paper.data },
        network: QUICK_NETWORK,
        schedule: Schedule { steps: 2000, lr: 3e-3, ..paper.schedule },
        ..paper
    }
}
