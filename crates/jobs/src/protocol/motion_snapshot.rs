//! Snapshot of a model in training over phase space: a motion, a field, an energy. Plain numbers, ready to be drawn.

use crate::protocol::film_snapshot::FilmSnapshot;
use crate::protocol::wiring::Wiring;
use autodiff::parameters::Parameters;
use experiments::FieldExperiment;
use experiments::motion_view::MotionView;
use experiments::task::Task;
use experiments::trained::TrainedModel;
use models::field::model::ModelKind;
use models::field::score::Score;
use models::pixels::swing::{DT, Swing};
use physics::dynamics::{Dynamics, VectorField};
use physics::integrator::Scheme;
use physics::integrators::dormand_prince::Tolerance;
use physics::mechanical_system::Portrait;
use physics::phase_space::{PhasePoint, PhaseVelocity};
use physics::system::System;
use physics::trajectory::Trajectory;
use serde::{Deserialize, Serialize};

/// Arrows of the field along each side.
pub const ARROWS: usize = 15;
/// Energies along each side of the window.
pub const ENERGIES: usize = 33;

/// A model at one moment of its training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MotionSnapshot {
    /// Which.
    pub kind: ModelKind,
    /// After this many steps.
    pub step: u64,
    /// The requested start.
    pub from: PhasePoint,
    /// Its motion from there; where it only sees films, from what it takes that start for.
    pub motion: Trajectory,
    /// By this scheme, which may differ from the one chosen.
    pub scheme: Scheme,
    /// Its velocity at the arrows' places, row by row from the lower left; empty where phase space is no plane.
    pub field: Vec<PhaseVelocity>,
    /// Its energy at every state of its motion; empty where it has none.
    pub along: Vec<f64>,
    /// Its energy over the window, row by row from the lower left; empty where it has none, or phase space is no plane.
    pub energies: Vec<f64>,
    /// Where motions of the shown energy cross the Poincaré section, as the two coordinates that are drawn; empty where there
    /// is none.
    pub section: Vec<(f64, f64)>,
    /// How it does on fresh starts, where that was measured.
    pub score: Option<Score>,
    /// Its weights.
    pub wiring: Wiring,
    /// What it sees, where it learned from films.
    pub film: Option<Box<FilmSnapshot>>,
}

impl MotionSnapshot {
    /// A model with these parameters; scoring it too takes most of the time.
    pub fn of(
        experiment: &FieldExperiment,
        task: &Task,
        kind: ModelKind,
        step: u64,
        parameters: &Parameters,
        score: bool,
    ) -> Self {
        let model = task.model(kind, parameters);
        let figures = score.then(|| task.figures(experiment, kind, parameters));
        let view = &experiment.view;
        let half = window(experiment);
        let start = experiment.start();
        let planar = experiment.system.is_planar();
        let seen = match &model {
            TrainedModel::Films(model) => model.seen(Swing::of_state(&start)),
            _ => start.clone(),
        };
        let motion = shown(experiment, model.dynamics(), &seen);
        let film = match (&model, &task.films) {
            (TrainedModel::Films(model), Some(films)) => {
                let pixel_metrics = figures.and_then(|figures| figures.pixel_metrics);
                Some(Box::new(FilmSnapshot::of(model, films, &filmed(experiment), &motion, pixel_metrics)))
            }
            _ => None,
        };
        Self {
            kind,
            step,
            from: start,
            along: motion.states.iter().filter_map(|at| model.learned_energy(at)).collect(),
            motion,
            scheme: view.scheme.suited(model.dynamics()),
            field: arrows(half).filter(|_| planar).map(|at| model.velocity(&at)).collect(),
            energies: lattice(half, ENERGIES).filter(|_| planar).filter_map(|at| model.learned_energy(&at)).collect(),
            section: crossings(
                experiment,
                &model,
                if score { WHOLE_SECTION } else { HASTY_SECTION },
                Tolerance::SCORING,
            ),
            score: figures.map(|figures| figures.score),
            wiring: Wiring::of(parameters),
            film,
        }
    }
}

impl MotionSnapshot {
    /// (q, p, learned H) near the states that were `seen`, as three columns; empty where there is no H, or phase space is no plane.
    pub fn energy_columns(&self, experiment: &FieldExperiment, seen: &[PhasePoint]) -> [Vec<f64>; 3] {
        let places = lattice(window(experiment), ENERGIES);
        columns(experiment, seen, places.zip(&self.energies).map(|(at, energy)| [at.q[0], at.p[0], *energy]))
    }

    /// (q, p, ∂H/∂q, ∂H/∂p) there, as four columns, by Hamilton's equations: ∂H/∂p is the learned dq/dt, ∂H/∂q minus the learned
    /// dp/dt. The slopes are what the network was trained on, and hold no constant.
    pub fn slope_columns(&self, experiment: &FieldExperiment, seen: &[PhasePoint]) -> [Vec<f64>; 4] {
        let places = arrows(window(experiment));
        let row = |(at, moves): (PhasePoint, &PhaseVelocity)| [at.q[0], at.p[0], -moves.dp[0], moves.dq[0]];
        columns(experiment, seen, places.zip(&self.field).map(row))
    }
}

/// A place counts as seen where a state was seen within this many cells of the lattice of energies.
const NEAR: f64 = 1.5;

