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
use experiments::assignment::LANGUAGES;
use experiments::link;
use experiments::preset::Preset;
use language::{tr, translated};
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
            { tr!("Experiment") }
            <Select id="preset" options={presets} {chosen} set={choose} />
        </label>
    };
    html! {
        <>
            <header>
                <h1>{ "Orr" }<i>{ "e" }</i>{ "ry" }</h1>
                <nav aria-label={tr!("Pages")}>
                    if workbench.assignment.shows("pages") {
                        { for Chapter::ALL.map(|chapter| menu(given, chapter, open)) }
                        <a class="tab" data-testid="lessons" href="lesson.html">{ tr!("Lessons") }</a>
                        <a class="tab" data-testid="slides" href="slides.html">{ tr!("Slides") }</a>
                    }
                    { class_menu(given) }
                </nav>
                if open.is_some_and(|tab| tab.about_presets) && workbench.assignment.shows("preset") {
                    { if workbench.assignment.locks("preset") { locked(chooser) } else { chooser } }
                }
                { languages(given) }
                <Copied done={given.state.copied} refused={tr!("Not allowed here: copy it from the address bar")} />
                <button data-testid="copy-link" onclick={given.act.reform(|_| Action::CopyLink)}>{ tr!("Copy link") }</button>
            </header>
            if let Some(tab) = open {
                <section class="lead" aria-label={tr!("This page")} data-testid="lead">
                    <b>{ translated(tab.label()) }</b><span>{ translated(tab.lead) }</span>
                    <button class="small" data-testid="show-me" data-aid="story">{ tr!("Show me") }</button>
                </section>
            }
        </>
    }
}

/// Which language is spoken.
fn languages(given: &Given) -> Html {
    let options: Vec<_> = LANGUAGES.iter().map(|(code, name)| ((*code).into(), (*name).into())).collect();
    let chosen = LANGUAGES.iter().position(|(code, _)| *code == language::code());
    let speak = given.act.reform(|at: usize| Action::Speak(LANGUAGES.get(at).map_or("en", |(code, _)| code)));
    html! { <Select id="language" label={tr!("Language")} {options} {chosen} set={speak} /> }
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
                                <b>{ translated(tab.label()) }</b><span>{ translated(tab.lead) }</span>
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
            <summary class="tab">{ tr!("Class") }</summary>
            <ul class="card">
                <li>
                    <button data-testid="hand-in" onclick={given.act.reform(|_| Action::HandIn)}>
                        <b>{ tr!("Hand in what is shown") }</b><span>{ tr!("Figures, pictures, law and link are added to what you hand in.") }</span>
                    </button>
                </li>
                <li><a class="tab" href="hand-in.html">{ tr!("What I hand in") }</a></li>
                if workbench.assignment.shows("pages") {
                    <li><a class="tab" data-testid="teachers" href={format!("teacher.html#{}", link::encode(workbench))}>{ tr!("For teachers") }</a></li>
                }
            </ul>
        </details>
    }
}
