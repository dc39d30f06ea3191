//! Finding a formula in a table: islands of candidates, a thread each, that exchange their best.

use crate::arguments::{Discover, Errors, base};
use crate::output::failed;
use crate::reading::open;
use crate::{graph, run};
use autodiff::engine::Engine;
use data::sheet::{Sheet, to_csv};
use experiments::formula::{ARITHMETIC, FormulaSource, operators};
use experiments::graph::GraphExperiment;
use experiments::task::Task;
use experiments::{Experiment, FieldExperiment, Models};
use indicatif::ProgressBar;
use jobs::protocol::motion_snapshot::MotionSnapshot;
use models::field::model::ModelKind;
use models::graph::law::{clearest_table, law_search};
use numerics::seed::Seed;
use serde::Serialize;
use std::path::Path;
use std::thread;
use std::time::Instant;
use symbolic::data::{Dataset, Table};
use symbolic::evaluate::Objective;
use symbolic::expr::Expr;
use symbolic::island::{self, Island};
use symbolic::operators::Alphabet;
use symbolic::pareto::{Finding, Law};
use symbolic::print::{Notation, print};
use symbolic::settings::SearchConfig;

/// Evaluations between two exchanges of the islands.
const ROUND: u64 = 20_000;
/// Evaluations between two looks at the clock.
const BETWEEN_CLOCKS: u64 = 500;
/// How long a search goes on if nothing is said.
const USUAL_SECONDS: f64 = 30.0;

#[derive(Serialize)]
struct LawReport {
    complexity: usize,
    loss: f64,
    law: String,
    latex: String,
}

#[derive(Serialize)]
struct Summary {
    best: LawReport,
    evaluations: u64,
    seconds: f64,
    found_at: u64,
}

/// What a formula is looked for in.
struct Question {
    table: Table,
    objective: Objective,
    /// The operators if nothing is said.
    alphabet: Alphabet,
    max_complexity: usize,
    /// What the draws of the search descend from.
    seed: Seed,
}

/// The table in a file, with what was left out of it said.
fn brought(file: &Path, target: &str) -> Result<Table, String> {
    let opened = open(file)?;
    let mut sheet = Sheet::of(&opened.table).map_err(|error| error.to_string())?;
    let target = sheet.named(target).map_err(|error| error.to_string())?;
    let inputs = sheet.causes(target);
    let used: Vec<usize> = inputs.iter().copied().chain([target]).collect();
    let (rows, missing) = sheet.complete(&used);
    sheet.remarks.iter().chain(&missing).for_each(|remark| eprintln!("{remark}"));
    let name = |column: usize| sheet.columns[column].name.clone();
    let values = |column: usize| rows.iter().map(|row| sheet.columns[column].values[*row]).collect::<Vec<f64>>();
    let (names, columns) = inputs.iter().map(|column| (name(*column), values(*column))).unzip();
    Ok(Table { names, columns, target_name: name(target), target: values(target) })
}

/// The table that was brought, or what a network has learned.
fn question(arguments: &Discover) -> Result<Question, String> {
    let SearchConfig { objective, max_complexity, seed, .. } = SearchConfig::default();
    let seed = arguments.seed.map_or(seed, Seed);
    if let (Some(csv), Some(target)) = (&arguments.csv, &arguments.target) {
        let table = brought(csv, target)?;
        return Ok(Question { table, objective, alphabet: Alphabet::default(), max_complexity, seed });
    }
    let workbench = base(arguments.source.as_deref().unwrap_or_default())?;
    if let Experiment::Graph(graph) = workbench.experiment() {
        return messages(&GraphExperiment { seed: arguments.seed.unwrap_or(graph.seed), ..graph });
    }
    let experiment =
        FieldExperiment { seed: arguments.seed.map_or(workbench.field.seed, Seed), ..workbench.field.clone() };
    let seed = Seed(arguments.seed.unwrap_or(workbench.formula.seed));
    let table = energies(&experiment)?;
    let bits = FormulaSource::Energy.operators(&experiment.system).unwrap_or(ARITHMETIC);
    let alphabet = Alphabet::new(operators(bits)).map_err(|error| error.to_string())?;
    Ok(Question { table, objective, alphabet, max_complexity, seed })
}

