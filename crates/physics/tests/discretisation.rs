//! What differences of samples are off the exact derivatives, against closed forms.

use numerics::seed::Seed;
use physics::dataset::{DataConfig, Targets, discretisation_error};
use physics::system::System;
use physics::systems::mass_spring::MassSpring;

/// 20 motions of the spring with ω = 2, sampled every `step`.
fn config(targets: Targets, step: f64) -> DataConfig {
    DataConfig {
        trajectories: 20,
        samples: 31,
        span: 30.0 * step,
        radius_min: 0.1,
        radius_max: 1.0,
        spread: 0.0,
        held_out: 0.5,
        noise: 0.1,
        targets,
    }
}

fn error(targets: Targets, step: f64) -> f64 {
    discretisation_error(&System::MassSpring(MassSpring::default()), &config(targets, step), Seed(3), 20)
}

/// With mω = 1 a motion is z(t) = z₀ e^(−iωt) in the plane, so that a difference over a time h is the derivative times a complex number
/// that depends on ωh alone.
#[test]
fn differences_of_a_spring_are_off_as_the_complex_exponential_says() {
    for step in [0.2, 0.1, 0.05] {
        let x: f64 = 2.0 * step;
        // |(e^(ix) − 1)/(ix) − 1|² = (sin x / x − 1)² + ((1 − cos x)/x)².
        let forward = ((x.sin() / x - 1.0).powi(2) + ((1.0 - x.cos()) / x).powi(2)).sqrt();
        assert!((error(Targets::Difference, step) / forward - 1.0).abs() < 1e-6, "{step}");
        let central = 1.0 - x.sin() / x;
        assert!((error(Targets::Central, step) / central - 1.0).abs() < 1e-6, "{step}");
        assert_eq!(error(Targets::Exact, step), 0.0);
    }
}

#[test]
fn forward_differences_are_of_first_order_and_central_ones_of_second() {
    let order = |targets| (error(targets, 0.04) / error(targets, 0.02)).log2();
    assert!((order(Targets::Difference) - 1.0).abs() < 0.01, "{}", order(Targets::Difference));
    assert!((order(Targets::Central) - 2.0).abs() < 0.01, "{}", order(Targets::Central));
}
