//! The page of graph networks: a world, networks that learn how its bodies act on one another, messages that become forces.

mod idea;
mod inspector;
mod messages;
mod moving;
mod sweep;

use crate::components::failure::Failure;
use crate::components::plot::{Plot, use_drawing};
use crate::components::press::press;
use crate::components::sentence::sentence;
use crate::components::settings::card;
use crate::components::wiring::Wirings;
use crate::drawing::palette::Palette;
use crate::pages::graph::draw;
use crate::pages::graph::network::Trained;
use crate::pages::graph::state::{GraphAction, GraphPhase, Graphs, SEEDS};
use crate::pages::graph::view::idea::idea;
use crate::pages::graph::view::inspector::Inspector;
use crate::pages::graph::view::messages::{Agreement, GraphLosses, Messages};
use crate::pages::graph::view::moving::Moving;
use crate::pages::graph::view::sweep::Sweep;
use crate::session::view::device::Device;
use crate::session::view::{Frame, PageGiven};
use crate::words;
use experiments::fields::Group;
use language::{fixed, tr};
use models::graph::recipe::MessageRegulariser;
use models::graph::zero_shot::WORLDS;
use models::messages::comparison::Truth;
use plotters::style::RGBColor;
use yew::prelude::*;

/// The colour of network number `i`: the bottleneck's is that of the HNN, the other's that of the baseline, a law's green.
pub fn color(palette: &Palette, i: usize) -> RGBColor {
    match i {
        0 => palette.hnn,
        LAW => palette.dissipative,
        _ => palette.baseline,
    }
}

/// The class of its numbers.
pub fn class(i: usize) -> &'static str {
    if i == 0 { "hnn" } else { "baseline" }
}

/// What messages are held against.
pub fn force(truth: Truth) -> &'static str {
    match truth {
        Truth::Force => "F",
        Truth::ForcePerMass => "F/m",
    }
}

/// What a visitor reads.
pub fn name(regulariser: MessageRegulariser) -> String {
    match regulariser {
        MessageRegulariser::Bottleneck(size) => tr!("bottleneck ({})", size),
        MessageRegulariser::Standard(size) => tr!("standard ({})", size),
        MessageRegulariser::SparseL1 { size, .. } => format!("L1 ({size})"),
        MessageRegulariser::Kl { size, .. } => format!("KL ({size})"),
    }
}

/// Settings that are always in sight.
const VISIBLE: [&str; 5] = ["world", "bodies", "dims", "against", "shown"];

/// The question of Cranmer et al. (2019): a law learned on six bodies in space, asked about twelve.
const IN_SPACE: &str = "#v=1&preset=gn-r2&bodies=6&dims=3&shown=12";

/// The place of a law among the networks.
pub const LAW: usize = 2;

/// The whole page.
#[component]
pub fn View(given: &PageGiven<Graphs>) -> Html {
    let graphs = &given.state.own;
    let set = given.shared().set();
    let settings = card(
        (
            "graph-world-title",
            html! { <>{ tr!("What it learns from") }<small>{ tr!("for the next training") }</small></> },
            tr!("Networks and training"),
        ),
        (&given.state.workbench, &set),
        Group::Graph,
        &VISIBLE,
    );
    html! {
        <Frame given={given.shared()} bar={html! { <GraphBar ..given.clone() /> }}>
            <main class="graphs">
                <div class="column">
                    { settings }
                    { idea(given) }
                </div>
                <div class="column">
                    <Moving ..given.clone() />
                    <Inspector ..given.clone() />
                    <More ..given.clone() />
                    <Sweep />
                </div>
                <div class="column">
                    <Agreement ..given.clone() />
                    <GraphLosses ..given.clone() />
                    { for graphs.networks.iter().enumerate().map(|(i, network)| html! {
                        <Messages key={i} state={given.state.clone()} number={i} step={network.messages.as_ref().map_or(0, |report| report.step)} />
                    }) }
                    { wirings(graphs) }
                    <LawOf ..given.clone() />
                </div>
            </main>
        </Frame>
    }
}

