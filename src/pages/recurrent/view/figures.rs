//! Figures of merit at a coarse step: errors beside the paper's, a refined step, noisy starts, losses.

use crate::components::cell::cell;
use crate::pages::recurrent::draw::{GHOST, color};
use crate::pages::recurrent::state::RecurrentPage;
use crate::pages::recurrent::view::words::{MOVERS, class, holds, label};
use crate::session::view::PageGiven;
use crate::session::view::network_losses::{Shown, use_losses};
use crate::words;
use experiments::published::{COARSE_OPTIMISED, coarse};
use language::tr;
use models::recurrent::recipe::Coarse;
use models::recurrent::score::{LONG, REFINED, RolloutErrors, SHORT};
use yew::prelude::*;

/// Your result and the paper's: errors after few and many coarse steps.
#[component]
pub fn Errors(given: &PageGiven<RecurrentPage>) -> Html {
    let (own, experiment) = (&given.state.own, &given.state.workbench.recurrent);
    let published = coarse(experiment.world);
    let errors = |name: &str| -> Option<RolloutErrors> {
        if name == GHOST {
            Some(own.any_figures(experiment)?.truth)
        } else {
            Some(own.figures(experiment, name)?.errors)
        }
    };
    let paper = |name: &str| match name {
        "multi" => Some(published.multi),
        "single" => Some(published.single),
        "euler" => Some(published.euler),
        _ => published.truth,
    };
    let row = |name: &&'static str| {
        let errors = errors(name);
        html! {
            <tr>
                <th scope="row" class={class(name)}>{ label(name) }</th>
                <td>{ paper(name).map_or("—".into(), words::number) }</td>
                { cell(format!("srnn-rmse10-{name}"), "", errors.map(|errors| errors.rmse_10), words::number) }
                { cell(format!("srnn-rmse100-{name}"), "", errors.and_then(|errors| errors.rmse_100), words::number) }
                { cell(format!("srnn-drift-{name}"), "", errors.map(|errors| errors.drift), words::number) }
            </tr>
        }
    };
    html! {
        <section class="card results" aria-labelledby="srnn-errors-title">
            <h2 id="srnn-errors-title">{ tr!("Your result and the paper’s") }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Errors after few and many steps")}>
                <table data-testid="srnn-errors">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{ tr!("paper") }</th>
                            <th scope="col">{ tr!("yours, {steps} steps", steps = SHORT) }</th>
                            <th scope="col">{ tr!("yours, {steps}", steps = LONG) }</th>
                            <th scope="col">{ tr!("energy off by") }</th>
                        </tr>
                    </thead>
                    <tbody>{ for MOVERS.iter().map(row) }</tbody>
                </table>
            </div>
            <p class="hint">{ match experiment.world {
                Coarse::Chain => tr!("Yours: root mean square error of all places over their spread, medians of 100 motions put aside. The paper’s are errors in its own units, of 20 masses with noise \
                    after 2000 finer steps, so compare ratios between rows and not numbers."),
                Coarse::ThreeBodies => tr!("Yours: root mean square error of all places over their spread, medians of 100 motions put aside. The paper’s are errors in its own units. After about ten steps \
                    neighbouring motions have parted, so no one is asked about a hundred."),
            } }</p>
            <p class="hint" data-testid="srnn-holds">{ holds(experiment) }</p>
        </section>
    }
}

/// A finer step makes the true H better and the networks worse.
#[component]
pub fn Refined(given: &PageGiven<RecurrentPage>) -> Html {
    let (own, experiment) = (&given.state.own, &given.state.workbench.recurrent);
    let figures = own.figures(experiment, "multi");
    let row = |id: &'static str, name: &'static str, same: Option<f64>, finer: Option<f64>| {
        html! {
            <tr>
                <th scope="row">{ name }</th>
                { cell(format!("srnn-same-{id}"), "", same, words::number) }
                { cell(format!("srnn-finer-{id}"), "", finer, words::number) }
            </tr>
        }
    };
    html! {
        <section class="card" aria-labelledby="srnn-refined-title">
            <h2 id="srnn-refined-title">{ tr!("Refine the step, and the SRNN gets worse") }</h2>
            <table data-testid="srnn-refined">
                <thead><tr><td></td><th scope="col">{ tr!("step of training") }</th><th scope="col">{ tr!("{times} × finer", times = REFINED) }</th></tr></thead>
                <tbody>
                    { row("multi", "SRNN", figures.map(|figures| figures.errors.rmse_10), figures.map(|figures| figures.refined_10)) }
                    { row("truth", tr!("true H"), figures.map(|figures| figures.truth.rmse_10), figures.map(|figures| figures.true_refined_10)) }
                </tbody>
            </table>
            <p class="hint">{ tr!("Errors after {steps} steps. A finer step helps the true H: its only fault is the integrator’s. The SRNN has learned another H, one whose coarse leapfrog steps \
                are right. The error of the coarse step is inside that H. Take the coarse step away, and what was made up for it is left over.", steps = SHORT) }</p>
        </section>
    }
}

/// Noisy starts with and without initial-state optimisation.
#[component]
pub fn Noisy(given: &PageGiven<RecurrentPage>) -> Html {
    let (own, experiment) = (&given.state.own, &given.state.workbench.recurrent);
    let row = |name: &'static str| {
        let noisy = own.figures(experiment, name).and_then(|figures| figures.noisy);
        html! {
            <tr>
                <th scope="row" class={class(name)}>{ if name == "multi" { "SRNN" } else { label(name) } }</th>
                { cell(format!("srnn-raw-{name}"), "", noisy.map(|noisy| noisy.raw_10), words::number) }
                { cell(format!("srnn-optimised-{name}"), "", noisy.map(|noisy| noisy.optimised_10), words::number) }
            </tr>
        }
    };
    html! {
        <section class="card" aria-labelledby="srnn-noisy-title">
            <h2 id="srnn-noisy-title">{ tr!("Noisy starts") }</h2>
            <table data-testid="srnn-noisy">
                <thead><tr><td></td><th scope="col">{ tr!("as observed") }</th><th scope="col">{ tr!("optimised") }</th></tr></thead>
                <tbody>
                    { row("multi") }
                    { row("single") }
                    <tr><th scope="row">{ tr!("SRNN in the paper, chain") }</th><td>{ words::number(coarse(Coarse::Chain).multi) }</td><td>{ words::number(COARSE_OPTIMISED) }</td></tr>
                </tbody>
            </table>
            <p class="hint">{ tr!("Every observation is off by a tenth of the spread. Initial-state optimisation keeps the network as it is and moves the start down the gradient until {steps} steps from it \
                fit {observations} noisy observations best. Errors after {steps} steps, against the true motion.", steps = SHORT, observations = SHORT + 1) }</p>
        </section>
    }
}

/// Losses over steps.
#[component]
pub fn Losses(given: &PageGiven<RecurrentPage>) -> Html {
    let shown = Shown { color, class, label };
    let losses = use_losses(&given.state.own.run, given.state.workbench.recurrent.steps, shown);
    html! {
        <figure class="card chart" aria-labelledby="srnn-loss-title">
            <h2 id="srnn-loss-title">{ tr!("Losses") }<small>{ tr!("motions put aside; faint: learned from") }</small></h2>
            { losses }
            <p class="hint">{ tr!("The SRNN’s loss jumps after a quarter of the training: from there on it is that of several steps, which are harder. From the first step on they would be too hard.") }</p>
        </figure>
    }
}
