//! The phase portrait, with what the pointer and the arrow keys do to it.

use crate::components::beside::beside;
use crate::components::canvas::Picture;
use crate::components::explained::explained;
use crate::components::plot::use_drawing;
use crate::components::pointer::place;
use crate::pages::learning::draw::portrait;
use crate::pages::learning::layers::{Layer, Layers};
use crate::pages::learning::matching::Match;
use crate::pages::learning::state::{Learning, LearningAction};
use crate::pages::learning::words as said_of;
use crate::session::action::Action;
use crate::session::page::Seen;
use crate::session::scene::Scene;
use crate::session::state::Session;
use crate::session::view::PageGiven;
use crate::session::view::stage::{keys, use_markers};
use crate::session::words::schemes;
use crate::words;
use jobs::protocol::motion_snapshot::{ENERGIES, window};
use language::{fixed, tr};
use models::field::model::ModelKind;
use std::rc::Rc;
use web_sys::KeyboardEvent;
use yew::prelude::*;

/// How far an arrow key moves the start, as a part of half the window.
const KEY_STEP: f64 = 0.04;

/// The phase portrait.
#[component]
pub fn PhasePortrait(given: &PageGiven<Learning>) -> Html {
    let state = given.state.clone();
    let overlay = use_node_ref();
    let pointed = use_state(|| None::<(f64, f64)>);
    let snapshots: Vec<_> = state.models.values().filter_map(|model| model.snapshot.clone()).collect();
    let known = use_drawing(Known::of(&state), {
        let state = state.clone();
        move |pen| portrait::known(pen, &state.workbench.field, &state.scene, state.own.layers)
    });
    let layers = state.own.layers;
    let shows = (
        state.scene.clone(),
        state.workbench.field.clone(),
        (layers.field, layers.learned_energy),
        snapshots.iter().map(Rc::as_ptr).collect::<Vec<_>>(),
    );
    let learned = use_drawing(shows, {
        let state = state.clone();
        move |pen| {
            let snapshots: Vec<_> = state.models.values().filter_map(|model| model.snapshot.as_deref()).collect();
            portrait::learned(pen, &state.workbench.field, &state.scene, &snapshots, state.own.layers)
        }
    });
    use_markers(&overlay, &given.shared(), |pen, state, t| {
        let _ = portrait::markers(pen, &state.workbench.field, &state.motions(), t);
    });

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
            let far = if event.shift_key() { 5.0 } else { 1.0 } * KEY_STEP * window(&state.workbench.field);
            let view = &state.workbench.field.view;
            act.emit(Action::PickStart(view.start_q + dq * far, view.start_p + dp * far));
        })
    };
    // What if it had a little more: the start moves along the slope of the learned H.
    let uphill = state.models.get(&ModelKind::Hnn).is_some_and(|model| model.snapshot.is_some());
    let change = |by: f64| given.tell.reform(move |_: MouseEvent| LearningAction::ChangeEnergy(by));
    let (less, more) = (change(-1.0), change(1.0));
    let said = beside((*pointed).map(|at| reading(&state, at)), invitation(&state));
    html! {
        <figure class={classes!("card", "portrait", state.is_stale().then_some("stale"))} aria-labelledby="portrait-title">
            <h2 id="portrait-title">{ explained(tr!("[Phase portrait]")) }{ said }</h2>
            <div key="plot" class="plot" data-read="" data-testid="phase-portrait" tabindex="0" role="application" aria-label={said_of::portrait(&state)}
                onclick={pick} onkeydown={keyed} onmousemove={moved} onmouseleave={left}>
                <Picture key="learned" class="fill" below={known} drawing={learned} />
                <canvas key="markers" ref={overlay} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                { keys(&state) }
                <Switch layer={Layer::Data} name={tr!("data")} on={state.own.layers.data} tell={given.tell.clone()} />
                <Switch layer={Layer::Field} name={tr!("field")} on={state.own.layers.field} tell={given.tell.clone()} />
                <Switch layer={Layer::LearnedEnergy} name={tr!("learned H")} on={state.own.layers.learned_energy} tell={given.tell.clone()} />
                <Switch layer={Layer::TrueEnergy} name={tr!("true H")} on={state.own.layers.true_energy} tell={given.tell.clone()} />
                if state.workbench.field.recording.is_none() && state.models.contains_key(&ModelKind::Hnn) {
                    <span class="switch">
                        <button class="small" data-testid="less-energy" disabled={!uphill} onclick={less}>{ tr!("− energy") }</button>
                        <button class="small" data-testid="more-energy" disabled={!uphill} onclick={more}>{ tr!("+ energy") }</button>
                    </span>
                }
                if uphill && state.workbench.field.film_recipe().is_none() {
                    <button class="small" data-testid="find-formula" onclick={given.tell.reform(|_: MouseEvent| LearningAction::FindFormula)}>{ tr!("Find the formula of the learned H") }</button>
                }
            </figcaption>
            <p class="hint">{ schemes(&state) }</p>
        </figure>
    }
}

