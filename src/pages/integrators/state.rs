//! The page of integrators. Which error it shows is up to its component: nothing of it is kept.

use crate::session::action::Effect;
use crate::session::page::{Chapter, PageState};
use crate::session::state::Session;
use std::convert::Infallible;

/// The state of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Integrators;

impl PageState for Integrators {
    type Action = Infallible;

    const ABOUT_PRESETS: bool = true;

    const CHAPTER: Chapter = Chapter::Mechanics;

    const LEAD: &'static str = language::text!(
        "A computer moves things in small steps of time; see which ways of stepping keep the energy and which lose it."
    );

    fn reduce(&mut self, action: Infallible, _session: &mut Session) -> Vec<Effect> {
        match action {}
    }
}
