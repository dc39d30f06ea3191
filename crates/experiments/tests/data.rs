//! Claims about what is measured of a system.

use experiments::preset::Preset;
use physics::dataset::{DataConfig, Dataset, Targets};

#[test]
fn the_papers_spring_data_have_the_papers_counts_and_noise_floor() {
    let experiment = Preset::SpringPaper.experiment();
    let data = Dataset::generate(&experiment.system, &experiment.data, experiment.seed);
    assert_eq!((data.train.len(), data.test.len()), (750, 750));
    // On the spring the target is twice the clean state turned by a quarter: a velocity read off the noisy state misses it
    // by twice the noise, 4 × 0.1² on average. 1500 squared draws: a standard error of 4 %, so 5 of them.
    let missed: f64 = data
        .test
        .states
        .iter()
        .zip(&data.test.velocities)
        .map(|(x, v)| ((v.dq[0] - 2.0 * x.p[0]).powi(2) + (v.dp[0] + 2.0 * x.q[0]).powi(2)) / 2.0)
        .sum::<f64>()
        / 750.0;
    assert!((missed / 0.04 - 1.0).abs() < 0.2, "{missed}");
}

#[test]
fn difference_targets_miss_the_derivative_by_the_sampling_interval() {
    let experiment = Preset::Spring.experiment();
    let data = |targets, samples| {
        let config = DataConfig { targets, samples, noise: 0.0, ..experiment.data };
        let test = Dataset::generate(&experiment.system, &config, experiment.seed).test;
        let system = experiment.system.hamiltonian();
        let misses = test.states.iter().zip(&test.velocities).map(|(x, v)| (system.flow(x).dq[0] - v.dq[0]).abs());
        misses.fold(0.0, f64::max)
    };
    assert!(data(Targets::Exact, 30) < 1e-12);
    // Forward differences err by Δt/2 times the acceleration: half the interval, half the error.
    let ratio = data(Targets::Difference, 31) / data(Targets::Difference, 61);
    assert!((ratio - 2.0).abs() < 0.2, "{ratio}");
    // Central ones err by Δt²/6 times the third derivative.
    let ratio = data(Targets::Central, 31) / data(Targets::Central, 61);
    assert!((ratio - 4.0).abs() < 0.4, "{ratio}");
}
