//! Claims about what is said of schemes: it does not depend on the zero of an energy, and "kept" is said of what is kept.

use jobs::protocol::convergence::{Outcome, SURVIVAL_STEPS, SchemeReport, Subject};
use physics::dynamics::{Dynamics, Hamiltonian};
use physics::integrator::Scheme;
use physics::phase_space::PhasePoint;
use physics::systems::gravity::Gravity;
use physics::systems::mass_spring::MassSpring;
use physics::systems::pendulum::Pendulum;

fn reports(dynamics: Dynamics<'_>, energy: &dyn Fn(&PhasePoint) -> f64, start: &PhasePoint) -> Vec<SchemeReport> {
    Subject::new(dynamics, energy, start).expect("bounded").convergence().collect()
}

fn of(reports: &[SchemeReport], scheme: Scheme) -> &SchemeReport {
    reports.iter().find(|report| report.scheme == scheme).expect("a report")
}

#[test]
fn the_zero_of_an_energy_changes_no_verdict() {
    let (pendulum, start) = (Pendulum::default(), PhasePoint::planar(0.9, 0.4));
    let known = reports(Dynamics::Separable(&pendulum), &|at| pendulum.energy(at), &start);
    // As a learned energy: the same but for a constant, with which it is about 0 at the start, or far from it.
    let zero = pendulum.energy(&start);
    for constant in [-zero, 1e-9 - zero, 50.0, -1000.0] {
        let moved = reports(Dynamics::Separable(&pendulum), &|at| pendulum.energy(at) + constant, &start);
        for (known, moved) in known.iter().zip(&moved) {
            assert_eq!(known.fates, moved.fates, "{} with {constant}", known.scheme.name());
        }
    }
    let held = known.iter().flat_map(|report| &report.fates).filter(|fate| **fate == Outcome::Holds).count();
    let failed = known.iter().flat_map(|report| &report.fates).filter(|fate| **fate == Outcome::Fails).count();
    assert!(held > 5 && failed > 5, "{known:?}");
}

#[test]
fn what_the_energy_is_off_by_is_compared_with_the_motion() {
    // Euler multiplies H = q² + p² of a spring by 1 + 4 dt² in each step, a closed form: at dt = 0.05 and t = 50 by 1.01^1000, far
    // beyond a tenth. RK4 multiplies it by 1 − (2 dt)⁶/72 + (2 dt)⁸/576: at dt = 0.1 by 1 − 4.4e-4 in 500 steps.
    let (spring, start) = (MassSpring::default(), PhasePoint::planar(0.6, -0.8));
    let known = reports(Dynamics::Separable(&spring), &|at| spring.energy(at), &start);
    assert_eq!(of(&known, Scheme::Euler).fates, vec![Outcome::Fails; SURVIVAL_STEPS.len()]);
    let place = SURVIVAL_STEPS.iter().position(|dt| *dt == 0.1).expect("a step");
    assert_eq!(of(&known, Scheme::Rk4).fates[place], Outcome::Drifts);
    // The midpoint rule keeps every quadratic energy: with every step.
    let midpoint = of(&known, Scheme::ImplicitMidpoint);
    assert!(midpoint.energy_kept, "{midpoint:?}");
    assert_eq!(midpoint.fates, vec![Outcome::Holds; SURVIVAL_STEPS.len()]);
    // Euler's energy is not kept, whether or not a slope fits.
    assert!(known.iter().filter(|report| report.scheme != Scheme::ImplicitMidpoint).all(|report| !report.energy_kept));
}

#[test]
fn an_energy_whose_error_shows_no_order_is_not_called_kept() {
    let three = Gravity::Three;
    let mut rng = numerics::seed::Seed(0).stream(numerics::seed::Purpose::Shown);
    let start = physics::mechanical_system::MechanicalSystem::random_start(&three, &mut rng, (0.5, 1.5), 0.2);
    for report in reports(Dynamics::Separable(&three), &|at| three.energy(at), &start) {
        let largest = report.errors.iter().map(|(_, _, energy)| *energy).fold(0.0, f64::max);
        assert!(!report.energy_kept || largest < 1e-10, "{report:?}");
    }
}
