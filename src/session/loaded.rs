//! A file that a visitor brought: what a worker understood of it, and what the visitor decided. Pure: nothing is read here.

use data::Options;
use data::columns::Role;
use data::dropped::Outliers;
use data::options::lines;
use data::preview::Question;
use jobs::protocol::content::Content;
use jobs::protocol::recording::{FileSeen, ReadingSpec, Understood};
use language::tr;
use std::rc::Rc;

/// A file that is being read for the first time.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: Content,
    /// Why the worker could not read it, if it failed.
    pub failure: Option<String>,
}

/// A file with what was understood of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// Its name.
    pub name: String,
    content: Content,
    /// What the visitor decided.
    pub options: Options,
    /// As it was last read.
    pub seen: Rc<FileSeen>,
    /// Guesses that mattered, also those that the visitor has answered since.
    pub asked: Vec<Question>,
    /// Whether the worker has this file open.
    pub served: bool,
    /// Why the worker could not read it again, if it failed.
    pub failure: Option<String>,
    /// Whether it is put aside, since it was learned from.
    pub folded: bool,
    /// Whether the page has yet to turn to it: it was asked for elsewhere on the page.
    pub unseen: bool,
}

/// A visitor's change to how a file is understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// This column has this role.
    Role(usize, Role),
    /// This column has this unit; an empty one is that of the file.
    Unit(usize, String),
    /// These lines are left out, as the visitor writes them.
    LeftOut(String),
    /// What becomes of outliers.
    Outliers(Outliers),
}

impl Brought {
    /// A file under its name.
    pub fn new(name: String, content: Rc<[u8]>) -> Self {
        Self { name, content: Content(content), failure: None }
    }

    /// What a worker has to do about it.
    pub fn spec(&self) -> ReadingSpec {
        ReadingSpec {
            content: self.content.clone(),
            options: Options { name: self.name.clone(), ..Options::default() },
        }
    }

    /// The same once it was read.
    pub fn read(self, seen: FileSeen) -> Loaded {
        let asked = questions(&seen).to_vec();
        let options = seen.options.clone();
        let Self { name, content, .. } = self;
        Loaded {
            name,
            content,
            options,
            seen: Rc::new(seen),
            asked,
            served: true,
            failure: None,
            folded: false,
            unseen: true,
        }
    }
}

impl Loaded {
    /// What a worker that does not have it open has to do about it.
    pub fn spec(&self) -> ReadingSpec {
        ReadingSpec { content: self.content.clone(), options: self.options.clone() }
    }

    /// Its content.
    pub fn content(&self) -> Rc<[u8]> {
        self.content.0.clone()
    }

    /// Whether it is being read under other decisions.
    pub fn waits(&self) -> bool {
        self.seen.options != self.options && self.failure.is_none()
    }

    /// The recording in it, if there is one.
    pub fn understood(&self) -> Option<&Understood> {
        self.seen.understood.as_ref().ok()
    }

    /// The role of a column: the one that was found, or the visitor's choice where nothing was understood.
    pub fn role(&self, column: usize) -> Role {
        let found = self.seen.columns.get(column).map_or(Role::Unused, |column| column.role);
        match self.understood() {
            Some(_) => found,
            None => self.options.choice.role_of(column).unwrap_or(found),
        }
    }

    /// Changes a decision; all others stay.
    ///
    /// Fails with a sentence where the change is none.
    pub fn correct(&mut self, correction: Correction) -> Result<(), String> {
        match correction {
            Correction::Role(column, wanted) => {
                let now = self.role(column);
                self.options.choice.assign(column, now, wanted);
            }
            Correction::Unit(column, unit) => self.options.set_unit(column, &unit),
            Correction::LeftOut(text) => {
                self.options.left_out = lines(&text).map_err(|piece| {
                    tr!("“{}” names no lines; write their numbers, such as 1-20, 118. Nothing was changed.", piece)
                })?;
            }
            Correction::Outliers(outliers) => self.options.outliers = outliers,
        }
        Ok(())
    }

    /// Takes up what the worker made of it.
    pub fn take(&mut self, seen: FileSeen) {
        (self.served, self.failure) = (true, None);
        if seen.understood.is_ok() {
            let answered = |question: &Question| {
                let (_, unit) = self.options.units.iter().find(|(column, _)| *column == question.column)?;
                Some(Question { taken: Some(unit.clone()), ..question.clone() })
            };
            let mut asked: Vec<Question> = self.asked.iter().filter_map(answered).collect();
            let fresh = questions(&seen).iter().filter(|new| asked.iter().all(|old| old.column != new.column));
            let fresh: Vec<Question> = fresh.cloned().collect();
            asked.extend(fresh);
            self.asked = asked;
        }
        self.seen = Rc::new(seen);
    }
}

fn questions(seen: &FileSeen) -> &[Question] {
    seen.understood.as_ref().map_or(&[], |understood| &understood.questions)
}
