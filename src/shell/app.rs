//! The page as a whole: actions in, effects out.

use crate::components::canvas;
use crate::components::clipboard;
use crate::components::downloads::{download, download_pixels};
use crate::components::fetching::Fetching;
use crate::components::files::{dropped, pasted, read};
use crate::components::frames::{after, set_all_cores_busy, soon};
use crate::pages::learning::view::panels::Panels;
use crate::pages::{Drawn, PageAction};
use crate::session::action::{Action, Effect, Notice};
use crate::session::outcome::Outcome;
use crate::session::pools::{PoolName, PoolNews, PoolWish};
use crate::session::runs::Runs;
use crate::session::state::Session;
use crate::session::view::{Given, bring};
use crate::shell::address::{address, fragment, replace_address};
use crate::shell::dress::dress;
use crate::shell::embed;
use crate::shell::header::Header;
use crate::shell::later::{Late, Later, PanelCode};
use crate::shell::rhythm::Rhythm;
use crate::shell::state::{Happening, State};
use crate::shell::store::Store;
use crate::workers::engine::{Heard, cores, graphics};
use crate::workers::pools::Pools;
use experiments::assignment::Assignment;
use experiments::page::Page;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::{Interval, Timeout};
use jobs::pool::{Graphics, Machine, WorkerId};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, Window};
use yew::prelude::*;

/// How often the supervisor is told the time, in milliseconds.
const TICK: u32 = 1000;
/// How long the address waits for further changes: browsers refuse it more than a few times a second.
const ADDRESS_DELAY: u32 = 250;

/// The root component.
pub struct App {
    state: State<Late>,
    pools: Pools,
    store: Store,
    address: Option<Timeout>,
    /// How the document is set up.
    assignment: Assignment,
    /// What a page around this one was told last.
    told: Option<Outcome>,
    /// What waits for the graphics card to be known, or for the code of a pool.
    waiting: Vec<PoolWish>,
    machine_known: bool,
    /// The code of the panels, once it is there.
    panels: Option<PanelCode>,
    /// When what workers did is shown.
    rhythm: Rhythm,
    /// Says that it has been drawn too.
    drawn: Callback<()>,
    _ticker: Interval,
    _listeners: Vec<EventListener>,
}

/// What can happen to it.
pub enum Message {
    /// A visitor or a trainer did something.
    Act(Happening),
    /// A worker of a pool did something.
    Heard(PoolName, WorkerId, Heard),
    /// A visitor is about to do something.
    Touched,
    /// What workers did is to be shown.
    Show,
    /// It has been shown, pictures included.
    Shown,
    /// The graphics card is known.
    Machine(Graphics),
    /// A second has passed.
    Tick,
    /// The code of the other pages has arrived.
    Pages,
    /// The code of the panels has arrived.
    Panels,
    /// Another language can be taken up.
    Spoken,
}

impl Component for App {
    type Message = Message;
    type Properties = Later;

