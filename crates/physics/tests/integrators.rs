//! Claims about the integrators: measured order, reversibility, and truth against closed forms.

use physics::dynamics::{Dynamics, Hamiltonian, Separable};
use physics::integrator::Scheme;
use physics::integrators::dormand_prince::{Tolerance, integrate};
use physics::phase_space::PhasePoint;
use physics::systems::{mass_spring::MassSpring, pendulum::Pendulum};

/// The state at t = 2 after steps of size dt.
fn run(scheme: Scheme, dynamics: Dynamics<'_>, start: &PhasePoint, dt: f64) -> PhasePoint {
    (0..(2.0 / dt).round() as usize).fold(start.clone(), |at, _| scheme.step(dynamics, &at, dt).expect("suited"))
}

/// The slope of log error against log dt, halving dt once.
fn measured_order(scheme: Scheme, dynamics: Dynamics<'_>, start: &PhasePoint) -> f64 {
    let truth = integrate(&dynamics, start, &[0.0, 2.0], Tolerance::TRUTH).expect("bounded").remove(1);
    let error = |dt: f64| run(scheme, dynamics, start, dt).distance(&truth);
    (error(0.01) / error(0.005)).log2()
}

#[test]
fn every_scheme_has_its_stated_order_on_the_pendulum() {
    let pendulum = Pendulum::default();
    for scheme in Scheme::ALL {
        let order = measured_order(scheme, Dynamics::Separable(&pendulum), &PhasePoint::planar(1.4, 0.3));
        assert!((order - f64::from(scheme.order())).abs() < 0.15, "{}: measured {order}", scheme.name());
    }
}

/// H = (q² + 1)(p² + 1)/2, which does not split into T(p) + V(q).
struct Coupled;

impl Hamiltonian for Coupled {
    fn energy(&self, at: &PhasePoint) -> f64 {
        (at.q[0].powi(2) + 1.0) * (at.p[0].powi(2) + 1.0) / 2.0
    }
    fn position_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        vec![at.q[0] * (at.p[0].powi(2) + 1.0)]
    }
    fn momentum_gradient(&self, at: &PhasePoint) -> Vec<f64> {
        vec![at.p[0] * (at.q[0].powi(2) + 1.0)]
    }
}

#[test]
fn the_implicit_schemes_keep_their_order_where_h_does_not_split() {
    for scheme in [Scheme::Rk4, Scheme::ImplicitMidpoint, Scheme::GeneralisedLeapfrog] {
        let order = measured_order(scheme, Dynamics::Hamiltonian(&Coupled), &PhasePoint::planar(0.7, 0.3));
        assert!((order - f64::from(scheme.order())).abs() < 0.15, "{}: measured {order}", scheme.name());
    }
}

#[test]
fn explicit_splitting_schemes_refuse_what_does_not_split() {
    for scheme in [Scheme::SymplecticEuler, Scheme::Leapfrog, Scheme::Yoshida4] {
        assert!(scheme.step(Dynamics::Hamiltonian(&Coupled), &PhasePoint::planar(0.7, 0.3), 0.1).is_err());
    }
}

#[test]
fn leapfrog_runs_back_to_its_start_to_rounding() {
    let pendulum = Pendulum::default();
    let start = PhasePoint::planar(1.4, 0.3);
    let step =
        |at: PhasePoint, dt: f64| Scheme::Leapfrog.step(Dynamics::Separable(&pendulum), &at, dt).expect("suited");
    let there = (0..1000).fold(start.clone(), |at, _| step(at, 0.05));
    let back = (0..1000).fold(there, |at, _| step(at, -0.05));
    // 2000 steps, each rounding at 2e-16 and spreading linearly in time.
    assert!(back.distance(&start) < 1e-11, "{}", back.distance(&start));
}

#[test]
fn truth_agrees_with_the_closed_form_of_the_spring() {
    let spring = MassSpring { mass: 0.7, stiffness: 3.1 };
    let start = PhasePoint::planar(0.8, -0.4);
    let times: Vec<f64> = (0..=40).map(|i| f64::from(i) * 0.5).collect();
    let states = integrate(&Dynamics::Separable(&spring), &start, &times, Tolerance::TRUTH).expect("bounded");
    for (t, state) in times.iter().zip(&states) {
        assert!(state.distance(&spring.exact(&start, *t)) < 1e-9, "t = {t}");
    }
}

#[test]
fn truth_returns_after_the_pendulums_elliptic_period() {
    let pendulum = Pendulum { mass: 0.5, length: 1.3, gravity: 9.0 };
    let start = PhasePoint::planar(2.5, 0.0);
    let times = [0.0, pendulum.period(2.5)];
    let states = integrate(&Dynamics::Separable(&pendulum), &start, &times, Tolerance::TRUTH).expect("bounded");
    assert!(states[1].distance(&start) < 1e-9);
}

#[test]
fn gradients_of_the_true_energies_are_their_finite_differences() {
    let systems: [&dyn Separable; 2] = [&MassSpring::default(), &Pendulum::default()];
    let (q, p, h) = (0.6, -0.9, 1e-5);
    for system in systems {
        let energy = |q, p| system.energy(&PhasePoint::planar(q, p));
        let at = PhasePoint::planar(q, p);
        let by_q = (energy(q + h, p) - energy(q - h, p)) / (2.0 * h);
        let by_p = (energy(q, p + h) - energy(q, p - h)) / (2.0 * h);
        // Central differences err by h² and by rounding over h: below 1e-9 here.
        assert!((system.position_gradient(&at)[0] - by_q).abs() < 1e-9);
        assert!((system.momentum_gradient(&at)[0] - by_p).abs() < 1e-9);
    }
}
