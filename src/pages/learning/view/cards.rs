//! What there is to read: the idea, and notes for those who want to know more.

use crate::pages::learning::view::against;
use crate::shell::given::Given;
use crate::words;
use physics::system::System;
use yew::prelude::*;

/// The idea in a few lines, and its formula.
#[component]
pub fn Idea(given: &Given) -> Html {
    let system = given.state.experiment.system;
    html! {
        <section class="card idea" aria-labelledby="idea-title">
            <h2 id="idea-title">{ "The idea" }</h2>
            <p>
                { format!("Both networks see the same {}. The baseline learns the velocity directly. The Hamiltonian network learns \
                   one number, the energy H, and takes the velocity from its slope:", if given.state.experiment.film_recipe().is_some() { "films" } else { "points" }) }
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
            if given.state.experiment.film_recipe().is_some() {
                <p>
                    { "Here nobody tells them q and p. An autoencoder squeezes two neighbouring frames into two numbers z, from which it has to give \
                       the frames back, and the network says how z moves: for the baseline any way, for the HNN along the slope of an H of z. To compare \
                       them, z is read as (q, p) by the best affine map. The truth is " }
                    { truth(&system) }{ "." }
                </p>
            } else if given.state.experiment.recording.is_some() {
                <p>
                    { "Nobody knows the H of a measured thing. Its energy is judged by a yardstick for a pendulum with q in radians, " }
                    { truth(&system) }
                    { "; its first number, which for a file is the one that fits, can be set under “More about the data”." }
                </p>
            } else {
                <p>{ "Here the truth, which no network is told, is " }{ truth(&system) }{ "." }</p>
            }
        </section>
    }
}

/// The true H with its numbers.
pub fn truth(system: &System) -> Html {
    let times = |x: f64| {
        if (x - 1.0).abs() < 1e-9 {
            String::new()
        } else {
            words::number(x).trim_end_matches('0').trim_end_matches('.').to_owned()
        }
    };
    let square = |of: &'static str| html! { <msup><mi>{ of }</mi><mn>{ "2" }</mn></msup> };
    let factor = |x: f64| html! { if !times(x).is_empty() { <mn>{ times(x) }</mn> } };
    let (kinetic, potential) = match system {
        System::Gravity(_) => return gravity(),
        System::Recorded(_) | System::Filmed(_) => (
            1.0,
            html! {
                <>
                    { factor(if let System::Recorded(recorded) = system { recorded.weight } else { 1.875 }) }
                    <mo>{ "(" }</mo><mn>{ "1" }</mn><mo>{ "−" }</mo><mi>{ "cos" }</mi><mi>{ "q" }</mi><mo>{ ")" }</mo>
                </>
            },
        ),
        System::MassSpring(spring) => {
            (1.0 / (2.0 * spring.mass), html! { <>{ factor(spring.stiffness / 2.0) }{ square("q") }</> })
        }
        System::Pendulum(pendulum) => (
            1.0 / (2.0 * pendulum.mass * pendulum.length.powi(2)),
            html! {
                <>
                    { factor(pendulum.mass * pendulum.gravity * pendulum.length) }
                    <mo>{ "(" }</mo><mn>{ "1" }</mn><mo>{ "−" }</mo><mi>{ "cos" }</mi><mi>{ "q" }</mi><mo>{ ")" }</mo>
                </>
            },
        ),
    };
    // Of what was measured nobody knows H, and E is no more than a yardstick.
    let name = if matches!(system, System::Recorded(_)) { "E" } else { "H" };
    html! { <math><mi>{ name }</mi><mo>{ "=" }</mo>{ potential }<mo>{ "+" }</mo>{ factor(kinetic) }{ square("p") }</math> }
}

/// H of the bodies: their kinetic energies, less one over each distance.
fn gravity() -> Html {
    let at = |of: &'static str, i: &'static str| html! { <msub><mi>{ of }</mi><mi>{ i }</mi></msub> };
    let size = |inner: Html| html! { <><mo>{ "|" }</mo>{ inner }<mo>{ "|" }</mo></> };
    html! {
        <math>
            <mi>{ "H" }</mi><mo>{ "=" }</mo>
            <munder><mo>{ "∑" }</mo><mi>{ "i" }</mi></munder>
            <mfrac><msup><mrow>{ size(at("p", "i")) }</mrow><mn>{ "2" }</mn></msup><mn>{ "2" }</mn></mfrac>
            <mo>{ "−" }</mo>
            <munder><mo>{ "∑" }</mo><mrow><mi>{ "i" }</mi><mo>{ "<" }</mo><mi>{ "j" }</mi></mrow></munder>
            <mfrac><mn>{ "1" }</mn><mrow>{ size(html! { <>{ at("q", "i") }<mo>{ "−" }</mo>{ at("q", "j") }</> }) }</mrow></mfrac>
        </math>
    }
}

