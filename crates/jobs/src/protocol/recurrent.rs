//! Networks at a coarse step, as a kind of networks: what is shown of them, and the true motion beside them.

use crate::protocol::networks::NetworkKind;
use experiments::limits::Estimate;
use experiments::recurrent::{RecurrentExperiment, RecurrentView};
use models::recurrent::model::Stepped;
use models::recurrent::recipe::Variant;
use models::recurrent::score::{LONG, NoisyErrors, RolloutErrors, SHORT};
use models::recurrent::world::World;
use numerics::seed::{Purpose, Seed};
use physics::phase_space::PhasePoint;
use serde::{Deserialize, Serialize};

/// Single-step, multi-step and Euler networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecurrentNetworks;

/// Frames of the smooth true motion in a coarse step.
pub const FRAMES: usize = 8;
/// Coordinates beyond this are off every picture.
const OFF: f64 = 1e4;

/// A network at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecurrentSnapshot {
    /// The view that it answers.
    pub view: RecurrentView,
    /// The shown motion as the network has it.
    pub motion: CoarseMotion,
    /// What takes long.
    pub figures: Option<RecurrentFigures>,
}

/// Figures of merit of a network, and of the true H by leapfrog in the same places.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecurrentFigures {
    /// As it was trained.
    pub errors: RolloutErrors,
    /// RMSE over the short time with a refined step.
    pub refined_10: f64,
    /// From noisy starts; not of an Euler network.
    pub noisy: Option<NoisyErrors>,
    /// The true H by leapfrog with the same step.
    pub truth: RolloutErrors,
    /// The true H with the refined step.
    pub true_refined_10: f64,
}

/// Coordinates and the true H along a motion, a coarse step from each state to the next. It ends where it runs away.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CoarseMotion {
    /// q, `[steps + 1, dof]`.
    pub places: Vec<f32>,
    /// The true H, `[steps + 1]`.
    pub energies: Vec<f32>,
}

/// The shown motion: exact, and as the true H has it by leapfrog with the shown step.
#[derive(Clone, Debug)]
pub struct CoarseScene {
    /// What moves.
    pub world: World,
    /// Exact states.
    pub states: Vec<PhasePoint>,
    /// Exact.
    pub truth: CoarseMotion,
    /// Exact, with [`FRAMES`] frames to a coarse step.
    pub smooth: CoarseMotion,
    /// The true H by leapfrog.
    pub ghost: CoarseMotion,
}

impl NetworkKind for RecurrentNetworks {
    type Experiment = RecurrentExperiment;
    type View = RecurrentView;
    type Snapshot = RecurrentSnapshot;

    const ROLE: &'static str = "recurrent";

    fn names(_: &RecurrentExperiment) -> Vec<&'static str> {
        Variant::ALL.map(Variant::key).to_vec()
    }

    fn steps(experiment: &RecurrentExperiment) -> u64 {
        experiment.steps
    }

    fn flops_per_step(experiment: &RecurrentExperiment) -> f64 {
        Estimate::of_recurrent(&experiment.recipe()).flops_per_step
    }

    fn show(experiment: &mut RecurrentExperiment, view: RecurrentView) {
        experiment.view = view;
    }
}

impl CoarseScene {
    /// The scene of an experiment's view.
    pub fn of(experiment: &RecurrentExperiment) -> Self {
        let world = World::of(&experiment.recipe(), Seed(experiment.seed));
        let steps = if world.is_chaotic() { SHORT } else { LONG };
        let states = world.followed(steps, &mut Seed(experiment.view.start).stream(Purpose::Shown));
        let truth = CoarseMotion::of(&world, &states);
        let times = (0..=steps * FRAMES).map(|frame| frame as f64 / FRAMES as f64 * world.dt());
        let between = world.motion_at(&states[0], times).unwrap_or_default();
        let smooth = CoarseMotion::of(&world, &between);
        let stepped = Stepped::truth(world.hamiltonian(), world.dt()).refined(experiment.view.refine);
        let ghost = CoarseMotion::of(&world, &stepped.rollout(&states[0], steps));
        Self { states, truth, smooth, ghost, world }
    }
}

impl CoarseMotion {
    /// Of these states, until one is off every picture.
    pub fn of(world: &World, states: &[PhasePoint]) -> Self {
        let mut motion = Self::default();
        for state in states.iter().take_while(|state| state.coordinates().all(|x| x.abs() < OFF)) {
            motion.places.extend(state.q.iter().map(|x| *x as f32));
            motion.energies.push(world.hamiltonian().energy(state) as f32);
        }
        motion
    }

    /// How many states it has.
    pub fn states(&self) -> usize {
        self.energies.len()
    }

    /// q after some steps, or in the last state where it has ended.
    pub fn at(&self, step: usize) -> Vec<f64> {
        let width = self.places.len() / self.states().max(1);
        let step = step.min(self.states().saturating_sub(1));
        self.places.get(step * width..(step + 1) * width).unwrap_or_default().iter().map(|x| f64::from(*x)).collect()
    }

    /// One coordinate along the motion.
    pub fn coordinate(&self, number: usize) -> impl Iterator<Item = f64> + '_ {
        let width = self.places.len() / self.states().max(1);
        self.places.chunks_exact(width.max(1)).filter_map(move |row| row.get(number)).map(|x| f64::from(*x))
    }
}
