//! A random world in motion, as it should move and as a network moves it.

use crate::graph::model::GraphModel;
use crate::grapher::law_world::PairFormula;
use crate::physics::dynamics::{Dynamics, VectorField};
use crate::physics::integrator::Scheme;
use crate::physics::phase_space::PhasePoint;
use crate::physics::trajectory::Trajectory;
use crate::protocol::graph::{Shown, WorldMotion};
use crate::seed::{Purpose, Seed};
use crate::worlds::motion::RECORDING;
use crate::worlds::scene::Scene;
use crate::worlds::start;
use crate::worlds::world::{World, WorldConfig, WorldError};

/// Frames of a motion.
const FRAMES: usize = 120;
/// Steps of time that a motion covers, in the world's own: the length of the reference's simulations.
const STEPS: f64 = 1000.0;
/// Steps of a network between two frames.
const STEPS_PER_FRAME: f64 = 2.0;

/// The world that is shown, and how the network moves it after `step` steps of training.
pub fn motion(model: &GraphModel, shown: Shown, step: u64) -> Result<WorldMotion, WorldError> {
    let config = WorldConfig { bodies: shown.bodies, ..model.recipe().motions.world };
    moved(&config, shown, step, &|scene, start, dt| rollout(&model.moving(scene), start, dt))
}

/// The world that is shown, and how a formula moves it.
pub fn motion_by(formula: &PairFormula, world: &WorldConfig, shown: Shown) -> Result<WorldMotion, WorldError> {
    let config = WorldConfig { bodies: shown.bodies, ..*world };
    moved(&config, shown, 0, &|scene, start, dt| rollout(&formula.moving(scene), start, dt))
}

fn moved(
    config: &WorldConfig,
    shown: Shown,
    step: u64,
    learned: &dyn Fn(&Scene, &PhasePoint, f64) -> Vec<PhasePoint>,
) -> Result<WorldMotion, WorldError> {
    let (scene, start) = start::random(config, &mut Seed(shown.start).stream(Purpose::Shown))?;
    let dt = World::dt(config.world) * STEPS / FRAMES as f64;
    let times: Vec<f64> = (0..=FRAMES).map(|frame| frame as f64 * dt).collect();
    let truth = scene.motion(&start, &times, RECORDING).unwrap_or_else(|_| vec![start.clone()]);
    let learned = learned(&scene, &start, dt);
    let energies = [&truth, &learned].map(|states| states.iter().map(|at| energy(&scene, at) as f32).collect());
    let flat = |states: &[PhasePoint]| states.iter().flat_map(|at| at.q.iter().map(|x| *x as f32)).collect();
    let edges = scene.edges().iter().filter(|edge| edge.present && edge.sender < edge.receiver);
    Ok(WorldMotion {
        step,
        shown,
        dimensions: config.dimensions,
        dt,
        masses: scene.masses.iter().map(|m| *m as f32).collect(),
        joined: edges.map(|edge| [edge.sender as u16, edge.receiver as u16]).collect(),
        truth: flat(&truth),
        learned: flat(&learned),
        energies,
    })
}

fn rollout(moving: &dyn VectorField, start: &PhasePoint, dt: f64) -> Vec<PhasePoint> {
    let horizon = dt * FRAMES as f64;
    let fine = Trajectory::simulate(Dynamics::Field(moving), start, Scheme::Rk4, dt / STEPS_PER_FRAME, horizon);
    fine.states.into_iter().step_by(STEPS_PER_FRAME as usize).collect()
}

fn energy(scene: &Scene, at: &PhasePoint) -> f64 {
    scene.total_energy(&at.q, &scene.velocities(&at.p))
}
