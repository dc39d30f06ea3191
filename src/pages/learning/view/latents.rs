//! The latent numbers of models that learned from films.

use crate::components::canvas::{Drawing, Picture};
use crate::session::draw::films;
use crate::session::view::Given;
use yew::prelude::*;

/// The card of latent numbers.
#[component]
pub fn Latents(given: &Given) -> Html {
    let state = given.state.clone();
    let shown: Vec<_> = state.films().into_iter().map(|(_, look)| std::ptr::from_ref(look)).collect();
    let drawing = use_memo(shown, {
        let state = state.clone();
        move |_| {
            Drawing::new(move |pen| {
                let _ = films::latents(pen, &state.films());
            })
        }
    });
    let said = if state.films().is_empty() {
        "Two numbers of each pair of frames, once something has been learned.".to_owned()
    } else {
        "Each dot is a pair of held-out frames; purple swings left, ochre right. Nobody told the network that there is an angle.".into()
    };
    html! {
        <figure class="card chart" aria-labelledby="latents-title">
            <h2 id="latents-title">{ "Latent numbers" }<small>{ "z_q across, z_p upwards" }</small></h2>
            <div key="plot" class="plot latents" data-testid="latents" role="img" aria-label={said.clone()}>
                <Picture class="fill" drawing={(*drawing).clone()} />
            </div>
            <p class="hint">{ said }</p>
        </figure>
    }
}
