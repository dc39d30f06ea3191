//! Claims about a Hamiltonian that depends on time: the driven pendulum.

use numerics::seed::{Purpose, Seed};
use physics::dynamics::Hamiltonian;
use physics::integrators::dormand_prince::{Tolerance, integrate};
use physics::phase_space::PhasePoint;
use physics::system::System;
use physics::systems::driven_pendulum::DrivenPendulum;

fn times(horizon: f64, count: usize) -> Vec<f64> {
    (0..=count).map(|i| horizon * i as f64 / count as f64).collect()
}

fn motion(driven: DrivenPendulum, start: &PhasePoint, times: &[f64]) -> Vec<PhasePoint> {
    let system = System::DrivenPendulum(driven);
    integrate(&system.dynamics(), start, times, Tolerance::TRUTH).expect("it stays bounded")
}

fn start(seed: u32) -> PhasePoint {
    let system = System::DrivenPendulum(DrivenPendulum::default());
    system.random_start(&mut Seed(seed).stream(Purpose::InitialStates), (0.2, 1.5), 0.0)
}

#[test]
fn energy_changes_by_the_work_of_the_force_and_the_extended_one_stays() {
    let driven = DrivenPendulum::default();
    let system = System::DrivenPendulum(driven);
    for seed in 0..5 {
        let times = times(20.0, 20_000);
        let states = motion(driven, &start(seed), &times);
        let energy: Vec<f64> = states.iter().map(|at| system.energy(at)).collect();
        let spread = energy.iter().fold(0.0, |most: f64, e| most.max((e - energy[0]).abs()));
        assert!(spread > 0.5, "a force that does nothing: {spread}");
        // dH/dt = ∂H/∂t: the integral of the power by the trapezoidal rule, which errs by the square of a step.
        let mut work = 0.0;
        for (pair, steps) in states.windows(2).zip(times.windows(2)) {
            work += 0.5 * (steps[1] - steps[0]) * (driven.power(&pair[0]) + driven.power(&pair[1]));
        }
        let change = energy[energy.len() - 1] - energy[0];
        assert!((change - work).abs() < 1e-5, "{change} {work}");
        let extended = |at: &PhasePoint| Hamiltonian::energy(&driven, at);
        assert!(states.iter().all(|at| (extended(at) - extended(&states[0])).abs() < 1e-8));
        // Time is the second position.
        assert!(states.iter().zip(&times).all(|(at, t)| (at.q[1] - t).abs() < 1e-9));
    }
}

#[test]
fn small_swings_are_those_of_a_driven_oscillator() {
    // q″ + ω₀² q = (A/ml²) cos ωt, at rest at first: q = A/ml² (cos ωt − cos ω₀t)/(ω₀² − ω²).
    let driven = DrivenPendulum { drive: 1e-4, ..DrivenPendulum::default() };
    let own = driven.pendulum.gravity / driven.pendulum.length;
    let push = driven.drive / (driven.pendulum.mass * driven.pendulum.length.powi(2));
    let times = times(10.0, 200);
    let states = motion(driven, &PhasePoint { q: vec![0.0; 2], p: vec![0.0; 2] }, &times);
    let frequency = driven.frequency;
    for (at, t) in states.iter().zip(&times) {
        let exact = push * ((frequency * t).cos() - (own.sqrt() * t).cos()) / (own - frequency.powi(2));
        assert!((at.q[0] - exact).abs() < 1e-6 * push, "t = {t}: {} {exact}", at.q[0]);
    }
}
