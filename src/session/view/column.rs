//! The column of pages about a training run: what moves, what is learned from, files, and how good the models are.

use crate::session::view::Given;
use crate::session::view::own_data::OwnData;
use crate::session::view::results::Results;
use crate::session::view::settings::Settings;
use crate::session::view::stage::World;
use yew::prelude::*;

/// The column.
#[component]
pub fn RunColumn(given: &Given) -> Html {
    html! {
        <div class="column">
            <World ..given.clone() />
            <Settings ..given.clone() />
            <OwnData ..given.clone() />
            <Results ..given.clone() />
        </div>
    }
}
