//! Claims about learning from pixels.

use orrery::learned::model::ModelKind;
use orrery::pixels::film::Films;
use orrery::pixels::recipe::Recipe;
use orrery::pixels::score::PixelScore;
use orrery::seed::Seed;
use orrery::training::engine::Engine;
use orrery::training::film_session::FilmSession;
use std::sync::Arc;
use std::time::Instant;

/// From the environment, for experiments.
fn from_env(name: &str, or: f64) -> f64 {
    std::env::var(name).ok().and_then(|x| x.parse().ok()).unwrap_or(or)
}

#[test]
#[ignore = "an experiment"]
fn figures() {
    let mut recipe = Recipe::QUICK;
    if from_env("PAPER", 0.0) > 0.0 {
        recipe = Recipe::PAPER;
    }
    recipe.steps = from_env("STEPS", recipe.steps as f64) as u64;
    recipe.films.films = from_env("FILMS", recipe.films.films as f64) as usize;
    recipe.lr = from_env("LR", recipe.lr);
    recipe.batch = from_env("BATCH", recipe.batch as f64) as usize;
    for seed in 0..from_env("SEEDS", 3.0) as u32 {
        let begun = Instant::now();
        let films = Arc::new(Films::generate(&recipe.films, Seed(seed)));
        println!("films {:?}", begun.elapsed());
        let mut energies = vec![];
        for kind in ModelKind::ALL {
            let begun = Instant::now();
            let engine = if from_env("TAPE", 0.0) > 0.0 { Engine::cpu_reference() } else { Engine::cpu() };
            let mut session = FilmSession::new(&recipe, kind, films.clone(), Seed(seed), &engine);
            println!("new {:?}", begun.elapsed());
            let begun = Instant::now();
            for step in 0..recipe.steps {
                session.step();
                if (step + 1) % 500 == 0 {
                    println!(
                        "  {} {:?} {:?}",
                        step + 1,
                        pollster::block_on(session.losses()).unwrap(),
                        begun.elapsed()
                    );
                    let weights = pollster::block_on(session.weights()).unwrap();
                    println!("     {:?}", PixelScore::of(kind, &weights, &films));
                }
            }
            println!("{seed} {kind:?} step {:?}", begun.elapsed() / recipe.steps as u32);
            let weights = pollster::block_on(session.weights()).unwrap();
            let begun = Instant::now();
            let score = PixelScore::of(kind, &weights, &films);
            println!("{score:?} {:?}", begun.elapsed());
            energies.push(score.energy_mse);
        }
        println!("seed {seed} ratio {}", energies[0] / energies[1]);
    }
}
