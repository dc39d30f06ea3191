//! Graph networks: training, messages against forces, more bodies.

use crate::arguments::Graph;
use orrery::experiment::link;
use orrery::experiment::preset::Preset;
use orrery::experiment::view::GraphView;
use orrery::graph::centre::centred;
use orrery::graph::recipe::Strategy;
use orrery::graph::report::{Agreement, MessageReport};
use orrery::graph::zero_shot::{ZeroShot, zero_shot};
use orrery::kernel::graph::GraphLearner;
use orrery::seed::Seed;
use orrery::worlds::dataset::MotionDataset;
use orrery::worlds::world::{Joined, World};
use serde::Serialize;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

/// One network.
#[derive(Serialize)]
struct Report {
    world: &'static str,
    seed: u32,
    messages: &'static str,
    size: usize,
    steps: u64,
    seconds: f64,
    test_loss: f64,
    plain: Agreement,
    trimmed: Agreement,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    zero_shot: Vec<ZeroShot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    zero_shot_centred: Vec<ZeroShot>,
}

/// Edges that messages are judged on at the end.
const EDGES: usize = 12_000;

/// Trains the networks of a world, one thread each, for every seed.
pub fn graph(arguments: &Graph) -> Result<(), String> {
    let world = World::ALL.into_iter().find(|world| world.key() == arguments.world);
    let Some(world) = world else {
        let known: Vec<_> = World::ALL.iter().map(|world| world.key()).collect();
        return Err(format!("“{}” is no world; there are {}.", arguments.world, known.join(", ")));
    };
    let mut experiment = Preset::Spring.experiment();
    experiment.view.graph = GraphView::of(world);
    for setting in &arguments.settings {
        let Some((key, value)) = setting.split_once('=') else {
            return Err(format!("--set takes key=value, not “{setting}”."));
        };
        link::set(&mut experiment, key.trim(), value.trim()).map_err(|remark| remark.to_string())?;
    }
    let view = experiment.view.graph;
    for &seed in &arguments.seeds {
        let data = MotionDataset::generate(&view.recipe().motions, Seed(seed)).map_err(|error| error.to_string())?;
        let data = Arc::new(data);
        let reports = thread::scope(|scope| {
            let networks: Vec<_> = view
                .strategies()
                .into_iter()
                .map(|strategy| {
                    let data = data.clone();
                    scope.spawn(move || network(&view, strategy, data, seed, &arguments.zero_shot))
                })
                .collect();
            let joined = networks
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|_| Err("A training thread stopped unexpectedly.".into())));
            joined.collect::<Result<Vec<Report>, String>>()
        })?;
        for report in reports {
            if arguments.json {
                println!("{}", serde_json::to_string(&report).map_err(|error| error.to_string())?);
            } else {
                table(&report);
            }
        }
    }
    Ok(())
}

fn network(
    view: &GraphView,
    strategy: Strategy,
    data: Arc<MotionDataset>,
    seed: u32,
    sizes: &[usize],
) -> Result<Report, String> {
    let recipe = view.recipe().with(strategy);
    let begun = Instant::now();
    let mut learner = GraphLearner::with_data(&recipe, data.clone(), Seed(seed)).map_err(|error| error.to_string())?;
    while !learner.is_done() {
        learner.step();
    }
    let seconds = begun.elapsed().as_secs_f64();
    let report = MessageReport::of(&learner.model(), &data.test, EDGES, learner.steps_taken())
        .map_err(|error| error.to_string())?;
    let weights = learner.weights();
    let all = view.world.joined() == Joined::All;
    let asked = |weights| if sizes.is_empty() { vec![] } else { zero_shot(weights, &recipe, sizes, Seed(seed)) };
    Ok(Report {
        world: view.world.key(),
        seed,
        messages: strategy.key(),
        size: strategy.size(),
        steps: recipe.steps,
        seconds,
        test_loss: learner.losses().test,
        plain: report.plain,
        trimmed: report.trimmed,
        zero_shot: asked(&weights),
        zero_shot_centred: if all { asked(&centred(&weights, &recipe, &data.test)) } else { vec![] },
    })
}

fn table(report: &Report) {
    println!(
        "{} seed {} {} ({}): {} steps, {:.1} s, test {:.3}; R² plain F {:.3} F/m {:.3}, trimmed F {:.3} F/m {:.3}",
        report.world,
        report.seed,
        report.messages,
        report.size,
        report.steps,
        report.seconds,
        report.test_loss,
        report.plain.force,
        report.plain.force_per_mass,
        report.trimmed.force,
        report.trimmed.force_per_mass,
    );
    for (name, found) in [("as trained", &report.zero_shot), ("centred", &report.zero_shot_centred)] {
        if !found.is_empty() {
            let errors: Vec<String> =
                found.iter().map(|of| format!("{}: {:.3}", of.bodies, of.relative.median)).collect();
            println!("  relative error with so many bodies, {name}: {}", errors.join("  "));
        }
    }
}
