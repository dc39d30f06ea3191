//! The menu of files that a visitor can take away.

use crate::pages::learning::pictures::titles;
use crate::pages::learning::state::{Learning, LearningAction};
use crate::session::take::{Wanted, offered};
use crate::session::view::PageGiven;
use language::tr;
use yew::prelude::*;

/// The menu: everything, single files, pictures.
pub fn take_away(given: &PageGiven<Learning>) -> Html {
    let state = &given.state;
    if !state.workbench.assignment.shows("take-away") {
        return html! {};
    }
    let can = state.can_take();
    let button = |id: String, words: String, wanted: Wanted| {
        let onclick = given.tell.reform(move |_: MouseEvent| LearningAction::Take(wanted.clone()));
        html! { <button class="small" data-testid={id} disabled={!can} {onclick}>{ words }</button> }
    };
    let file = |(name, what): (String, &'static str)| {
        html! { <li>{ button(format!("take-{name}"), name.clone(), Wanted::File(name)) }{ " " }{ what }</li> }
    };
    let picture = |(name, title): (&'static str, &'static str)| {
        let svg = button(format!("take-{name}-SVG"), "SVG".into(), Wanted::File(format!("{name}.svg")));
        let png = button(format!("take-{name}-PNG"), "PNG".into(), Wanted::Pixels(name));
        html! { <li><span role="group" aria-label={title}>{ svg }{ " " }{ png }</span>{ " " }{ title }</li> }
    };
    let said = match (&state.taking, can) {
        (Some(_), _) => format!(" {}", tr!("being written")),
        (None, true) => String::new(),
        (None, false) => format!(" {}", tr!("once something has been trained")),
    };
    html! {
        <details class="menu" data-testid="take-away">
            <summary>{ tr!("Take away") }</summary>
            <div class="card" role="group" aria-label={tr!("Files of this run")}>
                <p>
                    { button("take-all".into(), tr!("Everything (ZIP)").into(), Wanted::All) }
                    <span class="hint" role="status" data-testid="taking">{ said }</span>
                </p>
                <h3>{ tr!("Files") }</h3>
                <ul>{ for offered(&state.workbench.field).into_iter().map(file) }</ul>
                <h3>{ tr!("Pictures") }</h3>
                <ul>{ for titles(state, &state.own).into_iter().map(picture) }</ul>
            </div>
        </details>
    }
}
