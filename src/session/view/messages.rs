//! Sentences about the run: which engine and why, what was mended, what a link or a setting could not be.

use crate::components::turn::use_shown_on_change;
use crate::session::action::Action;
use crate::session::view::Given;
use crate::session::view::runs::offers;
use crate::words;
use language::tr;
use yew::prelude::*;

/// Sentences about the run: which engine and why, what was mended, what a link or a setting could not be.
#[component]
pub fn Messages(given: &Given) -> Html {
    let state = &given.state;
    let dismiss = given.act.reform(|_: MouseEvent| Action::Dismiss);
    let again = given.act.reform(|_: MouseEvent| Action::TryAgain);
    // What is said about the run belongs to the pages that show it; others have runs of their own.
    let run = state.workbench.page.is_about_field();
    let failure = state.failure.as_ref().filter(|_| run);
    let notices: Vec<&str> = [state.mended.as_ref().filter(|_| run), state.notice.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let sayings = !state.remarks.is_empty() || !notices.is_empty() || failure.is_some();
    // What was refused further down is said up here.
    let place = use_shown_on_change(state.remarks.clone(), state.remarks.is_empty());
    html! {
        <section class="words" aria-label={tr!("notices" => "Messages")} aria-live="polite">
            if let Some(choice) = state.choice.filter(|_| run) {
                <p data-testid="device-note" class="note">{ words::chosen(choice) }</p>
            }
            if run {
                { offers(given) }
            }
            if sayings {
                <div class="sayings" ref={place}>
                    <div>
                        if let Some(failure) = failure {
                            <p class="failure">
                                <span data-testid="failure">{ failure }</span>{ " " }
                                if state.again {
                                    <button class="small" data-testid="train-again" onclick={again}>{ tr!("Try again") }</button>
                                }
                            </p>
                        }
                        if !notices.is_empty() {
                            <p data-testid="notice">{ notices.join(" ") }</p>
                        }
                        <ul data-testid="remarks">
                            { for state.remarks.iter().map(|remark| html! { <li>{ remark }</li> }) }
                        </ul>
                    </div>
                    if failure.is_none() {
                        <button class="small" onclick={dismiss}>{ tr!("Close") }</button>
                    }
                </div>
            } else {
                <ul data-testid="remarks" hidden=true></ul>
            }
        </section>
    }
}
