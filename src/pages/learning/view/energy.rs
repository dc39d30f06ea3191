//! The learned H as a picture beside the true one.

use crate::components::cell::exact;
use crate::components::plot::{Plot, use_drawing};
use crate::pages::learning::draw::energy_map;
use crate::pages::learning::shown::energies;
use crate::pages::learning::words;
use crate::session::view::Given;
use language::tr;
use models::field::model::ModelKind;
use std::rc::Rc;
use yew::prelude::*;

/// The card with both pictures.
#[component]
pub fn EnergyMap(given: &Given) -> Html {
    let state = given.state.clone();
    let snapshot = state.models.get(&ModelKind::Hnn).and_then(|model| model.snapshot.as_ref().map(Rc::as_ptr));
    let drawing = use_drawing((state.scene.clone(), snapshot), {
        let state = state.clone();
        move |pen| {
            let scene = &state.scene;
            energy_map::draw(pen, &scene.truth.energies, energies(&state), scene.energy_scale)
        }
    });
    let matched = energies(&state).map(|(_, matched)| matched);
    let said = words::energies(&state);
    html! {
        <figure class="card" aria-labelledby="energy-map-title">
            <h2 id="energy-map-title">{ tr!("The learned H as a picture") }<small>{ tr!("q across, p upwards") }</small></h2>
            <Plot key="plot" class="world map" id="energy-map" value={exact(matched.map(|found| found.r_squared))} label={said.clone()} drawing={drawing} />
            <p class="hint">{ said }</p>
        </figure>
    }
}
