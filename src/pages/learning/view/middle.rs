//! The main picture of a system, and what stands below it.

use crate::pages::learning::state::Learning;
use crate::pages::learning::view::energy::EnergyMap;
use crate::pages::learning::view::nearby::Nearby;
use crate::pages::learning::view::orbits::Orbits;
use crate::pages::learning::view::portrait::PhasePortrait;
use crate::pages::learning::view::section::SectionPicture;
use crate::session::view::PageGiven;
use models::field::model::ModelKind;
use physics::mechanical_system::Portrait;
use yew::prelude::*;

/// The middle column: the phase portrait with the learned energy, or, where phase space is no plane, the picture that the system
/// asks for and how two nearby starts come apart.
#[component]
pub fn Middle(given: &PageGiven<Learning>) -> Html {
    let (state, shared) = (&given.state, given.shared());
    let picture = match state.workbench.field.system.mechanics().portrait() {
        Portrait::Plane => html! { <PhasePortrait ..given.clone() /> },
        Portrait::Paths => html! { <Orbits ..shared.clone() /> },
        Portrait::Section(_) => html! { <SectionPicture ..shared.clone() /> },
    };
    html! {
        <div class="column middle">
            { picture }
            if !state.workbench.field.system.is_planar() {
                <Nearby ..shared />
            } else if state.models.contains_key(&ModelKind::Hnn) {
                <EnergyMap ..shared />
            }
        </div>
    }
}
