//! The page of graph networks: a world, networks that learn how its bodies act on one another, messages that become forces.

use crate::graph::recipe::Strategy;
use crate::protocol::graph::WorldMotion;
use crate::ui::action::Action;
use crate::ui::drawing::graphs;
use crate::ui::drawing::palette::Palette;
use crate::ui::graphs::{GraphDeed, GraphPhase, Graphs};
use crate::ui::parts::canvas::{Drawing, Picture, paint, use_frames, use_redraw};
use crate::ui::parts::controls::GraphControls;
use crate::ui::parts::messages::{Agreement, Messages};
use crate::ui::parts::{Given, words};
use crate::ui::state::State;
use plotters::style::RGBColor;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// Seconds in which a motion is shown, whatever its own time.
const SHOWN_SECONDS: f64 = 8.0;

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

/// What a visitor reads.
pub fn name(strategy: Strategy) -> String {
    match strategy {
        Strategy::Bottleneck(size) => format!("bottleneck ({size})"),
        Strategy::Standard(size) => format!("standard ({size})"),
        Strategy::SparseL1 { size, .. } => format!("L1 ({size})"),
        Strategy::Kl { size, .. } => format!("KL ({size})"),
    }
}

/// The motions that are there, with the number of their network; a law comes last.
fn motions(graphs: &Graphs) -> Vec<(usize, &WorldMotion)> {
    let learned = graphs.networks.iter().enumerate().filter_map(|(i, network)| Some((i, network.motion.as_deref()?)));
    let law = graphs.law.as_ref().map(|(_, _, motion)| (LAW, motion.as_ref()));
    learned.chain(law).collect()
}

/// The place of a law among the networks.
const LAW: usize = 2;

/// The whole page.
#[component]
pub fn GraphPage(given: &Given) -> Html {
    let graphs = &given.state.graphs;
    html! {
        <>
            <GraphBar ..given.clone() />
            <main class="graphs">
                <div class="column">
                    <section class="card" aria-labelledby="graph-world-title">
                        <h2 id="graph-world-title">{ "What it learns from" }<small>{ "for the next training" }</small></h2>
                        <GraphControls ..given.clone() />
                    </section>
                    <section class="card idea" aria-labelledby="graph-idea-title">
                        <h2 id="graph-idea-title">{ "The idea" }</h2>
                        <p>{ "A graph network is two small networks. One says a message for every ordered pair of bodies; every body adds up what it receives; \
                            the other turns the sum into an acceleration. Nobody says “force”." }</p>
                        <p>{ "Where a message has no more numbers than a force, there is no room for anything but the force: up to a linear map the message becomes it, \
                            or the force divided by the receiver’s mass. With a hundred numbers it hides." }</p>
                    </section>
                </div>
                <div class="column">
                    <Moving ..given.clone() />
                    <More ..given.clone() />
                </div>
                <div class="column">
                    <Agreement ..given.clone() />
                    { for graphs.networks.iter().enumerate().map(|(i, network)| html! {
                        <Messages key={i} given={given.clone()} number={i} step={network.messages.as_ref().map_or(0, |report| report.step)} />
                    }) }
                    <LawOf ..given.clone() />
                </div>
            </main>
        </>
    }
}

