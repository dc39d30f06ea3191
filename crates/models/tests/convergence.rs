//! Claims about measured orders, reversibility and long motions, on true and learned dynamics.

use models::activation::Activation;
use models::field::model::{LearnedModel, ModelKind};
use models::field::network::FieldNetwork;
use numerics::seed::{Purpose, Seed};
use physics::convergence::{Convergence, Course, ErrorPoint, Measurement, Reference, Slope, reversal_error};
use physics::dynamics::{Dynamics, Hamiltonian, Separable};
use physics::integrator::Scheme;
use physics::phase_space::PhasePoint;
use physics::survival::{Fate, Survival, survival_map};
use physics::systems::{mass_spring::MassSpring, pendulum::Pendulum};

/// Ten steps, each half as long as the one before.
fn halvings() -> Vec<f64> {
    (0..10).map(|k| 0.32 / f64::from(1 << k)).collect()
}

/// Both slopes of every scheme on a system, over a time of 5.
fn orders(system: &dyn Separable, start: &PhasePoint, claim: impl Fn(Scheme, &Convergence)) {
    let energy = |at: &PhasePoint| system.energy(at);
    let course = Course { dynamics: Dynamics::Separable(system), start, horizon: 5.0, energy: &energy };
    let reference = Reference::adaptive(&course).expect("bounded");
    for scheme in Scheme::ALL {
        claim(scheme, &Convergence::measure(&course, scheme, &halvings(), &reference).expect("suited"));
    }
}

#[track_caller]
fn assert_order(scheme: Scheme, slope: Option<Slope>, expected: u32) {
    let slope = slope.expect("a slope");
    assert!((slope.order - f64::from(expected)).abs() < 0.15, "{}: {slope:?}", scheme.name());
}

#[test]
fn states_converge_with_the_stated_order_on_spring_and_pendulum() {
    orders(&MassSpring::default(), &PhasePoint::planar(0.8, -0.4), |scheme, measured| {
        assert_order(scheme, measured.state, scheme.order());
    });
    orders(&Pendulum::default(), &PhasePoint::planar(1.4, 0.3), |scheme, measured| {
        assert_order(scheme, measured.state, scheme.order());
    });
}

#[test]
fn energy_converges_with_the_same_order_but_for_rk4_one_faster_and_the_midpoint_exact_on_the_spring() {
    orders(&MassSpring::default(), &PhasePoint::planar(0.8, -0.4), |scheme, measured| match scheme {
        Scheme::Rk4 => assert_order(scheme, measured.energy, scheme.order() + 1),
        Scheme::ImplicitMidpoint => {
            assert_eq!(measured.energy, None);
            // 8000 steps, each rounding an energy of 0.8 at 1e-16.
            assert!(measured.measurements.iter().all(|m| m.energy_error < 1e-12));
        }
        _ => assert_order(scheme, measured.energy, scheme.order()),
    });
    orders(&Pendulum::default(), &PhasePoint::planar(1.4, 0.3), |scheme, measured| match scheme {
        // Between the 4 that holds in the limit and the 5 of a linear swing.
        Scheme::Rk4 => assert!(measured.energy.is_some_and(|slope| slope.order > 3.9 && slope.order < 5.1)),
        _ => assert_order(scheme, measured.energy, scheme.order()),
    });
}

#[test]
fn rk4_takes_the_energy_of_the_spring_that_its_stability_function_says() {
    // One step multiplies the amplitude squared by |R(iz)|² = 1 − z⁶/72 + z⁸/576 with z = ω dt; the rest is exact.
    let spring = MassSpring::default();
    let (start, dt) = (PhasePoint::planar(0.8, -0.4), 0.1_f64);
    let energy = |at: &PhasePoint| spring.energy(at);
    let course = Course { dynamics: Dynamics::Separable(&spring), start: &start, horizon: 5.0, energy: &energy };
    let measured = Measurement::take(&course, Scheme::Rk4, dt, &spring.exact(&start, 5.0)).expect("suited");
    let z = 2.0 * dt;
    let kept = (1.0 - z.powi(6) / 72.0 + z.powi(8) / 576.0).powi(50);
    // 50 steps of rounding.
    assert!((measured.energy_error - energy(&start) * (1.0 - kept)).abs() < 1e-14, "{measured:?}");
    assert_eq!(measured.steps, 50);
}

#[test]
fn the_adaptive_reference_is_as_good_as_it_says() {
    let spring = MassSpring { mass: 0.7, stiffness: 3.1 };
    let start = PhasePoint::planar(0.8, -0.4);
    let energy = |_: &PhasePoint| 0.0;
    for horizon in [1.0, 5.0, 20.0] {
        let course = Course { dynamics: Dynamics::Separable(&spring), start: &start, horizon, energy: &energy };
        let reference = Reference::adaptive(&course).expect("bounded");
        let error = reference.state.distance(&spring.exact(&start, horizon));
        assert!(error <= reference.uncertainty + 1e-14 && reference.uncertainty < 1e-10, "{error} {reference:?}");
    }
}

