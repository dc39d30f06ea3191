//! What a formula is looked for in: a table that was brought, or what a network has learned.

use crate::arguments::{Discover, base};
use crate::output::failed;
use crate::reading::open;
use crate::resources::{Cores, Resources, all_cores};
use crate::{graph, run};
use autodiff::engine::Engine;
use data::sheet::Sheet;
use experiments::formula::{ARITHMETIC, FOR_TABLES, FormulaSource, operators};
use experiments::graph::GraphExperiment;
use experiments::task::Task;
use experiments::{Experiment, FieldExperiment, Models};
use jobs::protocol::motion_snapshot::MotionSnapshot;
use models::field::model::ModelKind;
use models::graph::law::{clearest_table, law_search};
use numerics::seed::Seed;
use std::path::Path;
use symbolic::data::Table;
use symbolic::evaluate::Objective;
use symbolic::operators::Alphabet;
use symbolic::settings::SearchConfig;
use symbolic::writing::UnitTexts;

/// What a formula is looked for in.
pub struct Question {
    /// Columns that a law may use, and the one to be explained.
    pub table: Table,
    /// The standard error of the target in each row, if a column has them.
    pub errors: Option<Vec<f64>>,
    /// The units of the columns as they are written.
    pub units: UnitTexts,
    /// What makes a law better if nothing is said.
    pub objective: Objective,
    /// The operators if nothing is said.
    pub alphabet: Alphabet,
    /// The largest complexity.
    pub max_complexity: usize,
    /// What the draws of the search descend from.
    pub seed: Seed,
}

/// The table in a file, with what was left out of it said; its errors and its units. A column is its heading, its name or its number.
fn brought(arguments: &Discover, file: &Path, target: &str) -> Result<(Table, Option<Vec<f64>>, UnitTexts), String> {
    let opened = open(file)?;
    let mut sheet = Sheet::of(&opened.table).map_err(|error| error.to_string())?;
    let place = |sheet: &Sheet, name: &str| sheet.named(name.trim()).map_err(|error| error.to_string());
    let target = place(&sheet, target)?;
    let mut errors = arguments.errors_column.as_ref().map(|name| place(&sheet, name)).transpose()?;
    let chosen = arguments.inputs.iter().map(|name| place(&sheet, name)).collect::<Result<Vec<usize>, _>>()?;
    if chosen.contains(&target) || errors == Some(target) {
        return Err(format!("“{}” is the column to be explained.", sheet.columns[target].name));
    }
    for text in &arguments.units {
        let (name, unit) = text.rsplit_once('=').ok_or(format!("--unit takes column=unit, not “{text}”."))?;
        let at = place(&sheet, name)?;
        sheet.columns[at].unit = Some(unit.trim().to_owned());
    }
    // By their names errors are errors, unless it is said how errors count, or that they explain something.
    if errors.is_none() && arguments.errors.is_none() {
        errors = sheet.errors_of(target).filter(|at| !chosen.contains(at));
        let name = |at: usize| &sheet.columns[at].name;
        let said = errors.map(|at| {
            format!(
                "Errors of {} count in units of {}, by its name; with --errors squared they count as they are.",
                name(target),
                name(at)
            )
        });
        sheet.remarks.extend(said);
    }
    let inputs = if chosen.is_empty() { sheet.causes(target) } else { chosen };
    let inputs: Vec<usize> = inputs.into_iter().filter(|at| Some(*at) != errors).collect();
    let used: Vec<usize> = inputs.iter().copied().chain([target]).chain(errors).collect();
    let (rows, missing) = sheet.complete(&used);
    sheet.remarks.iter().chain(&missing).for_each(|remark| eprintln!("{remark}"));
    let name = |column: usize| sheet.columns[column].name.clone();
    let unit = |column: usize| sheet.columns[column].unit.clone().unwrap_or_default();
    let values = |column: usize| rows.iter().map(|row| sheet.columns[column].values[*row]).collect::<Vec<f64>>();
    let units = UnitTexts { columns: inputs.iter().map(|at| unit(*at)).collect(), target: unit(target) };
    let (names, columns) = inputs.iter().map(|column| (name(*column), values(*column))).unzip();
    Ok((Table { names, columns, target_name: name(target), target: values(target) }, errors.map(values), units))
}

/// The table that was brought, or what a network has learned.
pub fn question(arguments: &Discover) -> Result<Question, String> {
    let SearchConfig { objective, max_complexity, seed, .. } = SearchConfig::default();
    let seed = arguments.seed.map_or(seed, Seed);
    if let (Some(csv), Some(target)) = (&arguments.csv, &arguments.target) {
        let (table, errors, units) = brought(arguments, csv, target)?;
        let alphabet = Alphabet::new(operators(FOR_TABLES)).map_err(|error| error.to_string())?;
        return Ok(Question { table, errors, units, objective, alphabet, max_complexity, seed });
    }
    let source = arguments.source.as_deref().unwrap_or_default();
    let workbench = base(source, false)?;
    match workbench.experiment() {
        Experiment::Graph(graph) => {
            return messages(&GraphExperiment { seed: arguments.seed.unwrap_or(graph.seed), ..graph });
        }
        Experiment::Field(_) | Experiment::Integrators(_) | Experiment::Formula(_) => {}
        _ => {
            return Err(format!(
                "“{source}”: formulas are looked for in a field's energy, in the messages of a graph network (gn-…), or in a table (--csv)."
            ));
        }
    }
    let experiment =
        FieldExperiment { seed: arguments.seed.map_or(workbench.field.seed, Seed), ..workbench.field.clone() };
    let seed = Seed(arguments.seed.unwrap_or(workbench.formula.seed));
    let table = energies(&experiment)?;
    let bits = FormulaSource::Energy.operators(&experiment.system).unwrap_or(ARITHMETIC);
    let alphabet = Alphabet::new(operators(bits)).map_err(|error| error.to_string())?;
    Ok(Question { table, errors: None, units: UnitTexts::default(), objective, alphabet, max_complexity, seed })
}

/// The messages of a graph network, along x where the mixture can be undone.
fn messages(graph: &GraphExperiment) -> Result<Question, String> {
    eprintln!("Training {} with seed {}.", graph.name(), graph.seed);
    let data = graph::motions(graph)?;
    let cores = Cores::new(all_cores());
    let mut learner = graph::trained(graph, graph.recipe().regulariser, data.clone(), &Resources::alone(&cores))?;
    let parameters = pollster::block_on(learner.parameters()).map_err(|error| failed(&Engine::Cpu, error))?;
    let model = learner.model().model(&parameters);
    let (table, mixed) = clearest_table(&model, &data.test).map_err(|error| error.to_string())?;
    if let Some(why) = mixed {
        eprintln!("{} is a mixture of directions, and this is not undone: {why}.", table.target_name);
    }
    let SearchConfig { objective, max_complexity, alphabet, seed, .. } = law_search(Seed(graph.seed));
    Ok(Question { table, errors: None, units: UnitTexts::default(), objective, alphabet, max_complexity, seed })
}

/// The energy of the HNN, over what it has learned from.
fn energies(experiment: &FieldExperiment) -> Result<Table, String> {
    let experiment = FieldExperiment { models: Models::Hnn, ..experiment.clone() };
    let (task, cores) = (Task::of(&experiment), Cores::new(all_cores()));
    eprintln!("Training {} with seed {}.", experiment.preset.key(), experiment.seed.0);
    let mut learner = run::trained(&experiment, ModelKind::Hnn, &task, &Resources::alone(&cores))?;
    let weights = pollster::block_on(learner.parameters()).map_err(|error| failed(&Engine::Cpu, error))?;
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
