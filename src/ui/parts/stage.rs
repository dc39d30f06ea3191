//! What moves: the system itself, and its motions through phase space.

use crate::learned::model::ModelKind;
use crate::protocol::look::{ENERGIES, window};
use crate::ui::action::Action;
use crate::ui::drawing::{portrait, world};
use crate::ui::parts::canvas::{Drawing, Picture, paint, use_frames, use_redraw};
use crate::ui::parts::charts::motions;
use crate::ui::parts::words;
use crate::ui::state::{Layer, State};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, HtmlElement, KeyboardEvent};
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
            <div key="plot" class="world"><canvas key="world" ref={canvas} class="fill" aria-hidden="true" /></div>
            <figcaption class="unseen">{ said }</figcaption>
        </figure>
    }
}

/// How far an arrow key moves the start, as a part of half the window.
const KEY_STEP: f64 = 0.04;

/// The phase portrait.
#[component]
pub fn Portrait(given: &StageGiven) -> Html {
    let state = given.state.clone();
    let overlay = use_node_ref();
    let pointed = use_state(|| None::<(f64, f64)>);
    let looks: Vec<_> = state.models.values().filter_map(|model| model.look.clone()).collect();
    let shows =
        (state.scene.clone(), state.experiment.clone(), state.layers, looks.iter().map(Rc::as_ptr).collect::<Vec<_>>());
    let drawing = use_memo(shows, {
        let state = state.clone();
        move |_| {
            Drawing::new(move |pen| {
                let looks: Vec<_> = state.models.values().filter_map(|model| model.look.as_deref()).collect();
                let _ = portrait::draw(pen, &state.experiment, &state.scene, &looks, state.layers);
            })
        }
    });
    let latest = use_mut_ref(|| state.clone());
    *latest.borrow_mut() = state.clone();
    let mark = {
        let (overlay, latest, clock) = (overlay.clone(), latest.clone(), given.clock.clone());
        use_callback((), move |(), ()| {
            let (state, t) = (latest.borrow().clone(), clock.time());
            let drawing = Drawing::new(move |pen| {
                let _ = portrait::markers(pen, &state.experiment, &motions(&state), t);
            });
            if let Some(canvas) = overlay.cast::<HtmlCanvasElement>() {
                paint(&canvas, &drawing);
            }
        })
    };
    use_redraw(&overlay, mark.clone());
    use_frames(state.moving, mark.reform(|_: f64| ()));
    use_effect_with(state.clone(), move |_| mark.emit(()));

    let pick = {
        let (state, act) = (state.clone(), given.act.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some((q, p)) = under(&event, &state) {
                act.emit(Action::PickStart(q, p));
            }
        })
    };
    let moved = {
        let (state, pointed) = (state.clone(), pointed.clone());
        Callback::from(move |event: MouseEvent| pointed.set(under(&event, &state)))
    };
    let left = {
        let pointed = pointed.clone();
        Callback::from(move |_: MouseEvent| pointed.set(None))
    };
    let keyed = {
        let (state, act) = (state.clone(), given.act.clone());
        Callback::from(move |event: KeyboardEvent| {
            let (dq, dp) = match event.key().as_str() {
                "ArrowRight" => (1.0, 0.0),
                "ArrowLeft" => (-1.0, 0.0),
                "ArrowUp" => (0.0, 1.0),
                "ArrowDown" => (0.0, -1.0),
                _ => return,
            };
            event.prevent_default();
            let far = if event.shift_key() { 5.0 } else { 1.0 } * KEY_STEP * window(&state.experiment);
            let view = &state.experiment.view;
            act.emit(Action::PickStart(view.start_q + dq * far, view.start_p + dp * far));
        })
    };
    let said =
        (*pointed).map_or("click or use the arrow keys to choose where it starts".into(), |at| reading(&state, at));
    html! {
        <figure class="card portrait" aria-labelledby="portrait-title">
            <h2 id="portrait-title">{ "Phase portrait" }<small>{ said }</small></h2>
            <div key="plot" class="plot" data-testid="phase-portrait" tabindex="0" role="application" aria-label={words::portrait(&state)}
                onclick={pick} onkeydown={keyed} onmousemove={moved} onmouseleave={left}>
                <Picture class="fill" drawing={(*drawing).clone()} />
                <canvas key="markers" ref={overlay} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                <span class="key truth">{ "truth" }</span>
                { for state.models.keys().map(|kind| html! { <span class={classes!("key", kind.key())}>{ kind.label() }</span> }) }
                <Switch layer={Layer::Data} name="data" on={state.layers.data} act={given.act.clone()} />
                <Switch layer={Layer::Field} name="field" on={state.layers.field} act={given.act.clone()} />
                <Switch layer={Layer::LearnedEnergy} name="learned H" on={state.layers.learned_energy} act={given.act.clone()} />
                <Switch layer={Layer::TrueEnergy} name="true H" on={state.layers.true_energy} act={given.act.clone()} />
            </figcaption>
            <p class="hint">{ schemes(&state) }</p>
        </figure>
    }
}

