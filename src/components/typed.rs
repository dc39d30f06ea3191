//! A box to type into. What is being typed stays, however often the page is drawn again meanwhile, and takes effect at the end.

use web_sys::{Event, HtmlInputElement, InputEvent};
use yew::prelude::*;

/// A box.
#[derive(Properties, PartialEq)]
pub struct TypedGiven {
    /// Its test id.
    pub id: String,
    /// What holds.
    pub value: String,
    /// `number` or `text`.
    pub kind: &'static str,
    /// Shown in an empty box.
    #[prop_or_default]
    pub placeholder: &'static str,
    #[prop_or_default]
    pub disabled: bool,
    /// What somebody typed, once they are done.
    pub set: Callback<String>,
}

/// The box shows what is being typed, otherwise what holds: also after something that was refused.
#[component]
pub fn Typed(given: &TypedGiven) -> Html {
    let typing = use_state(|| None::<String>);
    let oninput = {
        let typing = typing.clone();
        Callback::from(move |event: InputEvent| typing.set(written(event.target_dyn_into())))
    };
    let onchange = {
        let (typing, set) = (typing.clone(), given.set.clone());
        Callback::from(move |event: Event| {
            typing.set(None);
            if let Some(written) = written(event.target_dyn_into()) {
                set.emit(written);
            }
        })
    };
    let value = (*typing).clone().unwrap_or_else(|| given.value.clone());
    html! {
        <input type={given.kind} step={(given.kind == "number").then_some("any")} data-testid={given.id.clone()} placeholder={given.placeholder}
            disabled={given.disabled} {value} {oninput} {onchange} />
    }
}

fn written(input: Option<HtmlInputElement>) -> Option<String> {
    input.map(|input| input.value())
}
