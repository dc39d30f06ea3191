//! A search on one island, carried out a few milliseconds at a time.

use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome};
use crate::job::message::{Report, decode, encode};
use crate::protocol::search::{FrontText, LawText, Migrants, Progress, Request, Search};
use crate::symbolic_regression::sheet::{sheet_of, table_of};
use serde::{Deserialize, Serialize};
use symbolic::data::Dataset;
use symbolic::dimension;
use symbolic::evaluate::Objective;
use symbolic::island::{self, Island, IslandCheckpoint, Snapshot};
use symbolic::notation::{latex_name, mathml_name};
use symbolic::operators::Alphabet;
use symbolic::print::{Notation, print};
use symbolic::settings::SearchConfig;
use symbolic::units::{Dimension, Units};

/// Evaluations between two looks at the clock: on a long table each takes a millisecond.
const STEP: u64 = 16;
/// A report at most this often, in milliseconds.
const REPORT_EVERY: f64 = 250.0;
/// Evaluations between two departures of migrants.
const EXCHANGE_EVERY: u64 = 20_000;
/// A law is no longer than there are rows, though it may always be this long: with a number for each row anything would fit.
const LEAST_COMPLEXITY: usize = 7;
/// Cost of a violated unit, in units of the best constant's loss.
const PENALTY: f64 = 1.0;

/// A search under way.
pub struct SearchSession {
    island: Island,
    objective: Objective,
    names: Vec<String>,
    target: String,
    /// Milliseconds for which it goes on at a time.
    allotment: f64,
    /// When to hold, in milliseconds searched.
    until: f64,
    /// Milliseconds searched.
    spent: f64,
    /// When the last slice ended; `None` while it holds.
    at: Option<f64>,
    /// Evaluations and milliseconds when it last began or went on.
    since: (u64, f64),
    /// Milliseconds searched at the last report; `None` before the first.
    reported: Option<f64>,
    /// (complexity, loss) of each law of the front that was printed last.
    printed: Vec<(usize, f64)>,
    next_exchange: u64,
}

/// Where a search can go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchCheckpoint {
    island: IslandCheckpoint,
    spent: f64,
    until: f64,
}

impl Execution for SearchSession {
    type Job = Search;
    type Engine = ();
    type Checkpoint = SearchCheckpoint;

    fn begin(request: Request, checkpoint: Option<SearchCheckpoint>, (): &()) -> Result<Self, String> {
        let alphabet = Alphabet::new(request.operators.iter().copied()).map_err(|error| error.to_string())?;
        let sheet = sheet_of(request.source.clone(), request.seed)?;
        let table = table_of(&sheet, &request)?;
        let data = Dataset::new(&table).map_err(|error| error.to_string())?;
        let config = SearchConfig {
            seed: request.seed,
            alphabet,
            max_complexity: request.max_complexity.min(data.rows().max(LEAST_COMPLEXITY)),
            units: units(&request)?,
            objective: request.objective,
            ..SearchConfig::default()
        };
        let (names, target) = (data.names().to_vec(), data.target_name().to_owned());
        let allotment = 1000.0 * request.seconds;
        let (spent, until) = checkpoint.as_ref().map_or((0.0, allotment), |saved| (saved.spent, saved.until));
        let island = match checkpoint {
            Some(saved) => Island::resume(data, config, request.island, saved.island),
            None => Island::new(data, config, request.island),
        };
        let island = island.map_err(|error| error.to_string())?;
        let evaluations = island.snapshot().evaluations;
        Ok(Self {
            island,
            objective: request.objective,
            names,
            target,
            allotment,
            until,
            spent,
            at: None,
            since: (evaluations, spent),
            reported: None,
            printed: Vec::new(),
            next_exchange: evaluations + EXCHANGE_EVERY,
        })
    }

    async fn step(&mut self, budget: Budget, clock: Clock<'_>) -> Result<(Vec<Report<Search>>, Outcome), Lost> {
        // What passed between two slices counts: it is time that the visitor waits.
        let begun = self.at.unwrap_or_else(clock);
        let end = match budget {
            Budget::Milliseconds(budget) => clock() + budget,
            Budget::Step => f64::NEG_INFINITY,
        };
        loop {
            self.island.step(STEP);
            if clock() >= end {
                break;
            }
        }
        let ended = clock();
        self.spent += ended - begun;
        self.at = Some(ended);
        let snapshot = self.island.snapshot();
        let mut reports = vec![];
        if self.reported.is_none_or(|last| self.spent >= last + REPORT_EVERY) {
            reports.push(self.report(&snapshot));
        }
        if snapshot.evaluations >= self.next_exchange {
            self.next_exchange = snapshot.evaluations + EXCHANGE_EVERY;
            reports.push(self.migrants());
        }
        let outcome = match snapshot.solved {
            true => Outcome::Finished,
            false if self.spent >= self.until => Outcome::Rests,
            false => Outcome::Continues,
        };
        Ok((reports, outcome))
    }

