//! Figures of merit of graph networks through an integrator: errors and drifts, the paper's claims beside them, losses.

use crate::components::cell::cell;
use crate::pages::ode::draw::{GHOST, color};
use crate::pages::ode::state::OdePage;
use crate::pages::ode::view::words::{MOVERS, class, holds, label};
use crate::session::view::PageGiven;
use crate::session::view::network_losses::{Shown, use_losses};
use crate::words;
use jobs::protocol::ode::OdeFigures;
use language::tr;
use models::ode::score::{Errors as Pair, LONG, SHORT};
use models::ode::stepping::Stepping;
use yew::prelude::*;

/// A ratio as it is shown.
fn times(ratio: f64) -> String {
    format!("× {}", words::factor(ratio))
}

/// Errors and drifts over the short and the long time, and the claims of the paper.
#[component]
pub fn Errors(given: &PageGiven<OdePage>) -> Html {
    let (own, experiment) = (&given.state.own, &given.state.workbench.ode);
    let of = |name: &str| own.figures(experiment, name);
    let errors = |name: &str| -> Option<[Pair; 2]> {
        if name == GHOST { Some(own.any_figures(experiment)?.truth) } else { Some(of(name)?.errors) }
    };
    let more = own.any_figures(experiment).and_then(|figures| figures.more).map(|(bodies, _)| bodies);
    let row = |name: &&'static str| {
        let errors = errors(name);
        let value = |long: usize, of: fn(&Pair) -> f64| errors.as_ref().map(|errors| of(&errors[long]));
        let larger = of(name).and_then(|figures| figures.more).map(|(_, errors)| errors.rmse);
        html! {
            <tr>
                <th scope="row" class={class(name)}>{ label(name) }</th>
                { cell(format!("ode-rmse10-{name}"), "", value(0, |errors| errors.rmse), words::number) }
                { cell(format!("ode-drift10-{name}"), "", value(0, |errors| errors.drift), words::number) }
                { cell(format!("ode-rmse50-{name}"), "", value(1, |errors| errors.rmse), words::number) }
                { cell(format!("ode-drift50-{name}"), "", value(1, |errors| errors.drift), words::number) }
                { cell(format!("ode-more-{name}"), "", larger, words::number) }
            </tr>
        }
    };
    let drifts = |long: usize| {
        let drift = |name: &str| Some(errors(name)?[long].drift);
        Some(drift("ogn")? / drift("hogn")?)
    };
    // With RK4, over steps of time from a fifth to twice that of training: the largest error over the smallest.
    let spread = |name: &str| {
        let cells = of(name)?.grid;
        let rk4 = cells.iter().filter(|cell| cell.stepping == Stepping::Rk4).map(|cell| cell.errors.rmse);
        let (low, high) = rk4.fold((f64::INFINITY, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
        (high > 0.0).then_some(high / low)
    };
    let wrong_clock = || {
        let cells: Vec<_> = of("delta")?.grid.into_iter().filter(|cell| cell.stepping == Stepping::AsItIs).collect();
        let trained = cells.iter().find(|cell| (cell.dt / experiment.dt - 1.0).abs() < 1e-9)?;
        Some(cells.first()?.errors.rmse / trained.errors.rmse)
    };
    let against = |stepping: Stepping| {
        let OdeFigures { grid, true_grid, .. } = of("hogn")?;
        let drift = |cells: &[models::ode::score::Cell]| {
            let here = |cell: &&models::ode::score::Cell| {
                cell.stepping == stepping && (cell.dt / experiment.dt - 1.0).abs() < 1e-9
            };
            cells.iter().find(here).map(|cell| cell.errors.drift)
        };
        Some(drift(&grid)? / drift(&true_grid)?)
    };
    let claim = |id: &'static str, what: &'static str, paper: &'static str, yours: Option<f64>| {
        html! { <tr><th scope="row">{ what }</th><td>{ paper }</td>{ cell(format!("ode-claim-{id}"), "", yours, times) }</tr> }
    };
    html! {
        <section class="card results" aria-labelledby="ode-errors-title">
            <h2 id="ode-errors-title">{ tr!("Errors and energy") }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Errors over two lengths of time")}>
                <table data-testid="ode-errors">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{ tr!("error, T = {time}", time = SHORT) }</th>
                            <th scope="col">{ tr!("drift") }</th>
                            <th scope="col">{ tr!("error, T = {time}", time = LONG) }</th>
                            <th scope="col">{ tr!("drift") }</th>
                            <th scope="col">{ more.map_or(tr!("more bodies").into(), |bodies| tr!("error, {bodies} bodies", bodies = bodies)) }</th>
                        </tr>
                    </thead>
                    <tbody>{ for MOVERS.iter().map(row) }</tbody>
                </table>
            </div>
            <p class="hint">{ tr!("By RK4, with the step that was learned from, on systems put aside; medians of twelve, of five for T = 50 and more bodies. Error: root mean square of the places, which are about 0.4 from the middle. \
                Drift: the fraction of the true energy gained or lost by the end. Last column: twice as many bodies as any network has seen, T = 10.") }</p>
            <h3>{ tr!("Your result and the paper’s") }</h3>
            <table data-testid="ode-claims">
                <thead><tr><td></td><th scope="col">{ tr!("paper") }</th><th scope="col">{ tr!("yours") }</th></tr></thead>
                <tbody>
                    { claim("drift", tr!("OGN’s drift over HOGN’s, T = 50"), tr!("much more"), drifts(1)) }
                    { claim("ogn-dt", tr!("OGN, other steps: largest error over smallest"), tr!("keeps its accuracy"), spread("ogn")) }
                    { claim("hogn-dt", tr!("HOGN, the same"), tr!("keeps its accuracy"), spread("hogn")) }
                    { claim("delta-dt", tr!("DeltaGN, a fifth of the step: error over that of its own"), tr!("fails"), wrong_clock()) }
                    { claim("rk2", tr!("HOGN by RK2: drift over the true H’s"), "—", against(Stepping::Rk2)) }
                    { claim("rk3", tr!("HOGN by RK3, the same"), "—", against(Stepping::Rk3)) }
                </tbody>
            </table>
            <p class="hint">{ tr!("The paper shows its results as figures and gives no table of numbers, so its claims stand here in words. The last five need the table below.") }</p>
            <p class="hint" data-testid="ode-holds">{ holds(experiment) }</p>
        </section>
    }
}

/// Losses over steps.
#[component]
pub fn Losses(given: &PageGiven<OdePage>) -> Html {
    let shown = Shown { color, class, label };
    let losses = use_losses(&given.state.own.run, given.state.workbench.ode.steps, shown);
    html! {
        <figure class="card chart" aria-labelledby="ode-loss-title">
            <h2 id="ode-loss-title">{ tr!("Error of one step") }<small>{ tr!("systems put aside; faint: learned from") }</small></h2>
            { losses }
            <p class="hint">{ tr!("A small error of one step does not make a good motion: look at the motions.") }</p>
        </figure>
    }
}
