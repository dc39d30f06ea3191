//! The idea of Hamiltonian networks, in a few lines.

use crate::components::formula::typeset;
use crate::components::sentence::sentence;
use crate::session::view::Given;
use language::tr;
use yew::prelude::*;

/// The idea in a few lines, and its formula.
#[component]
pub fn Idea(given: &Given) -> Html {
    let field = &given.state.workbench.field;
    let truth = field.system.mechanics().formula();
    let films = field.film_recipe().is_some();
    html! {
        <section class="card idea" aria-labelledby="idea-title">
            <h2 id="idea-title">{ tr!("The idea") }</h2>
            <p>
                if films {
                    { tr!("Both networks see the same films. The baseline learns the rates dq/dt and dp/dt directly. The Hamiltonian network learns \
                       one number, the energy H, and takes the rates from its slopes:") }
                } else {
                    { tr!("Both networks see the same points. The baseline learns the rates dq/dt and dp/dt directly. The Hamiltonian network learns \
                       one number, the energy H, and takes the rates from its slopes:") }
                }
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
            if films {
                <p>
                    { sentence(tr!("Here nobody tells them q and p. An autoencoder squeezes two neighbouring frames into two numbers z, from which it has to give \
                       the frames back, and the network says how z moves: for the baseline any way, for the HNN across the slope of an H of z, by Hamilton’s equations. To compare \
                       them, z is read as (q, p) by the best affine map. The truth is {0}."), [typeset(&truth)]) }
                </p>
            } else if field.recording.is_some() {
                <p>
                    { sentence(tr!("Nobody knows the H of a measured thing. Its energy is judged by a reference energy for a pendulum with q in radians, \
                       {0}; its first number, which for a file is the one that fits, can be set under “More about the data”."), [typeset(&truth)]) }
                </p>
            } else {
                <p>
                    // As wide as the longest H: what does not fit is scrolled to, by keyboard too.
                    { sentence(tr!("Here the truth, which no network is told, is {0}"), [
                        html! { <span class="typeset" tabindex="0" role="group" aria-label={tr!("Formula")}>{ typeset(&truth) }{ "." }</span> },
                    ]) }
                </p>
            }
        </section>
    }
}
