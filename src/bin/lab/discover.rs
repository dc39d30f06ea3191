//! Finding a formula in a table: islands of candidates, a thread each, that exchange their best.

use crate::arguments::Discover;
use orrery::seed::Seed;
use orrery::symbolic::data::{Dataset, Table};
use orrery::symbolic::island::{Island, Look};
use orrery::symbolic::operators::Alphabet;
use orrery::symbolic::pareto::{Finding, Law};
use orrery::symbolic::print::{Notation, print};
use orrery::symbolic::settings::SearchConfig;
use serde::Serialize;
use std::thread;
use std::time::Instant;

/// Evaluations between two exchanges of the islands, and two looks at the clock.
const ROUND: u64 = 20_000;
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

/// Searches, and prints the front and what is suggested of it.
pub fn discover(arguments: &Discover) -> Result<(), String> {
    let file = arguments.csv.display();
    let text =
        std::fs::read_to_string(&arguments.csv).map_err(|error| format!("“{file}” could not be read: {error}."))?;
    let table = Table::from_csv(&text, &arguments.target).map_err(|error| error.to_string())?;
    let data = Dataset::new(&table).map_err(|error| error.to_string())?;
    let alphabet = Alphabet::parse(&arguments.ops).map_err(|error| error.to_string())?;
    let config = SearchConfig { seed: Seed(arguments.seed), alphabet, ..SearchConfig::default() };
    let names = data.names().to_vec();
    let mut islands = (0..arguments.islands)
        .map(|place| Island::new(data.clone(), config.clone(), place).map_err(|error| error.to_string()))
        .collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    let look = search(&mut islands, arguments, begun);
    let seconds = begun.elapsed().as_secs_f64();
    let report = |law: &Law| LawReport {
        complexity: law.complexity,
        loss: law.loss,
        law: print(&law.expr, &names, Notation::Plain),
        latex: print(&law.expr, &names, Notation::Latex),
    };
    let front = &look.front;
    for law in &front.laws {
        let law = report(law);
        if arguments.json {
            println!("{}", json(&law)?);
        } else {
            println!("{:3}  {:10.3e}  {}", law.complexity, law.loss, law.law);
        }
    }
    let best = front.laws.get(front.suggestion).ok_or("The search found no law at all.")?;
    let summary = Summary { best: report(best), evaluations: look.evaluations, seconds, found_at: best.found_at };
    if arguments.json {
        println!("{}", json(&summary)?);
    } else {
        println!("suggested: {} = {}", arguments.target, summary.best.law);
        println!("{} evaluations in {seconds:.1} s, found after {}", summary.evaluations, summary.found_at);
    }
    if front.finding == Finding::NothingBetterThanAConstant {
        eprintln!("Nothing better than a constant was found.");
    }
    Ok(())
}

/// Runs the islands side by side until one is done or time or evaluations are up; the look at the best of them, with the
/// evaluations of all.
fn search(islands: &mut [Island], arguments: &Discover, begun: Instant) -> Look {
    let seconds =
        arguments.seconds.unwrap_or(if arguments.evaluations.is_some() { f64::INFINITY } else { USUAL_SECONDS });
    let each = arguments.evaluations.map(|all| all.div_ceil(islands.len() as u64));
    loop {
        let done = islands.first().map_or(0, |island| island.look().evaluations);
        let budget = each.map_or(ROUND, |each| ROUND.min(each.saturating_sub(done)));
        thread::scope(|scope| {
            for island in islands.iter_mut() {
                scope.spawn(move || island.step(budget));
            }
        });
        let looks: Vec<Look> = islands.iter().map(Island::look).collect();
        let evaluations: u64 = looks.iter().map(|look| look.evaluations).sum();
        let up = begun.elapsed().as_secs_f64() >= seconds
            || each.is_some_and(|each| looks.iter().all(|look| look.evaluations >= each));
        if up || looks.iter().any(|look| look.solved) {
            let best = looks.into_iter().min_by(|a, b| loss(a).total_cmp(&loss(b)));
            return best.map(|look| Look { evaluations, ..look }).unwrap_or_else(|| islands[0].look());
        }
        exchange(islands);
    }
}

/// The lowest loss on a front.
fn loss(look: &Look) -> f64 {
    look.front.laws.last().map_or(f64::INFINITY, |law| law.loss)
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

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}
