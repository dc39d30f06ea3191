//! What stands beside a picture's title: a hint, or what is under the pointer.

use yew::prelude::*;

/// Both, one in place of the other. The hint keeps its room while something is said, so that the picture stays where a visitor is aiming.
pub fn beside(said: Option<String>, hint: impl Into<AttrValue>) -> Html {
    html! {
        <small class="beside">
            <span class={said.is_some().then_some("covered")}>{ hint.into() }</span>
            if let Some(said) = said {
                <span>{ said }</span>
            }
        </small>
    }
}
