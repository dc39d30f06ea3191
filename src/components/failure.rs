//! Why work stopped, with a way to try again: the same on every page.

use language::tr;
use yew::prelude::*;

/// A failure.
#[derive(Clone, PartialEq, Properties)]
pub struct FailureProps {
    /// What failed, as tests know it: `ID-failure` is the sentence, `ID-again` the button.
    pub id: &'static str,
    /// The sentence.
    pub sentence: String,
    /// What the button does.
    pub again: Callback<MouseEvent>,
}

/// A sentence and a button.
#[component]
pub fn Failure(given: &FailureProps) -> Html {
    html! {
        <div class="words">
            <p class="failure" role="alert">
                <span data-testid={format!("{}-failure", given.id)}>{ &given.sentence }</span>{ " " }
                <button class="small" data-testid={format!("{}-again", given.id)} onclick={&given.again}>{ tr!("Try again") }</button>
            </p>
        </div>
    }
}
