//! Whether something is on the clipboard.

use language::tr;
use yew::prelude::*;

/// What is shown of it.
#[derive(PartialEq, Properties)]
pub struct CopiedGiven {
    /// `None` before anything was copied, `Some(false)` where the browser did not allow it.
    pub done: Option<bool>,
    /// What to do where it is not allowed.
    pub refused: &'static str,
}

/// Whether something is on the clipboard.
#[component]
pub fn Copied(given: &CopiedGiven) -> Html {
    let said = match given.done {
        None => "",
        Some(true) => tr!("Copied"),
        Some(false) => given.refused,
    };
    html! { <span class="copied" role="status">{ said }</span> }
}
