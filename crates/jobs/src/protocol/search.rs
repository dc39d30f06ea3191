//! The search for formulas and the reading of tables as jobs: what page and workers exchange about them.
//!
//! Each part of a search is an island. Workers read tables and print laws, so that the page need not: laws arrive as text, and
//! migrants pass through the page as bytes that only workers read.

use crate::job::{EngineKind, Job};
use crate::protocol::reading::{FileKind, ReadFile};
use language::{text, tr};
use numerics::seed::Seed;
use serde::{Deserialize, Serialize};
use symbolic::evaluate::Objective;
use symbolic::operators::Operator;
use symbolic::pareto::Finding;
use symbolic::tree::Node;

/// The search for a formula, an island in each part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search;

/// A file read as a table, to learn its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tables;

/// Reading a visitor's table.
pub type ReadTable = ReadFile<Tables>;

/// Most islands: more would only exchange messages.
const MOST_ISLANDS: usize = 4;

impl Job for Search {
    type Spec = Request;
    /// Laws of another island.
    type Question = Migrants;
    type Progress = Progress;
    type Record = ();
    /// Laws for the other islands.
    type Snapshot = Migrants;

    const ROLE: &'static str = "search";
    const FILE: &'static str = "symbolic-regression";
    const REMEDY: &'static str = text!("search in fewer rows");

    fn parts(spec: &Request, _engine: EngineKind, cores: usize) -> Vec<Request> {
        (0..cores.clamp(1, MOST_ISLANDS)).map(|island| Request { island: island as u32, ..spec.clone() }).collect()
    }

    fn patience(_spec: &Request) -> f64 {
        30_000.0
    }

    fn name(spec: &Request, _engine: EngineKind) -> String {
        tr!("Island {number}", number = spec.island + 1)
    }

    fn mark(step: u64) -> String {
        tr!("{n} evaluations" | "{n} evaluations" % step)
    }

    fn vary(spec: &mut Request, parts: usize) {
        // A number of its own: with the same random numbers the island would come to the same end.
        spec.island += parts as u32;
    }
}

/// Laws on their way between islands, as bytes that only workers read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migrants(pub Vec<u8>);

/// What a table was understood as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// Its columns of numbers.
    pub headings: Vec<Heading>,
    /// Its rows.
    pub rows: usize,
    /// What was passed over, each a sentence.
    pub remarks: Vec<String>,
    /// Columns that are uncertainties by their names, each with the column that it belongs to, where that is known.
    pub uncertainties: Vec<(usize, Option<usize>)>,
}

impl FileKind for Tables {
    type Contents = Contents;

    const ROLE: &'static str = "table";
}

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

/// A table that the symbolic regression worker makes itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Example {
    /// m₁m₂/r² on 500 rows without noise.
    Newton,
    /// The period of pendulums of different lengths and masses on different planets, with an error of 1 %.
    Clock,
    /// Distances and years of the planets.
    Planets,
    /// The deck's example, x₁x₂ + 2.5x₃² + (x₄ + 5)/(0.8x₅ − x₁), on 300 rows without noise.
    Slides,
}

impl Example {
    /// Name and unit of each column, that of the usual target last.
    pub fn headings(self) -> Vec<Heading> {
        let columns: &[(&str, &str)] = match self {
            Example::Newton => &[("m1", "kg"), ("m2", "kg"), ("r", "m"), ("F", "kg^2/m^2")],
            Example::Clock => &[("m", "kg"), ("l", "m"), ("g", "m/s^2"), ("T", "s")],
            Example::Planets => &[("a", ""), ("T", "")],
            Example::Slides => &[("x1", ""), ("x2", ""), ("x3", ""), ("x4", ""), ("x5", ""), ("f", "")],
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
    /// The column with the standard errors of the target, if there is one: errors are counted in units of them.
    pub errors: Option<usize>,
    /// The unit of each column, empty where there is none.
    pub units: Vec<String>,
    /// Whether laws shall fit them.
    pub fit_units: bool,
    /// What every random draw descends from.
    pub seed: Seed,
    /// The largest complexity.
    pub max_complexity: usize,
    /// What a law is judged by.
    pub objective: Objective,
    /// After so many seconds it holds.
    pub seconds: f64,
}

/// A law of the front, printed. Every notation has the same constants.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LawText {
    /// Its complexity.
    pub complexity: usize,
    /// Its error over that of the best constant: the root of the mean square, or the mean size.
    pub error: f64,
    /// The same on rows that its constants were not fitted to; infinite where it has no value on one of them.
    pub held_out: f64,
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
    /// Plain text with every digit of every constant.
    pub exact: String,
    /// A Python expression of numpy's functions.
    pub python: String,
    /// A SymPy expression.
    pub sympy: String,
    /// A spreadsheet's formula; the columns that a law may use stand in A, B, ….
    pub spreadsheet: String,
    /// What its form is known as, in a sentence.
    pub known: Option<String>,
    /// The units of its constants, in a sentence.
    pub units: Option<String>,
    /// Its value on each row of the sample.
    pub values: Vec<f64>,
    /// Where only one column matters to it, the place of that column in the sample, and the law along it.
    pub curve: Option<(usize, Vec<(f64, f64)>)>,
    /// As a tree, the root first.
    pub tree: Vec<Node>,
}

/// Some rows of the table that is searched, to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// The names of the columns that a law may use.
    pub names: Vec<String>,
    /// Those columns.
    pub columns: Vec<Vec<f64>>,
    /// The name of the column to be explained.
    pub target_name: String,
    /// That column.
    pub target: Vec<f64>,
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
    /// Remarks on the suggested law, each a sentence.
    pub remarks: Vec<String>,
    /// Rows to draw laws with.
    pub sample: Sample,
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
}
