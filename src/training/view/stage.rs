//! What moves: the system itself, and the time that all moving parts share.

use crate::components::canvas::{Drawing, paint, use_frames, use_redraw};
use crate::drawing::pen::Pen;
use crate::pages::learning::view::charts::motions;
use crate::pages::learning::view::latents::looks;
use crate::shell::action::Action;
use crate::shell::state::State;
use crate::training::draw::films;
use crate::training::draw::world;
use jobs::protocol::look::window;
use plotters_canvas::CanvasBackend;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

/// The time of the shown motions, for all parts that show them.
#[derive(Clone, Debug, Default)]
pub struct Clock(Rc<ClockFace>);

#[derive(Debug, Default)]
struct ClockFace {
    /// Time shown.
    time: Cell<f64>,
    /// When it was last moved on, in milliseconds.
    moved: Cell<Option<f64>>,
    take: Cell<u32>,
}

impl PartialEq for Clock {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A frame that comes later than this was held up; the motion does not jump because of it.
const LONGEST_FRAME: f64 = 100.0;

impl Clock {
    /// Time to show at `now` (milliseconds), from 0 to `horizon` and again; a new take starts at 0.
    fn at(&self, now: f64, take: u32, horizon: f64) -> f64 {
        let face = &self.0;
        if face.take.replace(take) != take {
            face.time.set(0.0);
            face.moved.set(None);
        }
        let passed = face.moved.replace(Some(now)).map_or(0.0, |moved| (now - moved).clamp(0.0, LONGEST_FRAME));
        let time = (face.time.get() + passed / 1000.0) % horizon.max(1e-6);
        face.time.set(time);
        time
    }

    /// Stands still.
    fn hold(&self) {
        self.0.moved.set(None);
    }

    fn time(&self) -> f64 {
        self.0.time.get()
    }
}

/// What the moving parts are given.
#[derive(Clone, PartialEq, Properties)]
pub struct StageGiven {
    /// Everything the page shows.
    pub state: Rc<State>,
    /// Where to say what a visitor did.
    pub act: Callback<Action>,
    /// The time they share.
    pub clock: Clock,
}

/// Draws the world as it is at a time.
fn world_at(state: &Rc<State>, t: f64) -> Drawing {
    let state = state.clone();
    Drawing::new(move |pen| {
        if state.experiment.film_recipe().is_some() {
            let angle = state.scene.truth.motion.at(t).map_or(0.0, |at| at.q[0]);
            let _ = films::draw(pen, &films::Show { angle, time: t, looks: looks(&state) });
            return;
        }
        let states: Vec<_> = motions(&state).iter().filter_map(|(kind, motion)| Some((*kind, motion.at(t)?))).collect();
        let _ = world::draw(pen, &state.experiment.system, &states, window(&state.experiment));
    })
}

/// The moving system: truth and models side by side.
#[component]
pub fn World(given: &StageGiven) -> Html {
    let canvas = use_node_ref();
    let latest = use_mut_ref(|| given.state.clone());
    *latest.borrow_mut() = given.state.clone();
    let shown_time = use_node_ref();
    let draw = {
        let (canvas, latest, clock, shown_time) =
            (canvas.clone(), latest.clone(), given.clock.clone(), shown_time.clone());
        use_callback((), move |now: Option<f64>, ()| {
            let state = latest.borrow().clone();
            let t = match now {
                Some(now) => clock.at(now, state.take, state.experiment.view.horizon),
                None => clock.time(),
            };
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                paint(&canvas, &world_at(&state, t));
            }
            if let Some(shown) = shown_time.cast::<HtmlElement>() {
                shown.set_text_content(Some(&format!("t = {t:.1}")));
            }
        })
    };
    use_redraw(&canvas, draw.reform(|()| None));
    use_frames(given.state.moving, draw.reform(Some));
    {
        let clock = given.clock.clone();
        use_effect_with((given.state.clone(), given.state.moving), move |(_, moving)| {
            if !*moving {
                clock.hold();
                draw.emit(None);
            }
        });
    }
    let toggle = given.act.reform(|_: MouseEvent| Action::Move);
    let names = given.state.models.keys().map(|kind| kind.label());
    let said =
        format!("Moving side by side: {}.", std::iter::once("truth").chain(names).collect::<Vec<_>>().join(", "));
    html! {
        <figure class="card" aria-labelledby="world-title">
            <h2 id="world-title">
                { "The world" }
                <small><span ref={shown_time} class="clock" />
                <button class="small" data-testid="motion" onclick={toggle}>{ if given.state.moving { "hold" } else { "move" } }</button></small>
            </h2>
            <div key="plot" class={classes!("world", given.state.experiment.film_recipe().map(|_| "films"))}><canvas key="world" ref={canvas} class="fill" aria-hidden="true" /></div>
            <figcaption class="unseen">{ said }</figcaption>
        </figure>
    }
}

/// Draws what moves over a picture that does not, on a canvas of its own, at the time that all share.
#[hook]
pub fn use_markers(overlay: &NodeRef, given: &StageGiven, draw: fn(&Pen<'_, CanvasBackend>, &State, f64)) {
    let state = given.state.clone();
    let latest = use_mut_ref(|| state.clone());
    *latest.borrow_mut() = state.clone();
    let mark = {
        let (overlay, latest, clock) = (overlay.clone(), latest.clone(), given.clock.clone());
        use_callback((), move |(), ()| {
            let (state, t) = (latest.borrow().clone(), clock.time());
            let drawing = Drawing::new(move |pen| draw(pen, &state, t));
            if let Some(canvas) = overlay.cast::<HtmlCanvasElement>() {
                paint(&canvas, &drawing);
            }
        })
    };
    use_redraw(overlay, mark.clone());
    use_frames(state.moving, mark.reform(|_: f64| ()));
    use_effect_with(state, move |_| mark.emit(()));
}

/// Which colour is whose: the truth and every model.
pub fn keys(state: &State) -> Html {
    html! {
        <>
            <span class="key truth">{ "truth" }</span>
            { for state.models.keys().map(|kind| html! { <span class={classes!("key", kind.key())}>{ kind.label() }</span> }) }
        </>
    }
}