/// Folds below the first screen.
#[component]
pub fn Notes(given: &Given) -> Html {
    let state = &given.state;
    let columns: Vec<_> = state.models.keys().collect();
    let mut steps: Vec<u64> =
        state.models.values().flat_map(|model| model.losses.iter().map(|(step, _)| *step)).collect();
    steps.sort_unstable();
    steps.dedup();
    let cells = |step: u64| {
        state.models.values().flat_map(move |model| {
            let losses = model.losses.iter().find(|(at, _)| *at == step).map(|(_, losses)| *losses);
            [losses.map(|losses| losses.train), losses.map(|losses| losses.test)]
        })
    };
    html! {
        <section class="card notes" aria-label="Notes">
            <details>
                <summary>{ "Losses as a table" }</summary>
                <div class="scroll" tabindex="0" role="region" aria-label="Losses as a table">
                    <table data-testid="loss-history">
                        <thead>
                            <tr>
                                <th scope="col">{ "step" }</th>
                                { for columns.iter().flat_map(|kind| [format!("{} train", kind.label()), format!("{} test", kind.label())])
                                    .map(|name| html! { <th scope="col">{ name }</th> }) }
                            </tr>
                        </thead>
                        <tbody>
                            { for steps.iter().map(|&step| html! {
                                <tr key={step}>
                                    <td>{ step }</td>
                                    { for cells(step).map(|loss| html! { <td>{ loss.map(|loss| loss.to_string()).unwrap_or_default() }</td> }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            </details>
            <details>
                <summary>{ "What is measured, and where it comes from" }</summary>
                <p>
                    { "Recipe: Greydanus, Dzamba and Yosinski, " }
                    <a href="https://arxiv.org/abs/1906.01563" rel="noreferrer">{ "Hamiltonian Neural Networks" }</a>
                    { " (2019), in the scale of their code: H = q² + p² for the spring, H = 3(1 − cos q) + p² for the pendulum. Noise is \
                       added to the observed states only, so no network can bring the loss below what the noise leaves: about 0.034 to \
                       0.040 for the spring with its noise of 0.1. A loss far below would mean that the noise is missing." }
                </p>
                <p>
                    { "Energy error: truth and model run from 15 fresh starts (spring and pendulum: each coordinate between 0.2 and 1.0 in size, to \
                       t = 20; two bodies to t = 25, three to t = 3; a recording: along the rows that were not learned from). At each of the \
                       times the true H of the learned state is compared with that of the true state; the mean of the squares is shown. \
                       Path error: the same for the states themselves. It grows even for a good network, because a clock that runs 5 % \
                       slow is far behind after ten turns." }
                </p>
            </details>
            <details>
                <summary>{ "The paper against you" }</summary>
                <against::Against ..given.clone() />
            </details>
            <details>
                <summary>{ "Notes on the slides" }</summary>
                <ul>
                    <li>{ "The force is F = −∂V/∂q; a sign is missing." }</li>
                    <li>{ "The kinetic energy is p M⁻¹ pᵀ/2, with the inverse of the masses; the slide has M itself." }</li>
                    <li>{ "The pendulum's kinetic energy is p²/2ml², not l²p²/2m: a longer rod makes a pendulum slower to turn." }</li>
                    <li>{ "The potential of two bodies is −g m₁m₂/|q₁ − q₂|: plus would push them apart, and the square belongs to the force." }</li>
                    <li>{ "Of two bodies, the centre of mass has the kinetic energy |P|²/2(m₁ + m₂) and the relative motion |p|²/2μ with one relative momentum p; the slide lacks the first half and has p₁² + p₂² for p²." }</li>
                    <li>{ "The loss that ties the latent momentum to a rate is (z_p − (z_q′ − z_q))²; the other sign would make momentum point backwards." }</li>
                </ul>
            </details>
            <p class="hint">{ "Everything happens in this page: nothing is sent anywhere, and a link holds the whole experiment." }</p>
        </section>
    }
}
