//! What page and searchers say to each other about formulas.
//!
//! A searcher keeps one island. It reads tables and prints laws, so that the page need not: laws arrive as text, and migrants
//! pass through the page as bytes that only searchers read.

use numerics::seed::Seed;
use serde::{Deserialize, Serialize};
use symbolic::evaluate::Objective;
use symbolic::operators::Operator;
use symbolic::pareto::Finding;

/// Which search an event belongs to: what a stopped one still says is recognised and dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchId(pub u32);

/// The name of a column, and its unit or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// As it is written in laws.
    pub name: String,
    /// Such as `m/s^2`; empty where there is none.
    pub unit: String,
}

/// Named columns of numbers, all of one length.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// What the columns are.
    pub headings: Vec<Heading>,
    /// The columns.
    pub columns: Vec<Vec<f64>>,
}

/// A table that a searcher makes itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Example {
    /// m₁m₂/r² on 500 rows without noise.
    Newton,
    /// The period of pendulums of different lengths and masses on different planets, with an error of 1 %.
    Clock,
    /// Distances and years of the planets.
    Planets,
}

impl Example {
    /// Name and unit of each column, that of the usual target last.
    pub fn headings(self) -> Vec<Heading> {
        let columns: &[(&str, &str)] = match self {
            Example::Newton => &[("m1", "kg"), ("m2", "kg"), ("r", "m"), ("F", "kg^2/m^2")],
            Example::Clock => &[("m", "kg"), ("l", "m"), ("g", "m/s^2"), ("T", "s")],
            Example::Planets => &[("a", ""), ("T", "")],
        };
        columns.iter().map(|(name, unit)| Heading { name: (*name).into(), unit: (*unit).into() }).collect()
    }
}

/// Where the numbers come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Source {
    /// They are generated.
    Example(Example),
    /// The page has them.
    Sheet(Sheet),
    /// From the bytes of a file.
    File(Vec<u8>),
}

/// A search on one island.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Its name.
    pub id: SearchId,
    /// The number of the island; islands of different numbers search differently.
    pub island: u32,
    /// In these numbers.
    pub source: Source,
    /// The column to be explained.
    pub target: usize,
    /// The columns to explain it by.
    pub inputs: Vec<usize>,
    /// What a law may be written with.
    pub operators: Vec<Operator>,
    /// The unit of each column, where laws shall fit them.
    pub units: Option<Vec<String>>,
    /// What every random draw descends from.
    pub seed: Seed,
    /// The largest complexity.
    pub max_complexity: usize,
    /// What a law is judged by.
    pub objective: Objective,
    /// After so many seconds it holds.
    pub seconds: f64,
}

/// From the page to a searcher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SearchCommand {
    /// Say what is in this file.
    Read(Vec<u8>),
    /// Begin a search; whatever ran before is dropped.
    Begin(Box<Request>),
    /// Hold.
    Hold,
    /// Go on, for as many seconds again.
    GoOn,
    /// Laws from another island.
    Receive(Vec<u8>),
}

/// Why a search holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rest {
    /// It was asked to.
    Asked,
    /// Its seconds are over.
    TimeUp,
    /// A law is right to rounding.
    Exact,
}

/// A law of the front, printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LawText {
    /// Its complexity.
    pub complexity: usize,
    /// Its error over that of the best constant: the root of the mean square, or the mean relative error.
    pub error: f64,
    /// How fast the error falls where this law comes in.
    pub score: f64,
    /// The right-hand side as plain text.
    pub plain: String,
    /// The equation, as the inside of a `math` element.
    pub mathml: String,
    /// The equation for a paper.
    pub latex: String,
    /// A Rust expression.
    pub rust: String,
    /// A Python expression.
    pub python: String,
}

/// The best laws, simplest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrontText {
    /// Each with a lower error than all before it.
    pub laws: Vec<LawText>,
    /// The place of the one that is suggested.
    pub suggestion: usize,
    /// Whether there is a law worth more than a constant.
    pub finding: Finding,
}

/// How far an island is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// How often its members have been replaced, on average.
    pub generation: u64,
    /// Losses computed.
    pub evaluations: u64,
    /// Speed since it last began or went on.
    pub per_second: f64,
    /// Seconds searched.
    pub seconds: f64,
    /// The front, where it has changed.
    pub front: Option<FrontText>,
    /// Whether it holds now.
    pub rest: Option<Rest>,
}

/// From a searcher to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SearchEvent {
    /// Ready for the first command.
    Ready,
    /// What a file was understood as.
    Understood {
        /// Its columns of numbers.
        headings: Vec<Heading>,
        /// Its rows.
        rows: usize,
        /// The names of columns that hold words.
        words: Vec<String>,
    },
    /// A file that cannot be used, in a sentence.
    Unreadable(String),
    /// A search that cannot be carried out, in a sentence.
    Refused(SearchId, String),
    /// How far the island is.
    Progress(SearchId, Box<Progress>),
    /// Its best laws, for the other islands.
    Migrants(SearchId, Vec<u8>),
}
