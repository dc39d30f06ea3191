//! Who is to train: the processor or the graphics card.

use crate::components::settings::choice;
use crate::session::view::Given;
use experiments::fields::Field;
use yew::prelude::*;

/// Who is to train.
#[component]
pub fn Device(given: &Given) -> Html {
    Field::named("device")
        .map(|field| choice(field, &given.state.workbench, &given.set(), "device".into()))
        .unwrap_or_default()
}