    /// It goes on for as many seconds again.
    fn paced(&mut self) {
        self.until = self.spent + self.allotment;
        self.since = (self.island.snapshot().evaluations, self.spent);
    }

    /// Takes in laws of another island; bytes that are none are left aside.
    fn ask(&mut self, Migrants(bytes): Migrants) {
        if let Some(migrants) = decode::<island::Migrants>(&bytes) {
            self.island.receive(migrants);
        }
    }

    fn is_asked(&self) -> bool {
        false
    }

    async fn answers(&mut self, _clock: Clock<'_>) -> Result<Vec<Report<Search>>, Lost> {
        Ok(vec![])
    }

    async fn settle(&mut self, finished: bool, _clock: Clock<'_>) -> Result<Vec<Report<Search>>, Lost> {
        self.at = None;
        let snapshot = self.island.snapshot();
        let migrants = finished.then(|| self.migrants());
        Ok([self.report(&snapshot)].into_iter().chain(migrants).collect())
    }

    async fn checkpoint(&mut self) -> Result<(u64, SearchCheckpoint), Lost> {
        let island = self.island.checkpoint();
        Ok((island.evaluations(), SearchCheckpoint { island, spent: self.spent, until: self.until }))
    }

    /// Searches know one engine only.
    async fn measure(_request: Request, (): &(), _clock: Clock<'_>) -> Result<f64, Lost> {
        Ok(0.0)
    }
}

impl SearchSession {
    fn migrants(&self) -> Report<Search> {
        Report::Snapshot(Box::new(Migrants(encode(&self.island.emigrants()))))
    }

    fn report(&mut self, snapshot: &Snapshot) -> Report<Search> {
        self.reported = Some(self.spent);
        let laws: Vec<(usize, f64)> = snapshot.front.laws.iter().map(|law| (law.complexity, law.loss)).collect();
        let front = (laws != self.printed).then(|| self.front(snapshot));
        self.printed = laws;
        let (evaluations, spent) = (snapshot.evaluations - self.since.0, self.spent - self.since.1);
        Report::Progress(Progress {
            generation: snapshot.generation,
            evaluations: snapshot.evaluations,
            per_second: if spent > 0.0 { 1000.0 * evaluations as f64 / spent } else { 0.0 },
            seconds: self.spent / 1000.0,
            front,
        })
    }

    fn front(&self, snapshot: &Snapshot) -> FrontText {
        let error = |loss| self.objective.error(loss);
        let laws = snapshot.front.laws.iter().map(|law| {
            let text = |notation| print(&law.expr, &self.names, notation);
            LawText {
                complexity: law.complexity,
                error: error(law.loss) / error(snapshot.constant),
                score: law.score,
                plain: text(Notation::Plain),
                exact: text(Notation::Exact),
                mathml: format!("{}<mo>=</mo>{}", mathml_name(&self.target), text(Notation::MathMl)),
                latex: format!("{} = {}", latex_name(&self.target), text(Notation::Latex)),
                rust: text(Notation::Rust),
                python: text(Notation::Python),
            }
        });
        FrontText { laws: laws.collect(), suggestion: snapshot.front.suggestion, finding: snapshot.front.finding }
    }
}

/// The dimensions of the columns of a request, if they are to count.
fn units(request: &Request) -> Result<Option<Units>, String> {
    let Some(texts) = &request.units else { return Ok(None) };
    let dimension = |at: usize| -> Result<Dimension, dimension::UnitError> {
        Dimension::parse(texts.get(at).map_or("", String::as_str))
    };
    let variables = request.inputs.iter().map(|at| dimension(*at)).collect::<Result<Vec<_>, _>>();
    let target = dimension(request.target);
    match (variables, target) {
        (Ok(variables), Ok(target)) => Ok(Some(Units { variables, target, penalty: PENALTY })),
        (Err(error), _) | (_, Err(error)) => Err(error.to_string()),
    }
}
