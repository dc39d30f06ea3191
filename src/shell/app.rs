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
use crate::workers::engine::{Heard, cores, graphics, now};
use crate::workers::trainers::{self, Report};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::{Interval, Timeout};
use jobs::job::Job;
use jobs::pool::{self, Graphics, Machine, WorkerId};
use jobs::protocol::graph::TrainGraphs;
use jobs::protocol::message::Pace;
use jobs::protocol::search::{ReadTable, Search};
use jobs::supervisor::News;
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
    client: trainers::Client,
    /// Runs of a series, beside the one that is shown.
    series: trainers::Client,
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
    /// A worker did something.
    Heard(Report),
    /// A worker of the series did something.
    HeardOfSeries(Report),
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
            client: trainers::Client::new(machine, ctx.link().callback(Message::Heard)),
            series: trainers::Client::new(machine, ctx.link().callback(Message::HeardOfSeries)),
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
        let news = match message {
            Message::Act(action) => return self.act(ctx, action),
            Message::Heard(report) => self.client.heard(report),
            Message::HeardOfSeries(report) => {
                let news = self.series.heard(report);
                return self.take_up(ctx, news, Action::SeriesNews);
            }
            Message::Searched(id, heard) => {
                let news = self.search.heard((id, heard));
                return self.tell(ctx, news, Notice::Search);
            }
            Message::Read(id, heard) => {
                let news = self.table.heard((id, heard));
                return self.tell(ctx, news, Notice::Table);
            }
            Message::Graphs(id, heard) => {
                let news = self.graphs.heard((id, heard));
                return self.tell(ctx, news, Notice::Graph);
            }
            Message::Tick => {
                let news = self.search.tick();
                self.tell(ctx, news, Notice::Search);
                let news = self.table.tick();
                self.tell(ctx, news, Notice::Table);
                let news = self.graphs.tick();
                self.tell(ctx, news, Notice::Graph);
                let orders = self.series.supervisor.tick(now());
                let news = self.series.obey(orders);
                self.take_up(ctx, news, Action::SeriesNews);
                let orders = self.client.supervisor.tick(now());
                self.client.obey(orders)
            }
            Message::Machine(gpu) => {
                self.machine_known = true;
                for client in [&mut self.client, &mut self.series] {
                    client.supervisor.set_machine(Machine { cores: cores(), gpu });
                }
                self.graphs.set_machine(Machine { cores: cores(), gpu });
                for effect in std::mem::take(&mut self.waiting) {
                    self.perform(ctx, effect);
                }
                return true;
            }
        };
        self.take_up(ctx, news, Action::News)
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
    fn take_up(&mut self, ctx: &Context<Self>, news: Vec<News>, action: fn(News) -> Action) -> bool {
        let mut changed = false;
        for told in news {
            changed |= self.act(ctx, action(told).into());
        }
        changed
    }

    /// What a pool tells; whether it told anything.
    fn tell<J: Job>(
        &mut self,
        ctx: &Context<Self>,
        news: Vec<pool::News<J>>,
        notice: fn(pool::News<J>) -> Notice,
    ) -> bool {
        news.into_iter().fold(false, |_, told| self.act(ctx, notice(told).into()))
    }

    fn act(&mut self, ctx: &Context<Self>, happening: Happening) -> bool {
        for effect in self.state.reduce(happening) {
            self.perform(ctx, effect);
        }
        true
    }

    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        // A run asks which engines there are; the answer takes a moment after the page is opened.
        if !self.machine_known
            && matches!(effect, Effect::Start(..) | Effect::Pace(_) | Effect::View(_) | Effect::Graph(_))
        {
            self.waiting.push(effect);
            return;
        }
        let supervisor = &mut self.client.supervisor;
        let orders = match effect {
            Effect::Start(experiment, pace) => supervisor.start(*experiment, pace, now()),
            Effect::Pace(pace) => supervisor.pace(pace, now()),
            Effect::View(view) => supervisor.view(view, now()),
            Effect::SeriesRun(experiment) => {
                let orders = self.series.supervisor.start(*experiment, Pace::Run, now());
                let news = self.series.obey(orders);
                self.take_up(ctx, news, Action::SeriesNews);
                return;
            }
            Effect::SeriesStop => {
                let orders = self.series.supervisor.stop();
                self.series.obey(orders);
                return;
            }
            Effect::Stop => {
                self.waiting.clear();
                supervisor.stop()
            }
            Effect::Address(fragment) => {
                self.address = Some(Timeout::new(ADDRESS_DELAY, move || replace_address(&fragment)));
                return;
            }
            Effect::Copy(fragment) => {
                let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
                let page = address.split('#').next().unwrap_or_default();
                replace_address(&fragment);
                return copy(ctx, &format!("{page}#{fragment}"), |done| Action::Copied(done).into());
            }
            Effect::CopyText(text) => return copy(ctx, &text, |done| Notice::TextCopied(done).into()),
            // The reducer has told it.
            Effect::Tell(_) => return,
            Effect::Graph(wish) => {
                let news = self.graphs.wish(wish);
                self.tell(ctx, news, Notice::Graph);
                return;
            }
            Effect::Search(wish) => {
                let news = self.search.wish(wish);
                self.tell(ctx, news, Notice::Search);
                return;
            }
            Effect::Table(wish) => {
                let news = self.table.wish(wish);
                self.tell(ctx, news, Notice::Table);
                return;
            }
        };
        for told in self.client.obey(orders) {
            self.act(ctx, Action::News(told).into());
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