/// Train, Pause, Stop, and how far it is.
#[component]
fn GraphBar(given: &PageGiven<Graphs>) -> Html {
    let graphs = &given.state.own;
    let on = |action: GraphAction| given.tell.reform(move |_: MouseEvent| action.clone());
    let (key, phase) = match graphs.phase {
        GraphPhase::Idle => ("idle", tr!("idle")),
        GraphPhase::Preparing => ("preparing", tr!("preparing")),
        GraphPhase::Training => ("training", tr!("training")),
        GraphPhase::Paused => ("paused", tr!("paused")),
        GraphPhase::Finished => ("finished", tr!("finished")),
        GraphPhase::Stopped => ("stopped", tr!("stopped")),
        GraphPhase::Failed => ("failed", tr!("failed")),
    };
    let steps = graphs.recipe.as_ref().map_or(given.state.workbench.graph.steps, |recipe| recipe.steps);
    let prepared = graphs.networks.iter().map(|network| network.prepared).min().unwrap_or(0);
    let of = graphs.recipe.as_ref().map_or(0, |recipe| recipe.motions.simulations);
    let said = match graphs.phase {
        GraphPhase::Preparing if graphs.fetched > 0 && prepared == 0 => {
            words::starting(tr!("starting"), graphs.fetched)
        }
        GraphPhase::Preparing if graphs.step() == 0 => {
            tr!("simulating what is learned from: {prepared} of {all}", prepared = prepared, all = of)
        }
        _ => phase.to_owned(),
    };
    let (paused, busy) = (graphs.phase == GraphPhase::Paused, graphs.busy());
    let shared = graphs.networks.iter().any(|network| network.shared);
    let speed = graphs.networks.iter().map(|network| network.steps_per_second).fold(f64::INFINITY, f64::min);
    html! {
        <>
            <section class="bar" aria-label={tr!("Training of graph networks")}>
                { press("graph-train", "primary", !busy, on(GraphAction::Train), if graphs.networks.is_empty() { tr!("Train") } else { tr!("Train again") }) }
                { press("graph-pause", "", busy || paused, on(GraphAction::Pause), if paused { tr!("Continue") } else { tr!("Pause") }) }
                { press("graph-stop", "", busy || paused, on(GraphAction::Stop), tr!("Stop")) }
                <span class="figure status" role="status" data-testid="graph-status" data-status={key}>{ said }</span>
                <span class="figure" data-testid="graph-steps-done" data-value={graphs.step().to_string()}>{ format!("{} / {steps}", graphs.step()) }</span>
                <progress max={steps.to_string()} value={graphs.step().to_string()} aria-label={tr!("Steps of training")} />
                { agreement(given) }
                <label class="chip" title={tr!("Auto measures the processor and the graphics card where networks are wide enough for a card to be faster.")}>
                    { tr!("Device") }
                    <Device ..given.shared() />
                </label>
                <span class="figure" data-cores={if shared { "2" } else { "1" }}>{ if graphs.busy() && speed.is_finite() && speed > 0.0 { words::pace(speed, None, shared) } else { String::new() } }</span>
            </section>
            if let Some(failure) = &graphs.failure {
                <Failure id="graph" sentence={failure.clone()} again={on(GraphAction::Again)} />
            }
            <section class="words" aria-label={tr!("Notes on this training")} aria-live="polite">
                if let Some(choice) = graphs.choice {
                    <p class="note" data-testid="graph-device-note">{ words::chosen(choice) }</p>
                }
                if let Some(notice) = &graphs.notice {
                    <p class="note" data-testid="graph-notice">{ notice }</p>
                }
            </section>
        </>
    }
}

/// How much of the first network's messages is force: by all edges first, and which force.
fn agreement(given: &PageGiven<Graphs>) -> Html {
    let report = given.state.own.networks.first().and_then(|network| network.messages.as_deref());
    let Some(report) = report else { return html! {} };
    let (plain, trimmed) = (report.plain.with(report.truth), report.trimmed.with(report.truth));
    let force = force(report.truth);
    html! {
        <span class="figure" data-testid="message-r2" data-value={plain.to_string()} data-trimmed={trimmed.to_string()}
            title={tr!("R² of the numbers of the message that vary most, as an affine function of the force, on held-out motions")}>
            { tr!("R² of messages and {force}: {plain}; without the tenth that fits worst {trimmed}", force = force, plain = fixed(plain, 3), trimmed = fixed(trimmed, 3)) }
        </span>
    }
}

