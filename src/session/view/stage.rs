//! What moves: the system itself, and marks on pictures of its motion.

use crate::components::canvas::{Drawing, paint, use_redraw};
use crate::components::frames::{soon, use_pictures, use_still_and_moving};
use crate::drawing::pen::Pen;
use crate::session::action::Action;
use crate::session::draw::films;
use crate::session::draw::world::{self, Panel};
use crate::session::state::Session;
use crate::session::view::Given;
use jobs::protocol::motion_snapshot::window;
use language::{fixed, tr};
use models::field::model::ModelKind;
use physics::trajectory::Trajectory;
use plotters_canvas::CanvasBackend;
use std::rc::Rc;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

/// Draws the world as it is at a time.
fn world_at(state: &Rc<Session>, t: f64) -> Drawing {
    let state = state.clone();
    Drawing::new(move |pen| {
        if state.workbench.field.film_recipe().is_some() {
            let angle = state.scene.truth.motion.at(t).map_or(0.0, |at| at.q[0]);
            let _ = films::draw(pen, &films::Show { angle, time: t, snapshots: state.films() });
            return;
        }
        // The nearby start moves behind the truth.
        let nearby = state.scene.truth.nearby.as_ref();
        let panel = |(kind, motion): &(Option<ModelKind>, &Trajectory)| {
            let ghost = nearby.filter(|_| kind.is_none()).and_then(|motion| motion.at(t));
            Some(Panel { kind: *kind, state: motion.at(t)?, ghost })
        };
        let panels: Vec<_> = state.motions().iter().filter_map(panel).collect();
        let _ = world::draw(pen, &state.workbench.field.system, &panels, window(&state.workbench.field));
    })
}

/// The time that all pictures show: at `now` in milliseconds, or where it stands still. Whichever is drawn first sets it.
fn time_of(state: &Session, now: Option<f64>) -> f64 {
    match now {
        Some(now) => state.clock.at(now, state.take, state.workbench.field.view.horizon),
        None => state.clock.time(),
    }
}

/// The moving system: truth and models side by side.
#[component]
pub fn World(given: &Given) -> Html {
    let canvas = use_node_ref();
    let latest = use_mut_ref(|| given.state.clone());
    *latest.borrow_mut() = given.state.clone();
    let shown_time = use_node_ref();
    let draw = {
        let (canvas, latest, shown_time) = (canvas.clone(), latest.clone(), shown_time.clone());
        use_callback((), move |now: Option<f64>, ()| {
            let state = latest.borrow().clone();
            let t = time_of(&state, now);
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                paint(&canvas, &world_at(&state, t));
            }
            if let Some(shown) = shown_time.cast::<HtmlElement>() {
                shown.set_text_content(Some(&format!("t = {}", fixed(t, 1))));
            }
        })
    };
    let (still, frame) = use_still_and_moving(draw);
    use_redraw(&canvas, still.clone());
    use_pictures(&canvas, given.state.moving, frame);
    {
        use_effect_with(given.state.clone(), move |state| {
            if !state.moving {
                state.clock.hold();
                soon(&still);
            }
        });
    }
    let toggle = given.act.reform(|_: MouseEvent| Action::Move);
    let names = given.state.models.keys().map(|kind| kind.label());
    let names: Vec<_> = std::iter::once(tr!("truth")).chain(names).collect();
    let said = tr!("Moving side by side: {}.", names.join(", "));
    html! {
        <figure class="card" aria-labelledby="world-title">
            <h2 id="world-title">
                { tr!("What moves") }
                <small><span ref={shown_time} class="clock" />
                <button class="small" data-testid="motion" onclick={toggle}>{ if given.state.moving { tr!("Pause") } else { tr!("Play") } }</button></small>
            </h2>
            <div key="plot" class={classes!("world", given.state.workbench.field.film_recipe().map(|_| "films"))}><canvas key="world" ref={canvas} class="fill" aria-hidden="true" /></div>
            <figcaption class="unseen">{ said }</figcaption>
        </figure>
    }
}

/// Draws what moves over a picture that does not, on a canvas of its own, at the time that all share.
#[hook]
pub fn use_markers(overlay: &NodeRef, given: &Given, draw: fn(&Pen<'_, CanvasBackend>, &Session, f64)) {
    let state = given.state.clone();
    let latest = use_mut_ref(|| state.clone());
    *latest.borrow_mut() = state.clone();
    let mark = {
        let (overlay, latest) = (overlay.clone(), latest.clone());
        use_callback((), move |now: Option<f64>, ()| {
            let state = latest.borrow().clone();
            let t = time_of(&state, now);
            let drawing = Drawing::new(move |pen| draw(pen, &state, t));
            if let Some(canvas) = overlay.cast::<HtmlCanvasElement>() {
                paint(&canvas, &drawing);
            }
        })
    };
    let (still, frame) = use_still_and_moving(mark);
    use_redraw(overlay, still.clone());
    use_pictures(overlay, state.moving, frame);
    use_effect_with(state, move |_| soon(&still));
}

/// Which colour is whose: the truth and every model.
pub fn keys(state: &Session) -> Html {
    html! {
        <>
            <span class="key truth">{ tr!("truth") }</span>
            { for state.models.keys().map(|kind| html! { <span class={classes!("key", kind.key())}>{ kind.label() }</span> }) }
        </>
    }
}
