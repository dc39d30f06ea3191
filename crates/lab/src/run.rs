//! Training and scoring: as many models at once as there are cores.

use crate::arguments::{Device, Run};
use crate::dynamics;
use crate::graph;
use crate::networks::NetworksReport;
use crate::output::{self, ModelReport, SeedReport, failed};
use crate::related;
use crate::resources::{Board, Cores, Resources, all_cores, in_order, step};
use crate::save;
use autodiff::engine::Engine;
use experiments::graph::GraphExperiment;
use experiments::interaction::InteractionExperiment;
use experiments::ode::OdeExperiment;
use experiments::recurrent::RecurrentExperiment;
use experiments::relational::RelationalExperiment;
use experiments::task::{Figures, Task};
use experiments::{Experiment, FieldExperiment};
use jobs::protocol::relations::RelationalTask;
use jobs::protocol::train::TrainSpec;
use jobs::training::session;
use models::field::model::ModelKind;
use models::field::score::CAP;
use models::layers::count;
use models::learner::{Learner, LossesOn, Trainable};
use models::losses::Losses;
use numerics::seed::Seed;
use orrery::pages::learning::files::Trained;
use serde::Serialize;
use std::path::Path;
use std::thread;
use std::time::Instant;

/// Runs every seed, as many at once as there are cores, and prints what came of each, in the order of the seeds.
pub fn run(arguments: &Run) -> Result<(), String> {
    let workbench = arguments.workbench()?;
    let engine = engine(arguments.device)?;
    match workbench.experiment() {
        Experiment::Graph(graph) => {
            let run = |seed, with: &Resources<'_>| {
                let experiment = GraphExperiment { seed, ..graph.clone() };
                graph::seed(&experiment, &arguments.zero_shot, with, arguments.folder(seed).as_deref())
            };
            each_seed(arguments, graph.seed, &engine, run, output::networks)?;
        }
        Experiment::Interactions(interactions) => {
            let run = |seed, with: &Resources<'_>| {
                related::interactions(&InteractionExperiment { seed, ..interactions.clone() }, with)
            };
            each_seed(arguments, interactions.seed, &engine, run, related::print)?;
        }
        Experiment::Hidden(hidden) => {
            let own = arguments.bodies(hidden.inference)?;
            let run = |seed, with: &Resources<'_>| {
                let experiment = RelationalExperiment { seed, ..hidden.clone() };
                related::hidden(&RelationalTask { experiment, own: own.clone() }, with)
            };
            each_seed(arguments, hidden.seed, &engine, run, related::print)?;
        }
        Experiment::Ode(ode) => {
            let run = |seed, with: &Resources<'_>| dynamics::ode(&OdeExperiment { seed, ..ode }, with);
            each_seed(arguments, ode.seed, &engine, run, NetworksReport::print)?;
        }
        Experiment::Recurrent(recurrent) => {
            let run =
                |seed, with: &Resources<'_>| dynamics::recurrent(&RecurrentExperiment { seed, ..recurrent }, with);
            each_seed(arguments, recurrent.seed, &engine, run, NetworksReport::print)?;
        }
        // What other pages show of a field learns nothing by itself.
        Experiment::Field(_) | Experiment::Integrators(_) | Experiment::Formula(_) | Experiment::Molecules(_) => {
            let field = workbench.field;
            let run = |own, with: &Resources<'_>| {
                let folder = arguments.folder(own);
                seed(&FieldExperiment { seed: Seed(own), ..field.clone() }, with, folder.as_deref())
            };
            let reports = each_seed(arguments, field.seed.0, &engine, run, output::table)?;
            if !arguments.json && reports.len() > 1 {
                output::medians(&reports);
            }
        }
    }
    Ok(())
}

/// Runs an experiment with each seed asked for, or with its own, and prints the reports in that order.
fn each_seed<R: Serialize + Send>(
    arguments: &Run,
    own: u32,
    engine: &Engine,
    run: impl Fn(u32, &Resources<'_>) -> Result<R, String> + Sync,
    print: impl Fn(&R),
) -> Result<Vec<R>, String> {
    let seeds = arguments.seeds(own);
    let cores = Cores::new(arguments.jobs.map_or_else(all_cores, usize::from));
    // Runs on a card would only wait for one another; each run makes its data before it takes a core.
    let at_once = if matches!(engine, Engine::Cpu) { arguments.jobs.map_or_else(all_cores, usize::from) } else { 1 };
    let board = Board::new(arguments.progress_lines);
    let mut reports = vec![];
    let task = |number: usize| {
        let seed = seeds[number];
        run(
            seed,
            &Resources {
                engine,
                cores: &cores,
                at_once: at_once.min(seeds.len()),
                progress: board.line(format!("seed {seed}")),
            },
        )
    };
    in_order(seeds.len(), at_once, task, |_, report| {
        let report = report?;
        board.print(|| {
            if arguments.json {
                return output::json(&report);
            }
            print(&report);
            Ok(())
        })?;
        reports.push(report);
        Ok(())
    })?;
    Ok(reports)
}

fn engine(device: Device) -> Result<Engine, String> {
    match device {
        Device::Cpu => Ok(Engine::Cpu),
        #[cfg(feature = "gpu")]
        Device::Gpu => pollster::block_on(Engine::gpu(|why| eprintln!("The GPU was lost: {why}")))
            .map_err(|error| error.to_string()),
        #[cfg(not(feature = "gpu"))]
        Device::Gpu => Err("This lab was built without the GPU engine; build it with --features gpu.".into()),
    }
}

fn seed(
    experiment: &FieldExperiment,
    with: &Resources<'_>,
    folder: Option<&Path>,
) -> Result<SeedReport<ModelReport>, String> {
    let started = Instant::now();
    let task = Task::of(experiment);
    let kinds = experiment.models.kinds();
    with.progress.begin(experiment.schedule.steps * kinds.len() as u64);
    let models: Vec<(ModelReport, Trained)> = thread::scope(|scope| {
        let task = &task;
        let threads: Vec<_> = kinds
            .iter()
            .map(|&kind| scope.spawn(move || model(experiment, kind, task, with, folder.is_some())))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("A training thread stopped unexpectedly.".into())))
            .collect::<Result<_, String>>()
    })?;
    let (reports, kept): (Vec<ModelReport>, Vec<Trained>) = models.into_iter().unzip();
    let report = SeedReport {
        preset: experiment.preset.key().into(),
        seed: experiment.seed.0,
        device: with.engine.name(),
        steps: experiment.schedule.steps,
        seconds: started.elapsed().as_secs_f64(),
        models: kept.iter().map(|kept| kept.kind.key()).zip(reports).collect(),
    };
    if let Some(folder) = folder {
        save::field(folder, experiment, &task, &kept, &report)?;
    }
    Ok(report)
}

