//! Messages of graph networks held against forces.

use crate::components::canvas::{Drawing, Picture};
use crate::components::cell::cell;
use crate::drawing::loss;
use crate::pages::graph::draw;
use crate::pages::graph::network::Trained;
use crate::pages::graph::state::Graphs;
use crate::pages::graph::view::{class, color, name};
use crate::session::page::Seen;
use crate::session::view::PageGiven;
use crate::words;
use models::messages::comparison::Truth;
use yew::prelude::*;

/// R² of the messages over steps.
#[component]
pub fn Agreement(given: &PageGiven<Graphs>) -> Html {
    let state = given.state.clone();
    let steps: Vec<usize> = state.own.networks.iter().map(|network| network.agreement.len()).collect();
    let drawing = use_memo((steps, state.own.recipe.clone()), {
        let state = state.clone();
        move |_| {
            Drawing::new(move |pen| {
                let steps = state.own.recipe.as_ref().map_or(1, |recipe| recipe.steps);
                let lines: Vec<_> = state
                    .own
                    .networks
                    .iter()
                    .enumerate()
                    .map(|(i, network)| (color(&pen.palette, i), &network.agreement[..]))
                    .collect();
                let _ = draw::agreement(pen, steps, &lines);
            })
        }
    });
    html! {
        <figure class="card chart" aria-labelledby="agreement-title">
            <h2 id="agreement-title">{ "How much of a message is force" }<small>{ "R²; faint: plain, bold: trimmed" }</small></h2>
            <div key="plot" class="plot" role="img" aria-label="R² of messages and forces over steps"><Picture class="fill" drawing={(*drawing).clone()} /></div>
            <table>
                <thead><tr><td></td>{ for [("plain", "F"), ("plain", "F/m"), ("trimmed", "F"), ("trimmed", "F/m")].map(|(fit, truth)| html! { <th scope="col">{ fit }<br />{ truth }</th> }) }</tr></thead>
                <tbody>
                    { for state.own.networks.iter().enumerate().map(|(i, network)| figures(i, network)) }
                </tbody>
            </table>
            <p class="hint">{ "Mean over the numbers that vary most, each as an affine function of the true force; trimmed leaves out the tenth that fits worst." }</p>
        </figure>
    }
}

/// The losses of the networks over steps.
#[component]
pub fn GraphLosses(given: &PageGiven<Graphs>) -> Html {
    let state = given.state.clone();
    let recorded: Vec<usize> = state.own.networks.iter().map(|network| network.losses.len()).collect();
    let drawing = use_memo((recorded, state.own.recipe.clone()), {
        let state = state.clone();
        move |_| {
            Drawing::new(move |pen| {
                let steps = state.own.recipe.as_ref().map_or(1, |recipe| recipe.steps);
                let networks = state.own.networks.iter().enumerate();
                let lines: Vec<_> =
                    networks.map(|(i, network)| (color(&pen.palette, i), &network.losses[..])).collect();
                let _ = loss::draw_colored(pen, steps, &lines);
            })
        }
    });
    html! {
        <figure class="card chart" aria-labelledby="graph-loss-title">
            <h2 id="graph-loss-title">{ "Loss" }<small>{ "log; test plain, training faint" }</small></h2>
            <div key="plot" class="plot" role="img" aria-label="Loss over steps"><Picture class="fill" drawing={(*drawing).clone()} /></div>
            <p class="hint">{ "Σ|error| over the bodies of a world and the components of what is predicted." }{ for state.own.networks.iter().enumerate().filter_map(|(i, network)| {
                let (_, losses) = network.losses.last()?;
                Some(html! { <>{ " " }<span class={class(i)} data-testid={format!("graph-test-loss-{}", id(i))} data-value={losses.test.to_string()}>{ format!("{}: {}.", name(network.strategy), words::number(losses.test)) }</span></> })
            }) }</p>
        </figure>
    }
}

fn id(i: usize) -> &'static str {
    if i == 0 { "bottleneck" } else { "other" }
}

fn figures(i: usize, network: &Trained) -> Html {
    let id = id(i);
    let report = network.messages.as_deref();
    let cell = |name: &str, value| cell(format!("r2-{name}-{id}"), class(i), value, |x| format!("{x:.3}"));
    html! {
        <tr>
            <th scope="row">{ name(network.strategy) }</th>
            { cell("plain-force", report.map(|r| r.plain.force)) }
            { cell("plain-acceleration", report.map(|r| r.plain.force_per_mass)) }
            { cell("trimmed-force", report.map(|r| r.trimmed.force)) }
            { cell("trimmed-acceleration", report.map(|r| r.trimmed.force_per_mass)) }
        </tr>
    }
}

/// What a card of messages is given.
#[derive(PartialEq, Properties)]
pub struct MessagesGiven {
    /// The page.
    pub state: Seen<Graphs>,
    /// The number of the network.
    pub number: usize,
    /// The step that its messages are from.
    pub step: u64,
}

/// Scatter plots and deviations of one network's messages.
#[component]
pub fn Messages(given: &MessagesGiven) -> Html {
    let (state, number) = (given.state.clone(), given.number);
    let picture = |what: bool| {
        let state = state.clone();
        move |_: &(u64, usize)| {
            Drawing::new(move |pen| {
                if let Some(report) = state.own.networks.get(number).and_then(|network| network.messages.as_deref()) {
                    let color = color(&pen.palette, number);
                    let _ = if what { draw::scatter(pen, report, color) } else { draw::spreads(pen, report, color) };
                }
            })
        }
    };
    let scatter = use_memo((given.step, number), picture(true));
    let spreads = use_memo((given.step, number), picture(false));
    let Some(network) = state.own.networks.get(number) else {
        return html! {};
    };
    let against = match network.messages.as_ref().map(|report| report.truth) {
        Some(Truth::Force) => "message against the true force F",
        Some(Truth::ForcePerMass) => "message against F/m of the receiver",
        None => "once there are messages",
    };
    html! {
        <figure class="card chart" aria-label={format!("Messages of the network called {}", name(network.strategy))}>
            <h2>{ format!("Messages: {}", name(network.strategy)) }<small>{ against }</small></h2>
            <div key="scatter" class="plot scatter" role="img" aria-label={format!("{against}, as dots")}><Picture class="fill" drawing={(*scatter).clone()} /></div>
            <div key="spreads" class="plot bars" role="img" aria-label="Deviation of each number, the largest first"><Picture class="fill" drawing={(*spreads).clone()} /></div>
            <p class="hint">{ "Bars: how much each number of the message varies, the largest first." }</p>
        </figure>
    }
}
