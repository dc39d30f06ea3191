//! The page of formulas: in which numbers, for which column, and what has been found. Part of the reducer.
//!
//! Everything heavy is done by the workers behind [`Islands`]: files are read there and laws printed there.

use crate::pages::formula::islands::Islands;
use crate::shell::action::Effect;
use crate::shell::state::State;
use experiments::fields::{Field, Kind, words};
use experiments::link;
use experiments::view::{FormulaSource, Page, operators};
use jobs::job::message::{Pace, Report};
use jobs::pool::{News, Wish};
use jobs::protocol::search::{Contents, Heading, LawText, ReadTable, Request, Search};
use numerics::seed::Seed;
use physics::system::System;
use std::rc::Rc;
use symbolic::evaluate::Objective;

/// What a visitor or a worker did about formulas.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// These numbers were chosen, by their key in links.
    Source(String),
    /// This column is to be explained.
    Target(usize),
    /// This column is used, or is not.
    Input(usize),
    /// This column has this unit.
    Unit(usize, String),
    /// Search.
    Search,
    /// Hold, or go on.
    Pause,
    /// End the search.
    Stop,
    /// Look at the law of this complexity.
    Pick(usize),
    /// Copy it in this notation.
    Copy(Notation),
    /// It is on the clipboard, or could not be put there.
    Copied(bool),
    /// Try again after the workers of the search failed.
    Again,
    /// Read a table again that could not be read, since its worker failed.
    ReadAgain,
    /// The pool of the search tells something.
    News(News<Search>),
    /// The pool of the reader tells something.
    TableNews(News<ReadTable>),
}

/// In what a law can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Plain text.
    Plain,
    /// LaTeX.
    Latex,
    /// A Rust expression.
    Rust,
    /// A Python expression.
    Python,
}

/// A visitor's table.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Its name.
    pub name: String,
    pub(crate) bytes: Rc<[u8]>,
    /// Its columns of numbers.
    pub headings: Vec<Heading>,
    /// Its rows.
    pub rows: usize,
    /// Columns that hold words, and are passed over.
    pub words: Vec<String>,
}

/// What the page of formulas shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Formula {
    /// The search.
    pub islands: Islands,
    /// A visitor's table.
    pub file: Option<Rc<Opened>>,
    /// One that is being read: its name, its bytes.
    reading: Option<(String, Rc<[u8]>)>,
    /// One that could not be read, since the worker failed.
    unread: Option<(String, Rc<[u8]>)>,
    /// The column to be explained; the last where nothing is said.
    pub(crate) target: Option<usize>,
    /// Columns that are used although they usually are not, or the other way round.
    pub(crate) turned: Vec<usize>,
    /// Units that the visitor has written.
    pub(crate) units: Vec<(usize, String)>,
    /// The complexity of the law that is looked at, where it is not the suggested one.
    picked: Option<usize>,
    /// Whether the law is on the clipboard.
    pub copied: Option<bool>,
}

/// Fields of the link that this page sets itself.
const SOURCE: &str = "formula";
const OPERATORS: &str = "operators";

impl State {
    /// Reduces what was done about formulas.
    pub(crate) fn search(&mut self, deed: Deed) -> Vec<Effect> {
        let formula = &mut self.formula;
        let wish = match deed {
            Deed::Source(key) => return self.choose_source(&key),
            Deed::Target(at) => {
                formula.target = Some(at);
                None
            }
            Deed::Input(at) => {
                match formula.turned.iter().position(|turned| *turned == at) {
                    Some(place) => drop(formula.turned.remove(place)),
                    None => formula.turned.push(at),
                }
                None
            }
            Deed::Unit(at, text) => {
                formula.units.retain(|(column, _)| *column != at);
                formula.units.push((at, text));
                None
            }
            Deed::Search => return self.begin_search(),
            Deed::Pause if formula.islands.busy() => formula.islands.hold(),
            Deed::Pause => formula.islands.go_on(),
            Deed::Stop => Some(formula.islands.stop()),
            Deed::Again => formula.islands.retry(),
            Deed::ReadAgain => {
                return formula.unread.take().map_or(vec![], |(name, bytes)| self.open_table(name, bytes));
            }
            Deed::Pick(complexity) => {
                (formula.picked, formula.copied) = (Some(complexity), None);
                None
            }
            Deed::Copy(notation) => {
                let text = formula.law().map(|law| match notation {
                    Notation::Plain => law.plain.clone(),
                    Notation::Latex => law.latex.clone(),
                    Notation::Rust => law.rust.clone(),
                    Notation::Python => law.python.clone(),
                });
                return text.map(Effect::CopyLaw).into_iter().collect();
            }
            Deed::Copied(done) => {
                formula.copied = Some(done);
                None
            }
            Deed::TableNews(news) => return self.hear_reader(news),
            Deed::News(news) => {
                let (wish, sentence) = formula.islands.hear(news);
                self.remarks.extend(sentence);
                wish
            }
        };
        wish.map(Effect::Search).into_iter().collect()
    }

