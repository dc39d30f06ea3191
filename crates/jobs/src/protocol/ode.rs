//! Graph networks trained through an integrator, as a kind of networks: what is shown of them, and the true motion beside them.

use crate::protocol::networks::NetworkKind;
use experiments::limits::Estimate;
use experiments::ode::{OdeExperiment, OdeView};
use models::ode::recipe::OdeKind;
use models::ode::score::{Cell, Errors};
use models::ode::stepping::{Stepped, Stepping};
use numerics::seed::{Purpose, Seed};
use physics::dynamics::{Dynamics, Hamiltonian};
use physics::oscillators::modes::Modes;
use physics::oscillators::random::network;
use physics::oscillators::system::Oscillators;
use physics::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// DeltaGN, OGN and HOGN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OdeNetworks;

/// Frames in a unit of time, where steps are shorter.
const FRAMES: f64 = 10.0;
/// Coordinates beyond this are off every picture.
const OFF: f64 = 1e4;

/// A network at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OdeSnapshot {
    /// The view that it answers.
    pub view: OdeView,
    /// How it was stepped: what is open to its kind.
    pub stepping: Stepping,
    /// The shown system as the network moves it.
    pub motion: OdeMotion,
    /// What takes long.
    pub figures: Option<OdeFigures>,
}

/// Figures of merit of a network, and of the true H in the same places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OdeFigures {
    /// Over the short and the long time, stepped as in training.
    pub errors: [Errors; 2],
    /// Of the true H by RK4 with the same step.
    pub truth: [Errors; 2],
    /// Over the short time at twice as many bodies, where there is room.
    pub more: Option<(usize, Errors)>,
    /// The table of steps and integrators; empty where it is not wanted.
    pub grid: Vec<Cell>,
    /// The same of the true H.
    pub true_grid: Vec<Cell>,
}

/// Places of bodies and the true H along a motion, frame by frame. It ends where it runs away.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OdeMotion {
    /// `[frames, n, 2]`.
    pub places: Vec<f32>,
    /// The true H, `[frames]`.
    pub energies: Vec<f32>,
}

/// The shown system: exact motion, and the ghost, which the true H moves by the chosen integrator.
#[derive(Clone, Debug, PartialEq)]
pub struct OdeScene {
    /// Masses and springs.
    pub system: Oscillators,
    /// Its start.
    pub start: PhasePoint,
    /// Time between two frames.
    pub frame: f64,
    /// Exact.
    pub truth: OdeMotion,
    /// The true H by the same integrator and step.
    pub ghost: OdeMotion,
}

impl NetworkKind for OdeNetworks {
    type Experiment = OdeExperiment;
    type View = OdeView;
    type Snapshot = OdeSnapshot;

    const ROLE: &'static str = "ode";

    fn names(_: &OdeExperiment) -> Vec<&'static str> {
        OdeKind::ALL.map(OdeKind::key).to_vec()
    }

    fn steps(experiment: &OdeExperiment) -> u64 {
        experiment.steps
    }

    fn flops_per_step(experiment: &OdeExperiment) -> f64 {
        Estimate::of_ode(&experiment.recipe()).flops_per_step
    }

    fn patience(experiment: &OdeExperiment) -> f64 {
        if experiment.view.table { 120_000.0 } else { 45_000.0 }
    }

    fn show(experiment: &mut OdeExperiment, view: OdeView) {
        experiment.view = view;
    }
}

impl OdeScene {
    /// The scene of an experiment's view.
    pub fn of(experiment: &OdeExperiment) -> Self {
        let view = experiment.view;
        let (system, start) = Self::shown(experiment);
        let (steps, every) = Self::steps(experiment);
        let (dt, frame) = (experiment.shown_dt(), experiment.shown_dt() * every as f64);
        let times = (0..=steps / every).map(|k| k as f64 * frame);
        let truth = OdeMotion::of(&system, Modes::of(&system).motion(&start, times).iter());
        let stepped = Stepped::truth(Dynamics::Separable(&system));
        let states = view.stepping.rollout(stepped, &start, dt, steps);
        let ghost = OdeMotion::of(&system, states.iter().step_by(every));
        Self { start, frame, truth, ghost, system }
    }

    /// The shown system and its start.
    pub fn shown(experiment: &OdeExperiment) -> (Oscillators, PhasePoint) {
        let view = experiment.view;
        network(view.bodies, experiment.joined, &mut Seed(view.start).stream(Purpose::Shown))
    }

    /// Steps of the shown motion, and how many go between two frames.
    pub fn steps(experiment: &OdeExperiment) -> (usize, usize) {
        let dt = experiment.shown_dt();
        ((experiment.view.time / dt).round() as usize, (1.0 / (FRAMES * dt)).round().max(1.0) as usize)
    }
}

impl OdeMotion {
    /// Of these states, until one is off every picture.
    pub fn of<'a>(system: &Oscillators, states: impl Iterator<Item = &'a PhasePoint>) -> Self {
        let mut motion = Self::default();
        for state in states.take_while(|state| state.coordinates().all(|x| x.abs() < OFF)) {
            motion.places.extend(state.q.iter().map(|x| *x as f32));
            motion.energies.push(system.energy(state) as f32);
        }
        motion
    }

    /// How many frames it has.
    pub fn frames(&self) -> usize {
        self.energies.len()
    }

    /// Where the bodies are in a frame, or in the last one where it has ended.
    pub fn at(&self, frame: usize) -> Vec<(f64, f64)> {
        let width = self.places.len() / self.frames().max(1);
        let frame = frame.min(self.frames().saturating_sub(1));
        let places = self.places.get(frame * width..(frame + 1) * width).unwrap_or_default();
        places.chunks_exact(2).map(|place| (f64::from(place[0]), f64::from(place[1]))).collect()
    }
}
