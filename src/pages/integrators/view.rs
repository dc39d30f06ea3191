//! The page of integrators: what a step of time costs, on the true system and on what the networks learned of it.

use crate::components::cell::cell;
use crate::components::explained::explained;
use crate::components::formula::written;
use crate::components::plot::{Plot, use_drawing};
use crate::components::select::Select;
use crate::components::sentence::sentence;
use crate::pages::integrators::draw::{self, ErrorOf};
use crate::pages::integrators::state::Integrators;
use crate::session::view::bar::Bar;
use crate::session::view::column::RunColumn;
use crate::session::view::notes::Notes;
use crate::session::view::{Frame, Given, PageGiven};
use crate::words;
use jobs::protocol::convergence::{ALLOWED, HORIZON, Outcome, SURVIVAL_HORIZON, SURVIVAL_STEPS, SchemeReport};
use language::{fixed, tr, translated};
use models::field::model::ModelKind;
use physics::integrator::Scheme;
use std::rc::Rc;
use yew::prelude::*;

/// A way back that ends closer than this has lost nothing but rounding.
const ROUNDING: f64 = 1e-10;

/// The whole page.
#[component]
pub fn View(given: &PageGiven<Integrators>) -> Html {
    let shared = given.shared();
    html! {
        <Frame given={shared.clone()} bar={html! { <Bar ..shared.clone() /> }}>
            <main>
                <RunColumn ..shared.clone() />
                <Schemes ..shared.clone() />
            </main>
            <Notes ..shared />
        </Frame>
    }
}

/// Pictures and tables of the schemes.
#[component]
fn Schemes(given: &Given) -> Html {
    let state = given.state.clone();
    let chosen = use_state(|| None::<ModelKind>);
    let of = use_state(ErrorOf::default);
    let convergence: Rc<Vec<SchemeReport>> = match *chosen {
        None => state.scene.convergence.clone(),
        Some(kind) => Rc::new(state.models.get(&kind).map(|model| model.convergence.clone()).unwrap_or_default()),
    };
    let drawing = use_drawing((convergence.clone(), *of), {
        let (convergence, of) = (convergence.clone(), *of);
        move |pen| draw::draw(pen, &convergence, of)
    });
    let kinds: Vec<ModelKind> = state.models.keys().copied().collect();
    let mut motions: Vec<(AttrValue, AttrValue)> = vec![("".into(), tr!("the true system").into())];
    motions.extend(kinds.iter().map(|kind| (kind.key().into(), translated(kind.label()).into())));
    let motion = chosen.map_or(Some(0), |chosen| Some(1 + kinds.iter().position(|kind| *kind == chosen)?));
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |number: usize| chosen.set(number.checked_sub(1).and_then(|at| kinds.get(at).copied())))
    };
    let errors = vec![("state".into(), tr!("of a motion" => "state").into()), ("energy".into(), tr!("energy").into())];
    let measure = {
        let of = of.clone();
        Callback::from(move |number: usize| of.set(if number == 1 { ErrorOf::Energy } else { ErrorOf::State }))
    };
    html! {
        <>
            <figure class="card portrait" aria-labelledby="errors-title">
                <h2 id="errors-title">
                    <span>{ sentence(tr!("Error of the {0} of {1}"), [
                        html! { <Select id="error-of" label={tr!("Which error")} options={errors} chosen={usize::from(*of == ErrorOf::Energy)} set={measure} /> },
                        html! { <Select id="study-of" label={tr!("Of which motion")} options={motions} chosen={motion} set={choose} /> },
                    ]) }</span>
                    <small>
                        { match *of {
                            ErrorOf::Energy => tr!("against Δt, the largest up to t = {}", HORIZON),
                            ErrorOf::State => tr!("against Δt, at t = {}", HORIZON),
                        } }
                    </small>
                </h2>
                <Plot key="plot" class="plot still" label={tr!("Errors against the step, on logarithmic axes; the table says the slopes")} drawing={drawing} />
                <p class="typeset" tabindex="0" role="group" aria-label={tr!("Formula")}>{ written("(q_1, p_1) = (q_0, p_0) + ∫_{t_0}^{t_1} S(q, p) dt , S = ( {∂H}/{∂p} , −{∂H}/{∂q} )") }</p>
                <p class="hint" data-testid="integral">{ integral(&convergence) }</p>
                <p class="hint">{ explanation(*chosen, convergence.is_empty()) }</p>
            </figure>
            <div class="column">
                <Orders convergence={convergence.clone()} />
                <Survivals convergence={convergence} />
            </div>
        </>
    }
}

/// What schemes make of the integral over time of S, in numbers.
fn integral(convergence: &[SchemeReport]) -> String {
    let said = |scheme: Scheme| {
        let report = convergence.iter().find(|report| report.scheme == scheme)?;
        let near = |dt: f64| report.errors.iter().find(|(step, ..)| (step / dt - 1.0).abs() < 0.01);
        let (long, short) = (near(0.1)?, near(0.05)?);
        Some(tr!(
            "{scheme}: off by {long} with Δt = 0.1, by {short} with half of it",
            scheme = translated(report.scheme.name()),
            long = words::number(long.1),
            short = words::number(short.1)
        ))
    };
    let found: Vec<String> = [Scheme::Euler, Scheme::Leapfrog, Scheme::Rk4].into_iter().filter_map(said).collect();
    let meant = tr!(
        "The state later is the state now and the integral of its velocity S over time; a scheme takes a sum of steps for it."
    );
    if found.is_empty() {
        return meant.to_owned();
    }
    let measured = tr!("At t = {time}, {found}.", time = HORIZON, found = found.join("; "));
    format!("{meant} {measured}")
}

