//! How good the models are, in numbers.

use crate::components::cell::{cell, exact};
use crate::session::progress::Progress;
use crate::session::state::Session;
use crate::session::view::Given;
use crate::session::words::{lost, trials};
use crate::words;
use yew::prelude::*;

/// The card of results.
#[component]
pub fn Results(given: &Given) -> Html {
    let state = &given.state;
    let ratio = state.ratio();
    html! {
        <section class="card results" aria-labelledby="results-title">
            <h2 id="results-title">{ "Energy error" }<small>{ trials(state) }</small></h2>
            <p class="headline" data-testid="ratio" data-value={exact(ratio)}>
                { headline(state, ratio) }
            </p>
            <table>
                <thead>
                    <tr>
                        <td></td>
                        { for state.models.keys().map(|kind| html! { <th scope="col" class={kind.key()}>{ kind.label() }</th> }) }
                    </tr>
                </thead>
                <tbody>
                    { row(state, "train-loss", "train loss", &|model| model.losses.last().map(|(_, losses)| losses.train)) }
                    { row(state, "test-loss", "test loss", &|model| model.losses.last().map(|(_, losses)| losses.test)) }
                    { row(state, "energy", "energy error", &|model| model.score.map(|score| score.energy_inside())) }
                    { row(state, "rollout", "path error", &|model| model.score.map(|score| score.rollout_inside())) }
                    if state.models.values().any(|model| model.score.is_some_and(|score| score.inside.is_some())) {
                        { row(state, "energy-paper", "energy error, paper’s starts", &|model| model.score.map(|score| score.energy_mse)) }
                    }
                    if state.workbench.field.film_recipe().is_some() {
                        { row(state, "reconstruction", "pixel error", &|model| Some(model.pixel_metrics?.reconstruction_mse)) }
                        { row(state, "angle-r2", "R² of the angle", &|model| Some(model.pixel_metrics?.angle_r2)) }
                    }
                    if state.workbench.field.system.momenta(&state.workbench.field.start()).is_some() {
                        { row(state, "momentum", "momentum error", &|model| Some(model.score?.momenta?.linear)) }
                        { row(state, "angular-momentum", "angular m. error", &|model| Some(model.score?.momenta?.angular)) }
                    }
                </tbody>
            </table>
            if let Some(said) = lost(state) {
                <p class="hint" data-testid="energy-lost">{ said }</p>
            }
            <p class="hint">
                { "Mean squares. One seed proves nothing: the baseline's error varies a thousandfold." }
            </p>
        </section>
    }
}

fn headline(state: &Session, ratio: Option<f64>) -> Html {
    match ratio {
        Some(ratio) if ratio >= 1.0 => html! { <><b>{ words::factor(ratio) }{ "×" }</b>{ " smaller with the HNN" }</> },
        Some(ratio) if state.workbench.field.recording.is_some() => html! {
            <><b>{ words::factor(1.0 / ratio) }{ "×" }</b>{ " larger with the HNN: it keeps energy, and what was measured does not" }</>
        },
        Some(ratio) => html! { <><b>{ words::factor(1.0 / ratio) }{ "×" }</b>{ " larger with the HNN, this time" }</> },
        None if state.models.len() < 2 => html! { <span>{ "One network has nothing to be compared with." }</span> },
        None => html! { <span>{ "Press Train to compare the two." }</span> },
    }
}

fn row(state: &Session, id: &'static str, name: &'static str, figure: &dyn Fn(&Progress) -> Option<f64>) -> Html {
    let cells = state.models.iter();
    let cells =
        cells.map(|(kind, model)| cell(format!("{id}-{}", kind.key()), kind.key(), figure(model), words::number));
    html! { <tr><th scope="row">{ name }</th>{ for cells }</tr> }
}
