//! The page of learning: what moves, its phase portrait or orbits, and how the networks do.

mod charts;
mod energy;
mod idea;
mod latents;
mod less_data;
mod middle;
mod nearby;
mod orbits;
mod parts;
mod portrait;
mod section;
mod statements;
mod takeaway;

use crate::pages::learning::state::Learning;
use crate::pages::learning::view::charts::{Conserved, Loss};
use crate::pages::learning::view::idea::Idea;
use crate::pages::learning::view::latents::Latents;
use crate::pages::learning::view::less_data::LessData;
use crate::pages::learning::view::middle::Middle;
use crate::pages::learning::view::parts::Parts;
use crate::pages::learning::view::statements::statements;
use crate::pages::learning::view::takeaway::take_away;
use crate::session::view::bar::Bar;
use crate::session::view::column::RunColumn;
use crate::session::view::data_panel::data_panel;
use crate::session::view::film::film_panel;
use crate::session::view::notes::Notes;
use crate::session::view::runs::RunsCard;
use crate::session::view::{Frame, PageGiven};
use yew::prelude::*;

/// The whole page.
#[component]
pub fn View(given: &PageGiven<Learning>) -> Html {
    let (state, shared) = (&given.state, given.shared());
    html! {
        <Frame given={shared.clone()} bar={html! { <div class="bars"><Bar ..shared.clone() />{ take_away(given) }</div> }}>
            { film_panel(&shared) }
            { data_panel(&shared) }
            <main>
                <RunColumn ..shared.clone() />
                <Middle ..given.clone() />
                <div class="column">
                    if state.workbench.field.film_recipe().is_some() {
                        <Latents ..shared.clone() />
                    }
                    <Conserved ..given.clone() />
                    <Loss ..shared.clone() />
                    if state.workbench.field.film_recipe().is_some() {
                        <Parts ..shared.clone() />
                    }
                    <Idea ..shared.clone() />
                    { statements(given) }
                    if state.workbench.field.is_simulated() {
                        <LessData ..shared.clone() />
                    }
                </div>
            </main>
            <RunsCard ..shared.clone() />
            <Notes ..shared />
        </Frame>
    }
}