/// Rows that start with q and p, as columns, where the network has seen states: elsewhere its output is extrapolation. Where no states
/// are there to be seen, as in films, all rows.
fn columns<const N: usize>(
    experiment: &FieldExperiment,
    seen: &[PhasePoint],
    rows: impl Iterator<Item = [f64; N]>,
) -> [Vec<f64>; N] {
    let reach = NEAR * 2.0 * window(experiment) / (ENERGIES - 1) as f64;
    let near = |row: &[f64; N]| seen.iter().any(|at| (at.q[0] - row[0]).hypot(at.p[0] - row[1]) <= reach);
    let mut columns = std::array::from_fn(|_| vec![]);
    for row in rows.filter(|row| seen.is_empty() || near(row)) {
        columns.iter_mut().zip(row).for_each(|(column, value): (&mut Vec<f64>, f64)| column.push(value));
    }
    columns
}

/// Films start within 30° and a rate of ±1: none swings further than this.
const FARTHEST_IN_FILMS: f64 = 0.6;

/// Half the side of the shown square: of phase space, or of the plane in which bodies move.
pub fn window(experiment: &FieldExperiment) -> f64 {
    if !experiment.system.is_planar() {
        return experiment.system.mechanics().extent(&experiment.start());
    }
    if let Some(recording) = &experiment.recording {
        let values = recording.trials.iter().flat_map(|trial| trial.q.iter().chain(&trial.p));
        return 1.12 * values.map(|x| x.abs()).fold(1e-6, f64::max);
    }
    if let System::Filmed(_) = experiment.system {
        let start = experiment.start();
        return (1.12 * start.coordinates().map(f64::abs).fold(FARTHEST_IN_FILMS, f64::max)).min(8.0);
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

/// The motion from a start as the visitor wants to see it.
fn shown(experiment: &FieldExperiment, dynamics: Dynamics<'_>, start: &PhasePoint) -> Trajectory {
    let MotionView { scheme, dt, horizon, turn, .. } = experiment.view;
    let along = if turn { Trajectory::there_and_back } else { Trajectory::simulate };
    along(dynamics, start, scheme, dt, horizon)
}

/// The moments that a film shows from the visitor's start.
fn filmed(experiment: &FieldExperiment) -> Vec<Swing> {
    let MotionView { horizon, turn, .. } = experiment.view;
    let (start, count) = (Swing::of_state(&experiment.start()), (horizon / DT) as usize + 2);
    if !turn {
        return start.moments(count);
    }
    let mut moments = start.moments(count / 2);
    if let Some(end) = moments.pop() {
        moments.extend(Swing { rate: -end.rate, ..end }.moments(count - count / 2 + 1));
    }
    moments
}

/// Motions and crossings of each that fill a section, and that are enough for a quick snapshot.
const WHOLE_SECTION: (usize, usize) = (9, 60);
const HASTY_SECTION: (usize, usize) = (4, 12);
/// Time in which a motion should have crossed the surface: some three swings of the systems here.
const TIME_TO_CROSS: f64 = 20.0;

/// Crossings of the Poincaré section by the shown motion and others of its energy.
fn crossings(
    experiment: &FieldExperiment,
    field: &dyn VectorField,
    (motions, count): (usize, usize),
    tolerance: Tolerance,
) -> Vec<(f64, f64)> {
    let mechanics = experiment.system.mechanics();
    let Portrait::Section(section) = mechanics.portrait() else {
        return vec![];
    };
    let start = experiment.start();
    let others = mechanics.section_starts(experiment.system.energy(&start));
    let starts = std::iter::once(start).chain(others).take(motions);
    let each = (count, TIME_TO_CROSS * count as f64);
    let points = starts.flat_map(|start| section.crossings(field, &start, each, tolerance));
    points.map(|at| section.place(&at)).collect()
}

/// How far apart two nearby starts are, in the first coordinate.
pub const NEARBY: f64 = 1e-3;

/// The true motion from a start that is close to the shown one, stepped like it.
fn nearby(experiment: &FieldExperiment) -> Trajectory {
    let mut start = experiment.start();
    start.q[0] += NEARBY;
    shown(experiment, experiment.system.dynamics(), &start)
}

/// The true motion and energies that a snapshot is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// From the visitor's start, or as it was recorded.
    pub motion: Trajectory,
    /// Over the window.
    pub energies: Vec<f64>,
    /// Crossings of the Poincaré section, as [`MotionSnapshot::section`].
    pub section: Vec<(f64, f64)>,
    /// From a start that is [`NEARBY`] away, where phase space is no plane.
    pub nearby: Option<Trajectory>,
}

impl Truth {
    /// Of an experiment's system and view.
    pub fn of(experiment: &FieldExperiment, task: &Task) -> Self {
        let view = &experiment.view;
        let dynamics: Dynamics<'_> = experiment.system.dynamics();
        let planar = experiment.system.is_planar();
        let places = lattice(window(experiment), ENERGIES).filter(|_| planar);
        let energies = places.map(|at| experiment.system.energy(&at)).collect();
        let motion = match task.held_out.first() {
            // A film shows steps of its own, and those are the truth.
            None if matches!(experiment.system, System::Filmed(_)) => {
                let moments = filmed(experiment);
                let (times, states): (Vec<f64>, Vec<PhasePoint>) =
                    moments.into_iter().enumerate().map(|(i, moment)| (i as f64 * DT, moment.state())).unzip();
                Trajectory::through(&times, &states, view.dt, view.horizon)
            }
            Some(stretch) => Trajectory::through(&stretch.times, &stretch.states, view.dt, view.horizon),
            None => shown(experiment, dynamics, &experiment.start()),
        };
        let section = crossings(experiment, &dynamics, WHOLE_SECTION, Tolerance::TRUTH);
        Self { motion, energies, section, nearby: (!planar).then(|| nearby(experiment)) }
    }
}
