//! The Poincaré section, and which of the starts is shown.

use crate::components::explained::explained;
use crate::components::plot::{Plot, use_drawing};
use crate::pages::learning::draw::section;
use crate::pages::learning::shown::crossings;
use crate::pages::learning::view::orbits::Starts;
use crate::session::view::Given;
use crate::session::view::stage::keys;
use crate::words;
use language::tr;
use models::field::model::ModelKind;
use physics::mechanical_system::Portrait;
use std::rc::Rc;
use yew::prelude::*;

/// The picture of the section.
#[component]
pub fn SectionPicture(given: &Given) -> Html {
    let state = given.state.clone();
    let snapshots: Vec<_> = state.models.values().filter_map(|model| model.snapshot.clone()).collect();
    let shows = (state.scene.clone(), snapshots.iter().map(Rc::as_ptr).collect::<Vec<_>>());
    let drawing = use_drawing(shows, {
        let state = state.clone();
        move |pen| match state.workbench.field.system.mechanics().portrait() {
            Portrait::Section(shown) => section::draw(pen, &shown, &crossings(&state)),
            _ => Ok(()),
        }
    });
    let Portrait::Section(shown) = state.workbench.field.system.mechanics().portrait() else {
        return html! {};
    };
    let energy = words::number(state.workbench.field.system.energy(&state.workbench.field.start()));
    let counts: Vec<String> = crossings(&state)
        .iter()
        .map(|(kind, points)| format!("{} {}", kind.map_or(tr!("truth"), ModelKind::label), points.len()))
        .collect();
    let said = tr!(
        "Poincaré section {condition} at the energy {energy}: {across} across, {upwards} upwards. Crossings: {counts}.",
        condition = shown.condition,
        energy = energy,
        across = shown.names[0],
        upwards = shown.names[1],
        counts = counts.join(", ")
    );
    html! {
        <figure class="card portrait" aria-labelledby="section-title">
            <h2 id="section-title">
                { explained(tr!("[Poincaré section]")) }
                <small><Starts ..given.clone() /></small>
            </h2>
            <Plot key="plot" class="plot still" id="poincare-section" value={counts.join(", ")} label={said} {drawing} />
            <figcaption class="legend">{ keys(&state) }</figcaption>
            <p class="hint">
                { tr!("Several motions of the same energy, {energy}. Each time one of them passes {condition}, it leaves a dot. \
                   Dots on closed curves: the motion is regular. Dots spread over an area: it is chaotic.", energy = energy, condition = shown.condition) }
            </p>
        </figure>
    }
}
