//! The top line: what this is, which experiment, and the link to it.

use crate::shell::action::Action;
use crate::shell::given::Given;
use experiments::preset::Preset;
use experiments::view::Page;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::*;

/// The parts of the page, by their keys in links.
const PAGES: [(Page, &str, &str); 5] = [
    (Page::Learning, "learning", "Networks learn"),
    (Page::Integrators, "integrators", "Integrators"),
    (Page::Molecules, "molecules", "Molecules"),
    (Page::Graph, "graph", "Graph networks"),
    (Page::Formula, "formula", "Find a formula"),
];

/// The top line.
#[component]
pub fn Header(given: &Given) -> Html {
    let state = &given.state;
    let choose = given.act.reform(|event: Event| {
        let key =
            event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok()).map(|s| s.value()).unwrap_or_default();
        Action::Choose(Preset::from_key(&key).unwrap_or(Preset::Spring))
    });
    let copy = given.act.reform(|_| Action::CopyLink);
    let pages = PAGES.iter().map(|(page, key, name)| {
        let open = given.act.reform(move |_| Action::Set("page", (*key).into()));
        let current = (state.experiment.view.page == *page).then_some("page");
        html! { <button class="tab" data-testid={format!("page-{key}")} aria-current={current} onclick={open}>{ *name }</button> }
    });
    let copied = match state.copied {
        None => "",
        Some(true) => "Copied",
        Some(false) => "Not allowed here: copy it from the address bar",
    };
    html! {
        <header>
            <h1>{ "Orr" }<i>{ "e" }</i>{ "ry" }</h1>
            <nav aria-label="Parts of the page">{ pages.collect::<Html>() }</nav>
            if !matches!(state.experiment.view.page, Page::Molecules | Page::Formula | Page::Graph) {
            <label class="chooser">
                { "Experiment" }
                <select data-testid="preset" onchange={choose}>
                    { for Preset::ALL.iter().map(|preset| html! {
                        <option value={preset.key()} selected={*preset == state.experiment.preset}>{ preset.label() }</option>
                    }) }
                </select>
            </label>
            }
            <span class="copied" role="status">{ copied }</span>
            <button data-testid="copy-link" onclick={copy}>{ "Copy link" }</button>
        </header>
    }
}
