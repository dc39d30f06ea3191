//! The idea of Hamiltonian networks, in a few lines.

use crate::components::formula::typeset;
use crate::session::view::Given;
use yew::prelude::*;

/// The idea in a few lines, and its formula.
#[component]
pub fn Idea(given: &Given) -> Html {
    let truth = given.state.workbench.field.system.mechanics().formula();
    html! {
        <section class="card idea" aria-labelledby="idea-title">
            <h2 id="idea-title">{ "The idea" }</h2>
            <p>
                { format!("Both networks see the same {}. The baseline learns the rates dq/dt and dp/dt directly. The Hamiltonian network learns \
                   one number, the energy H, and takes the rates from its slopes:", if given.state.workbench.field.film_recipe().is_some() { "films" } else { "points" }) }
            </p>
            <math display="block">
                <mfrac><mrow><mi>{ "d" }</mi><mi>{ "q" }</mi></mrow><mrow><mi>{ "d" }</mi><mi>{ "t" }</mi></mrow></mfrac>
                <mo>{ "=" }</mo>
                <mfrac><mrow><mo>{ "∂" }</mo><mi>{ "H" }</mi></mrow><mrow><mo>{ "∂" }</mo><mi>{ "p" }</mi></mrow></mfrac>
                <mo>{ "," }</mo><mspace width="1em" />
                <mfrac><mrow><mi>{ "d" }</mi><mi>{ "p" }</mi></mrow><mrow><mi>{ "d" }</mi><mi>{ "t" }</mi></mrow></mfrac>
                <mo>{ "=" }</mo><mo>{ "−" }</mo>
                <mfrac><mrow><mo>{ "∂" }</mo><mi>{ "H" }</mi></mrow><mrow><mo>{ "∂" }</mo><mi>{ "q" }</mi></mrow></mfrac>
            </math>
            if given.state.workbench.field.film_recipe().is_some() {
                <p>
                    { "Here nobody tells them q and p. An autoencoder squeezes two neighbouring frames into two numbers z, from which it has to give \
                       the frames back, and the network says how z moves: for the baseline any way, for the HNN across the slope of an H of z, by Hamilton’s equations. To compare \
                       them, z is read as (q, p) by the best affine map. The truth is " }
                    { typeset(&truth) }{ "." }
                </p>
            } else if given.state.workbench.field.recording.is_some() {
                <p>
                    { "Nobody knows the H of a measured thing. Its energy is judged by a reference energy for a pendulum with q in radians, " }
                    { typeset(&truth) }
                    { "; its first number, which for a file is the one that fits, can be set under “More about the data”." }
                </p>
            } else {
                <p>
                    { "Here the truth, which no network is told, is " }
                    // As wide as the longest H: what does not fit is scrolled to, by keyboard too.
                    <span class="typeset" tabindex="0" role="group" aria-label="Formula">{ typeset(&truth) }{ "." }</span>
                </p>
            }
        </section>
    }
}
