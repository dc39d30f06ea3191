//! Figures of merit of interaction networks: errors by number of bodies beside the paper's, losses, energies.

use crate::components::cell::cell;
use crate::components::explained::explained;
use crate::pages::interactions::draw::color;
use crate::pages::interactions::state::InteractionNetworks;
use crate::pages::interactions::view::{class, label};
use crate::session::view::PageGiven;
use crate::session::view::network_losses::{Shown, use_losses};
use crate::words;
use experiments::published::{InteractionErrors, interactions};
use language::{tr, written};
use models::interaction::score::ROLLOUT_ERROR;
use physics::interactions::domain::Domain;
use yew::prelude::*;

/// Networks in the order of the table, with what the paper has of them.
type Row = (&'static str, fn(&InteractionErrors) -> f64);
const ROWS: [Row; 3] = [
    ("in", |errors| errors.interaction),
    ("no_relations", |errors| errors.no_relations),
    ("mlp", |errors| errors.perceptron),
];

/// The paper against you: how many times smaller the error of one frame is than that of constant velocity.
#[component]
pub fn Errors(given: &PageGiven<InteractionNetworks>) -> Html {
    let (own, experiment) = (&given.state.own, &given.state.workbench.interactions);
    let sizes = experiment.domain.sizes();
    let published = interactions(experiment.domain);
    let of_this = own.run.experiment.as_ref().is_some_and(|of| of.domain == experiment.domain);
    let figure = |name: &str, bodies: usize| own.score(name, bodies).filter(|_| of_this);
    let trained = experiment.domain.bodies();
    html! {
        <section class="card" aria-labelledby="in-errors-title">
            <h2 id="in-errors-title">{ tr!("Your result and the paper’s") }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Errors by number of bodies")}>
                <table data-testid="in-errors">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{ tr!("paper, {}", trained) }</th>
                            { for sizes.iter().map(|n| html! { <th scope="col">{ tr!("yours, {}", n) }</th> }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for ROWS.iter().map(|(name, of)| html! {
                            <tr>
                                <th scope="row" class={class(name)}>{ label(name) }</th>
                                <td>{ words::factor(published.constant_velocity / of(&published)) }</td>
                                { for sizes.iter().map(|n| cell(format!("in-ratio-{name}-{n}"), "", figure(name, *n).map(|score| score.mse_ratio), words::factor)) }
                            </tr>
                        }) }
                        { for ROWS.iter().take(1).map(|(name, _)| html! {
                            <>
                                <tr>
                                    <th scope="row">{ tr!("the same, medians") }</th>
                                    <td>{ "—" }</td>
                                    { for sizes.iter().map(|n| cell(format!("in-median-{name}-{n}"), "", figure(name, *n).map(|score| score.median_ratio), words::factor)) }
                                </tr>
                                <tr>
                                    <th scope="row">{ tr!("frames to {}", written(ROLLOUT_ERROR.to_string())) }</th>
                                    <td>{ "—" }</td>
                                    { for sizes.iter().map(|n| cell(format!("in-rollout-{name}-{n}"), "", figure(name, *n).map(|score| score.rollout_steps), |x| format!("{x:.0}"))) }
                                </tr>
                            </>
                        }) }
                    </tbody>
                </table>
            </div>
            <p class="hint">{ tr!("How many times smaller the squared error of the next velocity is than if velocities stayed as they are, for each number of bodies. \
                1 is no better than that. Below it, the same for the median moment, and for how many frames the interaction network stays within 0.1 of the true places.") }</p>
            <p class="hint" data-testid="in-holds">{ holds(experiment.domain, experiment.mixed) }</p>
        </section>
    }
}

/// What holds at this size, and what does not.
fn holds(domain: Domain, mixed: bool) -> String {
    let trained = match (mixed, domain) {
        (false, _) => tr!("As in the paper, networks learn from scenes of {} bodies alone.", domain.bodies()),
        (true, Domain::NBody) => {
            tr!("Networks learn from scenes of 3, 4, 6 and 8 bodies; the paper’s from 6. None has seen 12.").into()
        }
        (true, Domain::Balls) => {
            tr!("Networks learn from scenes of 3, 6 and 8 balls; the paper’s from 6. None has seen 9 or 12.").into()
        }
        (true, Domain::String) => {
            tr!("Networks learn from strings of 5 and 15 masses; the paper’s from 15. None has seen 3, 6, 12 or 30.")
                .into()
        }
    };
    let limits = match domain {
        Domain::NBody => tr!(
            "Two planets that meet closely decide the mean, so medians stand below. The perceptron sees all bodies in a row and learns its few hundred scenes by heart."
        ),
        Domain::Balls => tr!(
            "Collisions are rare: every second moment that the interaction networks learn from is one with a collision. The other two draw all moments alike, since they cannot see what is near and oversampled collisions made them worse (0.8 to 0.9). All are judged on all moments alike. \
                The paper’s 37 is not reached in half a minute. After a collision every small error grows, so no network follows the balls for long."
        ),
        Domain::String => tr!(
            "The paper does not give the sizes and the time step of its string, so ratios can only be compared roughly. With 30 masses the string is longer than any that was seen, and errors grow."
        ),
    };
    format!("{trained} {limits}")
}

/// Losses over steps.
#[component]
pub fn Losses(given: &PageGiven<InteractionNetworks>) -> Html {
    let shown = Shown { color, class, label };
    let losses = use_losses(&given.state.own.run, given.state.workbench.interactions.steps, shown);
    html! {
        <figure class="card chart" aria-labelledby="in-loss-title">
            <h2 id="in-loss-title">{ tr!("Error of the next velocity") }<small>{ tr!("scenes put aside; faint: learned from") }</small></h2>
            { losses }
        </figure>
    }
}

/// Potential energies.
#[component]
pub fn Energy(given: &PageGiven<InteractionNetworks>) -> Html {
    let (own, domain) = (&given.state.own, given.state.workbench.interactions.domain);
    if domain == Domain::Balls {
        return html! {};
    }
    let published = interactions(domain);
    let row = |name: &'static str, paper: Option<f64>| {
        html! {
            <tr>
                <th scope="row">{ label(name) }</th>
                <td>{ paper.map_or("—".into(), words::number) }</td>
                { cell(format!("in-energy-{name}"), "", own.energy_ratio(name), words::factor) }
            </tr>
        }
    };
    html! {
        <section class="card" aria-labelledby="in-energy-title">
            <h2 id="in-energy-title">{ explained(tr!("[Potential energy], read off a scene")) }</h2>
            <table>
                <thead><tr><td></td><th scope="col">{ tr!("paper, squared error") }</th><th scope="col">{ tr!("yours, × better than the mean") }</th></tr></thead>
                <tbody>{ row("energy", published.energy.map(|energy| energy[0])) }{ row("mlp", published.energy.map(|energy| energy[1])) }</tbody>
            </table>
            <p class="hint">{ tr!("A further interaction network adds up ten numbers of every body and makes one of them: the potential energy. \
                The variance of the energy over the squared error; the paper gives squared errors in its own units.") }</p>
        </section>
    }
}
