//! Claims about two bodies of different masses, against Kepler's problem.

use numerics::seed::{Purpose, Seed};
use physics::dynamics::Hamiltonian;
use physics::integrators::dormand_prince::{Tolerance, integrate};
use physics::phase_space::PhasePoint;
use physics::system::System;
use physics::systems::two_masses::TwoMasses;

const BODIES: TwoMasses = TwoMasses { first: 3.0, second: 0.5, gravitation: 0.7 };

fn start(seed: u32) -> PhasePoint {
    let mut rng = Seed(seed).stream(Purpose::InitialStates);
    System::TwoMasses(BODIES).random_start(&mut rng, (1.0, 2.0), 0.15)
}

fn after(start: &PhasePoint, t: f64) -> PhasePoint {
    let system = System::TwoMasses(BODIES);
    integrate(&system.dynamics(), start, &[0.0, t], Tolerance::TRUTH).expect("they are bound").remove(1)
}

fn apart(at: &PhasePoint) -> [f64; 2] {
    [at.q[0] - at.q[1], at.q[2] - at.q[3]]
}

#[test]
fn the_centre_of_mass_goes_straight_on() {
    for seed in 0..5 {
        let from = start(seed);
        let velocity = [from.p[0] + from.p[1], from.p[2] + from.p[3]].map(|p| p / BODIES.total());
        for t in [1.0, 7.0, 20.0] {
            let (before, now) = (BODIES.centre(&from), BODIES.centre(&after(&from, t)));
            let expected = (before.0 + velocity[0] * t, before.1 + velocity[1] * t);
            assert!((now.0 - expected.0).hypot(now.1 - expected.1) < 1e-8, "{now:?} {expected:?}");
        }
    }
}

#[test]
fn the_bodies_come_back_to_the_same_distance_and_direction_after_keplers_period() {
    for seed in 0..5 {
        let from = start(seed);
        let period = BODIES.period(&from).expect("bound");
        let [x, y] = apart(&from);
        let distance = |at: &PhasePoint| {
            let [later_x, later_y] = apart(at);
            (later_x - x).hypot(later_y - y)
        };
        assert!(distance(&after(&from, period)) < 1e-7);
        assert!(distance(&after(&from, 0.9 * period)) > 0.1);
    }
}

/// A particle of mass μ about a fixed centre is another system: two bodies one of which is too heavy to move.
#[test]
fn their_distance_is_that_of_one_particle_with_the_reduced_mass_about_a_fixed_centre() {
    const HEAVY: f64 = 1e9;
    let from = start(1);
    let reduced = BODIES.reduced();
    // The same attraction G m₁m₂ on the mass μ.
    let strength = BODIES.gravitation * BODIES.first * BODIES.second / (HEAVY * reduced);
    let one = System::TwoMasses(TwoMasses { first: HEAVY, second: reduced, gravitation: strength });
    let velocity =
        [from.p[0] / BODIES.first - from.p[1] / BODIES.second, from.p[2] / BODIES.first - from.p[3] / BODIES.second];
    let [x, y] = apart(&from);
    let alone =
        PhasePoint { q: vec![0.0, -x, 0.0, -y], p: vec![0.0, -reduced * velocity[0], 0.0, -reduced * velocity[1]] };
    let moved = integrate(&one.dynamics(), &alone, &[0.0, 9.0], Tolerance::TRUTH).expect("bound").remove(1);
    let ([a, b], [c, d]) = (apart(&moved), apart(&after(&from, 9.0)));
    assert!((a - c).hypot(b - d) < 1e-6, "{a} {b} {c} {d}");
}

#[test]
fn energy_is_that_of_the_centre_and_that_of_the_reduced_mass() {
    for seed in 0..5 {
        let at = start(seed);
        let velocity =
            [at.p[0] / BODIES.first - at.p[1] / BODIES.second, at.p[2] / BODIES.first - at.p[3] / BODIES.second];
        let relative = 0.5 * BODIES.reduced() * (velocity[0].powi(2) + velocity[1].powi(2))
            - BODIES.gravitation * BODIES.first * BODIES.second / BODIES.separation(&at);
        assert!((BODIES.energy(&at) - BODIES.energy_of_centre(&at) - relative).abs() < 1e-12);
    }
}
