//! Claims about learning from pixels.

use jobs::training::engine::Engine;
use jobs::training::film_session::FilmSession;
use models::field::model::ModelKind;
use models::pixels::film::{FilmConfig, Films};
use models::pixels::recipe::Recipe;
use models::pixels::score::PixelScore;
use models::pixels::weights::PixelWidths;
use numerics::seed::Seed;
use std::sync::Arc;
use std::time::Instant;

/// A model small enough for tests.
const SMALL: Recipe = Recipe {
    films: FilmConfig { films: 10, frames: 43 },
    widths: PixelWidths { autoencoder: 20, field: 12 },
    batch: 25,
    ..Recipe::QUICK
};

fn session(recipe: &Recipe, kind: ModelKind, films: &Arc<Films>, seed: Seed, engine: &Engine) -> FilmSession {
    FilmSession::new(recipe, kind, films.clone(), seed, engine)
}

fn films(recipe: &Recipe, seed: Seed) -> Arc<Films> {
    Arc::new(Films::generate(&recipe.films, seed))
}

fn steps(session: &mut FilmSession, count: u64) {
    (0..count).for_each(|_| session.step());
}

fn score(session: &FilmSession, films: &Films) -> PixelScore {
    let weights = pollster::block_on(session.weights()).expect("the CPU answers");
    PixelScore::of(session.kind(), &weights, films)
}

fn training_loss(session: &mut FilmSession) -> f64 {
    pollster::block_on(session.losses()).expect("the CPU answers").train
}

#[test]
fn a_model_that_sees_only_pixels_finds_the_angle() {
    let films = films(&Recipe::QUICK, Seed(0));
    let mut session = session(&Recipe::QUICK, ModelKind::Hnn, &films, Seed(0), &Engine::cpu());
    let before = score(&session, &films);
    steps(&mut session, 400);
    let after = score(&session, &films);
    // Two numbers of an untrained encoder say something of it too, so the claim is about what they leave out. Measured: a
    // fifth; on its way to a fiftieth at the end of the recipe.
    assert!(1.0 - after.angle_r2 < (1.0 - before.angle_r2) / 3.0, "{before:?} {after:?}");
    assert!(after.reconstruction_mse < before.reconstruction_mse / 5.0, "{before:?} {after:?}");
}

#[test]
fn kernel_and_tape_train_alike() {
    let films = films(&SMALL, Seed(1));
    for kind in [ModelKind::Baseline, ModelKind::Hnn] {
        let losses = [Engine::cpu(), Engine::cpu_reference()].map(|engine| {
            let mut session = session(&SMALL, kind, &films, Seed(1), &engine);
            steps(&mut session, 20);
            training_loss(&mut session)
        });
        // Rounding differs in every step; after twenty it is still far from a thousandth.
        assert!((losses[0] / losses[1] - 1.0).abs() < 1e-3, "{kind:?}: {losses:?}");
    }
}

#[test]
fn a_run_from_a_checkpoint_goes_on_as_if_nothing_had_happened() {
    let films = films(&SMALL, Seed(1));
    for engine in [Engine::cpu(), Engine::cpu_reference()] {
        let mut whole = session(&SMALL, ModelKind::Hnn, &films, Seed(1), &engine);
        steps(&mut whole, 15);
        let checkpoint = pollster::block_on(whole.checkpoint()).expect("the CPU answers");
        let mut resumed = session(&SMALL, ModelKind::Hnn, &films, Seed(1), &engine);
        resumed.restore(&checkpoint);
        steps(&mut whole, 15);
        steps(&mut resumed, 15);
        let ends = [&whole, &resumed].map(|session| pollster::block_on(session.checkpoint()).expect("the CPU answers"));
        assert_eq!(ends[0], ends[1]);
    }
}

#[test]
fn a_checkpoint_of_one_engine_serves_the_other() {
    let films = films(&SMALL, Seed(1));
    let mut first = session(&SMALL, ModelKind::Baseline, &films, Seed(1), &Engine::cpu());
    steps(&mut first, 10);
    let checkpoint = pollster::block_on(first.checkpoint()).expect("the CPU answers");
    let mut second = session(&SMALL, ModelKind::Baseline, &films, Seed(1), &Engine::cpu_reference());
    second.restore(&checkpoint);
    steps(&mut first, 10);
    steps(&mut second, 10);
    let losses = [training_loss(&mut first), training_loss(&mut second)];
    assert!((losses[0] / losses[1] - 1.0).abs() < 1e-3, "{losses:?}");
}

/// Trains both models on one seed and prints what became of them.
fn measured(name: &str, recipe: &Recipe, seed: Seed) -> [PixelScore; 2] {
    let films = films(recipe, seed);
    [ModelKind::Baseline, ModelKind::Hnn].map(|kind| {
        let mut session = session(recipe, kind, &films, seed, &Engine::cpu());
        let begun = Instant::now();
        steps(&mut session, recipe.steps);
        let step = begun.elapsed() / recipe.steps as u32;
        let score = score(&session, &films);
        println!("{name} seed {} {kind:?}: {step:?} a step, {score:?}", seed.0);
        score
    })
}

#[test]
#[ignore = "takes minutes"]
fn an_hnn_keeps_the_energy_of_a_film_that_a_baseline_loses() {
    let mut ratios = [0, 1, 2].map(|seed| {
        let [baseline, hnn] = measured("quick", &Recipe::QUICK, Seed(seed));
        for score in [baseline, hnn] {
            assert!(score.reconstruction_mse < 1e-3 && score.angle_r2 > 0.98, "{score:?}");
        }
        baseline.energy_mse / hnn.energy_mse
    });
    println!("ratios of energy_mse {ratios:?}");
    ratios.sort_by(f64::total_cmp);
    assert!(ratios[1] >= 5.0, "{ratios:?}");
}

#[test]
#[ignore = "takes minutes, and is not reached yet: after 2000 of 10,000 steps the field has not converged (seed 0: 0.0002)"]
fn a_fifth_of_the_papers_training_already_tells_them_apart() {
    let recipe = Recipe { steps: 2000, ..Recipe::PAPER };
    let [baseline, hnn] = measured("paper", &recipe, Seed(0));
    let ratio = baseline.energy_mse / hnn.energy_mse;
    println!("ratio of energy_mse {ratio}");
    assert!(ratio >= 5.0);
}
