//! Graph networks: training, messages against forces, more bodies.

use crate::output::{Messages, NetworkReport, SeedReport, failed};
use crate::resources::{Resources, step};
use crate::save;
use autodiff::engine::Engine;
use autodiff::parameters::Parameters;
use experiments::graph::GraphExperiment;
use models::graph::centre::centred;
use models::graph::model::GraphModel;
use models::graph::recipe::{GraphRecipe, MessageRegulariser};
use models::graph::training::GraphTraining;
use models::graph::zero_shot::{ZeroShot, zero_shot};
use models::layers::count;
use models::learner::{Learner, LossesOn};
use numerics::seed::Seed;
use physics::particles::dataset::MotionDataset;
use physics::particles::world::Joined;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

/// Trains the networks of a recipe side by side, a thread each.
pub fn seed(
    experiment: &GraphExperiment,
    sizes: &[usize],
    with: &Resources<'_>,
    folder: Option<&Path>,
) -> Result<SeedReport<NetworkReport>, String> {
    let begun = Instant::now();
    let data = motions(experiment)?;
    let usual = [experiment.bodies, (2 * experiment.bodies).min(experiment.world.most_bodies())];
    let sizes = if sizes.is_empty() { &usual[..] } else { sizes };
    let regularisers = experiment.regularisers();
    with.progress.begin(experiment.steps * regularisers.len() as u64);
    let networks = thread::scope(|scope| {
        let networks: Vec<_> = regularisers
            .into_iter()
            .map(|regulariser| {
                let data = data.clone();
                scope.spawn(move || network(experiment, regulariser, data, sizes, with))
            })
            .collect();
        let joined = networks
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("A training thread stopped unexpectedly.".into())));
        joined.collect::<Result<Vec<(NetworkReport, Parameters)>, String>>()
    })?;
    let (reports, parameters): (Vec<NetworkReport>, Vec<Parameters>) = networks.into_iter().unzip();
    let names = std::iter::once("gn").chain(reports.iter().skip(1).map(|report| report.messages));
    let report = SeedReport {
        preset: experiment.name(),
        seed: experiment.seed,
        device: with.engine.name(),
        steps: experiment.steps,
        seconds: begun.elapsed().as_secs_f64(),
        models: names.collect::<Vec<_>>().into_iter().zip(reports).collect(),
    };
    if let Some(folder) = folder {
        save::graph(folder, experiment, &data, &parameters, &report)?;
    }
    Ok(report)
}

/// What is learned from.
pub fn motions(experiment: &GraphExperiment) -> Result<Arc<MotionDataset>, String> {
    let motions = MotionDataset::generate(&experiment.recipe().motions, Seed(experiment.seed));
    motions.map(Arc::new).map_err(|error| error.to_string())
}

/// A network at its last step.
pub fn trained(
    experiment: &GraphExperiment,
    regulariser: MessageRegulariser,
    data: Arc<MotionDataset>,
    with: &Resources<'_>,
) -> Result<Learner<GraphTraining>, String> {
    let (engine, begun) = (with.engine, Instant::now());
    let recipe = experiment.recipe().with(regulariser);
    let training =
        GraphTraining::with_data(&recipe, data.clone(), Seed(experiment.seed)).map_err(|error| error.to_string())?;
    let mut learner = Learner::new(training, engine).map_err(|error| failed(engine, error))?;
    let mut stepper = with.stepper(experiment.regularisers().len(), (recipe, data, Seed(experiment.seed)), partner);
    while !learner.is_done() {
        step(&mut stepper, &mut learner, begun)?;
        with.progress.advance(1);
    }
    Ok(learner)
}

/// The same network, for another core.
fn partner((recipe, data, seed): &(GraphRecipe, Arc<MotionDataset>, Seed)) -> Option<Learner<GraphTraining>> {
    Learner::new(GraphTraining::with_data(recipe, data.clone(), *seed).ok()?, &Engine::Cpu).ok()
}

fn network(
    experiment: &GraphExperiment,
    regulariser: MessageRegulariser,
    data: Arc<MotionDataset>,
    sizes: &[usize],
    with: &Resources<'_>,
) -> Result<(NetworkReport, Parameters), String> {
    let _core = with.cores.take();
    let engine = with.engine;
    let begun = Instant::now();
    let mut learner = trained(experiment, regulariser, data.clone(), with)?;
    let losses = pollster::block_on(learner.losses(LossesOn::All)).map_err(|error| failed(engine, error))?;
    let seconds = begun.elapsed().as_secs_f64();
    let parameters = pollster::block_on(learner.parameters()).map_err(|error| failed(engine, error))?;
    let (training, step) = (learner.model(), learner.steps_taken());
    let report = training.messages(&parameters, step).map_err(|error| error.to_string())?;
    let model = training.model(&parameters);
    let asked = |model: &GraphModel| zero_shot(model, sizes, Seed(experiment.seed));
    let moved = || asked(&centred(&model, &data.test));
    let report = NetworkReport {
        messages: regulariser.key(),
        message_dim: regulariser.size(),
        parameters: count(&parameters),
        seconds,
        steps_per_second: step as f64 / seconds.max(1e-9),
        train_loss: losses.train,
        test_loss: losses.test,
        message_r2: Messages::of(&report),
        zero_shot: errors(&asked(&model)),
        zero_shot_centred: if experiment.world.joined() == Joined::All { errors(&moved()) } else { BTreeMap::new() },
    };
    Ok((report, parameters))
}

fn errors(found: &[ZeroShot]) -> BTreeMap<usize, f64> {
    found.iter().map(|of| (of.bodies, of.relative.median)).collect()
}
