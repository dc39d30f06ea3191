//! What is fetched when it is needed: the pages after the first, and the panels of the first that wait for something to happen.

use crate::components::fetching::Fetch;
use crate::pages::learning::view::panels::{self, DrawPanel};
use crate::pages::{Drawn, OtherPages, Others, PageAction};
use crate::session::action::{Effect, Notice};
use crate::session::outcome::Outcome;
use crate::session::state::Session;
use crate::shell::state::Happening;
pub use crate::workers::pools::Report;
use crate::workers::pools::{self, Clients};
use experiments::page::Page;
use jobs::pool::Machine;
use std::rc::Rc;
use yew::prelude::*;

/// What their code makes: their states, which know how they are reduced and drawn, and the pools that only they need.
pub struct Arrived {
    pages: Box<dyn OtherPages>,
    pools: Clients,
}

impl Arrived {
    /// The pages before anything happened on them. What calls this holds the code of them all.
    pub fn new(machine: Machine, report: &Report) -> Self {
        Self { pages: Box::new(Others::default()), pools: pools::later(machine, report) }
    }
}

/// What draws the panels of the first page, and makes the pools that only they need.
#[derive(Clone, Copy)]
pub struct PanelCode {
    pub(super) draw: DrawPanel,
    pub(super) pools: fn(Machine, &Report) -> Clients,
}

impl PanelCode {
    /// What calls this holds the code of them all.
    pub fn here() -> Self {
        Self { draw: panels::draw, pools: pools::panels }
    }
}

/// All pages but the first, and the panels. The program, which knows what is in which file, brings this along.
#[derive(Clone, Properties)]
pub struct Later {
    /// Makes them, if their code is there.
    pub make: fn(Machine, &Report) -> Option<Arrived>,
    /// Fetches their code.
    pub fetch: Fetch,
    /// The panels of the first page, if their code is there.
    pub panels: fn() -> Option<PanelCode>,
    /// Fetches the code of the panels.
    pub fetch_panels: Fetch,
}

/// The pages as the shell has them: nothing until their code is there, and what waits for it.
#[derive(Default)]
pub struct Late {
    pages: Option<Box<dyn OtherPages>>,
    waiting: Vec<Happening>,
}

impl Late {
    /// Whether they are there.
    pub fn is_here(&self) -> bool {
        self.pages.is_some()
    }

    /// They are there. What is to be told to them now, and their pools.
    pub fn arrive(&mut self, arrived: Arrived) -> (Vec<Happening>, Clients) {
        self.pages = Some(arrived.pages);
        (std::mem::take(&mut self.waiting), arrived.pools)
    }

    /// The component of the page that is open.
    pub fn drawn(&self, given: Drawn) -> Option<Html> {
        self.pages.as_ref().map(|pages| pages.draw(given))
    }
}

/// A page on which nothing has happened yet has nothing to do about a changed setting or a worker; what another page has for it is kept.
impl OtherPages for Late {
    fn reduce(&mut self, action: PageAction, session: &mut Session) -> Vec<Effect> {
        self.pages.as_mut().map(|pages| pages.reduce(action, session)).unwrap_or_default()
    }

    fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
        if let Some(pages) = &mut self.pages {
            return pages.hear(notice, session);
        }
        if matches!(notice, Notice::Table(..) | Notice::Learned | Notice::Messages | Notice::Law(_)) {
            self.waiting.push(Happening::Notice(notice.clone()));
        }
        vec![]
    }

    fn publish(&self, session: &mut Session) {
        if let Some(pages) = &self.pages {
            pages.publish(session);
        }
    }

    fn load(&mut self, page: Page, name: &str, bytes: &Rc<[u8]>) -> Option<Vec<Effect>> {
        if let Some(pages) = &mut self.pages {
            return pages.load(page, name, bytes);
        }
        self.waiting.push(Happening::File(page, name.to_owned(), bytes.clone()));
        Some(vec![])
    }

    fn outcome(&self, session: &Session) -> Outcome {
        self.pages.as_ref().map(|pages| pages.outcome(session)).unwrap_or_default()
    }

    fn draw(&self, given: Drawn) -> Html {
        self.drawn(given).unwrap_or_default()
    }
}

impl PartialEq for Later {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
