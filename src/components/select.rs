//! A list to choose one thing from.

use web_sys::{Event, HtmlSelectElement};
use yew::prelude::*;

/// What the list is given.
#[derive(PartialEq, Properties)]
pub struct SelectGiven {
    /// Its test id.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// What it is for, where no label around it says so.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// More about it, for a pointer that stays.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Keys and words of what can be chosen.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The number of the one that holds.
    pub chosen: Option<usize>,
    /// Where to say the number of another.
    pub set: Callback<usize>,
}

/// A list to choose one thing from.
#[component]
pub fn Select(given: &SelectGiven) -> Html {
    let set = given.set.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        if let Some(number) = select.and_then(|select| usize::try_from(select.selected_index()).ok()) {
            set.emit(number);
        }
    });
    html! {
        <select data-testid={given.id.clone()} aria-label={given.label.clone()} title={given.title.clone()} {onchange}>
            { for given.options.iter().enumerate().map(|(i, (key, words))| html! {
                <option value={key.clone()} selected={Some(i) == given.chosen}>{ words }</option>
            }) }
        </select>
    }
}
