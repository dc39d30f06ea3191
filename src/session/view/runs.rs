//! The runs of this visit and of earlier ones: what changed, what came of them, their curves over one another.

use crate::components::plot::{Plot, use_drawing};
use crate::components::select::Select;
use crate::drawing::loss;
use crate::drawing::palette::Palette;
use crate::session::action::Action;
use crate::session::runs::reduce::RunsAction;
use crate::session::runs::run::Run;
use crate::session::runs::{Runs, Storage, ordinal};
use crate::session::view::Given;
use crate::words;
use language::tr;
use std::rc::Rc;
use yew::prelude::*;

/// A small button that does something with runs.
#[inline(never)]
fn button(given: &Given, id: String, words: &'static str, disabled: bool, action: RunsAction) -> Html {
    let onclick = given.act.reform(move |_: MouseEvent| Action::Runs(action.clone()));
    html! { <button class="small" data-testid={id} {disabled} {onclick}>{ words }</button> }
}

/// Where a visitor is asked about the last visit, or may take a change back.
pub fn offers(given: &Given) -> Html {
    let runs = &given.state.runs;
    let of = |key: Option<u32>| key.and_then(|key| runs.get(key));
    html! {
        <>
            if let Some(run) = of(runs.offered) {
                <div class="sayings" data-testid="offer">
                    <p>{ tr!("Your last visit ended with the run “{run}” at step {step} of {all}.", run = run.name, step = run.step(), all = run.planned) }</p>
                    <span class="copies">
                        if run.is_finished() {
                            { button(given, "offer-open".into(), tr!("Show it again"), false, RunsAction::Open(run.key)) }
                        } else {
                            { button(given, "offer-go-on".into(), tr!("Go on with it"), false, RunsAction::GoOn(run.key)) }
                        }
                        { button(given, "offer-leave".into(), tr!("Leave it"), false, RunsAction::Decline) }
                    </span>
                </div>
            }
            if let Some(run) = of(runs.ended) {
                <div class="sayings" data-testid="ended">
                    <p>{ tr!("The run “{run}” ended at step {step}; it is kept below.", run = run.name, step = run.step()) }</p>
                    { button(given, "undo-change".into(), tr!("Undo"), false, RunsAction::Open(run.key)) }
                </div>
            }
            if let Some(run) = &runs.deleted {
                <div class="sayings">
                    <p>{ tr!("The run “{}” was deleted.", run.name) }</p>
                    { button(given, "take-back".into(), tr!("Take it back"), false, RunsAction::TakeBack) }
                </div>
            }
        </>
    }
}

/// The table of runs; nothing before the first.
#[component]
pub fn RunsCard(given: &Given) -> Html {
    let runs = given.state.runs.clone();
    let ends: Vec<_> = runs.overlaid.iter().filter_map(|key| Some((*key, runs.get(*key)?.step()))).collect();
    let drawing = use_drawing(ends, {
        let runs = runs.clone();
        move |pen| {
            let shown: Vec<&Rc<Run>> = runs.overlaid.iter().filter_map(|key| runs.get(*key)).collect();
            let steps = shown.iter().map(|run| run.planned).max().unwrap_or(1);
            let histories: Vec<_> = shown
                .iter()
                .flat_map(|run| {
                    run.models.iter().map(|model| (Palette::run(ordinal(run.key)), model.losses.as_slice()))
                })
                .collect();
            loss::draw_colored(pen, steps, &histories)
        }
    });
    if runs.list.is_empty() || !given.state.workbench.assignment.shows("runs") {
        return html! {};
    }
    html! {
        <section class="card notes runs" aria-labelledby="runs-title">
            <h2 id="runs-title">{ tr!("Runs") }<small>{ tr!("newest first; changes from the run before") }</small></h2>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Runs")}>
                <table data-testid="runs">
                    <thead>
                        <tr>
                            { for [tr!("run"), tr!("changed"), tr!("steps"), tr!("test loss"), tr!("energy error"), tr!("ratio"), tr!("curves")].map(|name| html! { <th scope="col">{ name }</th> }) }
                            <td />
                        </tr>
                    </thead>
                    <tbody>{ for runs.list.iter().rev().map(|run| line(given, run)) }</tbody>
                </table>
            </div>
            if !runs.overlaid.is_empty() {
                <figure class="chart" data-testid="overlay">
                    <Plot key="plot" label={overlaid(&runs)} {drawing} />
                </figure>
            }
            <p class="copies">
                if let Storage::Fails(why) = &runs.storage {
                    <span data-testid="store-fails">{ why }</span>
                } else {
                    { tr!("Kept in this browser until you forget them.") }
                }
                { button(given, "forget-all".into(), tr!("Forget everything"), false, RunsAction::ForgetAll) }
            </p>
        </section>
    }
}