/// The messages of a graph network, along x where the mixture can be undone.
fn messages(graph: &GraphExperiment) -> Result<Question, String> {
    eprintln!("Training {} with seed {}.", graph.name(), graph.seed);
    let data = graph::motions(graph)?;
    let mut learner = graph::trained(graph, graph.recipe().regulariser, data.clone(), &Engine::Cpu)?;
    let parameters = pollster::block_on(learner.parameters()).map_err(|error| failed(&Engine::Cpu, error))?;
    let model = learner.model().model(&parameters);
    let (table, mixed) = clearest_table(&model, &data.test).map_err(|error| error.to_string())?;
    if let Some(why) = mixed {
        eprintln!("{} is a mixture of directions, and this is not undone: {why}.", table.target_name);
    }
    let SearchConfig { objective, max_complexity, alphabet, seed, .. } = law_search(Seed(graph.seed));
    Ok(Question { table, objective, alphabet, max_complexity, seed })
}

/// The energy of the HNN, over what it has learned from.
fn energies(experiment: &FieldExperiment) -> Result<Table, String> {
    let experiment = FieldExperiment { models: Models::Hnn, ..experiment.clone() };
    let (task, engine) = (Task::of(&experiment), Engine::Cpu);
    eprintln!("Training {} with seed {}.", experiment.preset.key(), experiment.seed.0);
    let mut learner = run::trained(&experiment, ModelKind::Hnn, &task, &engine, &ProgressBar::hidden())?;
    let weights = pollster::block_on(learner.parameters()).map_err(|error| failed(&engine, error))?;
    let snapshot = MotionSnapshot::of(&experiment, &task, ModelKind::Hnn, learner.steps_taken(), &weights, false);
    let [q, p, target] = snapshot.energy_columns(&experiment, &task.dataset.train.states);
    if target.is_empty() {
        return Err(format!(
            "A formula can be looked for in the energy of a system with one angle or place, and {} is not one.",
            experiment.preset.key()
        ));
    }
    Ok(Table { names: vec!["q".into(), "p".into()], columns: vec![q, p], target_name: "H".into(), target })
}

/// Searches, and prints the front and what is suggested of it.
pub fn discover(arguments: &Discover) -> Result<(), String> {
    let Question { table, objective, alphabet, max_complexity, seed } = question(arguments)?;
    let objective = match arguments.errors {
        Some(Errors::Squared) => Objective::MeanSquared,
        Some(Errors::Relative) => Objective::MeanRelative,
        None => objective,
    };
    if let Some(file) = &arguments.save {
        let columns = table.names.iter().zip(&table.columns).chain([(&table.target_name, &table.target)]);
        std::fs::write(file, to_csv(columns.map(|(name, values)| (name.as_str(), values.as_slice()))))
            .map_err(|error| format!("“{}” could not be written: {error}.", file.display()))?;
    }
    let target = table.target_name.clone();
    let data = Dataset::new(&table).map_err(|error| error.to_string())?;
    let alphabet = match &arguments.ops {
        Some(ops) => Alphabet::parse(ops).map_err(|error| error.to_string())?,
        None => alphabet,
    };
    let config = SearchConfig { seed, alphabet, objective, max_complexity, ..SearchConfig::default() };
    let names = data.names().to_vec();
    let mut islands = (0..arguments.islands)
        .map(|place| Island::new(data.clone(), config.clone(), place).map_err(|error| error.to_string()))
        .collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    let snapshot = search(&mut islands, arguments, begun);
    let seconds = begun.elapsed().as_secs_f64();
    let report = |law: &Law| LawReport {
        complexity: law.complexity,
        loss: squared_error(&law.expr, &table),
        law: print(&law.expr, &names, Notation::Plain),
        latex: print(&law.expr, &names, Notation::Latex),
    };
    let front = &snapshot.front;
    for law in &front.laws {
        let law = report(law);
        if arguments.json {
            println!("{}", json(&law)?);
        } else {
            println!("{:3}  {:10.3e}  {}", law.complexity, law.loss, law.law);
        }
    }
    let best = front.laws.get(front.suggestion).ok_or("The search found no law at all.")?;
    let summary = Summary { best: report(best), evaluations: snapshot.evaluations, seconds, found_at: best.found_at };
    if arguments.json {
        println!("{}", json(&summary)?);
    } else {
        println!("suggested: {target} = {}", summary.best.law);
        println!("{} evaluations in {seconds:.1} s, found after {}", summary.evaluations, summary.found_at);
    }
    if front.finding == Finding::NothingBetterThanAConstant {
        eprintln!("Nothing better than a constant was found.");
    }
    Ok(())
}

