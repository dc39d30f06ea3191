//! The numbers that formulas are looked for in, and which of their columns is what.

use crate::pages::formula::state::Formula;
use crate::session::state::Session;
use experiments::formula::FormulaSource;
use jobs::protocol::search::{Example, Heading, Sheet, Source};
use language::tr;
use models::field::model::ModelKind;

impl Formula {
    /// The numbers themselves, or a sentence about what is missing.
    pub(super) fn numbers(&self, session: &Session) -> Result<Source, &'static str> {
        match session.workbench.formula.source {
            source @ (FormulaSource::Energy | FormulaSource::Slopes) => {
                learned(session, source).map(Source::Sheet).ok_or(tr!(
                    "There is no learned energy yet: train the Hamiltonian network on a spring or a pendulum first."
                ))
            }
            FormulaSource::File => {
                let file = self.file.as_ref().map(|file| Source::File(file.bytes.to_vec()));
                file.ok_or(tr!("There is no table yet: drop, pick or paste one first."))
            }
            FormulaSource::Messages => {
                let table = session.messages.as_ref().map(|sheet| Source::Sheet(Sheet::clone(sheet)));
                table.ok_or(tr!("There are no messages yet: train a graph network first and press “Find the law in the messages” there."))
            }
            FormulaSource::Newton => Ok(Source::Example(Example::Newton)),
            FormulaSource::Clock => Ok(Source::Example(Example::Clock)),
            FormulaSource::Planets => Ok(Source::Example(Example::Planets)),
            FormulaSource::Slides => Ok(Source::Example(Example::Slides)),
        }
    }

    /// The columns that can be chosen from, with the units that hold now.
    pub fn headings(&self, session: &Session) -> Vec<Heading> {
        let mut headings = match session.workbench.formula.source {
            FormulaSource::Newton => Example::Newton.headings(),
            FormulaSource::Clock => Example::Clock.headings(),
            FormulaSource::Planets => Example::Planets.headings(),
            FormulaSource::Slides => Example::Slides.headings(),
            FormulaSource::Energy => named(&ENERGY),
            FormulaSource::Slopes => named(&SLOPES),
            FormulaSource::Messages => {
                session.messages.as_ref().map(|sheet| sheet.headings.clone()).unwrap_or_default()
            }
            FormulaSource::File => self.file.as_ref().map(|file| file.headings.clone()).unwrap_or_default(),
        };
        for (at, text) in &self.units {
            if let Some(heading) = headings.get_mut(*at) {
                heading.unit.clone_from(text);
            }
        }
        headings
    }

    /// The column to be explained.
    pub fn target(&self, session: &Session) -> usize {
        let last = self.headings(session).len().saturating_sub(1);
        let usual = (0..=last).rev().find(|at| !self.is_uncertainty(*at, session)).unwrap_or(last);
        self.target.map_or(usual, |target| target.min(last))
    }

    /// The column with the standard errors of the target, if there is one.
    pub fn errors(&self, session: &Session) -> Option<usize> {
        let target = self.target(session);
        let by_name = || self.uncertainties(session).iter().find(|(_, of)| *of == Some(target)).map(|(at, _)| *at);
        let errors = self.errors.unwrap_or_else(by_name);
        errors.filter(|at| *at != target && *at < self.headings(session).len())
    }

    fn uncertainties(&self, session: &Session) -> &[(usize, Option<usize>)] {
        let file = self.file.as_ref().filter(|_| session.workbench.formula.source == FormulaSource::File);
        file.map_or(&[], |file| &file.uncertainties)
    }

    fn is_uncertainty(&self, column: usize, session: &Session) -> bool {
        self.uncertainties(session).iter().any(|(at, _)| *at == column)
    }

    /// Whether the target is explained by this column.
    pub fn uses(&self, column: usize, session: &Session) -> bool {
        // One slope does not explain the other, and an uncertainty nothing.
        let usually = match session.workbench.formula.source {
            FormulaSource::Slopes => column < 2,
            _ => !self.is_uncertainty(column, session),
        };
        usually != self.turned.contains(&column)
    }
}

/// The learned energy or its slopes, over the part of phase space that was learned from.
pub fn learned(session: &Session, source: FormulaSource) -> Option<Sheet> {
    let snapshot = session.models.get(&ModelKind::Hnn)?.snapshot.as_ref()?;
    let seen = &session.scene.task.dataset.train.states;
    let (names, columns) = match source {
        FormulaSource::Slopes => (&SLOPES[..], snapshot.slope_columns(&session.workbench.field, seen).to_vec()),
        _ => (&ENERGY[..], snapshot.energy_columns(&session.workbench.field, seen).to_vec()),
    };
    (!columns[0].is_empty()).then(|| Sheet { headings: named(names), columns })
}

const ENERGY: [&str; 3] = ["q", "p", "H"];
const SLOPES: [&str; 4] = ["q", "p", "dHdq", "dHdp"];

fn named(names: &[&str]) -> Vec<Heading> {
    names.iter().map(|name| Heading { name: (*name).into(), unit: String::new() }).collect()
}