/// What lies under the motions. A start that is chosen anew makes another scene of the same data.
struct Known {
    scene: Rc<Scene>,
    half: f64,
    data: bool,
    true_energy: bool,
}

impl Known {
    fn of(state: &Seen<Learning>) -> Self {
        let Layers { data, true_energy, .. } = state.own.layers;
        Self { scene: state.scene.clone(), half: window(&state.workbench.field), data, true_energy }
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.scene, &other.scene);
        let same_scene =
            || a.task.dataset.train.states == b.task.dataset.train.states && a.truth.energies == b.truth.energies;
        (self.half, self.data, self.true_energy) == (other.half, other.data, other.true_energy)
            && (Rc::ptr_eq(a, b) || same_scene())
    }
}

/// What a visitor can do here.
fn invitation(state: &Session) -> &'static str {
    match state.workbench.field.recording {
        Some(_) => tr!("starts at the first row that is not learned from"),
        None if state.workbench.field.film_recipe().is_some() => {
            tr!("(q, p) read off the latent numbers by the best affine map")
        }
        None => tr!("tap, click or use the arrow keys to choose where it starts"),
    }
}

/// The point of phase space under the pointer.
fn under(event: &MouseEvent, state: &Session) -> Option<(f64, f64)> {
    let ((across, down), size) = place(event)?;
    portrait::frame(size, &state.workbench.field).value(across, down)
}

/// What is at a point: its coordinates, the true energy, and the learned one nearby, put to the same zero and scale.
fn reading(state: &Session, (q, p): (f64, f64)) -> String {
    let half = window(&state.workbench.field);
    let nearest =
        |x: f64| ((x / half + 1.0) / 2.0 * (ENERGIES - 1) as f64).round().clamp(0.0, (ENERGIES - 1) as f64) as usize;
    let place = nearest(p) * ENERGIES + nearest(q);
    let snapshot = state.models.get(&ModelKind::Hnn).and_then(|model| model.snapshot.as_ref());
    let truth = &state.scene.truth.energies;
    let learned = snapshot.and_then(|snapshot| {
        let factor = state.workbench.field.system.mechanics().reference_factor();
        let found = Match::of(&snapshot.energies, truth, state.scene.energy_scale, factor)?;
        Some(words::number(found.matched(*snapshot.energies.get(place)?)))
    });
    let energy = words::number(truth.get(place).copied().unwrap_or_default());
    let (q, p) = (fixed(q, 2), fixed(p, 2));
    match learned {
        Some(learned) => {
            tr!("q {q}, p {p}: H {energy}, learned {learned}", q = q, p = p, energy = energy, learned = learned)
        }
        None => format!("q {q}, p {p}: H {energy}"),
    }
}

#[derive(PartialEq, Properties)]
struct SwitchGiven {
    layer: Layer,
    name: &'static str,
    on: bool,
    tell: Callback<LearningAction>,
}

#[component]
fn Switch(given: &SwitchGiven) -> Html {
    let layer = given.layer;
    let toggle = given.tell.reform(move |_: Event| LearningAction::Toggle(layer));
    html! { <label class="switch"><input type="checkbox" checked={given.on} onchange={toggle} />{ given.name }</label> }
}
