//! The neurons and weights of networks side by side.

use crate::components::wiring::Wirings;
use crate::session::network_run::NetworkRun;
use jobs::protocol::networks::NetworkKind;
use yew::prelude::*;

/// What a page says of a network, by its name.
type Said = fn(&str) -> &'static str;

/// The card. A page names its networks and their classes, and the parts of a model that has several.
pub fn wirings<K: NetworkKind>(run: &NetworkRun<K>, (label, class): (Said, Said), parts: &[&'static str]) -> Html {
    let networks = run.networks.iter();
    let models: Vec<_> = networks.map(|of| (label(of.name).to_owned(), class(of.name), of.wiring.clone())).collect();
    html! { <Wirings {models} parts={parts.to_vec()} /> }
}
