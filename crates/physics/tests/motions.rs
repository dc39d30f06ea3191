//! Claims about the data that graph networks learn from.

use numerics::seed::Seed;
use physics::integrator::Scheme;
use physics::particles::dataset::{MotionConfig, MotionDataset, MotionError, Target};
use physics::particles::sample::Sample;
use physics::particles::world::{World, WorldConfig};
use physics::phase_space::PhasePoint;

fn config(world: World, bodies: usize, target: Target) -> MotionConfig {
    let world = WorldConfig::new(world, bodies, 2).expect("a valid world");
    MotionConfig { target, ..MotionConfig::new(world, 8, 10) }
}

/// Where a moment leads in a time t, by another integrator with steps as short as rounding allows.
fn followed(sample: &Sample<'_>, t: f64) -> PhasePoint {
    let step = |at, _| Scheme::Rk4.step(sample.scene.dynamics(), &at, t / 2000.0).expect("suited");
    (0..2000).fold(sample.phase_point(), step)
}

#[test]
fn accelerations_are_those_of_the_scene_and_moments_lie_on_one_motion() {
    for world in World::ALL {
        let config = config(world, 4, Target::Acceleration);
        let data = MotionDataset::generate(&config, Seed(5)).expect("data");
        assert_eq!((data.train.len(), data.test.len(), data.lost), (60, 20, 0));
        for index in 0..60 {
            let sample = data.train.sample(index).expect("a sample");
            assert_eq!(sample.target, sample.scene.accelerations(sample.positions, sample.velocities));
        }
        let (now, next) = (data.train.sample(3).expect("a sample"), data.train.sample(4).expect("a sample"));
        let reached = followed(&now, 5.0 * config.dt);
        // The recording errs by 1e-8 a step, over some ten steps.
        assert!(reached.distance(&next.phase_point()) < 1e-6, "{}", world.key());
    }
}

#[test]
fn a_change_of_velocity_leads_to_the_velocity_one_step_later() {
    let config = config(World::Spring, 4, Target::VelocityChange);
    for every in [1, 5] {
        let data = MotionDataset::generate(&MotionConfig { every, ..config }, Seed(5)).expect("data");
        for moment in 0..9 {
            let sample = data.test.sample(moment).expect("a sample");
            if every == 1 {
                let next = data.test.sample(moment + 1).expect("a sample");
                for ((change, v), next) in sample.target.iter().zip(sample.velocities).zip(next.velocities) {
                    // The same motion; velocities differ by the rounding of p/m alone.
                    assert!((v + change - next).abs() < 1e-13);
                }
            }
            let reached = followed(&sample, config.dt);
            let after = sample.scene.velocities(&reached.p);
            for ((change, v), after) in sample.target.iter().zip(sample.velocities).zip(after) {
                // The recording errs by 1e-8 a step, over a few steps.
                assert!((v + change - after).abs() < 1e-6, "{change}");
            }
        }
    }
}

#[test]
fn whole_motions_are_put_aside_and_the_same_seed_gives_the_same_data() {
    let config = config(World::InverseSquare, 3, Target::Acceleration);
    let data = MotionDataset::generate(&config, Seed(9)).expect("data");
    assert_eq!(data, MotionDataset::generate(&config, Seed(9)).expect("data"));
    assert_ne!(data, MotionDataset::generate(&config, Seed(10)).expect("data"));
    // Masses are drawn from a continuous distribution: two motions with equal ones would be the same motion.
    for train in &data.train.recordings {
        assert!(data.test.recordings.iter().all(|test| test.scene.masses != train.scene.masses));
    }
    // Twice as many motions begin with those that were there.
    let more = MotionDataset::generate(&MotionConfig { simulations: 16, ..config }, Seed(9)).expect("data");
    assert_eq!(more.train.recordings[..6], data.train.recordings);
    assert_eq!(more.train.recordings[6..8], data.test.recordings);
}

#[test]
fn samples_carry_the_decks_graph() {
    let config = config(World::SpringNetwork, 4, Target::Acceleration);
    let data = MotionDataset::generate(&config, Seed(2)).expect("data");
    let sample = data.train.sample(17).expect("a sample");
    let features = sample.node_features();
    assert_eq!(features.len(), 4 * 6);
    for (i, node) in features.chunks(6).enumerate() {
        assert_eq!(node[..2], sample.positions[2 * i..2 * i + 2]);
        assert_eq!(node[2..4], sample.velocities[2 * i..2 * i + 2]);
        assert_eq!(node[4..], [sample.scene.charges[i], sample.scene.masses[i]]);
    }
    // Where no spring is, there is no force; where one is, it acts along the line between the two.
    let forces = sample.edge_forces();
    for ((edge, force), attributes) in
        sample.scene.edges().iter().zip(forces.chunks(2)).zip(sample.scene.edge_attributes().chunks(2))
    {
        let (toward, r) = sample.scene.separation(sample.positions, edge.receiver, edge.sender);
        let pull = attributes[1] * 2.0 * (r + 0.01 - 1.0);
        assert!((force[0] - pull * toward[0] / r).abs() < 1e-12 && (force[1] - pull * toward[1] / r).abs() < 1e-12);
    }
    assert!(data.train.sample(60).is_none());
}

#[test]
fn the_references_data_fit_and_ten_times_as_many_do_not() {
    let world = WorldConfig::new(World::Spring, 4, 2).expect("a valid world");
    let reference = MotionConfig::new(world, 10_000, 100);
    assert_eq!(reference.check(), Ok(()));
    let refused = MotionConfig { snapshots: 1000, ..reference }.check();
    assert!(matches!(refused, Err(MotionError::TooLarge { .. })), "{refused:?}");
    for nothing in [MotionConfig { dt: 0.0, ..reference }, MotionConfig { simulations: 0, ..reference }] {
        assert_eq!(nothing.check(), Err(MotionError::Nothing));
    }
}
