//! The page of integrators: what a step of time costs, on the true system and on what the networks learned of it.

use crate::components::canvas::{Drawing, Picture};
use crate::pages::integrators::draw::{self, ErrorOf};
use crate::shell::given::Given;
use crate::words;
use jobs::protocol::study::{ALLOWED, HORIZON, Outcome, SURVIVAL_HORIZON, SURVIVAL_STEPS, SchemeStudy};
use models::field::model::ModelKind;
use physics::integrator::Scheme;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::*;

/// A way back that ends closer than this has lost nothing but rounding.
const ROUNDING: f64 = 1e-10;

/// Pictures and tables of the schemes.
#[component]
pub fn Integrators(given: &Given) -> Html {
    let state = given.state.clone();
    let chosen = use_state(|| None::<ModelKind>);
    let of = use_state(ErrorOf::default);
    let studies: Rc<Vec<SchemeStudy>> = match *chosen {
        None => state.scene.study.clone(),
        Some(kind) => Rc::new(state.models.get(&kind).map(|model| model.studies.clone()).unwrap_or_default()),
    };
    let drawing = use_memo((studies.clone(), *of), |(studies, of)| {
        let (studies, of) = (studies.clone(), *of);
        Drawing::new(move |pen| {
            let _ = draw::draw(pen, &studies, of);
        })
    });
    let value = |event: &Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        select.map(|select| select.value()).unwrap_or_default()
    };
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            let key = value(&event);
            chosen.set(ModelKind::ALL.into_iter().find(|kind| kind.key() == key));
        })
    };
    let measure = {
        let of = of.clone();
        Callback::from(move |event: Event| {
            of.set(if value(&event) == "energy" { ErrorOf::Energy } else { ErrorOf::State })
        })
    };
    html! {
        <>
            <figure class="card portrait" aria-labelledby="errors-title">
                <h2 id="errors-title">
                    <span>
                        { "Error of the " }
                        <select data-testid="error-of" aria-label="Which error" onchange={measure}>
                            <option value="state" selected={*of == ErrorOf::State}>{ "state" }</option>
                            <option value="energy" selected={*of == ErrorOf::Energy}>{ "energy" }</option>
                        </select>
                        { " of " }
                        <select data-testid="study-of" aria-label="Of which motion" onchange={choose}>
                            <option value="" selected={chosen.is_none()}>{ "the true system" }</option>
                            { for state.models.keys().map(|kind| html! {
                                <option value={kind.key()} selected={*chosen == Some(*kind)}>{ kind.label() }</option>
                            }) }
                        </select>
                    </span>
                    <small>{ format!("against Δt, at t = {HORIZON}") }</small>
                </h2>
                <div key="plot" class="plot still" role="img" aria-label="Errors against the step, on logarithmic axes; the table says the slopes">
                    <Picture class="fill" drawing={(*drawing).clone()} />
                </div>
                <p class="hint">{ explanation(*chosen, studies.is_empty()) }</p>
            </figure>
            <div class="column">
                <Orders studies={studies.clone()} />
                <Survivals studies={studies} />
            </div>
        </>
    }
}

fn explanation(chosen: Option<ModelKind>, empty: bool) -> String {
    match chosen {
        Some(_) if empty => "Train first, on this page or on the other: what was learned is measured once training holds.".into(),
        Some(ModelKind::Hnn) => "A learned H(q, p) does not split into T(p) + V(q), so only schemes for any H are measured; \
            errors are taken against the learned motion itself, not against the truth."
            .into(),
        Some(_) => "It has no Hamiltonian, so no scheme is symplectic for it; errors are taken against its own exact motion, and its \
            energy is judged by the true H."
            .into(),
        None => "On logarithmic axes each scheme is a straight line, and its slope is its order. RK4's energy error falls one order faster \
            than its state error on a spring: its error of order 4 moves along the orbit, only one of order 5 leads off it. On the pendulum \
            this holds for long steps, until a swing of order 4 takes over."
            .into(),
    }
}

#[derive(PartialEq, Properties)]
struct StudiesGiven {
    studies: Rc<Vec<SchemeStudy>>,
}

#[component]
fn Orders(given: &StudiesGiven) -> Html {
    let order = |order: Option<f64>, none: &'static str| order.map_or(none.into(), |order| format!("{order:.2}"));
    html! {
        <section class="card" aria-labelledby="orders-title">
            <h2 id="orders-title">{ "Orders" }<small>{ "stated, and measured here" }</small></h2>
            <table data-testid="orders">
                <thead><tr><td></td><th scope="col">{ "stated" }</th><th scope="col">{ "state" }</th><th scope="col">{ "energy" }</th><th scope="col">{ "way back" }</th></tr></thead>
                <tbody>
                    { for given.studies.iter().map(|study| html! {
                        <tr>
                            <th scope="row">{ study.scheme.name() }</th>
                            <td>{ study.scheme.order() }</td>
                            <td data-testid={format!("order-{}", key(study.scheme))} data-value={study.order.map(|x| x.to_string()).unwrap_or_default()}>{ order(study.order, "—") }</td>
                            <td>{ order(study.energy_order, "kept") }</td>
                            <td>{ if study.way_back < ROUNDING { "≈ 0".into() } else { words::number(study.way_back) } }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
            <p class="hint">{ "Way back: how far from the start 200 steps forwards and 200 backwards end. A scheme that looks the same in reversed time comes back to rounding." }</p>
        </section>
    }
}

fn key(scheme: Scheme) -> String {
    scheme.name().replace(' ', "-").to_lowercase()
}

#[component]
fn Survivals(given: &StudiesGiven) -> Html {
    let cell = |outcome: Option<&Outcome>| match outcome {
        Some(Outcome::Holds) => html! { <td class="holds">{ "holds" }</td> },
        Some(Outcome::Drifts) => html! { <td class="drifts">{ "drifts" }</td> },
        Some(Outcome::Fails) => html! { <td class="fails">{ "fails" }</td> },
        None => html! { <td>{ "—" }</td> },
    };
    html! {
        <section class="card" aria-labelledby="survival-title">
            <h2 id="survival-title">{ "Which step it survives" }<small>{ format!("energy within {:.0} % to t = {SURVIVAL_HORIZON}", 100.0 * ALLOWED) }</small></h2>
            <table data-testid="survival">
                <thead><tr><th scope="col">{ "Δt" }</th>{ for SURVIVAL_STEPS.iter().map(|dt| html! { <th scope="col">{ *dt }</th> }) }</tr></thead>
                <tbody>
                    { for given.studies.iter().map(|study| html! {
                        <tr><th scope="row">{ study.scheme.name() }</th>{ for (0..SURVIVAL_STEPS.len()).map(|i| cell(study.fates.get(i))) }</tr>
                    }) }
                </tbody>
            </table>
        </section>
    }
}
