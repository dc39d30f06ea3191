//! Buttons that cannot always be pressed.

use yew::prelude::*;

/// A button that keeps the focus while it cannot be pressed. A disabled one would lose it, and the keyboard would begin again at the top.
pub fn press(
    id: &'static str,
    class: &'static str,
    can: bool,
    onclick: Callback<MouseEvent>,
    words: &'static str,
) -> Html {
    html! {
        <button class={class} data-testid={id} aria-disabled={(!can).then_some("true")} onclick={can.then_some(onclick)}>{ words }</button>
    }
}
