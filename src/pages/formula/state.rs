//! The page of formulas: in which numbers, for which column, and what has been found; its actions and its reducer.
//!
//! Everything heavy is done by the workers behind [`Islands`]: files are read there and laws printed there.

use crate::pages::formula::islands::{Islands, Phase, Rest};
use crate::session::action::{Effect, Notice};
use crate::session::file_run::{self, FileRun};
use crate::session::outcome::Outcome;
use crate::session::page::{Chapter, PageState};
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::state::Session;
use experiments::fields::{Field, Kind, words};
use experiments::formula::FormulaSource;
use experiments::formula::operators;
use experiments::page::Page;
use jobs::pool::{News, Wish};
use jobs::protocol::search::{Contents, Heading, LawText, ReadTable, Request, Tables};
use language::text;
use numerics::seed::Seed;
use physics::system::System;
use std::rc::Rc;
use symbolic::evaluate::Objective;

/// What a visitor does on this page.
#[derive(Clone, Debug, PartialEq)]
pub enum FormulaAction {
    /// These numbers were chosen, by their key in links.
    Source(String),
    /// This column is to be explained.
    Target(usize),
    /// This column is used, or is not.
    Input(usize),
    /// This column has the standard errors of the target; with no column, none has.
    Errors(Option<usize>),
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
    /// Run the world of the graph networks under it.
    Obey,
    /// Try again after the workers of the search failed.
    Again,
    /// Read a table again that could not be read, since its worker failed.
    ReadAgain,
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
    /// A SymPy expression.
    Sympy,
    /// A spreadsheet's formula.
    Spreadsheet,
}

/// A visitor's table.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Its name.
    pub name: String,
    pub(super) bytes: Rc<[u8]>,
    /// Its columns of numbers.
    pub headings: Vec<Heading>,
    /// Its rows.
    pub rows: usize,
    /// What was passed over, each a sentence.
    pub remarks: Vec<String>,
    /// Columns that are uncertainties by their names, each with the column that it belongs to, where that is known.
    pub(super) uncertainties: Vec<(usize, Option<usize>)>,
}

/// What the page of formulas shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Formula {
    /// The search.
    pub islands: Islands,
    /// A visitor's table.
    pub file: Option<Rc<Opened>>,
    /// One that is being read.
    pub reading: FileRun<Tables>,
    /// The column to be explained; the last where nothing is said.
    pub(super) target: Option<usize>,
    /// The column with the standard errors of the target, or that there is none; what names say where nothing was chosen.
    pub(super) errors: Option<Option<usize>>,
    /// Columns that are used although they usually are not, or the other way round.
    pub(super) turned: Vec<usize>,
    /// Units that the visitor has written.
    pub(super) units: Vec<(usize, String)>,
    /// The complexity of the law that is looked at, where it is not the suggested one.
    picked: Option<usize>,
    /// The numbers that all of this is about.
    of: Option<FormulaSource>,
    /// Whether the law is on the clipboard.
    pub copied: Option<bool>,
}

/// Fields of the link that this page sets itself.
const SOURCE: &str = "formula";
const OPERATORS: &str = "operators";

impl PageState for Formula {
    type Action = FormulaAction;

    const CHAPTER: Chapter = Chapter::Laws;

    const LEAD: &'static str = text!("Give the computer a table of numbers, and it looks for the formula behind them.");

    fn reduce(&mut self, action: FormulaAction, session: &mut Session) -> Vec<Effect> {
        self.of = Some(session.workbench.formula.source);
        let wish = match action {
            FormulaAction::Source(key) => return self.choose_source(&key, session),
            FormulaAction::Target(at) => {
                self.target = Some(at);
                None
            }
            FormulaAction::Input(at) => {
                match self.turned.iter().position(|turned| *turned == at) {
                    Some(place) => drop(self.turned.remove(place)),
                    None => self.turned.push(at),
                }
                None
            }
            FormulaAction::Errors(at) => {
                self.errors = Some(at);
                None
            }
            FormulaAction::Unit(at, text) => {
                self.units.retain(|(column, _)| *column != at);
                self.units.push((at, text));
                None
            }
            FormulaAction::Search => return self.begin_search(session),
            FormulaAction::Pause if self.islands.busy() => self.islands.hold(),
            FormulaAction::Pause => self.islands.go_on(),
            FormulaAction::Stop => Some(self.islands.stop()),
            FormulaAction::Again => self.islands.retry(),
            FormulaAction::ReadAgain => {
                return self.reading.again().map(PoolWish::Table).map(Effect::Pool).into_iter().collect();
            }
            FormulaAction::Pick(complexity) => {
                (self.picked, self.copied) = (Some(complexity), None);
                None
            }
            FormulaAction::Copy(notation) => {
                let text = self.law().map(|law| match notation {
                    Notation::Plain => law.plain.clone(),
                    Notation::Latex => law.latex.clone(),
                    Notation::Rust => law.rust.clone(),
                    Notation::Python => law.python.clone(),
                    Notation::Sympy => law.sympy.clone(),
                    Notation::Spreadsheet => law.spreadsheet.clone(),
                });
                return text.map(Effect::CopyText).into_iter().collect();
            }
            FormulaAction::Obey => {
                let law = self.law().map(|law| Effect::Tell(Notice::Law(law.exact.clone())));
                return law.into_iter().collect();
            }
        };
        wish.map(PoolWish::Search).map(Effect::Pool).into_iter().collect()
    }

    fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
        match notice {
            Notice::TextCopied(done) => {
                self.copied = Some(*done);
                vec![]
            }
            Notice::Table(name, bytes) => self.load(name, bytes).unwrap_or_default(),
            Notice::Learned => {
                let mut effects = self.choose_source("energy", session);
                effects.extend(self.begin_search(session));
                effects
            }
            Notice::Messages => self.take_messages(session),
            Notice::Opened(Page::Formula) => self.turn(session),
            Notice::Set("page") if session.workbench.page == Page::Formula => self.turn(session),
            Notice::Pool(PoolNews::Table(news)) => self.hear_reader(news.clone(), session),
            Notice::Pool(PoolNews::Search(news)) => {
                let (wish, sentence) = self.islands.hear(news.clone());
                session.remarks.extend(sentence);
                wish.map(PoolWish::Search).map(Effect::Pool).into_iter().collect()
            }
            _ => vec![],
        }
    }

    fn outcome(&self, _session: &Session) -> Outcome {
        let law = self.law();
        let mut outcome = Outcome {
            finished: matches!(self.islands.phase, Phase::Resting(Rest::Exact | Rest::TimeUp)),
            law: law.map(|law| law.plain.clone()),
            ..Outcome::default()
        };
        outcome.add("law-error", law.map(|law| law.error));
        outcome.add("law-complexity", law.map(|law| law.complexity as f64));
        outcome
    }

    fn load(&mut self, name: &str, bytes: &Rc<[u8]>) -> Option<Vec<Effect>> {
        let wish = self.reading.read(name.to_owned(), bytes.clone());
        Some(vec![Effect::Pool(PoolWish::Table(wish))])
    }
}

impl Formula {
    /// What was open stays until a table has been read.
    fn hear_reader(&mut self, news: News<ReadTable>, session: &mut Session) -> Vec<Effect> {
        let Some(ended) = self.reading.take_up(news) else { return vec![] };
        let mut done = vec![];
        if !self.reading.is_unread() {
            done.push(Effect::Pool(PoolWish::Table(Wish::Release)));
        }
        match ended {
            Ok(file_run::Contents { name, bytes, contents: Contents { headings, rows, remarks, uncertainties } }) => {
                session.remarks.clear();
                self.file = Some(Rc::new(Opened { name, bytes, headings, rows, remarks, uncertainties }));
                done.extend(self.forget());
                self.of = Some(FormulaSource::File);
                if session.workbench.formula.source != FormulaSource::File
                    && let Some(operators) = suggested(FormulaSource::File, &session.workbench.field.system)
                {
                    done.extend(session.set_aside(OPERATORS, &operators));
                }
                done.extend(session.set_aside(SOURCE, "file"));
            }
            Err(sentence) => session.remarks = vec![sentence],
        }
        done
    }

    fn choose_source(&mut self, key: &str, session: &mut Session) -> Vec<Effect> {
        let before = session.workbench.formula.source;
        let done = session.set_aside(SOURCE, key);
        let source = session.workbench.formula.source;
        if source == before {
            return done;
        }
        let mut forgotten = self.forget();
        self.of = Some(source);
        forgotten.extend(match suggested(source, &session.workbench.field.system) {
            Some(operators) => session.set_aside(OPERATORS, &operators),
            None => done,
        });
        forgotten
    }

    /// The page is looked at again, perhaps with other numbers.
    fn turn(&mut self, session: &Session) -> Vec<Effect> {
        let source = session.workbench.formula.source;
        let other = self.of.replace(source).is_some_and(|of| of != source);
        if other { self.forget() } else { vec![] }
    }

    /// The messages of a graph network are there: they are looked at with what suits them.
    fn take_messages(&mut self, session: &mut Session) -> Vec<Effect> {
        let mut forgotten = self.forget();
        self.of = Some(FormulaSource::Messages);
        if let Some(operators) = suggested(FormulaSource::Messages, &session.workbench.field.system) {
            forgotten.extend(session.set_aside(OPERATORS, &operators));
        }
        forgotten
    }

    fn begin_search(&mut self, session: &mut Session) -> Vec<Effect> {
        session.remarks.clear();
        let view = session.workbench.formula;
        let (headings, target) = (self.headings(session), self.target(session));
        let source = match self.numbers(session) {
            Ok(source) => source,
            Err(sentence) => {
                session.remarks = vec![sentence.into()];
                return vec![];
            }
        };
        let errors = self.errors(session);
        let usable = |at: &usize| *at != target && Some(*at) != errors && self.uses(*at, session);
        let inputs = (0..headings.len()).filter(usable).collect();
        let request = Request {
            island: 0,
            source,
            target,
            inputs,
            operators: operators(view.operators).collect(),
            errors,
            units: headings.iter().map(|heading| heading.unit.clone()).collect(),
            fit_units: view.units,
            seed: Seed(view.seed),
            max_complexity: view.complexity,
            objective: match (view.source, view.robust) {
                // A few messages, of bodies that nearly meet, shall not decide.
                (FormulaSource::Messages, _) => Objective::MeanRelative,
                (_, true) => Objective::MeanAbsolute,
                (_, false) => Objective::MeanSquared,
            },
            seconds: f64::from(view.seconds),
        };
        (self.picked, self.copied) = (None, None);
        vec![Effect::Pool(PoolWish::Search(self.islands.begin(request)))]
    }

    /// The law that is looked at: the visitor's choice, or what is suggested.
    pub fn law(&self) -> Option<&LawText> {
        let front = self.islands.front.as_ref()?;
        let picked = front.laws.iter().find(|law| Some(law.complexity) == self.picked);
        picked.or_else(|| front.laws.get(front.suggestion))
    }

    /// Other numbers are there: their columns are others, and laws of the ones before are none of theirs.
    fn forget(&mut self) -> Vec<Effect> {
        (self.target, self.errors, self.turned, self.units, self.picked) = (None, None, vec![], vec![], None);
        self.islands.forget().map(PoolWish::Search).map(Effect::Pool).into_iter().collect()
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
