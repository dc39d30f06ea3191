//! The page as a whole: actions in, effects out.

use crate::components::canvas;
use crate::components::files::{dropped, read};
use crate::pages::PageAction;
use crate::session::action::{Action, Effect, Notice};
use crate::session::state::Session;
use crate::session::view::{Given, bring};
use crate::shell::header::Header;
use crate::shell::state::{Happening, State};
use crate::workers::client::Client;
use crate::workers::engine::{Heard, cores, graphics};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::{Interval, Timeout};
use jobs::job::Job;
use jobs::pool::{Graphics, Machine, News, WorkerId};
use jobs::protocol::graph::TrainGraphs;
use jobs::protocol::search::{ReadTable, Search};
use jobs::protocol::train::TrainModels;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Window};
use yew::prelude::*;

/// How often the supervisor is told the time, in milliseconds.
const TICK: u32 = 1000;
/// How long the address waits for further changes: browsers refuse it more than a few times a second.
const ADDRESS_DELAY: u32 = 250;

/// The root component.
pub struct App {
    state: State,
    run: Client<TrainModels>,
    /// Runs of a series, beside the one that is shown.
    series: Client<TrainModels>,
    search: Client<Search>,
    table: Client<ReadTable>,
    graphs: Client<TrainGraphs>,
    address: Option<Timeout>,
    /// Runs that wait for the graphics card to be known.
    waiting: Vec<Effect>,
    machine_known: bool,
    _ticker: Interval,
    _listeners: Vec<EventListener>,
}

/// What can happen to it.
pub enum Message {
    /// A visitor or a trainer did something.
    Act(Happening),
    /// A worker of the run did something.
    Trained(WorkerId, Heard),
    /// A worker of the series did something.
    TrainedSeries(WorkerId, Heard),
    /// A worker of the search did something.
    Searched(WorkerId, Heard),
    /// The worker that reads tables did something.
    Read(WorkerId, Heard),
    /// A worker that trains a graph network did something.
    Graphs(WorkerId, Heard),
    /// The graphics card is known.
    Machine(Graphics),
    /// A second has passed.
    Tick,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let fragment = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
        ctx.link().send_future(async { Message::Machine(graphics().await) });
        let ticker = ctx.link().callback(|()| Message::Tick);
        let mut state = State::open(&fragment);
        state.session = Rc::new(Session {
            // Who prefers less motion starts with a still picture and may let it move.
            moving: !canvas::media("(prefers-reduced-motion: reduce)"),
            ..Session::clone(&state.session)
        });
        let machine = Machine { cores: cores(), gpu: Graphics::None };
        Self {
            state,
            run: Client::new(machine, ctx.link().callback(|(id, heard)| Message::Trained(id, heard))),
            series: Client::new(machine, ctx.link().callback(|(id, heard)| Message::TrainedSeries(id, heard))),
            graphs: Client::new(machine, ctx.link().callback(|(id, heard)| Message::Graphs(id, heard))),
            search: Client::new(machine, ctx.link().callback(|(id, heard)| Message::Searched(id, heard))),
            table: Client::new(machine, ctx.link().callback(|(id, heard)| Message::Read(id, heard))),
            address: None,
            waiting: vec![],
            machine_known: false,
            _ticker: Interval::new(TICK, move || ticker.emit(())),
            _listeners: web_sys::window().map(|window| listeners(ctx, &window)).unwrap_or_default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => self.act(ctx, action),
            Message::Trained(id, heard) => {
                let news = self.run.heard((id, heard));
                self.tell(ctx, news, Action::News)
            }
            Message::TrainedSeries(id, heard) => {
                let news = self.series.heard((id, heard));
                self.tell(ctx, news, Action::SeriesNews)
            }
            Message::Searched(id, heard) => {
                let news = self.search.heard((id, heard));
                self.tell(ctx, news, Notice::Search)
            }
            Message::Read(id, heard) => {
                let news = self.table.heard((id, heard));
                self.tell(ctx, news, Notice::Table)
            }
            Message::Graphs(id, heard) => {
                let news = self.graphs.heard((id, heard));
                self.tell(ctx, news, Notice::Graph)
            }
            Message::Tick => self.tick(ctx),
            Message::Machine(gpu) => {
                self.machine_known = true;
                let machine = Machine { cores: cores(), gpu };
                self.run.set_machine(machine);
                self.series.set_machine(machine);
                self.graphs.set_machine(machine);
                for effect in std::mem::take(&mut self.waiting) {
                    self.perform(ctx, effect);
                }
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let State { session, pages } = &self.state;
        let act: Callback<Action> = ctx.link().callback(|action: Action| Message::Act(action.into()));
        let tell: Callback<PageAction> = ctx.link().callback(|action: PageAction| Message::Act(action.into()));
        html! {
            <>
                <Header ..Given { state: session.clone(), act: act.clone() } />
                { pages.view(session, act, &tell) }
            </>
        }
    }
}

impl App {
    /// A second has passed for every pool.
    fn tick(&mut self, ctx: &Context<Self>) -> bool {
        let (run, series) = (self.run.tick(), self.series.tick());
        let (found, table, networks) = (self.search.tick(), self.table.tick(), self.graphs.tick());
        let told = [
            self.tell(ctx, run, Action::News),
            self.tell(ctx, series, Action::SeriesNews),
            self.tell(ctx, found, Notice::Search),
            self.tell(ctx, table, Notice::Table),
            self.tell(ctx, networks, Notice::Graph),
        ];
        told.contains(&true)
    }

