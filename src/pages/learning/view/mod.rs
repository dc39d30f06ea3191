//! The page of learning: what moves, its phase portrait or orbits, and how the networks do.

mod charts;
mod energy;
mod idea;
mod latents;
mod less_data;
mod middle;
mod nearby;
mod orbits;
pub mod panels;
mod parts;
mod portrait;
mod section;
mod statements;
mod takeaway;

use crate::pages::learning::view::charts::{Conserved, Loss};
use crate::pages::learning::view::idea::Idea;
use crate::pages::learning::view::less_data::LessData;
use crate::pages::learning::view::middle::Middle;
use crate::pages::learning::view::panels::{FirstGiven, Panel};
use crate::pages::learning::view::statements::statements;
use crate::pages::learning::view::takeaway::take_away;
use crate::session::view::Frame;
use crate::session::view::bar::Bar;
use crate::session::view::column::RunColumn;
use crate::session::view::notes::Notes;
use yew::prelude::*;

/// The whole page.
#[component]
pub fn View(here: &FirstGiven) -> Html {
    let FirstGiven { given, panels } = here;
    let (state, shared) = (&given.state, given.shared());
    let panel = |shown: bool, panel: Panel| {
        if shown {
            panels.panel(panel, &shared)
        } else {
            html! {}
        }
    };
    let films = state.workbench.field.film_recipe().is_some();
    let understood = state.loaded.as_ref().is_some_and(|loaded| !loaded.folded);
    let runs = !state.runs.list.is_empty() && state.workbench.assignment.shows("runs");
    html! {
        <Frame given={shared.clone()} bar={html! { <div class="bars"><Bar ..shared.clone() />{ take_away(given) }</div> }}>
            { panel(state.film.is_some(), Panel::Film) }
            { panel(state.brought.is_some() || understood, Panel::Data) }
            <main>
                <RunColumn ..shared.clone() />
                <Middle given={given.clone()} panels={panels.clone()} />
                <div class="column">
                    { panel(films, Panel::Latents) }
                    <Conserved ..given.clone() />
                    <Loss ..shared.clone() />
                    { panel(films, Panel::Parts) }
                    { panel(state.models.values().any(|model| model.snapshot.is_some()), Panel::Wirings) }
                    <Idea ..shared.clone() />
                    { statements(given) }
                    if state.workbench.field.is_simulated() {
                        <LessData ..shared.clone() />
                    }
                </div>
            </main>
            { panel(runs, Panel::Runs) }
            <Notes ..shared.clone() />
        </Frame>
    }
}
