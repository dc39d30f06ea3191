//! The controls of a run and how far it is.

use crate::components::cell::exact;
use crate::components::explained::explained;
use crate::session::action::Action;
use crate::session::state::Session;
use crate::session::status::Status;
use crate::session::view::Given;
use crate::session::view::device::Device;
use crate::words;
use yew::prelude::*;

/// Train, Pause, Step, Rewind; progress; engine; seed.
///
/// What can't be pressed now is so for screen readers and eyes alone: a button that is disabled loses the focus.
#[component]
pub fn Bar(given: &Given) -> Html {
    let state = &given.state;
    let on = |action: Action| given.act.reform(move |_: MouseEvent| action.clone());
    let total = state.workbench.field.schedule.steps;
    let step = state.step();
    let busy = state.status.busy();
    let assignment = &state.workbench.assignment;
    let train = match state.status {
        Status::Paused => "Continue",
        Status::Finished | Status::Failed => "Train again",
        _ => "Train",
    };
    let rate = state.steps_per_second();
    let left =
        state.seconds_left().filter(|_| busy).map(|s| format!(" · {} left", words::seconds(s))).unwrap_or_default();
    html! {
        <section class="bar" aria-label="Training">
            <button class="primary" data-testid="train" aria-disabled={busy.then_some("true")} onclick={on(Action::Train)}>{ train }</button>
            <button data-testid="pause" aria-disabled={(!busy).then_some("true")} onclick={on(Action::Pause)}>{ "Pause" }</button>
            <button data-testid="step" aria-disabled={busy.then_some("true")} onclick={on(Action::Step)} title="Take one step">{ "Step" }</button>
            <button data-testid="rewind" onclick={on(Action::Rewind)} title="Back to the same start">{ "Rewind" }</button>
            <span class="figure status" role="status" data-testid="status" data-status={state.status.key()}>{ status(state) }</span>
            <span class="figure" data-testid="steps" data-value={step.to_string()} data-total={total.to_string()}>
                { format!("{step} / {total}") }
            </span>
            <progress aria-label="Steps taken" max={total.to_string()} value={step.to_string()} />
            <span class="figure speed" data-testid="steps-per-second" data-value={exact(rate)}>
                { rate.map(|rate| format!("{rate:.0} steps/s{left}")).unwrap_or_default() }
            </span>
            if assignment.shows("device") {
                <label class="chip">
                    { "Device" }
                    <Device ..given.clone() />
                </label>
            }
            <span class="chip">
                <span data-testid="seed" data-value={state.workbench.field.seed.0.to_string()}>{ explained("[seed]") }{ format!(" {}", state.workbench.field.seed.0) }</span>
                if assignment.shows("seed") && !assignment.locks("seed") {
                    <button class="small" data-testid="new-seed" onclick={on(Action::NewSeed)} title="Other data, other first weights">{ "new" }</button>
                }
            </span>
        </section>
    }
}

fn status(state: &Session) -> String {
    match state.status {
        Status::Idle => "ready".into(),
        Status::Loading => words::starting("starting the engine", state.fetched),
        Status::Training => "training".into(),
        Status::Paused => "paused".into(),
        Status::Finished => "finished".into(),
        Status::Failed => "stopped".into(),
    }
}
