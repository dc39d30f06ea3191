//! The learned H as a picture beside the true one.

use crate::components::cell::exact;
use crate::components::plot::{Plot, use_drawing};
use crate::pages::learning::draw::energy_map::{self, Match};
use crate::session::state::Session;
use crate::session::view::Given;
use crate::words;
use models::field::model::ModelKind;
use std::rc::Rc;
use yew::prelude::*;

/// The learned energies and their match with the truth.
fn found(state: &Session) -> Option<(&[f64], Match)> {
    let snapshot = state.models.get(&ModelKind::Hnn)?.snapshot.as_ref()?;
    let found = Match::of(&snapshot.energies, &state.scene.truth.energies, state.scene.energy_scale)?;
    Some((&snapshot.energies, found))
}

/// The card with both pictures.
#[component]
pub fn EnergyMap(given: &Given) -> Html {
    let state = given.state.clone();
    let snapshot = state.models.get(&ModelKind::Hnn).and_then(|model| model.snapshot.as_ref().map(Rc::as_ptr));
    let drawing = use_drawing((state.scene.clone(), snapshot), {
        let state = state.clone();
        move |pen| {
            let scene = &state.scene;
            energy_map::draw(pen, &scene.truth.energies, found(&state), scene.energy_scale)
        }
    });
    let matched = found(&state).map(|(_, matched)| matched);
    let said = match matched {
        None => "Once the HNN has learned something, its H stands here beside the true one.".to_owned(),
        Some(Match { scale, offset, r_squared }) => {
            let (name, factor) = if state.workbench.field.recording.is_some() {
                // E is twice the H of a motion whose p is dq/dt.
                ("the reference_energy E", "E is p² where H has p²/2, so a factor of 2 is right")
            } else {
                ("true H", "a factor away from 1 is a clock that runs too slow or too fast")
            };
            format!(
                "Best affine match where data may be: {name} ≈ {} × learned H {} {}, R² = {r_squared:.4}. The zero of an energy is arbitrary; {factor}.",
                words::number(scale),
                if offset < 0.0 { "−" } else { "+" },
                words::number(offset.abs()),
            )
        }
    };
    html! {
        <figure class="card" aria-labelledby="energy-map-title">
            <h2 id="energy-map-title">{ "The learned H as a picture" }<small>{ "q across, p upwards" }</small></h2>
            <Plot key="plot" class="world map" id="energy-map" value={exact(matched.map(|found| found.r_squared))} label={said.clone()} drawing={drawing} />
            <p class="hint">{ said }</p>
        </figure>
    }
}
