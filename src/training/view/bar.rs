//! The controls of a run and how far it is.

use crate::shell::action::Action;
use crate::shell::given::Given;
use crate::shell::state::{State, Status};
use crate::words;
use experiments::fields::{Field, Kind};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::*;

/// Train, Pause, Step, Rewind; progress; engine; seed.
#[component]
pub fn Bar(given: &Given) -> Html {
    let state = &given.state;
    let on = |action: Action| given.act.reform(move |_: MouseEvent| action.clone());
    let total = state.experiment.schedule.steps;
    let step = state.step();
    let busy = state.status.busy();
    let train = match state.status {
        Status::Paused => "Go on",
        Status::Finished | Status::Failed => "Train again",
        _ => "Train",
    };
    let rate = state.steps_per_second();
    let left =
        state.seconds_left().filter(|_| busy).map(|s| format!(" · {} left", words::seconds(s))).unwrap_or_default();
    let data = |value: Option<String>| value.unwrap_or_default();
    html! {
        <section class="bar" aria-label="Training">
            <button class="primary" data-testid="train" disabled={busy} onclick={on(Action::Train)}>{ train }</button>
            <button data-testid="pause" disabled={!busy} onclick={on(Action::Pause)}>{ "Pause" }</button>
            <button data-testid="step" disabled={busy} onclick={on(Action::Step)} title="Take one step">{ "Step" }</button>
            <button data-testid="rewind" onclick={on(Action::Rewind)} title="Back to the same start">{ "Rewind" }</button>
            <span class="figure status" role="status" data-testid="status" data-status={state.status.key()}>{ status(state) }</span>
            <span class="figure" data-testid="steps" data-value={step.to_string()} data-total={total.to_string()}>
                { format!("{step} / {total}") }
            </span>
            <progress aria-label="Steps taken" max={total.to_string()} value={step.to_string()} />
            <span class="figure speed" data-testid="steps-per-second" data-value={data(rate.map(|rate| rate.to_string()))}>
                { rate.map(|rate| format!("{rate:.0} steps/s{left}")).unwrap_or_default() }
            </span>
            <label class="chip">
                { "Device" }
                <Device ..given.clone() />
            </label>
            <span class="chip">
                <span data-testid="seed" data-value={state.experiment.seed.0.to_string()}>{ format!("seed {}", state.experiment.seed.0) }</span>
                <button class="small" data-testid="new-seed" onclick={on(Action::NewSeed)} title="Other data, other first weights">{ "new" }</button>
            </span>
        </section>
    }
}

/// Who is to train.
#[component]
pub fn Device(given: &Given) -> Html {
    let Some(field) = Field::named("device") else {
        return html! {};
    };
    let Kind::Choice { options, get, .. } = &field.kind else {
        return html! {};
    };
    let chosen = get(&given.state.experiment);
    let choose = given.act.reform(|event: Event| {
        let value = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok()).map(|s| s.value());
        Action::Set("device", value.unwrap_or_default())
    });
    html! {
        <select data-testid="device" onchange={choose} title={field.help}>
            { for options.iter().enumerate().map(|(i, (key, words))| html! {
                <option value={*key} selected={Some(i) == chosen}>{ *words }</option>
            }) }
        </select>
    }
}

fn status(state: &State) -> &'static str {
    match state.status {
        Status::Idle => "ready",
        Status::Loading => "starting the engine",
        Status::Training => "training",
        Status::Paused => "paused",
        Status::Finished => "finished",
        Status::Failed => "stopped",
    }
}

/// Sentences about the run: which engine and why, what was mended, what a link or a setting could not be.
#[component]
pub fn Words(given: &Given) -> Html {
    let state = &given.state;
    let dismiss = given.act.reform(|_: MouseEvent| Action::Dismiss);
    let sayings = !state.remarks.is_empty() || state.notice.is_some() || state.failure.is_some();
    html! {
        <section class="words" aria-label="Messages" aria-live="polite">
            if let Some(choice) = state.choice {
                <p data-testid="device-note" class="note">{ words::chosen(choice) }</p>
            }
            if sayings {
                <div class="sayings">
                    <div>
                        if let Some(failure) = &state.failure {
                            <p data-testid="failure" class="failure">{ failure }</p>
                        }
                        if let Some(notice) = &state.notice {
                            <p data-testid="notice">{ notice }</p>
                        }
                        <ul data-testid="remarks">
                            { for state.remarks.iter().map(|remark| html! { <li>{ remark }</li> }) }
                        </ul>
                    </div>
                    if state.failure.is_none() {
                        <button class="small" onclick={dismiss}>{ "Close" }</button>
                    }
                </div>
            } else {
                <ul data-testid="remarks" hidden=true></ul>
            }
        </section>
    }
}
