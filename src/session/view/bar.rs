//! The controls of a run and how far it is.

use crate::components::cell::exact;
use crate::components::explained::explained;
use crate::session::action::Action;
use crate::session::state::Session;
use crate::session::status::Status;
use crate::session::view::Given;
use crate::session::view::device::Device;
use crate::words;
use language::tr;
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
        Status::Paused => tr!("Continue"),
        Status::Finished | Status::Failed => tr!("Train again"),
        _ => tr!("Train"),
    };
    let rate = state.steps_per_second();
    let shared = state.is_shared();
    let left = state.seconds_left().filter(|_| busy);
    html! {
        <section class="bar" aria-label={tr!("Training")}>
            <button class="primary" data-testid="train" aria-disabled={busy.then_some("true")} onclick={on(Action::Train)}>{ train }</button>
            <button data-testid="pause" aria-disabled={(!busy).then_some("true")} onclick={on(Action::Pause)}>{ tr!("Pause") }</button>
            <button data-testid="step" aria-disabled={busy.then_some("true")} onclick={on(Action::Step)} title={tr!("Take one step")}>{ tr!("Step") }</button>
            <button data-testid="rewind" onclick={on(Action::Rewind)} title={tr!("Back to the same start")}>{ tr!("Rewind") }</button>
            <span class="figure status" role="status" data-testid="status" data-status={state.status.key()}>{ status(state) }</span>
            <span class="figure" data-testid="steps" data-value={step.to_string()} data-total={total.to_string()}>
                { format!("{step} / {total}") }
            </span>
            <progress aria-label={tr!("Steps taken")} max={total.to_string()} value={step.to_string()} />
            <span class="figure speed" data-testid="steps-per-second" data-value={exact(rate)} data-cores={if shared { "2" } else { "1" }}>
                { rate.map(|rate| words::pace(rate, left, shared)).unwrap_or_default() }
            </span>
            if assignment.shows("device") {
                <label class="chip">
                    { tr!("Device") }
                    <Device ..given.clone() />
                </label>
            }
            <span class="chip">
                <span data-testid="seed" data-value={state.workbench.field.seed.0.to_string()}>{ explained(tr!("[seed]")) }{ format!(" {}", state.workbench.field.seed.0) }</span>
                if assignment.shows("seed") && !assignment.locks("seed") {
                    <button class="small" data-testid="new-seed" onclick={on(Action::NewSeed)} title={tr!("Other data, other first weights")}>{ tr!("seed" => "new") }</button>
                }
            </span>
        </section>
    }
}

fn status(state: &Session) -> String {
    match state.status {
        Status::Idle => tr!("ready").into(),
        Status::Loading => words::starting(tr!("starting the engine"), state.fetched),
        Status::Training => tr!("training").into(),
        Status::Paused => tr!("paused").into(),
        Status::Finished => tr!("finished").into(),
        Status::Failed => tr!("stopped").into(),
    }
}
