//! The top lines: what this is, the pages by chapter, which experiment, the link to it, and what happens on the open page.
//!
//! Menus close, "Show me" plays and words are explained by `www/aids.js`: none of it needs the page's state.

use crate::components::copied::Copied;
use crate::components::select::Select;
use crate::components::settings::locked;
use crate::pages::{self, Tab};
use crate::session::action::Action;
use crate::session::page::Chapter;
use crate::session::view::Given;
use experiments::link;
use experiments::preset::Preset;
use yew::prelude::*;

/// The top lines.
#[component]
pub fn Header(given: &Given) -> Html {
    let workbench = &given.state.workbench;
    let open = pages::ALL.iter().find(|tab| tab.page == workbench.page);
    let presets: Vec<_> = Preset::ALL.iter().map(|preset| (preset.key().into(), preset.label().into())).collect();
    let chosen = Preset::ALL.iter().position(|preset| *preset == workbench.field.preset);
    let choose =
        given.act.reform(|number: usize| Action::Choose(Preset::ALL.get(number).copied().unwrap_or(Preset::Spring)));
    let chooser = html! {
        <label class="chooser">
            { "Experiment" }
            <Select id="preset" options={presets} {chosen} set={choose} />
        </label>
    };
    html! {
        <>
            <header>
                <h1>{ "Orr" }<i>{ "e" }</i>{ "ry" }</h1>
                <nav aria-label="Pages">
                    if workbench.assignment.shows("pages") {
                        { for Chapter::ALL.map(|chapter| menu(given, chapter, open)) }
                        <a class="tab" data-testid="lessons" href="lesson.html">{ "Lessons" }</a>
                        <a class="tab" data-testid="slides" href="slides.html">{ "Slides" }</a>
                    }
                    { class_menu(given) }
                </nav>
                if open.is_some_and(|tab| tab.about_presets) && workbench.assignment.shows("preset") {
                    { if workbench.assignment.locks("preset") { locked(chooser) } else { chooser } }
                }
                <Copied done={given.state.copied} refused="Not allowed here: copy it from the address bar" />
                <button data-testid="copy-link" onclick={given.act.reform(|_| Action::CopyLink)}>{ "Copy link" }</button>
            </header>
            if let Some(tab) = open {
                <section class="lead" aria-label="This page" data-testid="lead">
                    <b>{ tab.label() }</b><span>{ tab.lead }</span>
                    <button class="small" data-testid="show-me" data-aid="story">{ "Show me" }</button>
                </section>
            }
        </>
    }
}

/// The pages of a chapter.
fn menu(given: &Given, chapter: Chapter, open: Option<&Tab>) -> Html {
    let current = |tab: &Tab| open.is_some_and(|open| tab.page == open.page).then_some("page");
    let tabs = pages::ALL.iter().filter(|tab| tab.chapter == chapter);
    let here = open.is_some_and(|open| open.chapter == chapter).then_some("true");
    html! {
        <details class="chapter" name="chapter" data-aid="menu">
            <summary class="tab" aria-current={here}>{ chapter.label() }</summary>
            <ul class="card">
                { for tabs.map(|tab| {
                    let choose = given.act.reform(move |_| Action::Set("page", tab.key.into()));
                    html! {
                        <li>
                            <button data-testid={format!("page-{}", tab.key)} aria-current={current(tab)} onclick={choose}>
                                <b>{ tab.label() }</b><span>{ tab.lead }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </details>
    }
}

/// What belongs to a class: handing in, and the page for teachers, which begins with the experiment that is open.
fn class_menu(given: &Given) -> Html {
    let workbench = &given.state.workbench;
    html! {
        <details class="chapter" name="chapter" data-aid="menu" data-testid="class-menu">
            <summary class="tab">{ "Class" }</summary>
            <ul class="card">
                <li>
                    <button data-testid="hand-in" onclick={given.act.reform(|_| Action::HandIn)}>
                        <b>{ "Hand in what is shown" }</b><span>{ "Figures, pictures, law and link are added to what you hand in." }</span>
                    </button>
                </li>
                <li><a class="tab" href="hand-in.html">{ "What I hand in" }</a></li>
                if workbench.assignment.shows("pages") {
                    <li><a class="tab" data-testid="teachers" href={format!("teacher.html#{}", link::encode(workbench))}>{ "For teachers" }</a></li>
                }
            </ul>
        </details>
    }
}
