//! Networks of any kind of experiment that trains several side by side: a thread each, and what came of them.

use crate::output::failed;
use crate::resources::Resources;
use autodiff::parameters::Parameters;
use jobs::networks::{ExperimentOf, Laboratory};
use jobs::protocol::networks::NetworkKind;
use models::layers::count;
use models::learner::{Learner, LossesOn, Trainable};
use models::losses::Losses;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::thread;
use std::time::Instant;

/// Steps between two reports of progress, and two waits for a device.
const STEPS_PER_REPORT: u64 = 20;

/// A network at its last step.
pub struct Trained {
    /// Its name.
    pub name: &'static str,
    /// Its parameters.
    pub parameters: Parameters,
    /// Its losses on all samples.
    pub losses: Losses,
    /// Seconds of training.
    pub seconds: f64,
}

/// A run of one seed, as it is printed.
#[derive(Serialize)]
pub struct NetworksReport {
    preset: String,
    seed: u32,
    device: &'static str,
    steps: u64,
    seconds: f64,
    /// What the kind of experiment has to say; `models` among it.
    #[serde(flatten)]
    figures: Map<String, Value>,
}

impl NetworksReport {
    /// A few lines for a person: a line for each entry, and for each of its models.
    pub fn print(&self) {
        println!("{} seed {} on {}: {} steps, {:.1} s", self.preset, self.seed, self.device, self.steps, self.seconds);
        for (key, value) in &self.figures {
            match value {
                Value::Object(entries) if key == "models" => {
                    for (model, figures) in entries {
                        println!("  {model}: {}", line(figures));
                    }
                }
                _ => println!("  {key}: {}", line(value)),
            }
        }
    }
}

/// Numbers with their names, side by side; tables are left to the JSON.
fn line(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let shown = entries.iter().filter(|(_, value)| !value.is_array() && !value.is_null());
            shown.map(|(key, value)| format!("{key} {}", line(value))).collect::<Vec<_>>().join("  ")
        }
        Value::Number(number) => number.as_f64().map_or(String::new(), |x| format!("{x:.4}")),
        other => other.to_string(),
    }
}

/// Makes the data, trains all networks side by side, and asks for the figures of the kind: an object, in which every network's
/// parameters, losses and seconds are added to its entry in `models`.
pub fn seed<L: Laboratory + Sync>(
    preset: String,
    seed: u32,
    experiment: &ExperimentOf<L>,
    with: &Resources<'_>,
    figures: impl FnOnce(&L, &[Trained]) -> Value,
) -> Result<NetworksReport, String> {
    let begun = Instant::now();
    let laboratory = L::new(experiment)?;
    let names = L::Kind::names(experiment);
    with.progress.begin(L::Kind::steps(experiment) * names.len() as u64);
    let trained = thread::scope(|scope| {
        let threads: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(number, &name)| {
                let laboratory = &laboratory;
                scope.spawn(move || train(laboratory.training(number), name, with))
            })
            .collect();
        let joined = threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("A training thread stopped unexpectedly.".into())));
        joined.collect::<Result<Vec<Trained>, String>>()
    })?;
    let Value::Object(mut figures) = figures(&laboratory, &trained) else {
        return Err("The figures of this experiment are no object.".into());
    };
    let models = figures.entry("models").or_insert_with(|| json!({}));
    for Trained { name, parameters, losses, seconds } in &trained {
        models[*name]["parameters"] = json!(count(parameters));
        models[*name]["train_loss"] = json!(losses.train);
        models[*name]["test_loss"] = json!(losses.test);
        models[*name]["seconds"] = json!(seconds);
    }
    Ok(NetworksReport {
        preset,
        seed,
        device: with.engine.name(),
        steps: L::Kind::steps(experiment),
        seconds: begun.elapsed().as_secs_f64(),
        figures,
    })
}

fn train(training: Box<dyn Trainable>, name: &'static str, with: &Resources<'_>) -> Result<Trained, String> {
    let _core = with.cores.take();
    let engine = with.engine;
    let begun = Instant::now();
    let mut learner = Learner::new(training, engine).map_err(|error| failed(engine, error))?;
    while !learner.is_done() {
        learner.step();
        pollster::block_on(learner.keep_up()).map_err(|error| failed(engine, error))?;
        if learner.steps_taken().is_multiple_of(STEPS_PER_REPORT) {
            with.progress.advance(STEPS_PER_REPORT);
        }
    }
    let losses = pollster::block_on(learner.losses(LossesOn::All)).map_err(|error| failed(engine, error))?;
    let parameters = pollster::block_on(learner.parameters()).map_err(|error| failed(engine, error))?;
    Ok(Trained { name, parameters, losses, seconds: begun.elapsed().as_secs_f64() })
}
