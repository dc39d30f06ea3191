//! What a component is given: the state of the page, and where to say what a visitor did.

use crate::shell::action::Action;
use crate::shell::state::State;
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
