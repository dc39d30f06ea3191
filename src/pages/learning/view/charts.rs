//! Energy over time and loss over steps, with what the pointer is at.

use crate::components::canvas::{Drawing, Picture};
use crate::drawing::loss;
use crate::pages::learning::draw::conserved;
use crate::pages::learning::quantity::Quantity;
use crate::shell::action::Action;
use crate::shell::given::Given;
use crate::shell::state::State;
use crate::words;
use models::field::model::ModelKind;
use physics::trajectory::Trajectory;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlSelectElement};
use yew::prelude::*;

/// Every motion that is shown, truth first.
pub fn motions(state: &State) -> Vec<(Option<ModelKind>, &Trajectory)> {
    let learned = state.models.iter().filter_map(|(kind, model)| Some((Some(*kind), &model.look.as_ref()?.motion)));
    std::iter::once((None, &state.scene.truth.motion)).chain(learned).collect()
}

/// Where a pointer is over a chart, with the chart's size.
pub type Pointed = Option<((f64, f64), (f64, f64))>;

/// Where an event is over its element.
pub fn place(event: &MouseEvent) -> Pointed {
    let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok())?;
    let size = (f64::from(element.client_width()), f64::from(element.client_height()));
    Some(((f64::from(event.offset_x()), f64::from(event.offset_y())), size))
}

/// A pointer's place over an element, and what to attach to it. Yew listens at the root, so the element is the event's target:
/// the pictures in it let the pointer through.
#[hook]
pub fn use_pointer() -> (Pointed, Callback<MouseEvent>, Callback<MouseEvent>) {
    let pointed = use_state(|| Pointed::None);
    let moved = {
        let pointed = pointed.clone();
        Callback::from(move |event: MouseEvent| {
            let place = place(&event);
            if place.is_some() {
                pointed.set(place);
            }
        })
    };
    let left = {
        let pointed = pointed.clone();
        Callback::from(move |_: MouseEvent| pointed.set(None))
    };
    (*pointed, moved, left)
}

/// A conserved quantity of each motion over time: the true energy, or another that the visitor chooses.
#[component]
pub fn Conserved(given: &Given) -> Html {
    let state = given.state.clone();
    let (pointed, moved, left) = use_pointer();
    let looks: Vec<_> = state.models.values().filter_map(|model| model.look.clone()).collect();
    let drawing = use_memo(
        (
            state.scene.clone(),
            state.experiment.clone(),
            state.quantity,
            looks.iter().map(Rc::as_ptr).collect::<Vec<_>>(),
        ),
        {
            let state = state.clone();
            move |_| {
                Drawing::new(move |pen| {
                    let _ = conserved::draw(pen, &state.experiment, state.quantity, &motions(&state));
                })
            }
        },
    );
    let said = pointed.and_then(|((across, down), size)| {
        let (t, _) = conserved::frame(size, &state.experiment, state.quantity, &motions(&state)).value(across, down)?;
        let at = |(kind, motion): &(Option<ModelKind>, &Trajectory)| {
            let value = motion.at(t).map(|point| words::number(state.quantity.value(&state.experiment.system, &point)));
            format!("{} {}", kind.map_or("truth", ModelKind::label), value.unwrap_or_default())
        };
        Some(format!("t {t:.1}: {}", motions(&state).iter().map(at).collect::<Vec<_>>().join(", ")))
    });
    let expectation = match state.experiment.recording {
        Some(_) => "dashed: as it was recorded",
        None => "should stay where it starts",
    };
    let choices = Quantity::conserved_by(&state.experiment.system);
    let choose = given.act.reform(|event: Event| {
        let chosen = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()).map(|s| s.value());
        let named = Quantity::ALL.into_iter().find(|quantity| Some(quantity.name()) == chosen.as_deref());
        Action::Plot(named.unwrap_or_default())
    });
    html! {
        <figure class="card chart" data-testid="energy-chart" aria-labelledby="energy-title">
            <h2 id="energy-title">
                if choices.len() > 1 {
                    <select data-testid="quantity" aria-label="What is shown over time" onchange={choose}>
                        { for choices.iter().map(|quantity| html! {
                            <option value={quantity.name()} selected={*quantity == state.quantity}>{ quantity.title() }</option>
                        }) }
                    </select>
                } else {
                    { state.quantity.title() }
                }
                <small>{ said.unwrap_or_else(|| expectation.into()) }</small>
            </h2>
            <div key="plot" class="plot" onmousemove={moved} onmouseleave={left}>
                <Picture class="fill" drawing={(*drawing).clone()} />
            </div>
            <figcaption class="unseen">{ words::conserved(&state) }</figcaption>
        </figure>
    }
}

/// Loss of both models over steps.
#[component]
pub fn Loss(given: &Given) -> Html {
    let state = given.state.clone();
    let (pointed, moved, left) = use_pointer();
    let steps = state.experiment.schedule.steps;
    let ends: Vec<_> =
        state.models.iter().map(|(kind, model)| (*kind, model.losses.len(), model.losses.last().copied())).collect();
    let drawing = use_memo((steps, ends), {
        let state = state.clone();
        move |_| {
            Drawing::new(move |pen| {
                let histories: Vec<_> =
                    state.models.iter().map(|(kind, model)| (*kind, model.losses.as_slice())).collect();
                let _ = loss::draw(pen, steps, &histories);
            })
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
        (!said.is_empty()).then(|| format!("step {at:.0}: {}", said.join(", ")))
    });
    html! {
        <figure class="card chart" data-testid="loss-chart" aria-labelledby="loss-title">
            <h2 id="loss-title">{ "Loss" }<small>{ said.unwrap_or_else(|| "log; test plain, training faint".into()) }</small></h2>
            <div key="plot" class="plot" onmousemove={moved} onmouseleave={left}>
                <Picture class="fill" drawing={(*drawing).clone()} />
            </div>
            <figcaption class="unseen">{ words::losses(&state) }</figcaption>
        </figure>
    }
}
