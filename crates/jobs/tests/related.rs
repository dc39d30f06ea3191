//! Claims about what is shown of interaction networks and of inferred graphs.

use data::trajectories::Trajectories;
use experiments::interaction::InteractionExperiment;
use experiments::relational::RelationalExperiment;
use jobs::networks::Laboratory;
use jobs::protocol::interactions::{Interactions, SHOWN_FRAMES};
use jobs::protocol::networks::NetworkKind;
use jobs::protocol::relations::RelationalTask;
use jobs::related::interactions::{InteractionLaboratory, true_motion};
use jobs::related::relations::RelationalLaboratory;
use models::learner::Trainable;
use models::relational::data::RelationalData;
use models::relational::recipe::{HELD_OUT, Inference};
use numerics::seed::{Purpose, Seed};
use physics::coupled::system::{Coupling, DT};
use physics::interactions::domain::Domain;

#[test]
fn networks_move_the_scene_of_the_page_and_are_asked_about_other_sizes() {
    for domain in Domain::ALL {
        let mut experiment = InteractionExperiment { hidden: 8, steps: 3, ..InteractionExperiment::of(domain) };
        let laboratory = InteractionLaboratory::new(&experiment).expect("a valid experiment");
        let names = Interactions::names(&experiment);
        for (number, name) in names.iter().enumerate() {
            let parameters = laboratory.training(number).initial();
            let shown = laboratory.snapshot(&experiment, number, &parameters, true);
            if *name == "energy" {
                assert!(shown.motion.is_empty() && shown.energy_ratio.is_some_and(f64::is_finite));
                continue;
            }
            let truth = true_motion(&experiment);
            assert_eq!(shown.motion.len(), SHOWN_FRAMES + 1, "{domain:?} {name}");
            let start = truth.states[0].positions.iter().map(|x| *x as f32);
            assert!(start.eq(shown.motion[0].iter().copied()), "{domain:?} {name}");
            let sizes: Vec<usize> = shown.scores.iter().map(|score| score.bodies).collect();
            // A perceptron takes one number of bodies.
            let expected = if *name == "mlp" { vec![domain.bodies()] } else { domain.sizes().to_vec() };
            assert_eq!(sizes, expected, "{domain:?} {name}");
        }
        Interactions::show(&mut experiment, experiments::interaction::InteractionView { bodies: 3, start: 7 });
        for (number, name) in names.iter().enumerate().filter(|(_, name)| **name != "energy") {
            let parameters = laboratory.training(number).initial();
            let shown = laboratory.snapshot(&experiment, number, &parameters, false);
            assert_eq!(shown.motion.first().map_or(0, Vec::len), if *name == "mlp" { 0 } else { 6 });
            assert!(shown.scores.is_empty());
        }
    }
}

#[test]
fn the_motion_of_the_page_is_the_one_that_is_explained() {
    for (coupling, inference) in [(Coupling::Springs, Inference::Free), (Coupling::Springs, Inference::Amortised)] {
        let mut experiment = RelationalExperiment::of(coupling, inference);
        experiment.view.motion = 17;
        let task = RelationalTask { experiment: experiment.clone(), own: None };
        let laboratory = RelationalLaboratory::new(&task).expect("a valid experiment");
        let parameters = laboratory.training(0).initial();
        let shown = laboratory.snapshot(&task, 0, &parameters, true);
        assert_eq!((shown.motion, shown.probabilities.len(), shown.predicted.len()), (17, 10, HELD_OUT));
        // Before the first step every pair is as likely as not, or nearly so by an encoder.
        assert!(shown.probabilities.iter().all(|p| (p - 0.5).abs() < 0.2), "{:?}", shown.probabilities);
        let motion = RelationalData::judged_motion(&experiment.recipe(), Seed(experiment.seed), 17);
        assert_eq!(laboratory.model(&parameters).data().judged()[17], motion);
        let yardsticks = shown.yardsticks.expect("a thorough snapshot");
        assert!(yardsticks.least_squares > 0.99 && yardsticks.best() < 0.9, "{yardsticks:?}");
        let here = shown.here.expect("of the shown motion too");
        let right = 10.0 * here.least_squares;
        assert!((right - right.round()).abs() < 1e-9 && right > 8.9, "{here:?}");
        assert!(shown.numbers.is_none());
    }
}

/// A motion as a file would bring it.
fn own(bodies: usize, frames: usize) -> (Trajectories, Vec<bool>) {
    let mut rng = Seed(7).stream(Purpose::InitialStates);
    let motion = Coupling::Springs.random(bodies, frames, &mut rng);
    let names = (1..=bodies).map(|number| number.to_string()).collect();
    let (positions, velocities, remarks) = (motion.positions, motion.velocities, vec![]);
    (Trajectories { names, dt: DT, positions, velocities, remarks }, motion.edges.expect("a simulated graph"))
}

#[test]
fn of_a_motion_of_ones_own_everything_is_shown_but_what_needs_its_graph() {
    let (trajectories, _) = own(4, 80);
    let mut experiment = RelationalExperiment::of(Coupling::Springs, Inference::Amortised);
    experiment.view.motion = 17;
    let task = RelationalTask { experiment, own: Some(trajectories) };
    let laboratory = RelationalLaboratory::new(&task).expect("a valid task");
    let parameters = laboratory.training(0).initial();
    let shown = laboratory.snapshot(&task, 0, &parameters, true);
    assert_eq!((shown.motion, shown.probabilities.len(), shown.predicted.len()), (0, 6, HELD_OUT));
    assert_eq!((shown.graphs, shown.yardsticks, shown.here), (None, None, None));
    let errors = shown.errors.expect("held-out frames");
    assert!(errors.true_graph.is_none() && errors.straight.iter().all(|error| error.is_finite()));
    assert_eq!(shown.numbers.map(|numbers| numbers.len()), Some(6));
}
