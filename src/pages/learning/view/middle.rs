//! The main picture of a system, and what stands below it.

use crate::pages::learning::view::energy::EnergyMap;
use crate::pages::learning::view::panels::{FirstGiven, Panel};
use crate::pages::learning::view::portrait::PhasePortrait;
use models::field::model::ModelKind;
use physics::mechanical_system::Portrait;
use yew::prelude::*;

/// The middle column: the phase portrait with the learned energy, or, where phase space is no plane, the picture that the system
/// asks for and how two nearby starts come apart.
#[component]
pub fn Middle(here: &FirstGiven) -> Html {
    let FirstGiven { given, panels } = here;
    let (state, shared) = (&given.state, given.shared());
    let picture = match state.workbench.field.system.mechanics().portrait() {
        Portrait::Plane => html! { <PhasePortrait ..given.clone() /> },
        Portrait::Paths => panels.panel(Panel::Orbits, &shared),
        Portrait::Section(_) => panels.panel(Panel::Section, &shared),
    };
    html! {
        <div class="column middle">
            { picture }
            if !state.workbench.field.system.is_planar() {
                { panels.panel(Panel::Nearby, &shared) }
            } else if state.models.contains_key(&ModelKind::Hnn) {
                <EnergyMap ..shared />
            }
        </div>
    }
}
