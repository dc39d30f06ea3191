//! What the networks minimise and what H consists of, as formulas with their present values.

use crate::components::cell::exact;
use crate::components::formula::written;
use crate::components::sentence::sentence;
use crate::components::settings::choice;
use crate::pages::learning::quantity::Quantity;
use crate::pages::learning::state::{Learning, LearningAction};
use crate::session::view::PageGiven;
use crate::words::number;
use experiments::fields::Field;
use language::{fixed, tr};
use models::field::model::ModelKind;
use physics::dataset::Targets;
use physics::system::System;
use yew::prelude::*;

/// The card of formulas.
pub fn statements(given: &PageGiven<Learning>) -> Html {
    let field = &given.state.workbench.field;
    html! {
        <section class="card idea" data-testid="statements" aria-labelledby="statements-title">
            <h2 id="statements-title">{ tr!("The formulas") }<small>{ tr!("with their values now") }</small></h2>
            { energy(given) }
            { special(given) }
            if field.film_recipe().is_some() {
                { pixels() }
            } else {
                { for given.state.models.keys().map(|kind| loss(given, *kind)) }
                { targets(given) }
            }
        </section>
    }
}

/// H = K + V, and both over time.
fn energy(given: &PageGiven<Learning>) -> Html {
    let mechanics = given.state.workbench.field.system.mechanics();
    if mechanics.separable().is_none() {
        return html! {
            <p>
                { sentence(
                    tr!("{0}: here the kinetic energy K depends on the positions too, so H does not split into a part of p and a part of q."),
                    [written("H(q, p) = K(q, p) + V(q)")],
                ) }
            </p>
        };
    }
    let show = |quantity: Quantity, words: &'static str| {
        let tell = given.tell.reform(move |_: MouseEvent| LearningAction::Plot(quantity));
        html! { <button class="small" data-testid={words} onclick={tell}>{ words }</button> }
    };
    let formula = written(if mechanics.is_driven() {
        "H(q, p, t) = K(p) + V(q, t) , K = 1/2 p M^{−1} p^T"
    } else {
        "H(q, p) = K(p) + V(q) , K = 1/2 p M^{−1} p^T"
    });
    html! {
        <p>
            { sentence(
                tr!("{0}: kinetic energy of the momenta, with the masses M, and potential energy of the positions. Over time: {1} {2} {3}"),
                [formula, show(Quantity::Kinetic, "K"), show(Quantity::Potential, "V"), show(Quantity::Energy, "K + V")],
            ) }
        </p>
    }
}

/// What is said of one system only.
fn special(given: &PageGiven<Learning>) -> Html {
    let field = &given.state.workbench.field;
    match &field.system {
        System::TwoMasses(bodies) => html! {
            <>
                <div class="typeset" tabindex="0" role="group" aria-label={tr!("Formula")}>
                    { written("H = {|P|^2}/{2M} + {|p|^2}/{2 μ} − {G m_1 m_2}/{|q_1 − q_2|} , M = m_1 + m_2 , μ = {m_1 m_2}/M") }
                </div>
                <p data-testid="reduced-mass" data-value={bodies.reduced().to_string()}>
                    { tr!("Here M = {total} and μ = {reduced}. The third path is the centre of mass: with nobody outside it goes straight on. \
                       Of the rest one particle of mass μ is left, at the distance of the two, about a fixed centre.",
                       total = number(bodies.total()), reduced = number(bodies.reduced())) }
                    { " " }
                    { match bodies.period(&field.start()) {
                        Some(period) => tr!("Kepler: this orbit comes back after {period}; see the distance over time.", period = number(period)),
                        None => tr!("This orbit is not bound.").to_owned(),
                    } }
                </p>
            </>
        },
        system if system.mechanics().is_driven() => html! {
            <p>
                { sentence(tr!("Here H depends on time, so energy is not kept: {0}. Both networks have time as an input; the HNN learns H(q, p, t) from velocities alone, never from energies, with H(0, 0, t) = 0. \
                   The picture shows (q, p). After the time that was learned from, t = 6, nothing is known: set “Time shown” to 12 and see."), [written("{dH}/{dt} = {∂H}/{∂t}")]) }
            </p>
        },
        _ => html! {},
    }
}

