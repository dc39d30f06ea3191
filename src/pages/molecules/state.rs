//! The page of molecules. What moves belongs to its component, and begins again when the page is opened.

use crate::session::action::Effect;
use crate::session::page::PageState;
use crate::session::state::Session;
use std::convert::Infallible;

/// The state of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Molecules;

impl PageState for Molecules {
    type Action = Infallible;

    fn reduce(&mut self, action: Infallible, _session: &mut Session) -> Vec<Effect> {
        match action {}
    }
}
