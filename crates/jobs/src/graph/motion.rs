//! A random world in motion, as it should move and as a network moves it.

use crate::graph::law_world::PairFormula;
use crate::protocol::graph::{EdgeShown, Shown, WorldMotion};
use experiments::placed;
use models::graph::features::Moment;
use models::graph::model::GraphModel;
use numerics::seed::{Purpose, Seed};
use physics::dynamics::VectorField;
use physics::integrators::dormand_prince::as_far_as_it_goes;
use physics::particles::motion::RECORDING;
use physics::particles::scene::Scene;
use physics::particles::start;
use physics::particles::world::{World, WorldConfig, WorldError};
use physics::phase_space::PhasePoint;

/// Frames of a motion.
const FRAMES: usize = 120;
/// Steps of time that a motion covers, in the world's own: the length of the reference's simulations.
const STEPS: f64 = 1000.0;
/// Steps that a motion may take. Truth and laws need at most some thousands where bodies nearly meet.
const MOST_STEPS: usize = 100_000;
/// The same for a network, whose steps take longer.
const MOST_NETWORK_STEPS: usize = 4000;

/// Numbers of a message that are shown.
const MOST_NUMBERS: usize = 6;

/// The world that is shown, and how the network moves it after `step` steps of training. It is integrated as accurately as
/// the truth: what differs is the network's doing.
pub fn motion(model: &GraphModel, shown: &Shown, step: u64) -> Result<WorldMotion, WorldError> {
    let (scene, start, dt) = world(&model.recipe().motions.world, shown)?;
    let learned = rollout(&model.moving(&scene), &start, dt, MOST_NETWORK_STEPS);
    let velocities = scene.velocities(&start.p);
    let messages = model.messages(Moment { scene: &scene, positions: &start.q, velocities: &velocities });
    let size = model.recipe().regulariser.size();
    let message = |edge: usize| messages[edge * size..][..size.min(MOST_NUMBERS)].iter().map(|x| *x as f32).collect();
    Ok(snapshot(step, shown, &scene, &start, dt, &learned, &message))
}

/// The world that is shown, as it should move, before there is anything to compare it with.
pub fn true_motion(config: &WorldConfig, shown: &Shown) -> Result<WorldMotion, WorldError> {
    let (scene, start, dt) = world(config, shown)?;
    Ok(snapshot(0, shown, &scene, &start, dt, &[], &|_| vec![]))
}

/// The world that is shown, and how a formula moves it.
pub fn motion_by(formula: &PairFormula, config: &WorldConfig, shown: &Shown) -> Result<WorldMotion, WorldError> {
    let (scene, start, dt) = world(config, shown)?;
    let learned = rollout(&formula.moving(&scene), &start, dt, MOST_STEPS);
    Ok(snapshot(0, shown, &scene, &start, dt, &learned, &|_| vec![]))
}

/// Bodies, where they start, and the time between two frames.
fn world(config: &WorldConfig, shown: &Shown) -> Result<(Scene, PhasePoint, f64), WorldError> {
    let config = WorldConfig { bodies: shown.bodies, ..*config };
    let (mut scene, mut start) = start::random(&config, &mut Seed(shown.start).stream(Purpose::Shown))?;
    placed::put(&shown.placed, &mut scene, &mut start);
    Ok((scene, start, World::dt(config.world) * STEPS / FRAMES as f64))
}

fn snapshot(
    step: u64,
    shown: &Shown,
    scene: &Scene,
    start: &PhasePoint,
    dt: f64,
    learned: &[PhasePoint],
    message: &dyn Fn(usize) -> Vec<f32>,
) -> WorldMotion {
    let truth = rollout(scene, start, dt, MOST_STEPS);
    let single = |values: &[f64]| values.iter().map(|x| *x as f32).collect::<Vec<f32>>();
    let positions = |states: &[PhasePoint]| states.iter().flat_map(|at| single(&at.q)).collect();
    let energies = |states: &[PhasePoint]| states.iter().map(|at| energy(scene, at) as f32).collect();
    let forces = scene.edge_forces(&start.q);
    let edges = scene.edges().iter().zip(forces.chunks_exact(scene.dimensions)).enumerate();
    let edges = edges.filter(|(_, (edge, _))| edge.present).map(|(number, (edge, force))| EdgeShown {
        sender: edge.sender as u16,
        receiver: edge.receiver as u16,
        stiffness: edge.stiffness as f32,
        force: single(force),
        message: message(number),
    });
    WorldMotion {
        step,
        shown: shown.clone(),
        dimensions: scene.dimensions,
        dt,
        globals: [scene.globals.gravity as f32, scene.globals.drag as f32],
        masses: single(&scene.masses),
        charges: single(&scene.charges),
        edges: edges.collect(),
        velocities: truth.iter().flat_map(|at| single(&scene.velocities(&at.p))).collect(),
        energies: [energies(&truth), energies(learned)],
        truth: positions(&truth),
        learned: positions(learned),
    }
}

/// The states at all frames, or at those that are reached.
fn rollout(moving: &dyn VectorField, start: &PhasePoint, dt: f64, steps: usize) -> Vec<PhasePoint> {
    let times: Vec<f64> = (0..=FRAMES).map(|frame| frame as f64 * dt).collect();
    as_far_as_it_goes(moving, start, &times, RECORDING, steps).0
}

fn energy(scene: &Scene, at: &PhasePoint) -> f64 {
    scene.total_energy(&at.q, &scene.velocities(&at.p))
}
