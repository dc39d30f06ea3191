//! The settings of the experiment.

use crate::components::settings::{is_slider, rows};
use crate::session::view::Given;
use experiments::fields::{Field, Group};
use yew::prelude::*;

/// The card of settings.
#[component]
pub fn Settings(given: &Given) -> Html {
    let set = given.set();
    let rows = |wanted: &dyn Fn(&Field) -> bool| rows(&given.state.workbench, &set, wanted);
    let visible =
        |field: &Field| is_slider(field) && matches!(field.group, Group::Data | Group::Training | Group::View);
    html! {
        <section class="card" aria-labelledby="controls-title">
            <h2 id="controls-title">{ "What it learns from" }<small>{ "changing this erases training" }</small></h2>
            { rows(&visible) }
            <details>
                <summary>{ "More about the data" }</summary>
                { rows(&|field| field.group == Group::Data && !visible(field)) }
            </details>
            <details>
                <summary>{ "Networks and training" }</summary>
                { rows(&|field| field.key == "models" || field.key == "seed") }
                { rows(&|field| field.group == Group::Training) }
            </details>
            <details>
                <summary>{ "Shown motions" }</summary>
                <p class="hint">{ "These change what is shown, not what is learned." }</p>
                { rows(&|field| field.group == Group::View && field.key != "page") }
            </details>
        </section>
    }
}
