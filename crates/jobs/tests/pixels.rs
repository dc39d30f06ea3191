//! Claims about learning from pixels.

use autodiff::engine::Engine;
use models::field::model::ModelKind;
use models::learner::Learner;
use models::pixels::film::{FilmConfig, Films};
use models::pixels::network::PixelNetwork;
use models::pixels::recipe::{PixelWidths, Recipe};
use models::pixels::score::PixelScore;
use models::pixels::training::PixelTraining;
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

type Session = Learner<PixelTraining>;

fn session(recipe: &Recipe, kind: ModelKind, films: &Arc<Films>, seed: Seed) -> Session {
    Learner::new(PixelTraining::new(recipe, kind, films.clone(), seed), &Engine::Cpu).expect("a plan")
}

fn films(recipe: &Recipe, seed: Seed) -> Arc<Films> {
    Arc::new(Films::generate(&recipe.films, seed))
}

fn steps(session: &mut Session, count: u64) {
    (0..count).for_each(|_| session.step());
}

fn score(recipe: &Recipe, session: &mut Session, films: &Films) -> PixelScore {
    let parameters = pollster::block_on(session.parameters()).expect("the CPU answers");
    PixelScore::of(&PixelNetwork::of(recipe.widths, session.model().kind()), &parameters, films)
}

#[test]
fn a_model_that_sees_only_pixels_finds_the_angle() {
    let films = films(&Recipe::QUICK, Seed(0));
    let mut session = session(&Recipe::QUICK, ModelKind::Hnn, &films, Seed(0));
    let before = score(&Recipe::QUICK, &mut session, &films);
    steps(&mut session, 400);
    let after = score(&Recipe::QUICK, &mut session, &films);
    // Two numbers of an untrained encoder say something of it too, so the claim is about what they leave out. Measured: a
    // fifth; on its way to a fiftieth at the end of the recipe.
    assert!(1.0 - after.angle_r2 < (1.0 - before.angle_r2) / 3.0, "{before:?} {after:?}");
    assert!(after.reconstruction_mse < before.reconstruction_mse / 5.0, "{before:?} {after:?}");
}

#[test]
fn a_run_from_a_checkpoint_goes_on_as_if_nothing_had_happened() {
    let films = films(&SMALL, Seed(1));
    let mut whole = session(&SMALL, ModelKind::Hnn, &films, Seed(1));
    steps(&mut whole, 15);
    let checkpoint = pollster::block_on(whole.checkpoint()).expect("the CPU answers");
    let mut resumed = session(&SMALL, ModelKind::Hnn, &films, Seed(1));
    resumed.restore(&checkpoint).expect("of the same shape");
    steps(&mut whole, 15);
    steps(&mut resumed, 15);
    let ends = [whole, resumed].map(|mut session| pollster::block_on(session.checkpoint()).expect("the CPU answers"));
    assert_eq!(ends[0], ends[1]);
}

/// Trains both models on one seed and prints what became of them.
fn measured(name: &str, recipe: &Recipe, seed: Seed) -> [PixelScore; 2] {
    let films = films(recipe, seed);
    [ModelKind::Baseline, ModelKind::Hnn].map(|kind| {
        let mut session = session(recipe, kind, &films, seed);
        let begun = Instant::now();
        steps(&mut session, recipe.steps);
        let step = begun.elapsed() / recipe.steps as u32;
        let score = score(recipe, &mut session, &films);
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