#[test]
fn symmetric_schemes_run_back_to_their_start_and_the_others_do_not() {
    let (spring, pendulum) = (MassSpring::default(), Pendulum::default());
    let start = PhasePoint::planar(1.1, 0.3);
    let systems: [&dyn Separable; 2] = [&spring, &pendulum];
    for system in systems {
        for scheme in Scheme::ALL {
            let error = reversal_error(Dynamics::Separable(system), &start, scheme, 0.05, 1000).expect("suited");
            let symmetric = !matches!(scheme, Scheme::Euler | Scheme::SymplecticEuler | Scheme::Rk4);
            // 2000 steps, each rounding at 2e-16 and spreading linearly in time.
            let claim = if symmetric { error < 1e-11 } else { error > 1e-6 };
            assert!(claim, "{}: {error}", scheme.name());
        }
    }
}

/// Errors Cdt³ on top of rounding, and saturating.
fn cubic(error: impl Fn(f64) -> f64) -> Vec<ErrorPoint> {
    halvings().into_iter().rev().map(|dt| ErrorPoint { dt, error: error(dt), floor: 1e-7, ceiling: 0.05 }).collect()
}

#[test]
fn a_slope_leaves_out_what_is_rounding_or_saturated() {
    let exact = Slope::fit(&cubic(|dt| 10.0 * dt.powi(3))).expect("a slope");
    // 10 dt³ exceeds 0.05 at the longest step and falls below 1e-7 at the two shortest.
    assert!((exact.order - 3.0).abs() < 1e-12 && exact.points == 7, "{exact:?}");
    let spoiled = cubic(|dt| if dt > 0.1 { 1.0 } else { 10.0 * dt.powi(3) + 1e-8 });
    let spoiled = Slope::fit(&spoiled).expect("a slope");
    assert!((spoiled.order - 3.0).abs() < 0.05, "{spoiled:?}");
    assert_eq!(Slope::fit(&cubic(|_| 1e-9)), None);
    assert_eq!(Slope::fit(&cubic(|_| f64::INFINITY)), None);
    assert_eq!(Slope::fit(&cubic(|dt| 10.0 * dt.powi(3))[..4]), None, "two points are no line");
}

#[test]
fn symplectic_schemes_stay_in_the_band_rk4_drifts_and_euler_leaves() {
    let pendulum = Pendulum::default();
    let start = PhasePoint::planar(1.4, 0.3);
    let energy = |at: &PhasePoint| pendulum.energy(at);
    let course = Course { dynamics: Dynamics::Separable(&pendulum), start: &start, horizon: 100.0, energy: &energy };
    let map = survival_map(&course, &Scheme::ALL, &[0.01, 0.05], 0.1 * energy(&start));
    assert_eq!(map.len(), 14);
    for cell in map {
        let expected = match cell.scheme {
            Scheme::Euler => matches!(cell.fate, Fate::Leaves { .. }),
            Scheme::Rk4 => cell.fate == Fate::Drifts,
            _ => cell.fate == Fate::Bounded,
        };
        assert!(expected, "{cell:?}");
    }
}

#[test]
fn leapfrog_on_the_spring_survives_up_to_its_stability_limit_and_not_beyond() {
    let spring = MassSpring::default();
    let start = PhasePoint::planar(0.8, -0.4);
    let energy = |at: &PhasePoint| spring.energy(at);
    let course = Course { dynamics: Dynamics::Separable(&spring), start: &start, horizon: 2000.0, energy: &energy };
    // It conserves p² + (1 − z²/4)q² with z = ω dt = 2dt, so while dt < 1 the true energy p² + q² is largest where p = 0.
    let dt = 0.98_f64;
    let stretch = 1.0 - dt * dt;
    let most = (0.4_f64.powi(2) + stretch * 0.8_f64.powi(2)) / stretch - energy(&start);
    let below = Survival::of(&course, Scheme::Leapfrog, dt, 1.0001 * most).expect("suited");
    // 2000 steps come within some thousandths of a turn of p = 0, and the energy within their square.
    assert!(below.fate == Fate::Bounded && (below.worst / most - 1.0).abs() < 1e-4, "{below:?} {most}");
    let above = Survival::of(&course, Scheme::Leapfrog, 1.02, 1.0001 * most).expect("suited");
    assert!(matches!(above.fate, Fate::RunsAway { .. }), "{above:?}");
}

#[test]
fn learned_dynamics_are_measured_in_the_same_way() {
    let start = PhasePoint::planar(0.6, -0.5);
    for kind in ModelKind::ALL {
        let rng = &mut Seed(1).stream(Purpose::Weights);
        let network = FieldNetwork { kind, dof: 1, driven: false, hidden: 32, depth: 2, activation: Activation::Tanh };
        let mut parameters = network.initial(rng);
        // An untrained field is almost the same everywhere, and RK4 exact on it to rounding: a stronger one turns.
        parameters[4].values.iter_mut().for_each(|w| *w *= 20.0);
        let model = LearnedModel::new(&network, &parameters);
        let energy = |at: &PhasePoint| model.learned_energy(at).unwrap_or_default();
        let course = Course { dynamics: model.dynamics(), start: &start, horizon: 2.0, energy: &energy };
        let reference = Reference::adaptive(&course).expect("bounded");
        for scheme in [Scheme::Euler, Scheme::Rk4, Scheme::Leapfrog.suited(course.dynamics)] {
            let measured = Convergence::measure(&course, scheme, &halvings(), &reference).expect("suited");
            assert_order(scheme, measured.state, scheme.order());
        }
        assert!(Convergence::measure(&course, Scheme::Yoshida4, &halvings(), &reference).is_err());
        assert!(survival_map(&course, &[Scheme::Yoshida4, Scheme::Rk4], &[0.1], 1.0).len() == 1);
    }
}
