//! A search on one island, a few milliseconds at a time: what it was asked, how far it is, what it has to say.
//!
//! Knows no browser: whoever calls brings the time.

use crate::protocol::message;
use crate::protocol::search::{FrontText, LawText, Progress, Request, Rest, SearchEvent, SearchId};
use crate::searcher::sheet::{sheet_of, table_of};
use symbolic::data::Dataset;
use symbolic::dimension;
use symbolic::evaluate::Objective;
use symbolic::island::{Island, Look, Migrants};
use symbolic::notation::{latex_name, mathml_name};
use symbolic::operators::Alphabet;
use symbolic::print::{Notation, print};
use symbolic::settings::SearchConfig;
use symbolic::units::{Dimension, Units};

/// Searching between two turns of the event loop, in milliseconds.
const SLICE: f64 = 12.0;
/// Evaluations between two looks at the clock: on a long table each takes a millisecond.
const STEP: u64 = 16;
/// A report at most this often, in milliseconds.
const REPORT_EVERY: f64 = 250.0;
/// Evaluations between two departures of migrants.
const EXCHANGE_EVERY: u64 = 20_000;
/// A law is no longer than there are rows, though it may always be this long: with a number for each row anything would fit.
const LEAST_COMPLEXITY: usize = 7;
/// What a violated unit costs, in units of the best constant's loss.
const PENALTY: f64 = 1.0;

/// A search under way.
pub struct Hunt {
    id: SearchId,
    island: Island,
    objective: Objective,
    names: Vec<String>,
    target: String,
    /// Seconds for which it goes on at a time.
    allotment: f64,
    /// When to hold, in milliseconds searched.
    until: f64,
    /// Milliseconds searched.
    spent: f64,
    /// When the last slice ended; `None` while it holds.
    at: Option<f64>,
    rest: Option<Rest>,
    /// Evaluations and milliseconds when it last began or went on.
    since: (u64, f64),
    /// Milliseconds searched at the last report.
    reported: f64,
    /// Whether there is something to report at once.
    pressing: bool,
    /// (complexity, loss) of each law of the front that was printed last.
    printed: Vec<(usize, f64)>,
    next_exchange: u64,
}

impl Hunt {
    /// Begins what was asked, or says in a sentence why not.
    pub fn begin(request: Request) -> Result<Self, String> {
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
        let island = Island::new(data, config, request.island).map_err(|error| error.to_string())?;
        Ok(Self {
            id: request.id,
            island,
            objective: request.objective,
            names,
            target,
            allotment: 1000.0 * request.seconds,
            until: 1000.0 * request.seconds,
            spent: 0.0,
            at: None,
            rest: None,
            since: (0, 0.0),
            reported: 0.0,
            pressing: true,
            printed: Vec::new(),
            next_exchange: EXCHANGE_EVERY,
        })
    }

    /// Whether it has something to do.
    pub fn busy(&self) -> bool {
        self.rest.is_none() || self.pressing
    }

    /// Holds.
    pub fn hold(&mut self) {
        if self.rest.is_none() {
            self.rests(Rest::Asked);
        }
    }

    /// Goes on, for as many seconds again.
    pub fn go_on(&mut self) {
        if self.rest != Some(Rest::Exact) {
            self.rest = None;
            self.until = self.spent + self.allotment;
            self.since = (self.island.look().evaluations, self.spent);
        }
    }

    /// Takes in laws from another island; bytes that are none are left aside.
    pub fn receive(&mut self, bytes: &[u8]) {
        if let Some(migrants) = message::decode::<Migrants>(bytes) {
            self.island.receive(migrants);
        }
    }

    /// Searches for a slice of time, and says what there is to say. `now` gives milliseconds.
    pub fn work(&mut self, now: impl Fn() -> f64) -> Vec<SearchEvent> {
        if self.rest.is_none() {
            // What passed between two slices counts: it is time that the visitor waits.
            let begun = self.at.unwrap_or_else(&now);
            let end = now() + SLICE;
            loop {
                self.island.step(STEP);
                if now() >= end {
                    break;
                }
            }
            let ended = now();
            self.spent += ended - begun;
            self.at = Some(ended);
        }
        if !self.pressing && self.spent < self.reported + REPORT_EVERY {
            return vec![];
        }
        let look = self.island.look();
        if self.rest.is_none() && look.solved {
            self.rests(Rest::Exact);
        } else if self.rest.is_none() && self.spent >= self.until {
            self.rests(Rest::TimeUp);
        }
        (self.reported, self.pressing) = (self.spent, false);
        let mut events = vec![self.report(&look)];
        if look.evaluations >= self.next_exchange || look.solved {
            self.next_exchange = look.evaluations + EXCHANGE_EVERY;
            events.push(SearchEvent::Migrants(self.id, message::encode(&self.island.emigrants())));
        }
        events
    }

    fn rests(&mut self, why: Rest) {
        self.rest = Some(why);
        self.at = None;
        self.pressing = true;
    }

    fn report(&mut self, look: &Look) -> SearchEvent {
        let laws: Vec<(usize, f64)> = look.front.laws.iter().map(|law| (law.complexity, law.loss)).collect();
        let front = (laws != self.printed).then(|| self.front(look));
        self.printed = laws;
        let (evaluations, spent) = (look.evaluations - self.since.0, self.spent - self.since.1);
        let progress = Progress {
            generation: look.generation,
            evaluations: look.evaluations,
            per_second: if spent > 0.0 { 1000.0 * evaluations as f64 / spent } else { 0.0 },
            seconds: self.spent / 1000.0,
            front,
            rest: self.rest,
        };
        SearchEvent::Progress(self.id, Box::new(progress))
    }

    fn front(&self, look: &Look) -> FrontText {
        let error = |loss| self.objective.error(loss);
        let laws = look.front.laws.iter().map(|law| {
            let text = |notation| print(&law.expr, &self.names, notation);
            LawText {
                complexity: law.complexity,
                error: error(law.loss) / error(look.constant),
                score: law.score,
                plain: text(Notation::Plain),
                mathml: format!("{}<mo>=</mo>{}", mathml_name(&self.target), text(Notation::MathMl)),
                latex: format!("{} = {}", latex_name(&self.target), text(Notation::Latex)),
                rust: text(Notation::Rust),
                python: text(Notation::Python),
            }
        });
        FrontText { laws: laws.collect(), suggestion: look.front.suggestion, finding: look.front.finding }
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
