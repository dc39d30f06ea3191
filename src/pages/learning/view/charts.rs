//! Energy over time and loss over steps, with what the pointer is at.

use crate::components::beside::beside;
use crate::components::explained::explained;
use crate::components::plot::{Plot, use_drawing};
use crate::components::pointer::use_pointer;
use crate::components::select::Select;
use crate::drawing::loss;
use crate::pages::learning::draw::conserved;
use crate::pages::learning::quantity::{Curve, Quantity};
use crate::pages::learning::state::{Learning, LearningAction};
use crate::pages::learning::words as said_of;
use crate::session::view::{Given, PageGiven};
use crate::session::words::losses;
use crate::words;
use language::{fixed, tr};
use models::field::model::ModelKind;
use std::rc::Rc;
use yew::prelude::*;

/// A quantity of each motion over time: the true energy, or another that the visitor chooses.
#[component]
pub fn Conserved(given: &PageGiven<Learning>) -> Html {
    let state = given.state.clone();
    let field = &state.workbench.field;
    let quantity = state.own.quantity.for_experiment(field);
    let (pointed, moved, left) = use_pointer();
    let snapshots: Vec<_> = state.models.values().filter_map(|model| model.snapshot.as_ref().map(Rc::as_ptr)).collect();
    let drawing = use_drawing((state.scene.clone(), field.clone(), quantity, snapshots), {
        let state = state.clone();
        move |pen| conserved::draw(pen, state.workbench.field.view.horizon, quantity, &quantity.curves(&state))
    });
    let said = pointed.and_then(|((across, down), size)| {
        let curves = quantity.curves(&state);
        let (t, _) = conserved::frame(size, field.view.horizon, quantity, &curves).value(across, down)?;
        let at = |curve: &Curve| {
            let value = curve.at(t).map(words::number).unwrap_or_default();
            let name = curve.kind.map_or(tr!("truth"), ModelKind::label);
            if curve.faint {
                tr!("{model} (true energy) {value}", model = name, value = value)
            } else {
                format!("{name} {value}")
            }
        };
        Some(format!("t {}: {}", fixed(t, 1), curves.iter().map(at).collect::<Vec<_>>().join(", ")))
    });
    let choices = Quantity::of(field);
    let options: Vec<_> =
        choices.iter().map(|quantity| (quantity.name().into(), quantity.title(field).into())).collect();
    let chosen = choices.iter().position(|known| *known == quantity);
    let choose =
        given.tell.reform(move |number: usize| LearningAction::Plot(choices.get(number).copied().unwrap_or_default()));
    html! {
        <figure class={classes!("card", "chart", state.is_stale().then_some("stale"))} data-testid="energy-chart" aria-labelledby="energy-title">
            <h2 id="energy-title">
                <Select id="quantity" label={tr!("What is shown over time")} {chosen} {options} set={choose} />
                { beside(said, quantity.expectation(field)) }
            </h2>
            <Plot key="plot" onmousemove={moved} onmouseleave={left} drawing={drawing} />
            <figcaption class="unseen">{ said_of::conserved(&state, quantity) }</figcaption>
        </figure>
    }
}

/// Loss of both models over steps.
#[component]
pub fn Loss(given: &Given) -> Html {
    let state = given.state.clone();
    let (pointed, moved, left) = use_pointer();
    let steps = state.workbench.field.schedule.steps;
    let ends: Vec<_> =
        state.models.iter().map(|(kind, model)| (*kind, model.losses.len(), model.losses.last().copied())).collect();
    let drawing = use_drawing((steps, ends), {
        let state = state.clone();
        move |pen| {
            let histories: Vec<_> = state.models.iter().map(|(kind, model)| (*kind, model.losses.as_slice())).collect();
            loss::draw(pen, steps, &histories)
        }
    });
    let said = pointed.and_then(|((across, down), size)| {
        let histories: Vec<_> = state.models.iter().map(|(kind, model)| (*kind, model.losses.as_slice())).collect();
        let (at, _) = loss::frame(size, steps, &histories).value(across, down)?;
        let nearest = |(kind, history): &loss::History<'_>| {
            let (_, losses) = history.iter().min_by_key(|(step, _)| step.abs_diff(at.round() as u64))?;
            Some(format!("{} {}", kind.label(), words::number(losses.test)))
        };
        let said: Vec<_> = histories.iter().filter_map(nearest).collect();
        (!said.is_empty()).then(|| tr!("step {step}: {losses}", step = fixed(at, 0), losses = said.join(", ")))
    });
    html! {
        <figure class="card chart" data-testid="loss-chart" aria-labelledby="loss-title">
            <h2 id="loss-title">{ explained(tr!("[Loss]")) }{ beside(said, tr!("log scale; dark: test data, pale: training data")) }</h2>
            <Plot key="plot" onmousemove={moved} onmouseleave={left} drawing={drawing} />
            <figcaption class="unseen">{ losses(&state) }</figcaption>
        </figure>
    }
}
