//! Two nearby starts: how fast a small difference grows, and how far the models are from the truth meanwhile.

use crate::components::beside::beside;
use crate::components::plot::{Plot, use_drawing};
use crate::components::pointer::use_pointer;
use crate::pages::learning::draw::nearby;
use crate::pages::learning::shown::others;
use crate::session::view::Given;
use crate::words;
use jobs::protocol::motion_snapshot::NEARBY;
use language::{fixed, tr};
use models::field::model::ModelKind;
use physics::trajectory::Trajectory;
use std::rc::Rc;
use yew::prelude::*;

/// The chart of distances.
#[component]
pub fn Nearby(given: &Given) -> Html {
    let state = given.state.clone();
    let (pointed, moved, left) = use_pointer();
    let snapshots: Vec<_> = state.models.values().filter_map(|model| model.snapshot.clone()).collect();
    let shows =
        (state.scene.clone(), state.workbench.field.view.horizon, snapshots.iter().map(Rc::as_ptr).collect::<Vec<_>>());
    let drawing = use_drawing(shows, {
        let state = state.clone();
        move |pen| {
            let (truth, horizon) = (&state.scene.truth.motion, state.workbench.field.view.horizon);
            nearby::draw(pen, horizon, truth, &others(&state))
        }
    });
    let name = |kind: Option<ModelKind>| kind.map_or(tr!("nearby start"), ModelKind::label);
    let at = |t: f64| {
        let truth = state.scene.truth.motion.at(t)?;
        let far = |(kind, motion): &(Option<ModelKind>, &Trajectory)| {
            Some(format!("{} {}", name(*kind), words::number(motion.at(t)?.distance(&truth))))
        };
        let apart = others(&state).iter().filter_map(far).collect::<Vec<_>>().join(", ");
        Some(format!("t {}: {apart}", fixed(t, 1)))
    };
    let said = pointed.and_then(|((across, down), size)| {
        at(nearby::frame(size, state.workbench.field.view.horizon).value(across, down)?.0)
    });
    let end = at(state.scene.truth.motion.duration()).unwrap_or_default();
    html! {
        <figure class="card chart" data-testid="nearby-chart" aria-labelledby="nearby-title">
            <h2 id="nearby-title">{ tr!("Two nearby starts") }{ beside(said, tr!("log; distance from the true motion")) }</h2>
            <Plot key="plot" {drawing} onmousemove={moved} onmouseleave={left} />
            <figcaption class="unseen">{ tr!("Distance from the true motion, at {end}.", end = end) }</figcaption>
            <p class="hint">
                { tr!("Dashed: a true motion that starts only {distance} away. Where its line climbs straight on this logarithmic scale, a small difference grows by the same \
                   factor again and again: that is chaos. In a regular motion the climb gets flatter and flatter. In chaos no model stays on the true path, but it can keep the energy. \
                   In the picture of the world this second motion is drawn faintly behind the truth.", distance = words::number(NEARBY)) }
            </p>
        </figure>
    }
}
