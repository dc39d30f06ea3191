//! The latent numbers of models that learned from films.

use crate::components::explained::explained;
use crate::components::plot::{Plot, use_drawing};
use crate::session::draw::films;
use crate::session::view::Given;
use language::tr;
use yew::prelude::*;

/// The card of latent numbers.
#[component]
pub fn Latents(given: &Given) -> Html {
    let state = given.state.clone();
    let shown: Vec<_> = state.films().into_iter().map(|(_, snapshot)| std::ptr::from_ref(snapshot)).collect();
    let drawing = use_drawing(shown, {
        let state = state.clone();
        move |pen| films::latents(pen, &state.films())
    });
    let said = if state.films().is_empty() {
        tr!("Two numbers of each pair of frames, once something has been learned.")
    } else {
        tr!(
            "Each dot is a pair of held-out frames; purple swings left, ochre right. Nobody told the network that there is an angle."
        )
    };
    html! {
        <figure class="card chart" aria-labelledby="latents-title">
            <h2 id="latents-title">{ explained(tr!("[Latent numbers]")) }<small>{ tr!("z_q across, z_p upwards") }</small></h2>
            <Plot key="plot" class="plot latents" id="latents" label={said} drawing={drawing} />
            <p class="hint">{ said }</p>
        </figure>
    }
}
