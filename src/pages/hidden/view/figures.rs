//! Figures of merit of inferred graphs: edges told right beside what does without a network, errors of held-out frames.

use crate::components::cell::cell;
use crate::components::explained::explained;
use crate::components::plot::{Plot, use_drawing};
use crate::pages::hidden::draw;
use crate::pages::hidden::state::{HiddenGraphs, shown_motion};
use crate::session::page::Seen;
use crate::session::view::PageGiven;
use crate::words;
use experiments::published::edge_accuracy;
use language::{fixed, tr};
use models::relational::recipe::Inference;
use models::relational::score::AHEAD;
use models::relational::yardsticks::Yardsticks;
use physics::coupled::system::Coupling;
use yew::prelude::*;

/// Pairs whose probability is on the right side of ½.
fn right(probabilities: &[f32], truth: &[bool]) -> Option<f64> {
    let right = probabilities.iter().zip(truth).filter(|(p, edge)| (**p > 0.5) == **edge).count();
    (probabilities.len() == truth.len()).then_some(right as f64)
}

fn percent(part: f64) -> String {
    format!("{} %", fixed(100.0 * part, 1))
}

/// Probabilities of the shown motion over the steps.
#[component]
pub fn Probabilities(given: &PageGiven<HiddenGraphs>) -> Html {
    let (own, experiment) = (given.state.own.clone(), given.state.workbench.hidden.clone());
    let file = own.own(&experiment).cloned();
    let truth =
        use_memo((experiment.clone(), file), |(experiment, file)| shown_motion(experiment, file.as_deref()).0.edges);
    let known = truth.is_some();
    let steps = own.run.experiment.as_ref().map_or(experiment.steps, |of| of.experiment.steps);
    let drawing = use_drawing((own.history.clone(), steps, truth.clone()), {
        let (history, truth) = (own.history.clone(), truth.clone());
        move |pen| draw::probabilities(pen, steps, &history, truth.as_deref())
    });
    html! {
        <figure class="card chart" aria-labelledby="nri-probabilities-title">
            <h2 id="nri-probabilities-title">{ tr!("Probabilities leave one half") }<small>{ tr!("of the motion above") }</small></h2>
            <Plot key="plot" label={tr!("Probability of every pair over the steps of training")} drawing={drawing} />
            <figcaption class="legend">
                <span class="key hnn">{ if known { tr!("pairs with an edge") } else { tr!("pairs that end as edges") } }</span>
                <span class="key baseline">{ if known { tr!("pairs without one") } else { tr!("the others") } }</span>
            </figcaption>
        </figure>
    }
}

/// The paper against you: edges and graphs told right.
#[component]
pub fn Right(given: &PageGiven<HiddenGraphs>) -> Html {
    let (own, experiment) = (&given.state.own, &given.state.workbench.hidden);
    let figures = own.figures(experiment);
    let latest = own.shown(experiment).or(figures.clone()).and_then(|shown| shown.graphs);
    let yardsticks = figures.and_then(|figures| figures.yardsticks);
    let shown = own.shown(experiment);
    let truth = use_memo(experiment.clone(), |experiment| shown_motion(experiment, None).0.edges.unwrap_or_default());
    let here = shown.as_ref().and_then(|shown| shown.here);
    let network = shown.as_ref().and_then(|shown| right(&shown.probabilities, &truth));
    let guess = own.guessed_like(&truth).filter(|_| shown.is_some() || own.revealed).map(|right| right as f64);
    let of_pairs = |right: f64| tr!("{right} of {all}", right = fixed(right, 0), all = truth.len());
    let free = experiment.inference == Inference::Free;
    let paper = if experiment.bodies == 5 { percent(edge_accuracy(experiment.coupling)) } else { "—".into() };
    let yardstick = |id: &'static str, name: &'static str, of: fn(&Yardsticks) -> f64| {
        let here = here.as_ref().map(|here| of(here) * truth.len() as f64);
        html! {
            <tr>
                <th scope="row">{ name }</th><td>{ "—" }</td>
                { cell(format!("nri-{id}"), "", yardsticks.as_ref().map(of), percent) }
                { cell(format!("nri-here-{id}"), "", here, of_pairs) }
            </tr>
        }
    };
    html! {
        <section class="card" aria-labelledby="nri-right-title">
            <h2 id="nri-right-title">{ tr!("Your result and the paper’s") }</h2>
            <table data-testid="nri-table">
                <thead><tr><td></td><th scope="col">{ tr!("paper") }</th><th scope="col">{ tr!("yours") }</th><th scope="col">{ tr!("this motion") }</th></tr></thead>
                <tbody>
                    <tr><th scope="row" class="dissipative">{ tr!("your guess") }</th><td>{ "—" }</td><td>{ "—" }</td>{ cell("nri-guess-right".into(), "", guess, of_pairs) }</tr>
                    <tr><th scope="row" class="hnn">{ explained(tr!("[edges] identified correctly")) }</th><td>{ paper }</td>{ cell("nri-edges".into(), "", latest.map(|of| of.edge_accuracy), percent) }{ cell("nri-here".into(), "", network, of_pairs) }</tr>
                    <tr><th scope="row" class="hnn">{ tr!("whole graphs identified correctly") }</th><td>{ "—" }</td>{ cell("nri-graphs".into(), "", latest.map(|of| of.graph_accuracy), percent) }<td>{ "—" }</td></tr>
                    { yardstick("path", tr!("correlation of paths"), |of| of.path) }
                    { yardstick("velocity", tr!("of velocities"), |of| of.velocity) }
                    { yardstick("acceleration", tr!("of accelerations"), |of| of.acceleration) }
                    { yardstick("projection", tr!("acceleration along the line"), |of| of.projection) }
                    { yardstick("least-squares", tr!("least squares, law known"), |of| of.least_squares) }
                </tbody>
            </table>
            <p class="hint">{ if free {
                tr!("On the motions being explained. The paper’s figures are of an encoder on motions it had not seen: choose “by an encoder” to compare.")
            } else {
                tr!("On 300 motions that were not learned from.")
            } }</p>
            <p class="hint" data-testid="nri-holds">{ holds(experiment.coupling, experiment.inference) }</p>
        </section>
    }
}

