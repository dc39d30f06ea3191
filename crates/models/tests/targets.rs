//! Claims about what a graph network is asked to predict: accelerations and changes of velocity are learned alike.

use autodiff::engine::Engine;
use models::graph::features::Moment;
use models::graph::recipe::{GraphRecipe, GraphWidths};
use models::graph::training::GraphTraining;
use models::learner::{Learner, LossesOn, Part, Trainable};
use numerics::seed::Seed;
use physics::particles::dataset::{MotionConfig, Target};
use physics::particles::world::World;

/// A recipe small enough for tests.
fn small(world: World, target: Target) -> GraphRecipe {
    let quick = GraphRecipe::quick(world);
    GraphRecipe {
        motions: MotionConfig { simulations: 200, target, ..quick.motions },
        widths: GraphWidths { hidden: 24, depth: 3 },
        batch: 16,
        steps: 3000,
        lr: 1e-2,
        ..quick
    }
}

fn training(world: World, target: Target) -> GraphTraining {
    GraphTraining::new(&small(world, target), Seed(0)).expect("a valid recipe")
}

#[test]
fn changes_of_velocity_are_learned_in_a_unit_in_which_they_are_of_order_one() {
    for world in World::ALL {
        let training = training(world, Target::VelocityChange);
        let batch = training.samples(Part::Train, LossesOn::Some);
        let size = batch.inputs[3].iter().map(|x| x.abs()).sum::<f32>() / batch.inputs[3].len() as f32;
        assert!((0.2..5.0).contains(&size), "{world:?}: {size}");
    }
}

#[test]
fn losses_and_predictions_are_in_the_units_of_the_target() {
    // An untrained network's loss, from its predictions and the targets of the same graphs.
    let training = training(World::InverseSquare, Target::VelocityChange);
    let parameters = training.initial();
    let model = training.model(&parameters);
    let mut learner = Learner::new(training.clone(), &Engine::Cpu).expect("a plan");
    let said = pollster::block_on(learner.losses(LossesOn::Some)).expect("the CPU answers").test;
    let (mut missed, mut graphs) = (0.0, 0.0);
    for sample in training.data().test.spread(200) {
        let at = Moment { scene: sample.scene, positions: sample.positions, velocities: sample.velocities };
        missed +=
            model.predictions(at).iter().zip(sample.target).map(|(said, truth)| (said - truth).abs()).sum::<f64>();
        graphs += 1.0;
    }
    assert!((said - missed / graphs).abs() < 1e-4 * said, "{said} {}", missed / graphs);
}

/// R² of messages and force, without the tenth that fits worst.
fn agreement(world: World, target: Target) -> f64 {
    let mut learner = Learner::new(training(world, target), &Engine::Cpu).expect("a plan");
    (0..learner.model().recipe().steps).for_each(|_| learner.step());
    let parameters = pollster::block_on(learner.parameters()).expect("the CPU answers");
    let report = learner.model().messages(&parameters, learner.steps_taken()).expect("finite messages");
    report.trimmed.with(report.truth)
}

#[test]
fn changes_of_velocity_teach_the_force_as_accelerations_do() {
    for world in [World::Spring, World::InverseDistance] {
        let [by_acceleration, by_change] =
            [Target::Acceleration, Target::VelocityChange].map(|target| agreement(world, target));
        println!("{world:?}: trimmed R² {by_acceleration:.3} and {by_change:.3}");
        assert!(by_acceleration > 0.9 && by_change > by_acceleration - 0.05, "{world:?} {by_acceleration} {by_change}");
    }
}
