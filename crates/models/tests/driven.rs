//! Claims about networks of H(q, p, t).

use models::activation::Activation;
use models::field::model::{LearnedModel, ModelKind};
use models::field::network::FieldNetwork;
use numerics::seed::{Purpose, Seed};
use physics::dynamics::{Dynamics, VectorField};
use physics::phase_space::PhasePoint;

fn model(kind: ModelKind) -> LearnedModel {
    let network = FieldNetwork { kind, dof: 2, driven: true, hidden: 12, depth: 2, activation: Activation::Tanh };
    LearnedModel::new(&network, &network.initial(&mut Seed(5).stream(Purpose::Weights)))
}

fn at(q: f64, t: f64, p: f64, w: f64) -> PhasePoint {
    PhasePoint { q: vec![q, t], p: vec![p, w] }
}

#[test]
fn its_velocity_follows_from_h_and_the_work_from_its_slope_in_time() {
    let model = model(ModelKind::Hnn);
    let h = |q, t, p, w| model.learned_energy(&at(q, t, p, w)).expect("an energy");
    const NUDGE: f64 = 1e-5;
    for (q, t, p, w) in [(0.3, 1.2, -0.4, 0.0), (-1.1, 4.0, 0.7, 2.5), (0.0, 0.0, 0.9, -1.0)] {
        let slope = |dq: f64, dt: f64, dp: f64| {
            let near = |by: f64| h(q + by * dq, t + by * dt, p + by * dp, w);
            (near(NUDGE) - near(-NUDGE)) / (2.0 * NUDGE)
        };
        let velocity = model.velocity(&at(q, t, p, w));
        let expected = [slope(0.0, 0.0, 1.0), 1.0, -slope(1.0, 0.0, 0.0), -slope(0.0, 1.0, 0.0)];
        for (found, expected) in velocity.components().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{velocity:?} {expected:?}");
        }
        // The energy that was put in is not seen.
        assert_eq!(h(q, t, p, w), h(q, t, p, w + 1.0));
        assert_eq!(h(0.0, t, 0.0, w), 0.0);
    }
    let Dynamics::Hamiltonian(extended) = model.dynamics() else { panic!("an HNN has an energy") };
    assert!((extended.energy(&at(0.3, 1.0, 0.2, 0.5)) - h(0.3, 1.0, 0.2, 0.5) - 0.5).abs() < 1e-12);
}

#[test]
fn for_a_baseline_too_time_goes_on_at_the_rate_one() {
    for kind in [ModelKind::Baseline, ModelKind::Dissipative] {
        let velocity = model(kind).velocity(&at(0.3, 2.0, 0.1, 0.0));
        assert!((velocity.dq[1] - 1.0).abs() < 1e-12, "{kind:?} {velocity:?}");
        assert!(velocity.components().all(f64::is_finite));
    }
}
