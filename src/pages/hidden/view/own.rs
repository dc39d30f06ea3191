//! A visitor's own motion: the file, and the graph that was inferred of it as a table.

use crate::components::cell::{cell, exact};
use crate::components::files::Bring;
use crate::pages::hidden::state::{HiddenAction, HiddenGraphs};
use crate::session::page::Seen;
use crate::session::view::PageGiven;
use crate::words;
use data::limits::MAX_BYTES;
use data::trajectories::{BODIES, FEWEST_FRAMES};
use experiments::relational::MotionSource;
use jobs::protocol::relations::RelationalSnapshot;
use language::{fixed, tr};
use models::relational::recipe::HELD_OUT;
use models::relational::yardsticks::PairNumbers;
use physics::coupled::system::{Coupling, pairs};
use yew::prelude::*;

/// Probabilities beyond this on either side of ½ are sure.
const SURE: f32 = 0.95;

/// The file: to be brought, and what was understood of it.
pub fn own_motion(given: &PageGiven<HiddenGraphs>) -> Html {
    let (own, experiment) = (&given.state.own, &given.state.workbench.hidden);
    let wanted = experiment.source == MotionSource::File;
    let again = given.tell.reform(|_: MouseEvent| HiddenAction::ReadAgain);
    let save = given.tell.reform(|_: MouseEvent| HiddenAction::Save);
    html! {
        <section class="card" aria-labelledby="nri-own-title">
            <details open={wanted}>
                <summary id="nri-own-title">{ tr!("Your own motion") }</summary>
                if own.reading.reads() {
                    <p class="hint" role="status">{ tr!("Reading it …") }</p>
                } else if let Some(file) = own.own(experiment) {
                    <p data-testid="nri-file" class="hint">{ tr!("{name}: {bodies} bodies, {frames} frames, {time} apart.", name = file.name, bodies = file.trajectories.names.len(),
                        frames = file.trajectories.positions.len(), time = words::number(file.trajectories.dt)) }</p>
                    <ul class="hint" data-testid="nri-file-remarks">{ for file.trajectories.remarks.iter().map(|remark| html! { <li>{ remark.clone() }</li> }) }</ul>
                } else if wanted {
                    <p class="hint" data-testid="nri-no-file">{ tr!("A file stays in this page and does not travel in a link: bring it here. Until then simulated motions are shown.") }</p>
                }
                <Bring ids={["nri-own-file", "nri-paste", "nri-read-paste"]} label={tr!("Motion of several bodies to paste")} placeholder={"t,x1,y1,x2,y2,x3,y3\n0.0,0.1,0.2,…"}
                    busy={own.reading.reads()} bring={given.shared().bring()} />
                { " " }<button class="small" data-testid="nri-save" title={tr!("A file such as this page reads, to try it")} onclick={save}>{ tr!("Save the shown motion") }</button>
                if own.reading.is_unread() {
                    <button class="small" data-testid="nri-read-again" onclick={again}>{ tr!("Try again") }</button>
                }
                <p class="hint">{ tr!("{fewest} to {most} bodies in a plane, a row a moment, at least {rows}: x1, y1, x2, y2, …; if there are, the time t and velocities vx1, vy1, …. \
                    CSV, TSV or columns of numbers, at most {megabytes} MB. Or drop it anywhere.", fewest = BODIES.0, most = BODIES.1, rows = FEWEST_FRAMES, megabytes = MAX_BYTES / 1_000_000) }</p>
            </details>
        </section>
    }
}

