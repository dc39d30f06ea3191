//! The controls of the networks of a page in training, and how far they are.

use crate::components::cell::exact;
use crate::components::failure::Failure;
use crate::components::press::press;
use crate::session::network_run::{NetworkRun, RunAction};
use crate::session::status::Status;
use crate::session::view::Given;
use crate::session::view::device::Device;
use crate::words;
use jobs::protocol::networks::NetworkKind;
use language::tr;
use yew::prelude::*;

/// Train and Pause; progress; engine. `total` is the number of steps of the experiment as it is set now.
pub fn network_bar<K: NetworkKind>(given: &Given, run: &NetworkRun<K>, total: u64, act: &Callback<RunAction>) -> Html {
    let on = |action: RunAction| act.reform(move |_: MouseEvent| action);
    let total = run.experiment.as_ref().map_or(total, |experiment| K::steps(experiment));
    let (step, busy, paused) = (run.step(), run.status.busy(), run.status == Status::Paused);
    let said = match run.status {
        Status::Idle => tr!("ready").into(),
        Status::Loading => words::starting(tr!("starting the engine"), run.fetched),
        Status::Training => tr!("training").into(),
        Status::Paused => tr!("paused").into(),
        Status::Finished => tr!("finished").into(),
        Status::Failed => tr!("stopped").into(),
    };
    let rate = run.steps_per_second();
    let left = rate.filter(|_| busy).map(|rate| total.saturating_sub(step) as f64 / rate);
    html! {
        <>
            <section class="bar" aria-label={tr!("Training")}>
                { press("train", "primary", !busy, on(RunAction::Train), if run.networks.is_empty() { tr!("Train") } else { tr!("Train again") }) }
                { press("pause", "", busy || paused, on(RunAction::Pause), if paused { tr!("Continue") } else { tr!("Pause") }) }
                <span class="figure status" role="status" data-testid="status" data-status={run.status.key()}>{ said }</span>
                <span class="figure" data-testid="steps" data-value={step.to_string()} data-total={total.to_string()}>{ format!("{step} / {total}") }</span>
                <progress aria-label={tr!("Steps taken")} max={total.to_string()} value={step.to_string()} />
                <span class="figure speed" data-testid="steps-per-second" data-value={exact(rate)}>
                    { rate.map(|rate| words::pace(rate, left, false)).unwrap_or_default() }
                </span>
                <label class="chip">
                    { tr!("Device") }
                    <Device ..given.clone() />
                </label>
            </section>
            if let Some(failure) = &run.failure {
                <Failure id="networks" sentence={failure.clone()} again={on(RunAction::Again)} />
            }
            <section class="words" aria-label={tr!("Notes on this training")} aria-live="polite">
                if let Some(choice) = run.choice {
                    <p class="note" data-testid="device-note">{ words::chosen(choice) }</p>
                }
                if let Some(notice) = &run.notice {
                    <p class="note" data-testid="notice">{ notice }</p>
                }
            </section>
        </>
    }
}
