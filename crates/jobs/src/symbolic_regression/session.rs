//! A search on one island, carried out a few milliseconds at a time.

use crate::job::execution::{Budget, Clock, Execution, Lost, Outcome};
use crate::job::message::{Report, decode, encode};
use crate::protocol::search::{Migrants, Progress, Request, Search, Sheet};
use crate::symbolic_regression::laws::Laws;
use crate::symbolic_regression::sheet::{sheet_of, table_of};
use serde::{Deserialize, Serialize};
use symbolic::data::Dataset;
use symbolic::island::{self, Island, IslandCheckpoint};
use symbolic::operators::Alphabet;
use symbolic::settings::SearchConfig;
use symbolic::units::{Dimension, Units};

/// Evaluations between two looks at the clock: on a long table each takes a millisecond.
const STEP: u64 = 16;
/// A report at most this often, in milliseconds.
const REPORT_EVERY: f64 = 250.0;
/// Evaluations between two departures of migrants.
const EXCHANGE_EVERY: u64 = 20_000;
/// Cost of a violated unit, in units of the best constant's loss.
const PENALTY: f64 = 1.0;

/// A search under way.
pub struct SearchSession {
    island: Island,
    laws: Laws,
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

impl SearchCheckpoint {
    /// Whether its times are such as a search that goes on for so many milliseconds at a time comes to.
    fn is_sound(&self, allotment: f64) -> bool {
        self.spent.is_finite() && self.spent >= 0.0 && self.until <= self.spent + allotment
    }
}

impl Execution for SearchSession {
    type Job = Search;
    type Engine = ();
    type Checkpoint = SearchCheckpoint;

    fn begin(request: Request, checkpoint: Option<SearchCheckpoint>, (): &()) -> Result<Self, String> {
        let alphabet = Alphabet::new(request.operators.iter().copied()).map_err(|error| error.to_string())?;
        let sheet = sheet_of(request.source.clone(), request.seed)?;
        let data = dataset(&sheet, &request)?;
        let config = SearchConfig {
            seed: request.seed,
            alphabet,
            max_complexity: request.max_complexity,
            units: if request.fit_units { Some(units(&request)?) } else { None },
            objective: request.objective,
            ..SearchConfig::default()
        };
        let laws = Laws::new(&data, &request);
        let allotment = 1000.0 * request.seconds;
        let checkpoint = checkpoint.filter(|saved| saved.is_sound(allotment));
        let (spent, until) = checkpoint.as_ref().map_or((0.0, allotment), |saved| (saved.spent, saved.until));
        let island = match checkpoint {
            Some(saved) => Island::resume(data, config, request.island, saved.island),
            None => Island::new(data, config, request.island),
        };
        let island = island.map_err(|error| error.to_string())?;
        let evaluations = island.snapshot().evaluations;
        Ok(Self {
            island,
            laws,
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
            reports.push(self.report());
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
        let migrants = finished.then(|| self.migrants());
        Ok([self.report()].into_iter().chain(migrants).collect())
    }

    async fn checkpoint(&mut self, _clock: Clock<'_>) -> Result<(u64, SearchCheckpoint), Lost> {
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

    fn report(&mut self) -> Report<Search> {
        self.reported = Some(self.spent);
        let found = self.island.snapshot();
        let laws: Vec<(usize, f64)> = found.front.laws.iter().map(|law| (law.complexity, law.loss)).collect();
        // Judging takes longer than looking: only what is new is judged.
        let front = (laws != self.printed).then(|| self.laws.front(&self.island.verdict()));
        self.printed = laws;
        let (evaluations, spent) = (found.evaluations - self.since.0, self.spent - self.since.1);
        Report::Progress(Progress {
            generation: found.generation,
            evaluations: found.evaluations,
            per_second: if spent > 0.0 { 1000.0 * evaluations as f64 / spent } else { 0.0 },
            seconds: self.spent / 1000.0,
            front,
        })
    }
}

/// The table of a request, with its errors if there are any.
fn dataset(sheet: &Sheet, request: &Request) -> Result<Dataset, String> {
    let Some(errors) = request.errors else {
        return Dataset::new(&table_of(sheet, request)?).map_err(|error| error.to_string());
    };
    // Read as one more column, so that a row without an error is left out like any other.
    let inputs = request.inputs.iter().copied().filter(|at| *at != errors).chain([errors]).collect();
    let mut table = table_of(sheet, &Request { inputs, ..request.clone() })?;
    table.names.pop();
    let errors = table.columns.pop().unwrap_or_default();
    Dataset::measured(&table, &errors).map_err(|error| error.to_string())
}

/// The dimensions of the columns of a request.
fn units(request: &Request) -> Result<Units, String> {
    let dimension = |at: usize| Dimension::parse(request.units.get(at).map_or("", String::as_str));
    let errors = |at: &&usize| Some(**at) != request.errors;
    let variables = request.inputs.iter().filter(errors).map(|at| dimension(*at)).collect::<Result<Vec<_>, _>>();
    match (variables, dimension(request.target)) {
        (Ok(variables), Ok(target)) => Ok(Units { variables, target, penalty: PENALTY }),
        (Err(error), _) | (_, Err(error)) => Err(error.to_string()),
    }
}
