//! Finding a formula in a table: which columns, which errors, and what is said of the result.

use crate::arguments::{Discover, Errors};
use crate::law_report::{LawReport, Summary, cells, finding, loss};
use crate::question::{Question, question};
use crate::search::search;
use data::sheet::to_csv;
use serde::Serialize;
use std::time::Instant;
use symbolic::data::Dataset;
use symbolic::evaluate::Objective;
use symbolic::island::Island;
use symbolic::operators::Alphabet;
use symbolic::pareto::Finding;
use symbolic::settings::SearchConfig;
use symbolic::units::{Dimension, Units};
use symbolic::writing::{UnitTexts, far_off, far_off_said, power_said};

/// Cost of a violated unit, in units of the best constant's loss.
const PENALTY: f64 = 1.0;

/// Searches, and prints the front and what is suggested of it.
pub fn discover(arguments: &Discover) -> Result<(), String> {
    let Question { table, errors, units: texts, objective, alphabet, max_complexity, seed } = question(arguments)?;
    let objective = match arguments.errors {
        Some(Errors::Squared) => Objective::MeanSquared,
        Some(Errors::Relative) => Objective::MeanRelative,
        Some(Errors::Robust) => Objective::MeanAbsolute,
        None => objective,
    };
    if errors.is_some() && objective == Objective::MeanRelative {
        return Err("Relative errors and a column of errors exclude one another.".into());
    }
    if let Some(file) = &arguments.save {
        let columns = table.names.iter().zip(&table.columns).chain([(&table.target_name, &table.target)]);
        std::fs::write(file, to_csv(columns.map(|(name, values)| (name.as_str(), values.as_slice()))))
            .map_err(|error| format!("“{}” could not be written: {error}.", file.display()))?;
    }
    let data = match &errors {
        Some(errors) => Dataset::measured(&table, errors),
        None => Dataset::new(&table),
    };
    let data = data.map_err(|error| error.to_string())?;
    let alphabet = match &arguments.ops {
        Some(ops) => Alphabet::parse(ops).map_err(|error| error.to_string())?,
        None => alphabet,
    };
    let units = arguments.fit_units.then(|| dimensions(&texts)).transpose()?;
    let config = SearchConfig { seed, alphabet, objective, max_complexity, units, ..SearchConfig::default() };
    let mut islands = (0..arguments.islands)
        .map(|place| Island::new(data.clone(), config.clone(), place).map_err(|error| error.to_string()))
        .collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    let snapshot = search(&mut islands, arguments, begun);
    let seconds = begun.elapsed().as_secs_f64();
    let front = &snapshot.front;
    for law in &front.laws {
        let law = LawReport::of(law, &data, objective, &texts);
        if arguments.json {
            println!("{}", json(&law)?);
        } else {
            println!("{:3}  {:10.3e}  {}", law.complexity, law.loss, law.law);
        }
    }
    let best = front.suggested().ok_or("The search found no law at all.")?;
    let far = far_off(&best.expr, &data);
    let nothing = front.finding == Finding::NothingBetterThanAConstant;
    let said = [
        nothing.then(|| "Nothing better than a constant was found.".to_owned()),
        far_off_said(&far, objective != Objective::MeanSquared).filter(|_| !nothing),
        front
            .power
            .as_ref()
            .map(|law| power_said(&LawReport::of(law, &data, objective, &texts).law, &table.target_name)),
    ];
    let summary = Summary {
        best: LawReport::of(best, &data, objective, &texts),
        finding: finding(front.finding),
        target: table.target_name.clone(),
        inputs: table.names.clone(),
        cells: cells(&table.names),
        rows: data.rows(),
        loss: loss(objective, data.is_measured()),
        constant_loss: snapshot.constant,
        far_off: far.into_iter().map(|row| row + 1).collect(),
        remarks: said.into_iter().flatten().collect(),
        evaluations: snapshot.evaluations,
        seconds,
        found_at: best.found_at,
        stopped: snapshot.solved,
    };
    if arguments.json {
        println!("{}", json(&summary)?);
    } else {
        println!("suggested: {} = {}", summary.target, summary.best.law);
        summary.best.known.iter().chain(&summary.best.units_said).for_each(|sentence| println!("{sentence}"));
        println!("{} evaluations in {seconds:.1} s, found after {}", summary.evaluations, summary.found_at);
    }
    summary.remarks.iter().for_each(|remark| eprintln!("{remark}"));
    Ok(())
}

/// The dimensions that laws have to fit.
fn dimensions(texts: &UnitTexts) -> Result<Units, String> {
    let read = |text: &String| Dimension::parse(text).map_err(|error| error.to_string());
    let variables = texts.columns.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Units { variables, target: read(&texts.target)?, penalty: PENALTY })
}

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}
