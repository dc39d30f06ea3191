//! Claims about where a model of a plane is scored: from the reference's starts, and from starts like those it has learned from.

use models::activation::Activation;
use models::field::model::{LearnedModel, ModelKind};
use models::field::network::FieldNetwork;
use models::field::score::{ROLLOUTS, Score};
use numerics::seed::{Purpose, Seed};
use physics::dataset::{DataConfig, Targets};
use physics::dynamics::{Dynamics, VectorField};
use physics::integrator::Scheme;
use physics::phase_space::PhasePoint;
use physics::system::System;
use physics::systems::pendulum::Pendulum;
use rand::RngExt;

/// The pendulum's data in the reference: radii 1.3 to 2.3.
fn data() -> DataConfig {
    DataConfig {
        trajectories: 50,
        samples: 45,
        span: 3.0,
        radius_min: 1.3,
        radius_max: 2.3,
        spread: 0.0,
        held_out: 0.5,
        noise: 0.1,
        targets: Targets::Exact,
    }
}

/// The starts that are drawn: the reference's, then those like the data's.
fn starts(system: &System, seed: Seed) -> [Vec<PhasePoint>; 2] {
    let mut rng = seed.stream(Purpose::Scoring);
    let reference = (0..ROLLOUTS)
        .map(|_| {
            let mut coordinate = || rng.random_range(0.2..=1.0) * if rng.random::<bool>() { 1.0 } else { -1.0 };
            let (q, p) = (coordinate(), coordinate());
            PhasePoint::planar(q, p)
        })
        .collect();
    [reference, (0..ROLLOUTS).map(|_| system.random_start(&mut rng, (1.3, 2.3), 0.0)).collect()]
}

/// The mean squared energy error along these rollouts, by RK4 in small steps instead of the adaptive integrator.
fn energy_error(model: &LearnedModel, system: &System, starts: &[PhasePoint]) -> f64 {
    let trials = system.mechanics().trials();
    let each = 40;
    let dt = trials.horizon / ((trials.points - 1) * each) as f64;
    let (mut sum, mut count) = (0.0, 0.0);
    for start in starts {
        let (mut truth, mut learned) = (start.clone(), start.clone());
        for point in 0..trials.points {
            sum += (system.energy(&learned) - system.energy(&truth)).powi(2);
            count += 1.0;
            let next = |field: &dyn VectorField, at: &PhasePoint| {
                (0..each)
                    .fold(at.clone(), |at, _| Scheme::Rk4.step(Dynamics::Field(field), &at, dt).expect("any field"))
            };
            if point + 1 < trials.points {
                (truth, learned) = (next(&system.dynamics(), &truth), next(model, &learned));
            }
        }
    }
    sum / count
}

#[test]
fn a_pendulum_is_scored_where_it_was_learned_from_and_where_the_reference_starts() {
    let system = System::Pendulum(Pendulum::default());
    let network = FieldNetwork {
        kind: ModelKind::Hnn,
        dof: 1,
        driven: false,
        hidden: 12,
        depth: 2,
        activation: Activation::Tanh,
    };
    let model = LearnedModel::new(&network, &network.initial(&mut Seed(1).stream(Purpose::Weights)));
    let score = Score::of(&model, &system, &data(), Seed(4));
    let [reference, inside] = starts(&system, Seed(4));
    let expected = [energy_error(&model, &system, &reference), energy_error(&model, &system, &inside)];
    let found = [score.energy_mse, score.inside.expect("a plane").energy_mse];
    for (found, expected) in found.iter().zip(expected) {
        assert!((found / expected - 1.0).abs() < 1e-3, "{found} {expected}");
    }
    assert_eq!(score.energy_inside(), found[1]);
    // What it is for: the lowest energy that data start from, against the reference's starts.
    let mut rng = Seed(0).stream(Purpose::InitialStates);
    let learned = (0..1000).map(|_| system.random_start(&mut rng, (1.3, 2.3), 0.0));
    let lowest = learned.map(|at| system.energy(&at)).fold(f64::INFINITY, f64::min);
    let below = (0..200).flat_map(|seed| starts(&system, Seed(seed)).into_iter().next().unwrap_or_default());
    let below = below.filter(|at| system.energy(at) < lowest).count() as f64 / (200 * ROLLOUTS) as f64;
    assert!((0.85..0.95).contains(&below), "{below}");
}
