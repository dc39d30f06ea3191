//! The paths of bodies, and which of the orbits is shown.

use crate::components::canvas::Picture;
use crate::components::plot::use_drawing;
use crate::pages::learning::draw::orbits;
use crate::pages::learning::words;
use crate::session::action::Action;
use crate::session::view::Given;
use crate::session::view::stage::{keys, use_markers};
use crate::session::words::schemes;
use language::tr;
use std::rc::Rc;
use yew::prelude::*;

/// The picture of the orbits.
#[component]
pub fn Orbits(given: &Given) -> Html {
    let state = given.state.clone();
    let overlay = use_node_ref();
    let snapshots: Vec<_> = state.models.values().filter_map(|model| model.snapshot.clone()).collect();
    let shows =
        (state.scene.clone(), state.workbench.field.clone(), snapshots.iter().map(Rc::as_ptr).collect::<Vec<_>>());
    let drawing = use_drawing(shows, {
        let state = state.clone();
        move |pen| orbits::draw(pen, &state.workbench.field, &state.motions())
    });
    use_markers(&overlay, given, |pen, state, t| {
        let _ = orbits::markers(pen, &state.workbench.field, &state.motions(), t);
    });
    html! {
        <figure class="card portrait" aria-labelledby="orbits-title">
            <h2 id="orbits-title">
                { tr!("Orbits") }
                <small><Starts ..given.clone() /></small>
            </h2>
            <div key="plot" class="plot" data-testid="orbits" role="img" aria-label={words::orbits(&state)}>
                <Picture class="fill" {drawing} />
                <canvas key="markers" ref={overlay} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                { keys(&state) }
            </figcaption>
            <p class="hint">{ schemes(&state) }</p>
        </figure>
    }
}

/// Which of the random starts is shown.
#[component]
pub fn Starts(given: &Given) -> Html {
    let orbit = given.state.workbench.field.view.orbit;
    let go = |to: Option<u32>| {
        let act = given.act.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(to) = to {
                act.emit(Action::Set("orbit", to.to_string()));
            }
        })
    };
    html! {
        <>
            <button class="small" data-testid="previous-orbit" disabled={orbit == 0} onclick={go(orbit.checked_sub(1))}>{ tr!("previous") }</button>
            { format!(" {} ", tr!("orbit {number}", number = orbit)) }
            <button class="small" data-testid="next-orbit" onclick={go(orbit.checked_add(1))}>{ tr!("next") }</button>
        </>
    }
}