/// Runs the islands side by side until one is done or time or evaluations are up; the snapshot of the best of them, with the
/// evaluations of all.
fn search(islands: &mut [Island], arguments: &Discover, begun: Instant) -> island::Snapshot {
    let seconds =
        arguments.seconds.unwrap_or(if arguments.evaluations.is_some() { f64::INFINITY } else { USUAL_SECONDS });
    let each = arguments.evaluations.map(|all| all.div_ceil(islands.len() as u64));
    loop {
        let done = islands.first().map_or(0, |island| island.snapshot().evaluations);
        let budget = each.map_or(ROUND, |each| ROUND.min(each.saturating_sub(done)));
        thread::scope(|scope| {
            for island in islands.iter_mut() {
                scope.spawn(move || {
                    // Steps add up, so that where a round is cut changes nothing but its end.
                    let mut left = budget;
                    while left > 0 && begun.elapsed().as_secs_f64() < seconds {
                        let part = left.min(BETWEEN_CLOCKS);
                        island.step(part);
                        left -= part;
                    }
                });
            }
        });
        let snapshots: Vec<island::Snapshot> = islands.iter().map(Island::snapshot).collect();
        let evaluations: u64 = snapshots.iter().map(|snapshot| snapshot.evaluations).sum();
        let up = begun.elapsed().as_secs_f64() >= seconds
            || each.is_some_and(|each| snapshots.iter().all(|snapshot| snapshot.evaluations >= each));
        if up || snapshots.iter().any(|snapshot| snapshot.solved) {
            let best = snapshots.into_iter().min_by(|a, b| loss(a).total_cmp(&loss(b)));
            return best
                .map(|snapshot| island::Snapshot { evaluations, ..snapshot })
                .unwrap_or_else(|| islands[0].snapshot());
        }
        exchange(islands);
    }
}

/// The lowest loss on a front.
fn loss(snapshot: &island::Snapshot) -> f64 {
    snapshot.front.laws.last().map_or(f64::INFINITY, |law| law.loss)
}

/// Every island hears of the best of all others.
fn exchange(islands: &mut [Island]) {
    if islands.len() < 2 {
        return;
    }
    let all: Vec<_> = islands.iter().map(Island::emigrants).collect();
    for (here, island) in islands.iter_mut().enumerate() {
        for (there, migrants) in all.iter().enumerate() {
            if here != there {
                island.receive(migrants.clone());
            }
        }
    }
}

/// The mean squared error over all rows, whatever a search was judged by.
fn squared_error(law: &Expr, table: &Table) -> f64 {
    let row = |i: usize| table.columns.iter().map(|column| column[i]).collect::<Vec<f64>>();
    let errors = table.target.iter().enumerate().map(|(i, target)| (law.value(&row(i)) - target).powi(2));
    errors.sum::<f64>() / table.target.len().max(1) as f64
}

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}
