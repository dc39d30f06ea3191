//! The menu of files that a visitor can take away.

use crate::pages::learning::pictures::sketches;
use crate::pages::learning::state::{Format, Learning, LearningAction};
use crate::session::take::{Wanted, offered};
use crate::session::view::PageGiven;
use yew::prelude::*;

/// The menu: everything, single files, pictures.
#[component]
pub fn TakeAway(given: &PageGiven<Learning>) -> Html {
    let state = &given.state;
    let can = state.can_take();
    let take = |wanted: Wanted| given.tell.reform(move |_: MouseEvent| LearningAction::Take(wanted.clone()));
    let file = |(name, what): (String, &'static str)| {
        let id = format!("take-{name}");
        html! {
            <li>
                <button class="small" data-testid={id} disabled={!can} onclick={take(Wanted::File(name.clone()))}>{ name }</button>
                { " " }{ what }
            </li>
        }
    };
    let picture = |name: &'static str, title: &'static str| {
        let save = |format: Format, ending: &'static str| {
            let onclick = given.tell.reform(move |_: MouseEvent| LearningAction::Picture(name, format));
            html! { <button class="small" data-testid={format!("take-{name}-{ending}")} aria-label={format!("{title} as {ending}")} {onclick}>{ ending }</button> }
        };
        html! { <li>{ save(Format::Svg, "SVG") }{ " " }{ save(Format::Png, "PNG") }{ " " }{ title }</li> }
    };
    html! {
        <details class="menu" data-testid="take-away">
            <summary>{ "Take away" }</summary>
            <div class="card" role="group" aria-label="Files of this run">
                <p>
                    <button data-testid="take-all" disabled={!can} onclick={take(Wanted::All)}>{ "Everything (ZIP)" }</button>
                    <span class="hint" role="status" data-testid="taking">
                        { if state.is_taking() { " being written" } else if can { "" } else { " once something has been trained" } }
                    </span>
                </p>
                <h3>{ "Files" }</h3>
                <ul>{ for offered(&state.workbench.field).into_iter().map(file) }</ul>
                <h3>{ "Pictures" }</h3>
                <ul>{ for sketches(state, &state.own).iter().map(|sketch| picture(sketch.name, sketch.title)) }</ul>
            </div>
        </details>
    }
}
