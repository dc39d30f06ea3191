//! The top line: what this is, which page, which experiment, and the link to it.

use crate::components::copied::Copied;
use crate::components::select::Select;
use crate::pages;
use crate::session::action::Action;
use crate::session::view::Given;
use experiments::preset::Preset;
use yew::prelude::*;

/// The top line.
#[component]
pub fn Header(given: &Given) -> Html {
    let workbench = &given.state.workbench;
    let open = workbench.page;
    let tabs = pages::ALL.iter().map(|tab| {
        let choose = given.act.reform(move |_| Action::Set("page", tab.key.into()));
        let current = (open == tab.page).then_some("page");
        html! { <button class="tab" data-testid={format!("page-{}", tab.key)} aria-current={current} onclick={choose}>{ tab.label() }</button> }
    });
    let presets: Vec<_> = Preset::ALL.iter().map(|preset| (preset.key().into(), preset.label().into())).collect();
    let chosen = Preset::ALL.iter().position(|preset| *preset == workbench.field.preset);
    let choose =
        given.act.reform(|number: usize| Action::Choose(Preset::ALL.get(number).copied().unwrap_or(Preset::Spring)));
    html! {
        <header>
            <h1>{ "Orr" }<i>{ "e" }</i>{ "ry" }</h1>
            <nav aria-label="Parts of the page">{ for tabs }<a class="tab" data-testid="slides" href="slides.html">{ "The slides" }</a></nav>
            if pages::ALL.iter().any(|tab| tab.page == open && tab.about_presets) {
                <label class="chooser">
                    { "Experiment" }
                    <Select id="preset" options={presets} {chosen} set={choose} />
                </label>
            }
            <Copied done={given.state.copied} refused="Not allowed here: copy it from the address bar" />
            <button data-testid="copy-link" onclick={given.act.reform(|_| Action::CopyLink)}>{ "Copy link" }</button>
        </header>
    }
}
