//! Messages of graph networks held against forces.

use crate::components::cell::cell;
use crate::components::explained::explained;
use crate::components::plot::{Plot, use_drawing};
use crate::drawing::loss;
use crate::drawing::pen::Pen;
use crate::pages::graph::draw;
use crate::pages::graph::network::Trained;
use crate::pages::graph::state::Graphs;
use crate::pages::graph::view::{class, color, name};
use crate::session::page::Seen;
use crate::session::view::PageGiven;
use crate::words;
use language::{fixed, tr};
use models::messages::comparison::Truth;
use plotters_canvas::CanvasBackend;
use yew::prelude::*;

/// R² of the messages over steps.
#[component]
pub fn Agreement(given: &PageGiven<Graphs>) -> Html {
    let state = given.state.clone();
    let steps: Vec<usize> = state.own.networks.iter().map(|network| network.agreement.len()).collect();
    let drawing = use_drawing((steps, state.own.recipe.clone()), {
        let state = state.clone();
        move |pen| {
            let steps = state.own.recipe.as_ref().map_or(1, |recipe| recipe.steps);
            let lines: Vec<_> = state
                .own
                .networks
                .iter()
                .enumerate()
                .map(|(i, network)| (color(&pen.palette, i), &network.agreement[..]))
                .collect();
            draw::agreement(pen, steps, &lines)
        }
    });
    html! {
        <figure class="card chart" aria-labelledby="agreement-title">
            <h2 id="agreement-title">{ explained(tr!("How much of a [message] is force")) }<small>{ explained(tr!("[R²]; bold: all [edges], faint: without the worst tenth")) }</small></h2>
            <Plot key="plot" label={tr!("R² of messages and forces over steps")} drawing={drawing} />
            <table>
                <thead><tr><td></td>{ for [(tr!("plain"), "F"), (tr!("plain"), "F/m"), (tr!("[trimmed]"), "F"), (tr!("[trimmed]"), "F/m")].map(|(fit, truth)| html! { <th scope="col">{ explained(fit) }<br />{ truth }</th> }) }</tr></thead>
                <tbody>
                    { for state.own.networks.iter().enumerate().map(|(i, network)| figures(i, network)) }
                </tbody>
            </table>
            <p class="hint">{ tr!("Mean over the numbers that vary most (with KL those furthest from noise, as in the paper), each as an affine function of the true force F on the receiver, or of F/m with its mass: the chart has the one that \
                fits better without the tenth of the edges that fits worst (trimmed). Where forces are as unequal as those of 1/r², a few near collisions decide R² over all edges (plain).") }</p>
        </figure>
    }
}

/// The losses of the networks over steps.
#[component]
pub fn GraphLosses(given: &PageGiven<Graphs>) -> Html {
    let state = given.state.clone();
    let recorded: Vec<usize> = state.own.networks.iter().map(|network| network.losses.len()).collect();
    let drawing = use_drawing((recorded, state.own.recipe.clone()), {
        let state = state.clone();
        move |pen| {
            let steps = state.own.recipe.as_ref().map_or(1, |recipe| recipe.steps);
            let networks = state.own.networks.iter().enumerate();
            let lines: Vec<_> = networks.map(|(i, network)| (color(&pen.palette, i), &network.losses[..])).collect();
            loss::draw_colored(pen, steps, &lines)
        }
    });
    html! {
        <figure class="card chart" aria-labelledby="graph-loss-title">
            <h2 id="graph-loss-title">{ explained(tr!("[Loss]")) }<small>{ tr!("log scale; dark: test data, pale: training data") }</small></h2>
            <Plot key="plot" label={tr!("Loss over steps")} drawing={drawing} />
            <p class="hint">{ tr!("Σ|error| over the bodies of a world and the components of what is predicted.") }{ for state.own.networks.iter().enumerate().filter_map(|(i, network)| {
                let (_, losses) = network.losses.last()?;
                Some(html! { <>{ " " }<span class={class(i)} data-testid={format!("graph-test-loss-{}", id(i))} data-value={losses.test.to_string()}>{ format!("{}: {}.", name(network.regulariser), words::number(losses.test)) }</span></> })
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
    let cell = |name: &str, value| cell(format!("r2-{name}-{id}"), class(i), value, |x| fixed(x, 3));
    html! {
        <tr>
            <th scope="row">{ name(network.regulariser) }</th>
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
    let all = use_state(|| false);
    let whole = *all;
    let picture = |what: bool| {
        let state = state.clone();
        move |pen: &Pen<'_, CanvasBackend>| {
            let network = state.own.networks.get(number);
            let Some(report) = network.and_then(|network| network.messages.as_deref()) else { return Ok(()) };
            let color = color(&pen.palette, number);
            if what { draw::scatter(pen, report, color, whole) } else { draw::spreads(pen, report, color) }
        }
    };
    let scatter = use_drawing((given.step, number, whole), picture(true));
    let spreads = use_drawing((given.step, number), picture(false));
    let Some(network) = state.own.networks.get(number) else {
        return html! {};
    };
    let report = network.messages.as_deref();
    let toggle = Callback::from(move |_: MouseEvent| all.set(!whole));
    let (against, dots) = match network.messages.as_ref().map(|report| report.truth) {
        Some(Truth::Force) => {
            (tr!("message against the true force F"), tr!("message against the true force F, as dots"))
        }
        Some(Truth::ForcePerMass) => {
            (tr!("message against F/m of the receiver"), tr!("message against F/m of the receiver, as dots"))
        }
        None => (tr!("once there are messages"), tr!("once there are messages, as dots")),
    };
    html! {
        <figure class="card chart" aria-label={tr!("Messages of the network called {}", name(network.regulariser))}>
            <h2>{ tr!("Messages: {}", name(network.regulariser)) }<small>{ against }</small></h2>
            <Plot key="scatter" class="plot scatter" label={dots} drawing={scatter} />
            if let Some((outside, points)) = report.map(|report| (draw::outside(report), draw::points(report))).filter(|(outside, _)| *outside > 0) {
                <p class="hint" data-testid={format!("outside-{}", id(number))} data-value={outside.to_string()}>
                    { if whole {
                        tr!("{outside} of {points} dots, of edges with extreme forces or messages, would be left out of a closer view.", outside = outside, points = points)
                    } else {
                        tr!("{outside} of {points} dots, of edges with extreme forces or messages, lie outside.", outside = outside, points = points)
                    } }
                    { " " }<button class="small" onclick={toggle}>{ if whole { tr!("Closer") } else { tr!("Show all") } }</button>
                </p>
            }
            <Plot key="spreads" class="plot bars" label={tr!("Deviation of each number, the largest first")} drawing={spreads} />
            <p class="hint">{ tr!("Bars: how much each number of the message varies, the largest first.") }</p>
        </figure>
    }
}