/// The loss of a model that learns from films.
fn pixels() -> Html {
    let row = |text: String, formula: &'static str| {
        html! { <div class="typeset" tabindex="0" role="group" aria-label={tr!("Formula")}>{ text }{ written(formula) }</div> }
    };
    html! {
        <>
            <p>{ tr!("Of a pair of frames x the encoder makes z = (z_q, z_p), of the next pair z′:") }</p>
            { row(String::new(), "L = L_{AE} + L_{CC} + 0.1 L_{HNN}") }
            { row(String::new(), "L_{AE} = ‖ x̂ − x ‖^2") }
            { row(String::new(), "L_{CC} = ‖ z_p − ( z′_q − z_q ) ‖^2") }
            { row(format!("{}: ", ModelKind::Hnn.label()), "L_{HNN} = ‖ {∂H}/{∂z_p} − ( z′_q − z_q ) ‖^2 + ‖ {∂H}/{∂z_q} + ( z′_p − z_p ) ‖^2") }
            { row(format!("{}: ", ModelKind::Baseline.label()), "‖ f(z) − ( z′ − z ) ‖^2") }
            <p>{ tr!("AE: the frames come back. CC: z_p is the rate of z_q, so that (z_q, z_p) may be (q, p). The third: z moves as the film does, one frame in a unit of time. \
                Their curves are in the chart of the parts.") }</p>
        </>
    }
}

/// What a model minimises, and what that is now.
fn loss(given: &PageGiven<Learning>, kind: ModelKind) -> Html {
    let exact_targets =
        given.state.workbench.field.data.targets == Targets::Exact && given.state.workbench.field.recording.is_none();
    let formula = match (kind, exact_targets) {
        (ModelKind::Baseline, true) => "L = ‖ f_q − {dq}/{dt} ‖^2 + ‖ f_p − {dp}/{dt} ‖^2",
        (ModelKind::Baseline, false) => "L = ‖ f_q − {Δq}/{Δt} ‖^2 + ‖ f_p − {Δp}/{Δt} ‖^2",
        (ModelKind::Hnn, true) => "L = ‖ {∂H}/{∂p} − {dq}/{dt} ‖^2 + ‖ {∂H}/{∂q} + {dp}/{dt} ‖^2",
        (ModelKind::Hnn, false) => "L = ‖ {∂H}/{∂p} − {Δq}/{Δt} ‖^2 + ‖ {∂H}/{∂q} + {Δp}/{Δt} ‖^2",
        (ModelKind::Dissipative, true) => {
            "L = ‖ {∂H}/{∂p} + {∂F}/{∂q} − {dq}/{dt} ‖^2 + ‖ {∂H}/{∂q} − {∂F}/{∂p} + {dp}/{dt} ‖^2"
        }
        (ModelKind::Dissipative, false) => {
            "L = ‖ {∂H}/{∂p} + {∂F}/{∂q} − {Δq}/{Δt} ‖^2 + ‖ {∂H}/{∂q} − {∂F}/{∂p} + {Δp}/{Δt} ‖^2"
        }
    };
    let now = given.state.models.get(&kind).and_then(|model| model.losses.last()).map(|(_, losses)| losses.train);
    // The mean over components, as losses are shown everywhere, times their number is the sum of the formula.
    let sum = now.map(|mean| mean * 2.0 * given.state.workbench.field.system.dof() as f64);
    let said = sum.map_or(tr!("not trained yet").to_owned(), |sum| format!("L = {}", number(sum)));
    html! {
        <>
            <p><b class={kind.key()}>{ kind.label() }</b>{ ": " }<span data-testid={format!("loss-now-{}", kind.key())} data-value={exact(sum)}>{ said }</span></p>
            <div class="typeset" tabindex="0" role="group" aria-label={tr!("Formula")}>{ written(formula) }</div>
        </>
    }
}

/// What the loss holds velocities against, and how wrong that is.
fn targets(given: &PageGiven<Learning>) -> Html {
    let field = &given.state.workbench.field;
    let shared = given.shared();
    let key = if field.recording.is_some() { "differences" } else { "targets" };
    let chosen =
        Field::named(key).map(|known| choice(known, &given.state.workbench, &shared.set(), "targets-here".into()));
    let step = field.data.span / field.data.samples.saturating_sub(1).max(1) as f64;
    let error = given.state.scene.target_error;
    html! {
        <p>
            { sentence(tr!("‖…‖² is a mean over the training samples. The velocities in it: {0}."), [chosen.unwrap_or_default()]) }
            { " " }
            { match error {
                None => tr!("Nobody knows the exact ones of what was measured.").into(),
                Some(0.0) => tr!("Differences of samples, which is all that a measurement gives, would be off: choose them and see by how much.").into(),
                Some(error) => html! {
                    <span data-testid="target-error" data-value={error.to_string()}>
                        { tr!("With Δt = {step} they are off the exact ones by {percent} % (root mean square, without noise): that is the discretisation error, and the best network learns it.", step = number(step), percent = fixed(100.0 * error, 2)) }
                    </span>
                },
            } }
        </p>
    }
}