/// Steps between two waits for the device: a GPU's queue is never left to grow without bound.
const STEPS_PER_SNAPSHOT: u64 = 50;

fn model(
    experiment: &FieldExperiment,
    kind: ModelKind,
    task: &Task,
    with: &Resources<'_>,
    keeps: bool,
) -> Result<(ModelReport, Trained), String> {
    let _core = with.cores.take();
    let engine = with.engine;
    let started = Instant::now();
    let mut curve = vec![];
    let mut note = |step: u64, losses: Losses| curve.push((step, losses));
    let mut session = recorded(experiment, kind, task, with, keeps.then_some(&mut note))?;
    let losses = pollster::block_on(session.losses(LossesOn::All)).map_err(|error| failed(engine, error))?;
    let seconds = started.elapsed().as_secs_f64();
    let parameters = pollster::block_on(session.parameters()).map_err(|error| failed(engine, error))?;
    let Figures { score, pixel_metrics } = task.figures(experiment, kind, &parameters);
    let capped = |x: f64| if x.is_finite() { x.min(CAP) } else { CAP };
    let step = session.steps_taken();
    // The last one was measured on some samples.
    curve.retain(|(recorded, _)| *recorded < step);
    curve.push((step, losses));
    let report = ModelReport {
        parameters: count(&parameters),
        seconds,
        steps_per_second: session.steps_taken() as f64 / seconds.max(1e-9),
        train_loss: capped(losses.train),
        test_loss: capped(losses.test),
        // Of films the targets are the model's own latent numbers, whose variance says nothing.
        // Of a driven system time and the energy that was put in are no targets.
        test_r2: (pixel_metrics.is_none() && !experiment.system.mechanics().is_driven())
            .then(|| (1.0 - losses.test / task.dataset.test.target_variance()).clamp(-CAP, 1.0).max(-CAP)),
        rollout_mse: score.rollout_mse,
        energy_mse: Some(score.energy_mse),
        energy_mse_inside: score.inside.map(|inside| inside.energy_mse),
        rollout_mse_inside: score.inside.map(|inside| inside.rollout_mse),
        momentum_error: score.momenta.map(|errors| errors.linear),
        angular_momentum_error: score.momenta.map(|errors| errors.angular),
        reconstruction_mse: pixel_metrics.map(|pixel_metrics| capped(pixel_metrics.reconstruction_mse)),
        angle_r2: pixel_metrics.map(|pixel_metrics| pixel_metrics.angle_r2.max(-CAP)),
        diverged: score.diverged || !losses.is_finite(),
    };
    Ok((report, Trained { kind, step, parameters, losses: curve }))
}

/// A model at its last step, or where its numbers left all bounds.
pub fn trained(
    experiment: &FieldExperiment,
    kind: ModelKind,
    task: &Task,
    with: &Resources<'_>,
) -> Result<Learner<Box<dyn Trainable>>, String> {
    recorded(experiment, kind, task, with, None)
}

/// The same; `note`, where there is one, is told the losses at every recorded step, as the page records them.
fn recorded(
    experiment: &FieldExperiment,
    kind: ModelKind,
    task: &Task,
    with: &Resources<'_>,
    mut note: Option<&mut dyn FnMut(u64, Losses)>,
) -> Result<Learner<Box<dyn Trainable>>, String> {
    let (engine, begun) = (with.engine, Instant::now());
    let training = task.training(experiment, kind);
    let mut session = Learner::new(training, engine).map_err(|error| failed(engine, error))?;
    let spec = TrainSpec { kinds: vec![kind], ..TrainSpec::all(experiment.clone()) };
    let mut stepper = with.stepper(experiment.models.kinds().len(), spec, session::learner);
    let every = experiment.record_every();
    while session.steps_taken() < experiment.schedule.steps {
        let taken = session.steps_taken();
        let (due, looked) =
            (note.is_some() && taken.is_multiple_of(every), taken > 0 && taken.is_multiple_of(STEPS_PER_SNAPSHOT));
        if looked {
            with.progress.advance(STEPS_PER_SNAPSHOT);
        }
        if due || looked {
            let losses = pollster::block_on(session.losses(LossesOn::Some)).map_err(|error| failed(engine, error))?;
            if let Some(note) = note.as_mut().filter(|_| due && losses.is_finite()) {
                note(taken, losses);
            }
            if !losses.is_finite() {
                break;
            }
        }
        step(&mut stepper, &mut session, begun)?;
    }
    Ok(session)
}
