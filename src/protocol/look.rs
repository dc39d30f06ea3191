//! What a model in training says about phase space: a motion, a field, an energy. Plain numbers, ready to be drawn.

use crate::experiment::Experiment;
use crate::experiment::task::Task;
use crate::learned::model::{LearnedModel, ModelKind};
use crate::learned::score::Score;
use crate::learned::weights::MlpWeights;
use crate::physics::dynamics::{Dynamics, VectorField};
use crate::physics::integrator::Scheme;
use crate::physics::phase_space::{PhasePoint, PhaseVelocity};
use crate::physics::trajectory::Trajectory;
use serde::{Deserialize, Serialize};

/// Arrows of the field along each side.
pub const ARROWS: usize = 15;
/// Energies along each side of the window.
pub const ENERGIES: usize = 33;

/// A model at one moment of its training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Which.
    pub kind: ModelKind,
    /// After this many steps.
    pub step: u64,
    /// Its motion from the visitor's start.
    pub motion: Trajectory,
    /// By this scheme, which may differ from the one chosen.
    pub scheme: Scheme,
    /// Its velocity at the arrows' places, row by row from the lower left; empty where phase space is no plane.
    pub field: Vec<PhaseVelocity>,
    /// Its energy over the window, row by row from the lower left; empty where it has none, or phase space is no plane.
    pub energies: Vec<f64>,
    /// How it does on fresh starts, where that was measured.
    pub score: Option<Score>,
}

impl Look {
    /// Looks at a model with these weights; scoring it too takes most of the time.
    pub fn of(
        experiment: &Experiment,
        task: &Task,
        kind: ModelKind,
        step: u64,
        weights: &MlpWeights,
        score: bool,
    ) -> Self {
        let model = LearnedModel::new(kind, weights).in_units(task.scaling);
        let view = &experiment.view;
        let half = window(experiment);
        let start = experiment.start();
        let planar = experiment.system.is_planar();
        Self {
            kind,
            step,
            motion: Trajectory::simulate(model.dynamics(), &start, view.scheme, view.dt, view.horizon),
            scheme: view.scheme.suited(model.dynamics()),
            field: arrows(half).filter(|_| planar).map(|at| model.velocity(&at)).collect(),
            energies: lattice(half, ENERGIES).filter(|_| planar).filter_map(|at| model.learned_energy(&at)).collect(),
            score: score.then(|| task.score(experiment, &model)),
        }
    }
}

/// Room around the first places of bodies: two stay about as far apart, three soon fly further.
const ROOM_FOR_ORBITS: f64 = 1.7;

/// Half the side of the shown square: of phase space, or of the plane in which bodies move.
pub fn window(experiment: &Experiment) -> f64 {
    if !experiment.system.is_planar() {
        return ROOM_FOR_ORBITS * experiment.start().q.iter().map(|x| x.abs()).fold(0.1, f64::max);
    }
    if let Some(recording) = &experiment.recording {
        let values = recording.trials.iter().flat_map(|trial| trial.q.iter().chain(&trial.p));
        return 1.12 * values.map(|x| x.abs()).fold(1e-6, f64::max);
    }
    let reach = experiment.data.radius_max + 2.0 * experiment.data.noise;
    let start = experiment.start();
    let farthest = start.coordinates().map(f64::abs).fold(reach, f64::max);
    (1.12 * farthest).clamp(0.5, 8.0)
}

/// Where the arrows of the field stand.
pub fn arrows(half: f64) -> impl Iterator<Item = PhasePoint> {
    lattice(half * (1.0 - 1.0 / ARROWS as f64), ARROWS)
}

/// Points of a square lattice, row by row from the lower left.
pub fn lattice(half: f64, side: usize) -> impl Iterator<Item = PhasePoint> {
    let place = move |i: usize| half * (2.0 * i as f64 / (side - 1) as f64 - 1.0);
    (0..side * side).map(move |i| PhasePoint::planar(place(i % side), place(i / side)))
}

/// The true motion and energies that a look is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// From the visitor's start, or as it was recorded.
    pub motion: Trajectory,
    /// Over the window.
    pub energies: Vec<f64>,
}

impl Truth {
    /// Of an experiment's system and view.
    pub fn of(experiment: &Experiment, task: &Task) -> Self {
        let view = &experiment.view;
        let dynamics: Dynamics<'_> = experiment.system.dynamics();
        let planar = experiment.system.is_planar();
        let places = lattice(window(experiment), ENERGIES).filter(|_| planar);
        let energies = places.map(|at| experiment.system.energy(&at)).collect();
        let motion = match task.held_out.first() {
            Some(stretch) => Trajectory::through(&stretch.times, &stretch.states, view.dt, view.horizon),
            None => Trajectory::simulate(dynamics, &experiment.start(), view.scheme, view.dt, view.horizon),
        };
        Self { motion, energies }
    }
}
