//! Claims about the films of a pendulum and about the score of a model that learned from them.

use autodiff::parameters::{Matrix, Parameters};
use models::field::model::ModelKind;
use models::field::score::CAP;
use models::pixels::film::{Films, SAMPLE, samples, with_successors};
use models::pixels::model::PixelModel;
use models::pixels::network::PixelNetwork;
use models::pixels::recipe::PixelWidths;
use models::pixels::recipe::Recipe;
use models::pixels::score::{PixelScore, ROLLOUT_FRAMES, fit_reading};
use models::pixels::swing::{DT, Swing, energy};
use numerics::seed::{Purpose, Seed};

#[test]
fn a_small_swing_is_the_closed_form_of_its_recurrence() {
    // For small angles θₜ₊₁ − 2θₜ + θₜ₋₁ = −κθₜ with κ = 15 dt², so θₜ = a cos ωt + b sin ωt with cos ω = 1 − κ/2.
    let omega = (1.0 - 15.0 * DT * DT / 2.0f64).acos();
    let moments = Swing { angle: 1e-4, rate: 2e-4 }.moments(200);
    let (a, first) = (moments[0].angle, moments[1].angle);
    let b = (first - a * omega.cos()) / omega.sin();
    for (t, moment) in moments.iter().enumerate() {
        let exact = a * (omega * t as f64).cos() + b * (omega * t as f64).sin();
        // sin θ differs from θ by θ³/6 ≈ 2e-13 a step, and 200 steps add up.
        assert!((moment.angle - exact).abs() < 1e-10, "{t}: {} {exact}", moment.angle);
    }
}

#[test]
fn the_energy_of_a_film_ripples_but_does_not_drift() {
    let energies: Vec<f64> =
        Swing { angle: 0.5, rate: 0.0 }.moments(20_000).iter().map(|moment| energy(&moment.state())).collect();
    let [least, most] =
        [energies.iter().copied().fold(f64::MAX, f64::min), energies.iter().copied().fold(0.0, f64::max)];
    // What a semi-implicit step keeps is H to first order off by dt/2 · θ̇ · 15 sin θ / 8, which is √15 dt/2 = 9.7 % at most.
    let ripple = 15f64.sqrt() * DT / 2.0;
    assert!(most / least < (1.0 + ripple) / (1.0 - ripple) * 1.01, "{least} to {most}");
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let drift = mean(&energies[10_000..]) / mean(&energies[..10_000]) - 1.0;
    assert!(drift.abs() < 1e-3, "{drift}");
}

#[test]
fn the_papers_films_have_the_papers_counts() {
    let films = Films::generate(&Recipe::PAPER.films, Seed(1));
    assert_eq!((samples(&films.train), samples(&films.test)), (16_000, 4_000));
    assert!(films.train.iter().chain(&films.test).all(|film| film.swings[0].angle.abs() < 30f64.to_radians()));
    assert_eq!(films, Films::generate(&Recipe::PAPER.films, Seed(1)));
}

#[test]
fn a_sample_and_its_successor_share_a_frame_and_show_a_rate() {
    let films = Films::generate(&Recipe::QUICK.films, Seed(1)).train;
    let [both, alone] = with_successors(&films, &[7, 255]);
    let rows: Vec<&[f32]> = both.chunks(SAMPLE).collect();
    assert_eq!(rows.len(), 4);
    for (row, successor) in [(0, 1), (2, 3)] {
        assert_eq!(rows[row][SAMPLE / 2..], rows[successor][..SAMPLE / 2]);
        assert_eq!(rows[row], &alone[row / 2 * SAMPLE..][..SAMPLE]);
    }
    // Sample 255 is number 55 of the third film.
    assert!(films[2].sample(55).eq(rows[2].iter().copied()));
    let rate = (films[2].swings[56].angle - films[2].swings[55].angle) / DT;
    assert!((films[2].shown(55).rate - rate).abs() < 1e-12);
}

/// A model that has learned nothing, with a field of the test's choosing.
fn untrained(field: impl Fn(&mut [Matrix])) -> (PixelNetwork, Parameters) {
    let network = PixelNetwork::of(PixelWidths { autoencoder: 12, field: 4 }, ModelKind::Baseline);
    let mut parameters = network.initial(&mut Seed(2).stream(Purpose::Weights));
    field(&mut parameters[16..]);
    (network, parameters)
}

#[test]
fn a_model_that_stands_still_is_scored_by_what_its_first_look_says() {
    let films = Films::generate(&Recipe::QUICK.films, Seed(4));
    let (network, parameters) = untrained(|field| field.iter_mut().for_each(|matrix| matrix.values.fill(0.0)));
    let score = PixelScore::of(&network, &parameters, &films);
    let model = PixelModel::new(&network, &parameters);
    let reading = fit_reading(&model, &films.train);
    let mut squares = 0.0;
    for film in &films.test {
        let said = energy(&reading.state(&model.autoencoder.encode(film.sample(0))));
        let mut truth = film.swings[1];
        for _ in 0..ROLLOUT_FRAMES {
            squares += (said - energy(&truth.state())).powi(2);
            truth = truth.next();
        }
    }
    let expected = squares / (films.test.len() * ROLLOUT_FRAMES) as f64;
    assert!((score.energy_mse / expected - 1.0).abs() < 1e-9, "{} {expected}", score.energy_mse);
    assert!(!score.diverged && score.angle_r2 <= 1.0);
}

#[test]
fn a_model_that_runs_away_is_counted_with_the_cap() {
    let films = Films::generate(&Recipe::QUICK.films, Seed(4));
    let (network, parameters) = untrained(|field| {
        let last = field.last_mut().expect("a layer");
        last.values.iter_mut().for_each(|x| *x *= 1e6);
    });
    let score = PixelScore::of(&network, &parameters, &films);
    assert!(score.diverged);
    assert_eq!((score.energy_mse, score.rollout_mse), (CAP, CAP));
}