/// What holds at this size, and what does not.
fn holds(coupling: Coupling, inference: Inference) -> &'static str {
    match (coupling, inference) {
        (Coupling::Springs, Inference::Free) => {
            tr!(
                "A pair without an edge sends nothing, so no one has to be told which kind is which. The share of edges flatters: with 97 % of the edges, about one graph in four has an error."
            )
        }
        (Coupling::Springs, Inference::Amortised) => {
            tr!(
                "In a minute or two an encoder reaches 98.4 to 98.9 % of the edges (seeds 0 to 2), and not the paper’s 99.9 %: it has seen a sixth as many motions, 32 times each and not 500 times."
            )
        }
        (Coupling::Charges, Inference::Free) => {
            tr!(
                "Every pair acts, as attraction or as repulsion: an edge is a pair of like charges. Pairs that stay far apart hardly act, and close encounters cannot be predicted from frames so far apart. Both cost edges."
            )
        }
        (Coupling::Charges, Inference::Amortised) => {
            tr!(
                "The paper’s 82.1 % is of an encoder that read 50,000 motions 500 times over. This one reads 8000, 32 times each: what it reaches stands above."
            )
        }
    }
}

/// Errors of held-out frames by the graph that is used.
pub fn errors(state: &Seen<HiddenGraphs>) -> Html {
    let (own, experiment) = (&state.own, &state.workbench.hidden);
    let errors = own.figures(experiment).and_then(|figures| figures.errors);
    let known = own.own(experiment).is_none();
    let row = |id: &'static str, name: &'static str, of: Option<[f64; 3]>| {
        html! {
            <tr>
                <th scope="row">{ name }</th>
                { for AHEAD.iter().enumerate().map(|(k, ahead)| cell(format!("nri-mse-{id}-{ahead}"), "", of.map(|errors| errors[k]), words::number)) }
            </tr>
        }
    };
    html! {
        <section class="card" aria-labelledby="nri-errors-title">
            <h2 id="nri-errors-title">{ explained(tr!("Frames that were [held out]")) }</h2>
            <table data-testid="nri-errors">
                <thead><tr><td></td>{ for AHEAD.iter().map(|ahead| html! { <th scope="col">{ tr!("{frames} ahead", frames = ahead) }</th> }) }</tr></thead>
                <tbody>
                    { row("inferred", tr!("with the inferred graph"), errors.map(|errors| errors.inferred)) }
                    if known {
                        { row("true", tr!("with the true graph"), errors.and_then(|errors| errors.true_graph)) }
                    }
                    { row("full", tr!("as if all pairs were edges"), errors.map(|errors| errors.full_graph)) }
                    { row("straight", tr!("straight lines"), errors.map(|errors| errors.straight)) }
                </tbody>
            </table>
            <p class="hint">{ tr!("Squared error of the frames after those that are seen, with positions and velocities scaled to ±1 as in the paper. The same decoder each time: a wrong graph predicts worse.") }</p>
        </section>
    }
}