/// Train, Pause, Stop, and how far it is.
#[component]
fn GraphBar(given: &Given) -> Html {
    let graphs = &given.state.graphs;
    let on = |deed: GraphDeed| given.act.reform(move |_: MouseEvent| Action::Graph(deed.clone()));
    let key = match graphs.phase {
        GraphPhase::Idle => "idle",
        GraphPhase::Preparing => "preparing",
        GraphPhase::Training => "training",
        GraphPhase::Paused => "paused",
        GraphPhase::Finished => "finished",
        GraphPhase::Failed => "failed",
    };
    let steps = graphs.recipe.as_ref().map_or(given.state.experiment.view.graph.steps, |recipe| recipe.steps);
    let prepared = graphs.networks.iter().map(|network| network.prepared).min().unwrap_or(0);
    let of = graphs.recipe.as_ref().map_or(0, |recipe| recipe.motions.simulations);
    let said = match graphs.phase {
        GraphPhase::Preparing if graphs.step() == 0 => format!("simulating what is learned from: {prepared} of {of}"),
        _ => key.to_owned(),
    };
    let paused = graphs.phase == GraphPhase::Paused;
    let speed = graphs.networks.iter().map(|network| network.steps_per_second).fold(f64::INFINITY, f64::min);
    html! {
        <>
            <section class="bar" aria-label="Training of graph networks">
                <button class="primary" data-testid="graph-train" onclick={on(GraphDeed::Train)}>
                    { if graphs.networks.is_empty() { "Train" } else { "Train again" } }
                </button>
                <button data-testid="graph-pause" disabled={!graphs.busy() && !paused} onclick={on(GraphDeed::Pause)}>{ if paused { "Go on" } else { "Pause" } }</button>
                <button data-testid="graph-stop" disabled={!graphs.busy() && !paused} onclick={on(GraphDeed::Stop)}>{ "Stop" }</button>
                <span class="figure status" role="status" data-testid="graph-status" data-status={key}>{ said }</span>
                <span class="figure" data-testid="graph-steps-done" data-value={graphs.step().to_string()}>{ format!("{} / {steps}", graphs.step()) }</span>
                <progress max={steps.to_string()} value={graphs.step().to_string()} aria-label="Steps of training" />
                <span class="figure">{ if speed.is_finite() && speed > 0.0 { format!("{speed:.0} steps/s") } else { String::new() } }</span>
            </section>
            if let Some(notice) = &graphs.notice {
                <p class="words note" role="status">{ notice }</p>
            }
        </>
    }
}

/// The world in motion, and its energy.
#[component]
fn Moving(given: &Given) -> Html {
    let state = given.state.clone();
    let canvas = use_node_ref();
    let latest = use_mut_ref(|| state.clone());
    *latest.borrow_mut() = state.clone();
    let time = use_mut_ref(|| 0.0f64);
    let draw = {
        let (canvas, latest) = (canvas.clone(), latest.clone());
        use_callback((), move |now: Option<f64>, ()| {
            if let Some(now) = now {
                *time.borrow_mut() = now;
            }
            let (state, part) = (latest.borrow().clone(), (*time.borrow() / 1000.0 / SHOWN_SECONDS).fract());
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                paint(
                    &canvas,
                    &Drawing::new(move |pen| {
                        let shown: Vec<_> =
                            motions(&state.graphs).into_iter().map(|(i, m)| (color(&pen.palette, i), m)).collect();
                        let _ = graphs::world(pen, &shown, part);
                    }),
                );
            }
        })
    };
    use_redraw(&canvas, draw.reform(|()| None));
    use_frames(state.moving, draw.reform(Some));
    let step: Vec<_> = motions(&state.graphs).iter().map(|(i, motion)| (*i, motion.step, motion.shown)).collect();
    let step = (step, state.graphs.law.as_ref().map(|(law, _, _)| law.clone()));
    let energies = use_memo(step, {
        let state = state.clone();
        move |_| {
            Drawing::new(move |pen| {
                let shown: Vec<_> =
                    motions(&state.graphs).into_iter().map(|(i, m)| (color(&pen.palette, i), m)).collect();
                let _ = graphs::energies(pen, &shown);
            })
        }
    });
    let hold = given.act.reform(|_: MouseEvent| Action::Move);
    let forget = given.act.reform(|_: MouseEvent| Action::Graph(GraphDeed::ForgetLaw));
    let next = {
        let start = state.experiment.view.graph.start;
        given.act.reform(move |_: MouseEvent| Action::Set("graph-start", ((start + 1) % 1_000_000).to_string()))
    };
    let said = if motions(&state.graphs).is_empty() {
        "Press Train: the true motion of a random world and the networks’ appear here.".to_owned()
    } else {
        let time =
            motions(&state.graphs).first().map_or(0.0, |(_, m)| m.dt * m.energies[0].len().saturating_sub(1) as f64);
        format!(
            "A world that no network has seen, over {} units of time. Rings and dashes: truth.",
            words::number(time)
        )
    };
    html! {
        <figure class="card portrait" aria-labelledby="graph-moving-title">
            <h2 id="graph-moving-title">
                { "The world in motion" }
                <small>
                    <button class="small" data-testid="graph-next" onclick={next}>{ "another" }</button>{ " " }
                    <button class="small" data-testid="graph-hold" onclick={hold}>{ if state.moving { "hold" } else { "move" } }</button>
                </small>
            </h2>
            <div key="plot" class="plot still graph-world" data-testid="graph-world" role="img" aria-label={said.clone()}>
                <canvas key="world" ref={canvas} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                <span class="key truth">{ "truth" }</span>
                { for state.graphs.networks.iter().enumerate().map(|(i, network)| html! { <span class={classes!("key", class(i))}>{ name(network.strategy) }</span> }) }
                if let Some((law, _, _)) = &state.graphs.law {
                    <span class="key dissipative">{ format!("law {law}") }</span>
                }
            </figcaption>
            if let Some((_, part, _)) = &state.graphs.law {
                <p class="hint" data-testid="law-part" data-value={part.to_string()}>{ format!("The law accounts for {:.1} % of the accelerations of worlds it was not found in; its factor is fitted to them. The link carries it.", 100.0 * part) }{ " " }<button class="small" data-testid="forget-law" onclick={forget}>{ "forget it" }</button></p>
            }
            <p class="hint">{ said }</p>
            <div key="energy" class="world" role="img" aria-label="The true energy along each motion">
                <Picture class="fill" drawing={(*energies).clone()} />
            </div>
            <p class="hint">{ "The true energy along each motion." }</p>
        </figure>
    }
}