    /// What a pool tells; whether it told anything.
    fn tell<J: Job, H: Into<Happening>>(
        &mut self,
        ctx: &Context<Self>,
        news: Vec<News<J>>,
        happening: fn(News<J>) -> H,
    ) -> bool {
        news.into_iter().fold(false, |_, told| self.act(ctx, happening(told).into()))
    }

    fn act(&mut self, ctx: &Context<Self>, happening: Happening) -> bool {
        for effect in self.state.reduce(happening) {
            self.perform(ctx, effect);
        }
        true
    }

    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        // Who may train on the graphics card asks which there is; the answer takes a moment after the page is opened.
        let trains = matches!(effect, Effect::Train(_) | Effect::Series(_) | Effect::Graph(_));
        if !self.machine_known && trains {
            self.waiting.push(effect);
            return;
        }
        match effect {
            Effect::Train(wish) => {
                let news = self.run.wish(wish);
                self.tell(ctx, news, Action::News);
            }
            Effect::Series(wish) => {
                let news = self.series.wish(wish);
                self.tell(ctx, news, Action::SeriesNews);
            }
            Effect::Address(fragment) => {
                self.address = Some(Timeout::new(ADDRESS_DELAY, move || replace_address(&fragment)));
            }
            Effect::Copy(fragment) => {
                let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
                let page = address.split('#').next().unwrap_or_default();
                replace_address(&fragment);
                copy(ctx, &format!("{page}#{fragment}"), |done| Action::Copied(done).into());
            }
            Effect::CopyText(text) => copy(ctx, &text, |done| Notice::TextCopied(done).into()),
            // The reducer has told it.
            Effect::Tell(_) => {}
            Effect::Graph(wish) => {
                let news = self.graphs.wish(wish);
                self.tell(ctx, news, Notice::Graph);
            }
            Effect::Search(wish) => {
                let news = self.search.wish(wish);
                self.tell(ctx, news, Notice::Search);
            }
            Effect::Table(wish) => {
                let news = self.table.wish(wish);
                self.tell(ctx, news, Notice::Table);
            }
        }
    }
}

/// The address changes; a file is dropped anywhere (which would otherwise leave the page for it).
fn listeners(ctx: &Context<App>, window: &Window) -> Vec<EventListener> {
    let link = ctx.link().clone();
    let hash = EventListener::new(window, "hashchange", move |_| {
        let fragment = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
        link.send_message(Message::Act(Action::Open(fragment).into()));
    });
    let over =
        EventListener::new_with_options(window, "dragover", EventListenerOptions::enable_prevent_default(), |event| {
            event.prevent_default();
        });
    let act = ctx.link().callback(|action: Action| Message::Act(action.into()));
    let drop =
        EventListener::new_with_options(window, "drop", EventListenerOptions::enable_prevent_default(), move |event| {
            event.prevent_default();
            if let Some(found) = event.dyn_ref::<DragEvent>().and_then(dropped) {
                read(found, bring(&act));
            }
        });
    vec![hash, over, drop]
}

fn replace_address(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // A page opened from a file may not; the link can still be copied.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{fragment}")));
    }
}

fn copy(ctx: &Context<App>, text: &str, said: fn(bool) -> Happening) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let promise = window.navigator().clipboard().write_text(text);
    let link = ctx.link().clone();
    wasm_bindgen_futures::spawn_local(async move {
        let done = JsFuture::from(promise).await.is_ok();
        link.send_message(Message::Act(said(done)));
    });
}
