//! A box to type into, or a slider. What is being typed or dragged is shown at once, however often the page is drawn again
//! meanwhile, and takes effect at the end.

use language::written;
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
    // A browser takes a comma in a box for numbers only where its own language has one.
    let comma = given.kind == "number" && written(".".to_owned()) == ",";
    let kind = if comma { "text" } else { given.kind };
    let holds = if comma { written(given.value.clone()) } else { given.value.clone() };
    let oninput = {
        let typing = typing.clone();
        Callback::from(move |event: InputEvent| {
            typing.set(event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()));
        })
    };
    let onchange = {
        let (typing, set, is_number, now) = (typing.clone(), given.set.clone(), given.kind != "text", holds.clone());
        Callback::from(move |event: Event| {
            typing.set(None);
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let typed = if comma { with_point(&input.value()) } else { input.value() };
            // What is no number reads as nothing.
            let nothing = is_number && typed.is_empty();
            set.emit(typed);
            if nothing {
                input.set_value(&now);
            }
        })
    };
    let value = (*typing).clone().unwrap_or(holds);
    let (min, max) = given.range.filter(|_| !comma).map(|(min, max, _)| (min.to_string(), max.to_string())).unzip();
    // Keyboards of decimals may have no sign.
    let decimals = comma && given.range.is_some_and(|(min, ..)| min >= 0.0);
    let step = given.range.and_then(|(.., step)| step).map_or("any".to_owned(), |step| step.to_string());
    html! {
        <>
            <input type={kind} step={(kind != "text").then_some(step)} {min} {max} inputmode={decimals.then_some("decimal")} data-testid={given.id.clone()} placeholder={(!given.placeholder.is_empty()).then_some(given.placeholder)}
                disabled={given.disabled} value={value.clone()} {oninput} {onchange} />
            if given.kind == "range" {
                <output>{ written(value) }</output>
            }
        </>
    }
}

/// A number that was typed with a comma or a point, with a point; nothing where it is no number.
fn with_point(typed: &str) -> String {
    let number = typed.trim().replace(',', ".");
    if number.parse::<f64>().is_ok_and(f64::is_finite) { number } else { String::new() }
}
