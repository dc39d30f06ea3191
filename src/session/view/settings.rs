//! The settings of the experiment.

use crate::components::settings::{any, folded, is_slider, rows};
use crate::session::view::Given;
use experiments::fields::{Field, Group};
use language::tr;
use yew::prelude::*;

/// The card of settings; nothing where a teacher has left all of them out.
#[component]
pub fn Settings(given: &Given) -> Html {
    let (set, workbench) = (given.set(), &given.state.workbench);
    let visible =
        |field: &Field| is_slider(field) && matches!(field.group, Group::Data | Group::Training | Group::View);
    let shown = |field: &Field| field.group == Group::View && field.key != "page";
    let trained = |field: &Field| field.key == "models" || field.key == "seed" || field.group == Group::Training;
    if !any(workbench, &|field| field.group == Group::Data || shown(field) || trained(field)) {
        return html! {};
    }
    html! {
        <section class="card" aria-labelledby="controls-title">
            <h2 id="controls-title">{ tr!("What it learns from") }<small>{ tr!("changing this erases training") }</small></h2>
            { rows(workbench, &set, visible) }
            { folded(tr!("More about the data"), workbench, &set, &|field| field.group == Group::Data && !visible(field)) }
            if any(workbench, &trained) {
                <details>
                    <summary>{ tr!("Networks and training") }</summary>
                    { rows(workbench, &set, |field| field.key == "models" || field.key == "seed") }
                    { rows(workbench, &set, |field| field.group == Group::Training) }
                </details>
            }
            if any(workbench, &shown) {
                <details>
                    <summary>{ tr!("Shown motions") }</summary>
                    <p class="hint">{ tr!("These change what is shown, not what is learned.") }</p>
                    { rows(workbench, &set, shown) }
                </details>
            }
        </section>
    }
}