/// More bodies than it was trained on.
#[component]
fn More(given: &Given) -> Html {
    let state = given.state.clone();
    let counts: Vec<_> = state.graphs.networks.iter().map(|network| (network.more[0].len(), network.step)).collect();
    let drawing = use_memo(counts, {
        let state = state.clone();
        move |_| {
            Drawing::new(move |pen| {
                let lines: Vec<_> = state
                    .graphs
                    .networks
                    .iter()
                    .enumerate()
                    .map(|(i, network)| (color(&pen.palette, i), &network.more))
                    .collect();
                let _ = graphs::more(pen, &lines);
            })
        }
    });
    let ask = given.act.reform(|_: MouseEvent| Action::Graph(GraphDeed::Ask));
    let trained = state.graphs.recipe.as_ref().map_or(4, |recipe| recipe.motions.world.bodies);
    let some = state.graphs.networks.iter().any(|network| !network.more[0].is_empty());
    html! {
        <figure class="card chart" aria-labelledby="more-title">
            <h2 id="more-title">
                { "More bodies than it was trained on" }
                <small><button class="small" data-testid="graph-ask" disabled={state.graphs.step() == 0} onclick={ask}>{ "measure now" }</button></small>
            </h2>
            if some {
                <div key="plot" class="plot" data-testid="more" role="img" aria-label="Relative error against the number of bodies"><Picture class="fill" drawing={(*drawing).clone()} /></div>
            }
            <p class="hint">
                { format!("Trained on {trained} bodies. “Bodies shown” moves any number of them with the same network: it is one rule for pairs, so two springs or three make no \
                    difference to it. The networks of the first page read the whole state as one row of numbers: trained on {trained} bodies they cannot even be given {}. \
                    The chart shows Σ|â − a|/Σ|a| in {} fresh worlds of each size: median, and the middle half. Nothing keeps a network from adding a constant to \
                    every message, and with more bodies that adds up: the plain lines rise, the bottleneck’s most at these short trainings, where the paper found the \
                    opposite. Dashed: the same networks with that constant moved into the second network.", trained + 1, crate::graph::zero_shot::WORLDS) }
            </p>
        </figure>
    }
}

/// From messages to a formula.
#[component]
fn LawOf(given: &Given) -> Html {
    let state: &State = &given.state;
    let search = given.act.reform(|_: MouseEvent| Action::Graph(GraphDeed::Law));
    html! {
        <section class="card idea" aria-labelledby="law-of-title">
            <h2 id="law-of-title">{ "The law in the messages" }</h2>
            <p>{ "The messages of the bottleneck can be read as a table: one row an edge. Search it for a formula on the page “Find a formula”." }</p>
            <p><button data-testid="graph-law" disabled={state.graphs.step() == 0} onclick={search}>{ "Find the law in the messages" }</button></p>
        </section>
    }
}
