//! How good the models are, in numbers.

use crate::components::cell::{cell, exact};
use crate::components::explained::{explained, term};
use crate::components::sentence::sentence;
use crate::session::progress::Progress;
use crate::session::state::Session;
use crate::session::view::Given;
use crate::session::words::{few_rows, lost, trials};
use crate::words;
use language::tr;
use models::field::model::ModelKind;
use physics::system::System;
use yew::prelude::*;

/// The card of results.
#[component]
pub fn Results(given: &Given) -> Html {
    let state = &given.state;
    let ratio = state.ratio();
    html! {
        <section class="card results" aria-labelledby="results-title">
            <h2 id="results-title">{ explained(tr!("[Energy error]")) }<small>{ trials(state) }</small></h2>
            <p class="headline" data-testid="ratio" data-value={exact(ratio)}>
                { headline(state, ratio) }
            </p>
            <table>
                <thead>
                    <tr>
                        <td></td>
                        { for state.models.keys().map(|kind| html! { <th scope="col" class={kind.key()}>{ term(word(*kind), kind.label()) }</th> }) }
                    </tr>
                </thead>
                <tbody>
                    { row(state, "train-loss", tr!("[train loss]"), &|model| model.losses.last().map(|(_, losses)| losses.train)) }
                    { row(state, "test-loss", tr!("[test loss]"), &|model| model.losses.last().map(|(_, losses)| losses.test)) }
                    { row(state, "energy", tr!("[energy error]"), &|model| model.score.map(|score| score.energy_inside())) }
                    { row(state, "rollout", tr!("[path error]"), &|model| model.score.map(|score| score.rollout_inside())) }
                    if state.models.values().any(|model| model.score.is_some_and(|score| score.inside.is_some())) {
                        { row(state, "energy-paper", tr!("energy error, paper’s starts"), &|model| model.score.map(|score| score.energy_mse)) }
                    }
                    if state.workbench.field.film_recipe().is_some() {
                        { row(state, "reconstruction", tr!("pixel error"), &|model| Some(model.pixel_metrics?.reconstruction_mse)) }
                        { row(state, "angle-r2", tr!("[R²] of the angle"), &|model| Some(model.pixel_metrics?.angle_r2)) }
                    }
                    if state.workbench.field.system.momenta(&state.workbench.field.start()).is_some() {
                        { row(state, "momentum", tr!("[momentum] error"), &|model| Some(model.score?.momenta?.linear)) }
                        { row(state, "angular-momentum", tr!("[angular momentum] error"), &|model| Some(model.score?.momenta?.angular)) }
                    }
                </tbody>
            </table>
            if let Some(said) = state.workbench.field.recording.as_deref().and_then(few_rows) {
                <p class="hint" data-testid="few-rows">{ said }</p>
            }
            if let Some(said) = lost(state) {
                <p class="hint" data-testid="energy-lost">{ said }</p>
            }
            <p class="hint">
                { explained(match state.workbench.field.system {
                    System::MassSpring(_) => tr!("[Mean squares]. One [seed] proves nothing: for the spring the ratio varies a thousandfold between seeds."),
                    _ => tr!("[Mean squares]. One [seed] proves nothing: with another one the ratio may be quite another."),
                }) }
            </p>
        </section>
    }
}

/// A model's name in the glossary.
fn word(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Baseline => "baseline",
        ModelKind::Hnn => "HNN",
        ModelKind::Dissipative => "HNN with friction",
    }
}

fn headline(state: &Session, ratio: Option<f64>) -> Html {
    let recorded = state.workbench.field.recording.is_some();
    match ratio {
        Some(ratio) => {
            let (factor, said) = match ratio {
                ratio if ratio >= 1.0 => (ratio, tr!("{0} smaller with the HNN")),
                ratio if recorded => {
                    (1.0 / ratio, tr!("{0} larger with the HNN: it keeps energy, and what was measured does not"))
                }
                ratio => (1.0 / ratio, tr!("{0} larger with the HNN, this time")),
            };
            let times = html! { <b>{ words::factor(factor) }{ "×" }</b> };
            html! { <>{ sentence(said, [times]) }{ spread(state) }</> }
        }
        None if state.models.len() < 2 => {
            html! { <span>{ tr!("One network has nothing to be compared with.") }</span> }
        }
        None if state.step() > 0 => html! { <span>{ tr!("Too little is learned yet to compare the two.") }</span> },
        None => html! { <span>{ tr!("Press Train to compare the two.") }</span> },
    }
}

/// What several seeds came to, beside the one that is shown.
fn spread(state: &Session) -> Option<Html> {
    let series = state.series.as_ref().filter(|series| series.done.len() > 1)?;
    let median = words::factor(series.median_ratio(|outcome| outcome.energy_inside)?);
    let said = tr!("in this run; median of {count} seeds {factor}×", count = series.done.len(), factor = median);
    Some(html! { <span data-testid="ratio-median">{ " " }{ said }</span> })
}

fn row(state: &Session, id: &'static str, name: &'static str, figure: &dyn Fn(&Progress) -> Option<f64>) -> Html {
    let cells = state.models.iter();
    let cells =
        cells.map(|(kind, model)| cell(format!("{id}-{}", kind.key()), kind.key(), figure(model), words::number));
    html! { <tr><th scope="row">{ explained(name) }</th>{ for cells }</tr> }
}