    fn create(ctx: &Context<Self>) -> Self {
        let fragment = fragment();
        ctx.link().send_future(async { Message::Machine(graphics().await) });
        let ticker = ctx.link().callback(|()| Message::Tick);
        let session = Session {
            // Who prefers less motion starts with a still picture and may let it move.
            moving: !canvas::media("(prefers-reduced-motion: reduce)"),
            address: address(),
            runs: Rc::new(Runs::of_visit(js_sys::Date::now() / 1000.0, js_sys::Math::random())),
            ..Session::open(&fragment)
        };
        let state = State::with(session, Late::default());
        let machine = Machine { cores: cores(), gpu: Graphics::None };
        let assignment = state.workbench.assignment.clone();
        dress(&assignment);
        if assignment.embed {
            embed::tell("loaded", &state, None);
        }
        Self {
            state,
            pools: Pools::new(machine, ctx.link().callback(|(pool, id, heard)| Message::Heard(pool, id, heard))),
            store: Store::open(ctx.link().callback(|action| Message::Act(Action::Runs(action).into()))),
            address: None,
            assignment,
            told: None,
            waiting: vec![],
            machine_known: false,
            panels: None,
            rhythm: Rhythm::default(),
            drawn: ctx.link().callback(|()| Message::Shown),
            _ticker: Interval::new(TICK, move || ticker.emit(())),
            _listeners: web_sys::window().map(|window| listeners(ctx, &window)).unwrap_or_default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => self.act(ctx, action),
            Message::Heard(pool, id, heard) => {
                let news = self.pools.heard((pool, id, heard));
                if self.tell(ctx, news) {
                    let link = ctx.link().clone();
                    self.rhythm.ask(self.state.is_shared(), move || link.send_message(Message::Show));
                }
                false
            }
            Message::Touched => {
                self.pools.give_way();
                false
            }
            Message::Show => {
                self.pools.make_room(self.rhythm.begin());
                let drawn = self.drawn.clone();
                // What is shown asks for its pictures before that.
                after(0, move || soon(&drawn));
                true
            }
            Message::Shown => {
                self.rhythm.end();
                false
            }
            Message::Pages => self.take_up_pages(ctx),
            Message::Panels => self.take_up_panels(ctx),
            Message::Spoken => {
                language::browser::take_up();
                true
            }
            Message::Tick => {
                let news = self.pools.tick();
                self.tell(ctx, news)
            }
            Message::Machine(gpu) => {
                self.machine_known = true;
                self.pools.set_machine(Machine { cores: cores(), gpu });
                self.go_on(ctx);
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let State { session, pages } = &self.state;
        let act: Callback<Action> = ctx.link().callback(|action: Action| Message::Act(action.into()));
        let tell: Callback<PageAction> = ctx.link().callback(|action: PageAction| Message::Act(action.into()));
        let header = Given { state: session.clone(), act: act.clone() };
        let drawn = Drawn { session: session.clone(), act, tell };
        let page = match session.workbench.page {
            Page::Learning => {
                let (draw, fetch) = (self.panels.map(|code| code.draw), ctx.props().fetch_panels);
                drawn.first(pages, Panels { draw, fetch, fetched: ctx.link().callback(|()| Message::Panels) })
            }
            _ => pages.others.drawn(drawn).unwrap_or_else(|| {
                html! { <Fetching fetch={ctx.props().fetch} fetched={ctx.link().callback(|()| Message::Pages)} /> }
            }),
        };
        let page = html! {
            <key={language::code()}>
                <Header ..header />
                { page }
            </>
        };
        // Of another language everything is made anew, also what would be drawn again only with new data.
        html! { <>{ for [page] }</> }
    }
}

impl App {
    /// The other pages are there: they hear what waited for them.
    fn take_up_pages(&mut self, ctx: &Context<Self>) -> bool {
        let (machine, report) = self.pools.given();
        let pages = &mut self.state.pages.others;
        if !pages.is_here()
            && let Some(arrived) = (ctx.props().make)(machine, report)
        {
            let (waiting, pools) = pages.arrive(arrived);
            self.pools.add(pools);
            for happening in waiting {
                self.act(ctx, happening);
            }
            self.go_on(ctx);
        }
        true
    }

    /// The panels are there.
    fn take_up_panels(&mut self, ctx: &Context<Self>) -> bool {
        if self.panels.is_none()
            && let Some(code) = (ctx.props().panels)()
        {
            self.panels = Some(code);
            let (machine, report) = self.pools.given();
            let pools = (code.pools)(machine, report);
            self.pools.add(pools);
            self.go_on(ctx);
        }
        true
    }

    /// Performs what waited; what still cannot be goes on waiting.
    fn go_on(&mut self, ctx: &Context<Self>) {
        for wish in std::mem::take(&mut self.waiting) {
            self.perform(ctx, Effect::Pool(wish));
        }
    }

    /// What pools tell; whether they told anything.
    fn tell(&mut self, ctx: &Context<Self>, news: Vec<PoolNews>) -> bool {
        news.into_iter().fold(false, |_, told| self.act(ctx, told.into()))
    }

    fn act(&mut self, ctx: &Context<Self>, happening: Happening) -> bool {
        for effect in self.state.reduce(happening) {
            self.perform(ctx, effect);
        }
        self.follow(ctx);
        true
    }

    /// Keeps the document around the page, and a page around that, up to date.
    fn follow(&mut self, ctx: &Context<Self>) {
        set_all_cores_busy(self.state.is_shared());
        let assignment = &self.state.workbench.assignment;
        if self.assignment != *assignment {
            self.assignment = assignment.clone();
            dress(assignment);
            if let Some(asked) = assignment.language.filter(|asked| *asked != language::code()) {
                embed::speak(asked, false, ctx.link().callback(|()| Message::Spoken));
            }
        }
        if self.assignment.embed {
            let outcome = self.state.outcome();
            let told = outcome.finished.then_some(outcome);
            if told != self.told {
                if let Some(outcome) = &told {
                    embed::tell("finished", &self.state, Some(outcome));
                }
                self.told = told;
            }
        }
    }

    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        match effect {
            // Which card there is takes a moment to be known after the page is opened.
            Effect::Pool(wish) if !self.machine_known && wish.asks_for_the_card() => self.waiting.push(wish),
            // What shows its work fetches its code.
            Effect::Pool(wish) if !self.pools.has(wish.pool()) => self.waiting.push(wish),
            Effect::Pool(wish) => {
                let news = self.pools.wish(wish);
                self.tell(ctx, news);
            }
            Effect::Address(fragment) => {
                self.address = Some(Timeout::new(ADDRESS_DELAY, move || replace_address(&fragment)));
            }
            Effect::Copy(fragment) => {
                replace_address(&fragment);
                copy(ctx, &format!("{}#{fragment}", address()), |done| Action::Copied(done).into());
            }
            Effect::CopyText(text) => copy(ctx, &text, |done| Notice::TextCopied(done).into()),
            Effect::HandIn => {
                let say = ctx.link().callback(|sentence: String| Message::Act(Action::HandedIn(sentence).into()));
                embed::hand_in(&self.state, say);
            }
            Effect::Speak(code) => embed::speak(code, true, ctx.link().callback(|()| Message::Spoken)),
            Effect::Store(wish) => self.store.wish(wish),
            Effect::Download(name, content) => download(&name, &content),
            Effect::DownloadPixels(name, svg) => download_pixels(name, svg),
            // The reducer has told it.
            Effect::Tell(_) => {}
        }
    }
}

/// The address changes; a file is dropped anywhere (which would otherwise leave the page for it); something is touched.
fn listeners(ctx: &Context<App>, window: &Window) -> Vec<EventListener> {
    let link = ctx.link().clone();
    let hash = EventListener::new(window, "hashchange", move |_| {
        let fragment = fragment();
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
    let act = ctx.link().callback(|action: Action| Message::Act(action.into()));
    let paste = EventListener::new(window, "paste", move |event| {
        if let Some(event) = event.dyn_ref::<ClipboardEvent>() {
            pasted(event, bring(&act));
        }
    });
    // Before whatever is touched hears of it.
    let touched = ["pointerdown", "pointerup", "keydown"].map(|event| {
        let link = ctx.link().clone();
        EventListener::new_with_options(window, event, EventListenerOptions::run_in_capture_phase(), move |_| {
            link.send_message(Message::Touched);
        })
    });
    [hash, over, drop, paste].into_iter().chain(touched).collect()
}

fn copy(ctx: &Context<App>, text: &str, said: fn(bool) -> Happening) {
    let (link, text) = (ctx.link().clone(), text.to_owned());
    wasm_bindgen_futures::spawn_local(async move {
        link.send_message(Message::Act(said(clipboard::put(&text).await)));
    });
}
