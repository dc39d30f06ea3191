//! What a page brings: its state, its actions, its reducer.

use crate::session::action::{Effect, Notice};
use crate::session::state::Session;
use std::fmt::Debug;
use std::ops::Deref;
use std::rc::Rc;

/// The state of a page. It is kept while other pages are open; its component is given it as a [`Seen`].
pub trait PageState: Clone + Debug + Default + PartialEq + 'static {
    /// What a visitor does on this page that changes its own state.
    type Action: Clone + Debug + PartialEq;

    /// Whether the page is about the experiment that presets choose.
    const ABOUT_PRESETS: bool = false;

    /// Changes, and returns what is to be done about it.
    fn reduce(&mut self, action: Self::Action, session: &mut Session) -> Vec<Effect>;

    /// Takes up what all pages are told.
    fn hear(&mut self, _notice: &Notice, _session: &mut Session) -> Vec<Effect> {
        vec![]
    }

    /// Puts what other pages may know of it where they find it. Called after every change.
    fn publish(&self, _session: &mut Session) {}

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