fn explanation(chosen: Option<ModelKind>, empty: bool) -> &'static str {
    match chosen {
        Some(_) if empty => {
            tr!("Train first, on this page or on the other: what was learned is measured when training stops.")
        }
        Some(ModelKind::Hnn) => {
            tr!("A learned H(q, p) does not split into T(p) + V(q), so only schemes for any H are measured; \
            errors are taken against the learned motion itself, not against the truth.")
        }
        Some(_) => tr!(
            "It has no Hamiltonian, so no scheme is symplectic for it; errors are taken against its own exact motion, and its \
            energy is judged by the true H."
        ),
        None => tr!(
            "On logarithmic axes each scheme is a straight line, and its slope is its order. RK4's energy error falls one order faster \
            than its state error on a spring: its error of order 4 moves along the orbit, only one of order 5 leads off it."
        ),
    }
}

#[derive(PartialEq, Properties)]
struct ReportsGiven {
    convergence: Rc<Vec<SchemeReport>>,
}

#[component]
fn Orders(given: &ReportsGiven) -> Html {
    html! {
        <section class="card" aria-labelledby="orders-title">
            <h2 id="orders-title">{ tr!("of schemes" => "Orders") }<small>{ tr!("stated, and measured here") }</small></h2>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("of schemes" => "Orders")}>
                <table data-testid="orders">
                    <thead><tr><td></td><th scope="col">{ tr!("stated") }</th><th scope="col">{ tr!("of a motion" => "state") }</th><th scope="col">{ tr!("energy") }</th><th scope="col">{ tr!("way back") }</th></tr></thead>
                    <tbody>
                        { for given.convergence.iter().map(|convergence| html! {
                            <tr>
                                <th scope="row">{ translated(convergence.scheme.name()) }</th>
                                <td>{ convergence.scheme.order() }</td>
                                { cell(format!("order-{}", key(convergence.scheme)), "", convergence.order, |order| fixed(order, 2)) }
                                <td>{ energy_order(convergence) }</td>
                                <td>{ if convergence.way_back < ROUNDING { "≈ 0".into() } else { words::number(convergence.way_back) } }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            <p class="hint">{ tr!("Way back: how far from the start 200 steps forwards and 200 backwards end. A scheme that looks the same in reversed time comes back to rounding. \
                Kept: the energy is off by rounding alone, with every step. A dash: no three steps in a row show the same order.") }</p>
        </section>
    }
}

/// The measured order of the energy's error.
fn energy_order(convergence: &SchemeReport) -> String {
    match convergence.energy_order {
        _ if convergence.energy_kept => tr!("of an energy" => "kept").into(),
        Some(order) => fixed(order, 2),
        None => "—".into(),
    }
}

fn key(scheme: Scheme) -> String {
    scheme.name().replace(' ', "-").to_ascii_lowercase()
}

#[component]
fn Survivals(given: &ReportsGiven) -> Html {
    let cell = |outcome: Option<&Outcome>| match outcome {
        Some(Outcome::Holds) => html! { <td class="holds">{ tr!("of an energy" => "holds") }</td> },
        Some(Outcome::Drifts) => html! { <td class="drifts">{ tr!("of an energy" => "drifts") }</td> },
        Some(Outcome::Fails) => html! { <td class="fails">{ tr!("of an energy" => "fails") }</td> },
        None => html! { <td>{ "—" }</td> },
    };
    html! {
        <section class="card" aria-labelledby="survival-title">
            <h2 id="survival-title">{ explained(tr!("Which [time steps] keep the energy")) }<small>{ tr!("to t = {}", SURVIVAL_HORIZON) }</small></h2>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Which time steps keep the energy")}>
                <table data-testid="survival">
                    <thead><tr><th scope="col">{ "Δt" }</th>{ for SURVIVAL_STEPS.iter().map(|dt| html! { <th scope="col">{ language::written(dt.to_string()) }</th> }) }</tr></thead>
                    <tbody>
                        { for given.convergence.iter().map(|convergence| html! {
                            <tr><th scope="row">{ translated(convergence.scheme.name()) }</th>{ for (0..SURVIVAL_STEPS.len()).map(|i| cell(convergence.fates.get(i))) }</tr>
                        }) }
                    </tbody>
                </table>
            </div>
            <p class="hint">{ tr!("Holds: the energy is never off by more than {} % of the largest kinetic energy, and in the second half of the time hardly more than in \
                the first. Drifts: not off by more than that yet, but at least 1.4 times as much in the second half as in the first. Fails: off by more, or \
                the motion runs away.", fixed(100.0 * ALLOWED, 0)) }</p>
        </section>
    }
}
