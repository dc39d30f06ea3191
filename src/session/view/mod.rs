//! Components about what all pages share, and what the component of a page is given.

pub mod against;
pub mod bar;
pub mod column;
pub mod data_panel;
pub mod device;
pub mod film;
pub mod messages;
pub mod network_bar;
pub mod network_losses;
pub mod network_wirings;
pub mod notes;
pub mod own_data;
pub mod results;
pub mod runs;
pub mod settings;
pub mod stage;

use crate::components::files::Brought;
use crate::components::settings::Set;
use crate::session::action::Action;
use crate::session::files::{FileAction, Held};
use crate::session::page::{PageState, Seen};
use crate::session::state::Session;
use crate::session::view::messages::Messages;
use std::rc::Rc;
use yew::prelude::*;
pub use yew::{Callback, Html, html};

/// What components about the session are given.
#[derive(Clone, PartialEq, Properties)]
pub struct Given {
    /// What all pages share.
    pub state: Rc<Session>,
    /// Where to say what a visitor did.
    pub act: Callback<Action>,
}

impl Given {
    /// Where to say which setting shall have which value.
    pub fn set(&self) -> Set {
        self.act.reform(|(key, value)| Action::Set(key, value))
    }

    /// Where to hand on a file.
    pub fn bring(&self) -> Callback<Brought> {
        bring(&self.act)
    }
}

/// Where to hand on a file.
pub fn bring(act: &Callback<Action>) -> Callback<Brought> {
    act.reform(|brought| match brought {
        Brought::File(name, bytes) => Action::Load(name, bytes),
        Brought::Film(name, address) => {
            let give_up = |address: &str| drop(web_sys::Url::revoke_object_url(address));
            Action::File(FileAction::Film(name, Rc::new(Held::new(address, give_up))))
        }
        Brought::Refused(why) => Action::Refuse(why),
    })
}

/// What the component of a page is given.
#[derive(Clone, PartialEq, Properties)]
pub struct PageGiven<P: PageState> {
    /// What it shows.
    pub state: Seen<P>,
    /// Where to say what a visitor did to what all pages share.
    pub act: Callback<Action>,
    /// Where to say what a visitor did to what is the page's own.
    pub tell: Callback<P::Action>,
}

impl<P: PageState> PageGiven<P> {
    /// What components about the session are given.
    pub fn shared(&self) -> Given {
        Given { state: self.state.session.clone(), act: self.act.clone() }
    }
}

/// What every page is in.
#[derive(PartialEq, Properties)]
pub struct FrameGiven {
    /// What all pages share, and where to change it.
    pub given: Given,
    /// The controls of what the page does, and how far it is.
    #[prop_or_default]
    pub bar: Html,
    /// The page itself.
    pub children: Html,
}

/// A page: its bar, sentences for the visitor, and what it shows.
#[component]
pub fn Frame(frame: &FrameGiven) -> Html {
    html! {
        <>
            if let Some(question) = &frame.given.state.workbench.assignment.question {
                <p class="question" data-testid="question">{ question }</p>
            }
            { frame.bar.clone() }
            <Messages ..frame.given.clone() />
            { frame.children.clone() }
        </>
    }
}
