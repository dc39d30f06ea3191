//! A box to type into, or a slider. What is being typed or dragged is shown at once, however often the page is drawn again
//! meanwhile, and takes effect at the end.

use web_sys::{Event, HtmlInputElement, InputEvent};
use yew::prelude::*;

/// What the box is given.
#[derive(Properties, PartialEq)]
pub struct TypedGiven {
    /// Its test id.
    pub id: String,
    /// What holds.
    pub value: String,
    /// `number`, `range` or `text`.
    pub kind: &'static str,
    /// Smallest and largest number, and a slider's step.
    #[prop_or_default]
    pub range: Option<(f64, f64, Option<f64>)>,
    /// Shown in an empty box.
    #[prop_or_default]
    pub placeholder: &'static str,
    /// Whether nothing can be typed now.
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
        Callback::from(move |event: InputEvent| {
            typing.set(event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()));
        })
    };
    let onchange = {
        let (typing, set, kind, now) = (typing.clone(), given.set.clone(), given.kind, given.value.clone());
        Callback::from(move |event: Event| {
            typing.set(None);
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            set.emit(input.value());
            // What is no number reads as nothing.
            if kind != "text" && input.value().is_empty() {
                input.set_value(&now);
            }
        })
    };
    let value = (*typing).clone().unwrap_or_else(|| given.value.clone());
    let (min, max) = given.range.map(|(min, max, _)| (min.to_string(), max.to_string())).unzip();
    let step = given.range.and_then(|(.., step)| step).map_or("any".to_owned(), |step| step.to_string());
    html! {
        <>
            <input type={given.kind} step={(given.kind != "text").then_some(step)} {min} {max} data-testid={given.id.clone()} placeholder={(!given.placeholder.is_empty()).then_some(given.placeholder)}
                disabled={given.disabled} value={value.clone()} {oninput} {onchange} />
            if given.kind == "range" {
                <output>{ value }</output>
            }
        </>
    }
}
