//! Claims about the double pendulum: closed forms of small swings, the Lagrangian, energy, chaos.

use physics::dynamics::{Dynamics, Hamiltonian, VectorField};
use physics::integrators::dormand_prince::{Tolerance, integrate};
use physics::phase_space::PhasePoint;
use physics::systems::double_pendulum::DoublePendulum;
use std::f64::consts::TAU;

fn end(pendulum: &DoublePendulum, start: &PhasePoint, t: f64) -> PhasePoint {
    let field: &dyn VectorField = &Dynamics::Hamiltonian(pendulum);
    integrate(field, start, &[0.0, t], Tolerance::TRUTH).expect("a bounded motion").remove(1)
}

/// Let go at rest.
fn at_rest(first: f64, second: f64) -> PhasePoint {
    PhasePoint { q: vec![first, second], p: vec![0.0; 2] }
}

#[test]
fn the_adaptive_integrator_keeps_the_energy_of_a_chaotic_motion() {
    let pendulum = DoublePendulum::default();
    for start in [at_rest(2.0, -0.3), at_rest(1.46, -0.76), at_rest(2.5, 2.5)] {
        let drift = (pendulum.energy(&end(&pendulum, &start, 100.0)) - pendulum.energy(&start)).abs();
        assert!(drift < 1e-7, "{drift:e}");
    }
}

#[test]
fn small_swings_have_the_two_known_frequencies() {
    let pendulum = DoublePendulum { mass: 0.7, length: 1.3, gravity: 4.0 };
    for sign in [1.0, -1.0] {
        let frequency = ((2.0 + sign * 2f64.sqrt()) * pendulum.gravity / pendulum.length).sqrt();
        // In a normal mode the lower angle is ∓√2 times the upper one.
        let start = at_rest(1e-4, -sign * 2f64.sqrt() * 1e-4);
        let after_a_period = end(&pendulum, &start, TAU / frequency);
        assert!(after_a_period.distance(&start) < 1e-9, "{frequency}: {after_a_period:?}");
        // Half a period later it is on the other side.
        let turned = end(&pendulum, &start, TAU / frequency / 2.0);
        assert!(turned.q.iter().zip(&start.q).all(|(a, b)| (a + b).abs() < 1e-9), "{turned:?}");
    }
}

#[test]
fn velocities_belong_to_the_momenta_of_the_lagrangian() {
    let pendulum = DoublePendulum { mass: 0.7, length: 1.3, gravity: 4.0 };
    let at = PhasePoint { q: vec![0.4, -1.1], p: vec![0.9, -0.3] };
    let omega = pendulum.momentum_gradient(&at);
    // The masses' kinetic energy from their velocities in the plane.
    let (l, m) = (pendulum.length, pendulum.mass);
    let first = (l * omega[0] * at.q[0].cos(), l * omega[0] * at.q[0].sin());
    let second = (first.0 + l * omega[1] * at.q[1].cos(), first.1 + l * omega[1] * at.q[1].sin());
    let kinetic = m / 2.0 * (first.0.powi(2) + first.1.powi(2) + second.0.powi(2) + second.1.powi(2));
    let heights = [-l * at.q[0].cos(), -l * at.q[0].cos() - l * at.q[1].cos()];
    let potential = m * pendulum.gravity * (heights[0] + heights[1] + 3.0 * l);
    assert!((pendulum.energy(&at) - kinetic - potential).abs() < 1e-12);
}

#[test]
fn nearby_starts_come_apart_exponentially_where_it_is_chaotic() {
    const APART: f64 = 1e-8;
    let pendulum = DoublePendulum::default();
    let growth = |start: &PhasePoint, t: f64| {
        let near = at_rest(start.q[0] + APART, start.q[1]);
        (end(&pendulum, start, t).distance(&end(&pendulum, &near, t)) / APART).log10()
    };
    let (small, large) = (growth(&at_rest(0.1, 0.1), 30.0), growth(&at_rest(2.0, 2.0), 30.0));
    assert!(small < 1.5 && large > 3.0, "{small} and {large}");
    assert!(growth(&at_rest(2.0, 2.0), 15.0) < large - 1.0, "not growing all the time");
}
