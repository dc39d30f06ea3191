//! The parts of the page, top to bottom. Each is a function of the state and knows how to say what a visitor did.

pub mod against;
pub mod bar;
pub mod canvas;
pub mod cards;
pub mod charts;
pub mod controls;
pub mod energy;
pub mod file;
pub mod formula;
pub mod graph;
pub mod header;
pub mod inspector;
pub mod integrators;
pub mod latents;
pub mod law;
pub mod messages;
pub mod molecules;
pub mod moving;
pub mod orbits;
pub mod portrait;
pub mod results;
pub mod stage;
pub mod typed;
pub mod words;

use crate::action::Action;
use crate::state::State;
use std::rc::Rc;
use yew::{Callback, Properties};

/// What most parts are given.
#[derive(Clone, PartialEq, Properties)]
pub struct Given {
    /// Everything the page shows.
    pub state: Rc<State>,
    /// Where to say what a visitor did.
    #[prop_or_default]
    pub act: Callback<Action>,
}