    /// A table was brought: a worker reads it. What was open stays until that has gone well.
    pub(crate) fn open_table(&mut self, name: String, bytes: Rc<[u8]>) -> Vec<Effect> {
        let spec = Box::new(bytes.to_vec());
        (self.formula.reading, self.formula.unread) = (Some((name, bytes)), None);
        vec![Effect::Table(Wish::Start(spec, Pace::Run))]
    }

    fn hear_reader(&mut self, news: News<ReadTable>) -> Vec<Effect> {
        let done = matches!(news, News::Said(_, Report::Snapshot(_)) | News::Refused(_) | News::Failed(_));
        let Some((name, bytes)) = self.formula.reading.take_if(|_| done) else { return vec![] };
        match news {
            News::Said(_, Report::Snapshot(contents)) => {
                let Contents { headings, rows, words } = *contents;
                self.remarks.clear();
                self.formula.file = Some(Rc::new(Opened { name, bytes, headings, rows, words }));
                let mut done = vec![Effect::Table(Wish::Release)];
                done.extend(self.formula.forget());
                done.extend(self.set_formula(SOURCE, "file"));
                return done;
            }
            News::Failed(sentence) => {
                self.remarks = vec![format!("{name}: {sentence}")];
                self.formula.unread = Some((name, bytes));
            }
            News::Refused(sentence) => self.remarks = vec![format!("{name}: {sentence} Nothing was changed.")],
            _ => {}
        }
        vec![Effect::Table(Wish::Release)]
    }

    fn choose_source(&mut self, key: &str) -> Vec<Effect> {
        let before = self.experiment.view.formula.source;
        let done = self.set_formula(SOURCE, key);
        let source = self.experiment.view.formula.source;
        if source == before {
            return done;
        }
        let mut forgotten = self.formula.forget();
        forgotten.extend(match suggested(source, &self.experiment.system) {
            Some(operators) => self.set_formula(OPERATORS, &operators),
            None => done,
        });
        forgotten
    }

    /// The messages of a graph network are there: they are looked at with what suits them.
    pub(crate) fn choose_messages(&mut self) -> Vec<Effect> {
        let mut forgotten = self.formula.forget();
        self.take += 1;
        if let Some(operators) = suggested(FormulaSource::Messages, &self.experiment.system) {
            forgotten.extend(self.set_formula(OPERATORS, &operators));
        }
        forgotten
    }

    /// Sets a field of the page of formulas. Nothing else is touched by it.
    pub(crate) fn set_formula(&mut self, key: &'static str, text: &str) -> Vec<Effect> {
        if let Err(remark) = link::set(&mut self.experiment, key, text) {
            self.remarks = vec![format!("{remark} Nothing was changed.")];
            return vec![];
        }
        self.copied = None;
        vec![Effect::Address(link::encode(&self.experiment))]
    }

    fn begin_search(&mut self) -> Vec<Effect> {
        self.remarks.clear();
        let view = self.experiment.view.formula;
        let (headings, target) = (self.headings(), self.target());
        let source = match self.numbers() {
            Ok(source) => source,
            Err(sentence) => {
                self.remarks = vec![sentence.into()];
                return vec![];
            }
        };
        let inputs = (0..headings.len()).filter(|at| *at != target && self.uses(*at)).collect();
        let formula = &mut self.formula;
        let request = Request {
            island: 0,
            source,
            target,
            inputs,
            operators: operators(view.operators).collect(),
            units: view.units.then(|| headings.iter().map(|heading| heading.unit.clone()).collect()),
            seed: Seed(view.seed),
            max_complexity: view.complexity,
            // A few messages, of bodies that nearly meet, shall not decide.
            objective: match view.source {
                FormulaSource::Messages => Objective::MeanRelative,
                _ => Objective::MeanSquared,
            },
            seconds: f64::from(view.seconds),
        };
        (formula.picked, formula.copied) = (None, None);
        vec![Effect::Search(formula.islands.begin(request))]
    }

    /// Whether files are tables to find formulas in.
    pub(crate) fn takes_tables(&self) -> bool {
        self.experiment.view.page == Page::Formula
    }
}

impl Formula {
    /// The law that is looked at: the visitor's choice, or what is suggested.
    pub fn law(&self) -> Option<&LawText> {
        let front = self.islands.front.as_ref()?;
        let picked = front.laws.iter().find(|law| Some(law.complexity) == self.picked);
        picked.or_else(|| front.laws.get(front.suggestion))
    }

    /// Whether a file is being read.
    pub fn reads(&self) -> bool {
        self.reading.is_some()
    }

    /// Whether a table waits for another try to read it.
    pub fn is_unread(&self) -> bool {
        self.unread.is_some()
    }

    /// Other numbers are there: their columns are others, and laws of the ones before are none of theirs.
    fn forget(&mut self) -> Vec<Effect> {
        (self.target, self.turned, self.units, self.picked) = (None, vec![], vec![], None);
        self.islands.forget().map(Effect::Search).into_iter().collect()
    }
}

/// The operators that suit a source, as a link has them; `None` where nothing is known about it.
fn suggested(source: FormulaSource, system: &System) -> Option<String> {
    let bits = source.operators(system)?;
    match &Field::named(OPERATORS)?.kind {
        Kind::Words { options, .. } => Some(words(options, bits)),
        _ => None,
    }
}
