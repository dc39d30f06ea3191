//! What a page brings: its state, its actions, its reducer.

use crate::session::action::{Effect, Notice};
use crate::session::outcome::Outcome;
use crate::session::state::Session;
use language::tr;
use std::fmt::Debug;
use std::ops::Deref;
use std::rc::Rc;

/// The chapters of the deck, in its order. Each page belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chapter {
    /// Equations of motion and how they are stepped.
    Mechanics,
    /// Networks that learn an energy, beside those that do not.
    Energy,
    /// Networks of bodies that act on one another.
    Graphs,
    /// Formulas.
    Laws,
}

impl Chapter {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Mechanics, Self::Energy, Self::Graphs, Self::Laws];

    /// Its name in the header.
    pub fn label(self) -> &'static str {
        match self {
            Self::Mechanics => tr!("Mechanics"),
            Self::Energy => tr!("Energy"),
            Self::Graphs => tr!("Graphs"),
            Self::Laws => tr!("Laws"),
        }
    }
}

/// The state of a page. It is kept while other pages are open; its component is given it as a [`Seen`].
pub trait PageState: Clone + Debug + Default + PartialEq + 'static {
    /// What a visitor does on this page that changes its own state.
    type Action: Clone + Debug + PartialEq;

    /// Whether the page is about the experiment that presets choose.
    const ABOUT_PRESETS: bool = false;

    /// Under which chapter the page is found.
    const CHAPTER: Chapter;

    /// What happens on the page, in one plain sentence.
    const LEAD: &'static str;

    /// Changes, and returns what is to be done about it.
    fn reduce(&mut self, action: Self::Action, session: &mut Session) -> Vec<Effect>;

    /// Takes up what all pages are told.
    fn hear(&mut self, _notice: &Notice, _session: &mut Session) -> Vec<Effect> {
        vec![]
    }

    /// Puts what other pages may know of it where they find it. Called after every change.
    fn publish(&self, _session: &mut Session) {}

    /// What came of what it does; nothing where it does nothing that ends.
    fn outcome(&self, _session: &Session) -> Outcome {
        Outcome::default()
    }

    /// A file was brought while this page was open: its name and content. `None` leaves it to the session.
    fn load(&mut self, _name: &str, _bytes: &Rc<[u8]>) -> Option<Vec<Effect>> {
        None
    }
}

/// What a page shows: what all pages share, and its own state.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen<P> {
    /// What all pages share.
    pub session: Rc<Session>,
    /// What is the page's own.
    pub own: Rc<P>,
}

impl<P> Deref for Seen<P> {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}