/// The point of phase space under the pointer. Yew listens at the root, so the element is the event's target: the pictures in
/// it let the pointer through.
fn under(event: &MouseEvent, state: &State) -> Option<(f64, f64)> {
    let element = event.target()?.dyn_into::<HtmlElement>().ok()?;
    let size = (f64::from(element.client_width()), f64::from(element.client_height()));
    portrait::frame(size, &state.experiment).value(f64::from(event.offset_x()), f64::from(event.offset_y()))
}

/// What is at a point: its coordinates, the true energy, and the learned one nearby, put to the same zero.
fn reading(state: &State, (q, p): (f64, f64)) -> String {
    let half = window(&state.experiment);
    let nearest =
        |x: f64| ((x / half + 1.0) / 2.0 * (ENERGIES - 1) as f64).round().clamp(0.0, (ENERGIES - 1) as f64) as usize;
    let place = nearest(p) * ENERGIES + nearest(q);
    let look = state.models.get(&ModelKind::Hnn).and_then(|model| model.look.as_ref());
    let truth = &state.scene.truth.energies;
    let learned = look.and_then(|look| {
        let offset = portrait::offset(&look.energies, truth, state.scene.energy_scale);
        Some(format!(", learned {}", words::number(look.energies.get(place)? + offset)))
    });
    let energy = truth.get(place).copied().unwrap_or_default();
    format!("q {q:.2}, p {p:.2}: H {}{}", words::number(energy), learned.unwrap_or_default())
}

/// Which scheme steps what, where that is not the one that was chosen.
fn schemes(state: &State) -> String {
    let chosen = state.experiment.view.scheme;
    let dt = state.experiment.view.dt;
    let mut text = format!("Stepped by {} with Δt = {dt}.", chosen.name());
    for (kind, model) in &state.models {
        if let Some(look) = model.look.as_ref().filter(|look| look.scheme != chosen) {
            let why = match kind {
                ModelKind::Hnn => "a learned H(q, p) does not split into T(p) + V(q)",
                ModelKind::Baseline => "it has no energy, so no scheme is symplectic for it",
            };
            text.push_str(&format!(" {}: {} instead, because {why}.", words::subject(*kind), look.scheme.name()));
        }
    }
    text
}

#[derive(PartialEq, Properties)]
struct SwitchGiven {
    layer: Layer,
    name: &'static str,
    on: bool,
    act: Callback<Action>,
}

#[component]
fn Switch(given: &SwitchGiven) -> Html {
    let layer = given.layer;
    let toggle = given.act.reform(move |_: Event| Action::Toggle(layer));
    html! { <label class="switch"><input type="checkbox" checked={given.on} onchange={toggle} />{ given.name }</label> }
}