/// What is said of how sure the network is.
fn sureness(snapshot: &RelationalSnapshot, names: &[String]) -> String {
    let all = &snapshot.probabilities;
    let sure = all.iter().filter(|p| p.max(1.0 - **p) >= SURE).count();
    let least = pairs(names.len()).zip(all).min_by(|(_, a), (_, b)| (*a - 0.5).abs().total_cmp(&(*b - 0.5).abs()));
    let least = least.map(|((i, j), p)| {
        let (one, other, p) = (&names[i], &names[j], fixed(f64::from(*p), 2));
        tr!("Least sure: {one}–{other}, p = {p}.", one = one, other = other, p = p)
    });
    let sure = tr!(
        "Sure of {sure} of {all} pairs (p below {low} or above {high}).",
        sure = sure,
        all = all.len(),
        low = fixed(f64::from(1.0 - SURE), 2),
        high = fixed(f64::from(SURE), 2)
    );
    [Some(sure), least].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What the held-out frames say of the inferred graph.
fn verdict(snapshot: &RelationalSnapshot) -> Option<(&'static str, &'static str)> {
    let errors = snapshot.errors?;
    let last = errors.inferred.len() - 1;
    let other = errors.full_graph[last].min(errors.straight[last]);
    Some(if errors.inferred[last] < 0.5 * other {
        (
            "holds",
            tr!(
                "The frames that were held out speak for this graph: with it they are predicted at least twice as well as with all pairs joined or by straight lines."
            ),
        )
    } else {
        (
            "fails",
            tr!(
                "The frames that were held out do not speak for this graph: with it they are predicted hardly better than with all pairs joined or by straight lines. \
                Perhaps the bodies do not act in pairs, or noise or the time between frames is too large."
            ),
        )
    })
}

/// The inferred graph pair by pair, beside what does without a network.
pub fn own_pairs(state: &Seen<HiddenGraphs>) -> Html {
    let (own, experiment) = (&state.own, &state.workbench.hidden);
    let Some(file) = own.own(experiment) else { return html! {} };
    let names = &file.trajectories.names;
    let shown = own.shown(experiment);
    let figures = own.figures(experiment);
    let numbers = figures.as_ref().and_then(|figures| figures.numbers.clone()).unwrap_or_default();
    let largest = numbers.iter().map(|pair| pair.law.abs()).fold(f64::MIN_POSITIVE, f64::max);
    let strongest = numbers.iter().map(|pair| pair.projection.abs()).fold(f64::MIN_POSITIVE, f64::max);
    let law = if experiment.coupling == Coupling::Springs { tr!("if springs") } else { tr!("if charges") };
    let kind = |edge: bool| match (experiment.coupling, edge) {
        (Coupling::Springs, true) => tr!("joined"),
        (Coupling::Charges, true) => tr!("repel"),
        (Coupling::Springs, false) => tr!("not joined"),
        (Coupling::Charges, false) => tr!("attract"),
    };
    let row = |(number, (i, j)): (usize, (usize, usize))| {
        let p = shown.as_ref().and_then(|shown| shown.probabilities.get(number).copied());
        let edge = p.map(|p| p > 0.5);
        let pair = numbers.get(number);
        let of = |id: &str, of: &dyn Fn(&PairNumbers) -> f64| {
            cell(format!("nri-pair-{number}-{id}"), "", pair.map(of), |x| fixed(x, 2))
        };
        html! {
            <tr>
                <th scope="row">{ format!("{}–{}", names[i], names[j]) }</th>
                <td data-testid={format!("nri-pair-{number}")} data-value={exact(p.map(f64::from))} class={(edge == Some(true)).then_some("hnn")}>
                    { edge.map_or("—", kind) }{ p.map(|p| format!(", p = {}", fixed(f64::from(p), 2))).unwrap_or_default() }
                </td>
                { of("path", &|pair| pair.path) }
                { of("acceleration", &|pair| pair.acceleration) }
                { of("projection", &|pair| pair.projection / strongest) }
                { of("law", &|pair| pair.law / largest) }
            </tr>
        }
    };
    html! {
        <section class="card" aria-labelledby="nri-pairs-title">
            <h2 id="nri-pairs-title">{ tr!("The graph that was inferred") }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("The graph pair by pair")}>
                <table data-testid="nri-pairs">
                    <thead><tr>
                        <td></td><th scope="col">{ tr!("network") }</th><th scope="col">{ tr!("paths") }</th><th scope="col">{ tr!("accel.") }</th>
                        <th scope="col">{ tr!("along the line") }</th><th scope="col">{ law }</th>
                    </tr></thead>
                    <tbody>{ for pairs(names.len()).enumerate().map(row) }</tbody>
                </table>
            </div>
            if let Some(shown) = &shown {
                <p class="hint" data-testid="nri-sure">{ sureness(shown, names) }</p>
            }
            if let Some((class, said)) = figures.as_deref().and_then(verdict) {
                <p class={classes!("hint", class)} data-testid="nri-verdict" data-value={class}>{ said }</p>
            }
            <p class="hint">{ tr!("Nobody knows the true graph here, so nothing is told right or wrong. Beside the network, what does without one: correlations of paths and of \
                accelerations; the acceleration along the line between two bodies; and the strength that fits best if the pull is that of a spring of length 0, or of charges (both relative to the \
                largest). The last {frames} frames are held out. Always inferred “free”: one motion is too little for an encoder.", frames = HELD_OUT) }</p>
        </section>
    }
}
