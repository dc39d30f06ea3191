//! The pages whose code is fetched when one of them is opened.

use crate::pages::{Drawn, OtherPages, Others, PageAction};
use crate::session::action::{Action, Effect, Notice};
use crate::session::outcome::Outcome;
use crate::session::state::Session;
use crate::shell::state::Happening;
pub use crate::workers::pools::Report;
use crate::workers::pools::{self, Clients};
use experiments::page::Page;
use gloo_timers::callback::Timeout;
use jobs::pool::Machine;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
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

/// Fetches the code; whether it arrived. After a failure it may be asked again.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = bool>>>;

/// All pages but the first. The program, which knows what is in which file, brings this along.
#[derive(Clone, Properties)]
pub struct Later {
    /// Makes them, if their code is there.
    pub make: fn(Machine, &Report) -> Option<Arrived>,
    /// Fetches their code.
    pub fetch: Fetch,
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
        self.waiting.push(Action::Load(name.to_owned(), bytes.clone()).into());
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

/// What [`Fetching`] is given.
#[derive(Clone, Properties)]
pub struct FetchingGiven {
    /// Fetches the code.
    pub fetch: Fetch,
    /// Called when it is there.
    pub fetched: Callback<()>,
}

impl PartialEq for FetchingGiven {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// How far the code has come.
#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Fetching,
    /// Nothing has come for [`PATIENCE`].
    Late,
    Failed,
}

/// How long the page waits before it says so, in milliseconds.
const PATIENCE: u32 = 8_000;

/// Stands where the page will be.
#[component]
pub fn Fetching(given: &FetchingGiven) -> Html {
    let progress = use_state(|| Progress::Fetching);
    let attempt = {
        let (given, progress) = (given.clone(), progress.setter());
        Callback::from(move |()| {
            let (given, progress) = (given.clone(), progress.clone());
            progress.set(Progress::Fetching);
            spawn_local(async move {
                let late = Timeout::new(PATIENCE, {
                    let progress = progress.clone();
                    move || progress.set(Progress::Late)
                });
                let arrived = (given.fetch)().await;
                drop(late);
                if arrived {
                    given.fetched.emit(());
                } else {
                    progress.set(Progress::Failed);
                }
            });
        })
    };
    use_effect_with((), {
        let attempt = attempt.clone();
        move |()| attempt.emit(())
    });
    match *progress {
        Progress::Fetching => {
            html! { <main class="fetching" data-testid="page-fetching" aria-busy="true"><p>{ "Fetching this page …" }</p></main> }
        }
        Progress::Late => html! {
            <main class="fetching" data-testid="page-fetching" aria-busy="true">
                <p role="alert">{ "This page has not arrived yet: the network is slow or gone. What runs goes on; reloading tries again, and the address keeps your experiment." }</p>
            </main>
        },
        Progress::Failed => html! {
            <main class="fetching" data-testid="page-not-fetched">
                <p role="alert">{ "This page could not be fetched from the server. What runs goes on, and nothing is lost." }</p>
                <button type="button" data-testid="page-again" onclick={attempt.reform(|_| ())}>{ "Try again" }</button>
            </main>
        },
    }
}