fn overlaid(runs: &Runs) -> String {
    let names: Vec<&str> = runs.overlaid.iter().filter_map(|key| Some(runs.get(*key)?.name.as_str())).collect();
    tr!("Losses over steps on a logarithmic axis, test plain and training faint, of {}", names.join(", "))
}

/// One run.
fn line(given: &Given, run: &Run) -> Html {
    let (runs, key) = (&given.state.runs, run.key);
    let toggle = given.act.reform(move |_: Event| Action::Runs(RunsAction::Overlay(key)));
    let current = runs.current == Some(key);
    let of_models = |figure: &dyn Fn(usize) -> Option<f64>| {
        let numbers = (0..run.models.len()).map(|i| {
            let kind = run.models[i].kind;
            html! { <span class={kind.key()} title={kind.label()}>{ figure(i).map(words::number).unwrap_or_else(|| "—".into()) }{ " " }</span> }
        });
        html! { <>{ for numbers }</> }
    };
    let places: Vec<_> = run
        .checkpoints
        .iter()
        .enumerate()
        .map(|(i, at)| (AttrValue::from(i.to_string()), tr!("step {}", at.step).into()))
        .collect();
    // The first entry says what the list is for.
    let options =
        std::iter::once((AttrValue::from(""), AttrValue::from(tr!("Fork at …")))).chain(places).collect::<Vec<_>>();
    let fork = given.act.reform(move |number: usize| match number.checked_sub(1) {
        Some(place) => Action::Runs(RunsAction::Fork(key, place)),
        None => Action::Dismiss,
    });
    let saved = !run.checkpoints.is_empty();
    html! {
        <tr key={run.key} data-testid={format!("run-{}", run.name)} aria-current={current.then_some("true")}>
            <th scope="row"><span class={format!("swatch run-{}", Palette::run_number(ordinal(key)))} />{ &run.name }</th>
            <td class="changed">{ if run.changes.is_empty() { "—".to_owned() } else { run.changes.join("; ") } }</td>
            <td>{ format!("{} / {}", run.step(), run.planned) }</td>
            <td>{ of_models(&|i| run.models[i].losses.last().map(|(_, losses)| losses.test)) }</td>
            <td>{ of_models(&|i| run.models[i].energy_error) }</td>
            <td>{ run.ratio().map(words::factor).unwrap_or_default() }</td>
            <td><input type="checkbox" aria-label={tr!("curves of {}", run.name)} data-testid={format!("overlay-{}", run.name)} checked={runs.overlaid.contains(&key)} onchange={toggle} /></td>
            <td class="copies">
                { button(given, format!("open-{}", run.name), tr!("Open"), current || !saved, RunsAction::Open(key)) }
                if saved {
                    <Select label={tr!("Fork {}, with the present settings, at", run.name)} {options} chosen={0usize} set={fork} />
                }
                { button(given, format!("save-{}", run.name), tr!("Save"), false, RunsAction::Save(key)) }
                { button(given, format!("delete-{}", run.name), tr!("Delete"), false, RunsAction::Delete(key)) }
            </td>
        </tr>
    }
}
