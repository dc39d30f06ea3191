//! Claims about the pooling of messages: what each forgets, and what that breaks.

use autodiff::engine::Engine;
use models::graph::features::Moment;
use models::graph::model::GraphModel;
use models::graph::recipe::{GraphRecipe, GraphWidths, Pooling};
use models::graph::training::GraphTraining;
use models::graph::zero_shot::zero_shot;
use models::learner::{Learner, Trainable};
use numerics::seed::Seed;
use physics::particles::dataset::MotionConfig;
use physics::particles::law::PairLaw;
use physics::particles::scene::Scene;
use physics::particles::world::World;

const ALL: [Pooling; 3] = [Pooling::Sum, Pooling::Mean, Pooling::Max];

fn recipe(pooling: Pooling) -> GraphRecipe {
    let quick = GraphRecipe::quick(World::Spring);
    GraphRecipe {
        motions: MotionConfig { simulations: 300, ..quick.motions },
        widths: GraphWidths { hidden: 24, depth: 3 },
        batch: 32,
        steps: 2500,
        lr: 5e-3,
        pooling,
        ..quick
    }
}

/// The same parameters whatever the pooling.
fn untrained(pooling: Pooling) -> GraphModel {
    let training = GraphTraining::new(&recipe(pooling), Seed(3)).expect("a valid recipe");
    training.model(&training.initial())
}

/// The acceleration of the first body among these others, each at a place.
fn first(pooling: Pooling, others: &[[f64; 2]]) -> [f64; 2] {
    let n = others.len() + 1;
    let scene = Scene::new(PairLaw::Spring, 2, vec![1.3; n], vec![1.0; n]);
    let positions: Vec<f64> = [0.1, -0.2].into_iter().chain(others.iter().flatten().copied()).collect();
    let velocities = vec![0.0; 2 * n];
    let said =
        untrained(pooling).accelerations(Moment { scene: &scene, positions: &positions, velocities: &velocities });
    [said[0], said[1]]
}

fn close(a: [f64; 2], b: [f64; 2]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9)
}

#[test]
fn of_one_message_every_pooling_makes_the_same() {
    let alone = ALL.map(|pooling| first(pooling, &[[1.0, 0.5]]));
    assert!(close(alone[0], alone[1]) && close(alone[0], alone[2]), "{alone:?}");
}

#[test]
fn mean_and_maximum_do_not_see_that_a_body_is_there_twice_and_none_sees_an_order() {
    let (a, b, c) = ([1.0, 0.5], [-0.7, 1.2], [0.3, -2.0]);
    assert!(!close(first(Pooling::Sum, &[a, a]), first(Pooling::Sum, &[a])));
    for pooling in [Pooling::Mean, Pooling::Max] {
        assert!(close(first(pooling, &[a, a]), first(pooling, &[a])), "{pooling:?}");
    }
    // A maximum may not see the second at all.
    assert!(!close(first(Pooling::Mean, &[a, b]), first(Pooling::Mean, &[a])));
    for pooling in ALL {
        assert!(close(first(pooling, &[a, b, c]), first(pooling, &[c, a, b])), "{pooling:?}");
    }
}

/// With messages that are forces, the mean over the n − 1 others is 1/(n − 1) of the force. φᵛ learns the factor 3 of four bodies, and of eight, with seven
/// others, says 3/7 of it: a relative error of 4/7.
#[test]
fn a_mean_that_was_learned_on_four_bodies_is_off_by_four_sevenths_on_eight() {
    let errors = [Pooling::Sum, Pooling::Mean].map(|pooling| {
        let training = GraphTraining::new(&recipe(pooling), Seed(0)).expect("a valid recipe");
        let mut learner = Learner::new(training, &Engine::Cpu).expect("a plan");
        while !learner.is_done() {
            learner.step();
        }
        let parameters = pollster::block_on(learner.parameters()).expect("the CPU answers");
        let found = zero_shot(&learner.model().model(&parameters), &[4, 8], Seed(0));
        [found[0].relative.median, found[1].relative.median]
    });
    println!("relative errors on 4 and 8 bodies, sum and mean: {errors:?}");
    let [[sum_known, sum_more], [mean_known, mean_more]] = errors;
    assert!(sum_known < 0.1 && mean_known < 0.1, "{errors:?}");
    assert!((mean_more - 4.0 / 7.0).abs() < 0.08, "{errors:?}");
    assert!(sum_more < mean_more / 2.0, "{errors:?}");
}