/// More bodies than it was trained on.
#[component]
fn More(given: &PageGiven<Graphs>) -> Html {
    let state = given.state.clone();
    let found: Vec<_> = (0..state.own.networks.len()).map(|number| state.own.more(number)).collect();
    let seeds = found.iter().map(|(seeds, _)| *seeds).min().unwrap_or(0);
    let counts: Vec<_> = state
        .own
        .networks
        .iter()
        .zip(&found)
        .map(|(network, (seeds, more))| (more[0].len(), *seeds, network.step))
        .collect();
    let drawing = use_drawing(counts, move |pen| {
        let lines: Vec<_> = found.iter().enumerate().map(|(i, (_, more))| (color(&pen.palette, i), more)).collect();
        draw::more(pen, &lines)
    });
    let ask = given.tell.reform(|_: MouseEvent| GraphAction::Ask);
    let trained = state.own.recipe.as_ref().map_or(4, |recipe| recipe.motions.world.bodies);
    let series = given.tell.reform(|_: MouseEvent| GraphAction::Series);
    let at = SEEDS + 1 - state.own.series;
    html! {
        <figure class="card chart" aria-labelledby="more-title">
            <h2 id="more-title">
                { tr!("More bodies than it was trained on") }
                <small>
                    <button class="small" data-testid="graph-ask" disabled={!state.own.answers(&state.workbench.graph)} onclick={ask}>{ tr!("measure now") }</button>{ " " }
                    <button class="small" data-testid="graph-series" disabled={state.own.series > 0} onclick={series}>
                        { if state.own.series > 0 { tr!("seed {at} of {seeds}", at = at, seeds = SEEDS) } else { tr!("train {} seeds", SEEDS) } }
                    </button>
                </small>
            </h2>
            if seeds > 0 {
                <p class="unseen" data-testid="more" data-seeds={seeds.to_string()}>{ tr!("Seeds measured: {}.", seeds) }</p>
                <Plot key="plot" label={tr!("Relative error against the number of bodies")} drawing={drawing} />
            }
            <p class="hint">
                { tr!("Trained on {trained} bodies. “Bodies shown” moves any number of them with the same network: it is one rule for pairs, so two springs or three make no \
                    difference to it. The networks of the first page read the whole state as one row of numbers: trained on {trained} bodies they cannot even be given {more}.", trained = trained, more = trained + 1) }
            </p>
            <p class="hint">
                { if seeds > 1 {
                    tr!("The chart shows Σ|â − a|/Σ|a| in {worlds} fresh worlds of each size: the median of {seeds} seeds, and their range.", worlds = WORLDS, seeds = seeds)
                } else {
                    tr!("The chart shows Σ|â − a|/Σ|a| in {worlds} fresh worlds of each size: median, and the middle half.", worlds = WORLDS)
                } }
                { " " }
                { tr!("Colours as above. Nothing keeps a network from adding a constant to every message, and with more bodies that adds up. Dashed: the same networks with \
                    that constant moved into the second network; where no constant was learned, or bodies were far apart, that can also do harm.") }
                { " " }
                { sentence(
                    tr!("{0} there the paper finds that a message of three numbers keeps its error and a wide one does not. Over five seeds of this recipe that held for the dashed lines only."),
                    [html! { <a href={IN_SPACE} data-testid="in-space">{ tr!("1/r² in space, six bodies:") }</a> }],
                ) }
            </p>
        </figure>
    }
}

/// The neurons and weights of the networks.
fn wirings(graphs: &Graphs) -> Html {
    let model = |(i, network): (usize, &Trained)| (name(network.regulariser), class(i), network.wiring.clone());
    let models: Vec<_> = graphs.networks.iter().enumerate().map(model).collect();
    html! { <Wirings {models} parts={vec![tr!("for each pair: its message"), tr!("for each body")]} /> }
}

/// From messages to a formula.
#[component]
fn LawOf(given: &PageGiven<Graphs>) -> Html {
    let state = &given.state;
    let search = given.tell.reform(|_: MouseEvent| GraphAction::Law);
    html! {
        <section class="card idea" aria-labelledby="law-of-title">
            <h2 id="law-of-title">{ tr!("The law in the messages") }</h2>
            <p>{ tr!("The messages of the bottleneck can be read as a table: one row an edge. Search it for a formula on the page “Find a formula”.") }</p>
            if state.own.step() > 0 && !state.own.answers(&state.workbench.graph) {
                <p class="hint">{ tr!("Another world has been chosen, or the networks are gone: train again first.") }</p>
            }
            <p><button data-testid="graph-law" disabled={!state.own.answers(&state.workbench.graph)} onclick={search}>{ tr!("Find the law in the messages") }</button></p>
        </section>
    }
}
