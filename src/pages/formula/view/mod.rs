//! The page of formulas: numbers on the left, laws on the right.

pub mod law;

use crate::components::controls::FormulaControls;
use crate::components::failure::Failure;
use crate::components::typed::Typed;
use crate::pages::formula::islands::{Phase, Rest};
use crate::pages::formula::state::Deed;
use crate::pages::formula::view::law::{Front, Law};
use crate::shell::action::Action;
use crate::shell::given::Given;
use crate::shell::state::State;
use crate::training::view::file::{pasted, picked};
use crate::words;
use data::text::MAX_BYTES;
use experiments::fields::{Field, Kind};
use experiments::view::FormulaSource;
use models::field::model::ModelKind;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::*;

/// The whole page of formulas.
#[component]
pub fn FormulaPage(given: &Given) -> Html {
    html! {
        <>
            <SearchBar ..given.clone() />
            <main class="formula">
                <div class="column">
                    <section class="card" aria-labelledby="numbers-title">
                        <h2 id="numbers-title">{ "In which numbers" }</h2>
                        <Numbers ..given.clone() />
                    </section>
                    <section class="card alphabet" aria-labelledby="alphabet-title">
                        <h2 id="alphabet-title">{ "With what" }<small>{ "for the next search" }</small></h2>
                        <FormulaControls ..given.clone() />
                    </section>
                </div>
                <div class="column">
                    <Law ..given.clone() />
                    <Front ..given.clone() />
                    <section class="card idea" aria-labelledby="how-title">
                        <h2 id="how-title">{ "How it is found" }</h2>
                        <p>{ "Thousands of formulas compete. The better ones have children with small changes, the oldest die, and numbers in them are \
                            fitted. Every core keeps an island of its own, and islands exchange their best. A longer formula always fits a little \
                            better, so there is no single winner but a front: for each complexity the best law. Suggested is the last law after a steep \
                            fall of the error; you may pick any. The score is that fall: by how much the error’s logarithm falls for each step of complexity." }</p>
                        <p>{ "Complexity counts operators, names and numbers; power, exp, log and if count three. The error is the root of the mean \
                            square, as a part of what the best constant leaves. With messages it is the mean of |error|/(|message| + median): bodies that \
                            nearly meet have messages a hundred times as large, and a network is at its worst there." }</p>
                    </section>
                </div>
            </main>
        </>
    }
}

/// Search, Pause, Stop, and how far it is.
#[component]
fn SearchBar(given: &Given) -> Html {
    let islands = &given.state.formula.islands;
    let on = |deed: Deed| given.act.reform(move |_: MouseEvent| Action::Formula(deed.clone()));
    let busy = islands.busy();
    let starting = words::starting("starting", islands.fetched);
    let (key, said, may_go_on) = match islands.phase {
        Phase::Idle => ("idle", "ready", false),
        Phase::Starting => ("starting", &*starting, false),
        Phase::Searching => ("searching", "searching", false),
        Phase::Resting(Rest::Asked) => ("paused", "paused", true),
        Phase::Resting(Rest::TimeUp) => ("time-up", "time is up", true),
        Phase::Resting(Rest::Exact) => ("exact", "found an exact law", false),
        Phase::Failed => ("failed", "stopped", false),
    };
    let tally = islands.tally;
    let figures = [
        ("search-seconds", tally.seconds, "s"),
        ("generation", tally.generation as f64, "generations"),
        ("evaluations", tally.evaluations as f64, "evaluations"),
        (
            "evaluations-per-second",
            tally.per_second,
            if tally.islands == 1 { "a second on 1 core" } else { "a second on all cores" },
        ),
    ];
    html! {
        <>
            <section class="bar" aria-label="Search">
                <button class="primary" data-testid="search" disabled={busy} onclick={on(Deed::Search)}>{ "Search" }</button>
                <button data-testid="search-pause" disabled={islands.phase != Phase::Searching && !may_go_on} onclick={on(Deed::Pause)}>
                    { if may_go_on { "Go on" } else { "Pause" } }
                </button>
                <button data-testid="search-stop" disabled={islands.phase == Phase::Idle} onclick={on(Deed::Stop)}>{ "Stop" }</button>
                <span class="figure status" role="status" data-testid="search-status" data-status={key}>{ said.to_owned() }</span>
                { for figures.into_iter().filter(|_| tally.islands > 0).map(|(id, value, unit)| html! {
                    <span class="figure" data-testid={id} data-value={value.to_string()}>{ format!("{value:.0} {unit}") }</span>
                }) }
            </section>
            if let Some(failure) = &islands.failure {
                <Failure id="search" sentence={failure.clone()} again={on(Deed::Again)} />
            }
            if let Some(notice) = &islands.notice {
                <p class="words note" role="status" data-testid="search-notice">{ notice }</p>
            }
        </>
    }
}

/// Where the numbers come from and which column is what.
#[component]
fn Numbers(given: &Given) -> Html {
    let state = &given.state;
    let source = state.experiment.view.formula.source;
    let options = match Field::named("formula").map(|field| &field.kind) {
        Some(Kind::Choice { options, get, .. }) => options
            .iter()
            .enumerate()
            .map(|(i, (key, words))| {
                html! {
                    <option value={*key} selected={Some(i) == get(&state.experiment)}>{ *words }</option>
                }
            })
            .collect::<Html>(),
        _ => html! {},
    };
    let choose = given.act.reform(|event: Event| Action::Formula(Deed::Source(chosen(&event))));
    let aim =
        given.act.reform(|event: Event| Action::Formula(Deed::Target(chosen(&event).parse().unwrap_or_default())));
    let headings = state.headings();
    let target = state.target();
    let units = state.experiment.view.formula.units;
    html! {
        <>
            <label class="row wide">{ "Numbers" }<select data-testid="formula-source" onchange={choose}>{ options }</select></label>
            <p class="hint" data-testid="source-note">{ about(state) }</p>
            if matches!(source, FormulaSource::Energy | FormulaSource::Slopes) {
                <Learned ..given.clone() />
            }
            if source == FormulaSource::File {
                <Table ..given.clone() />
            }
            if !headings.is_empty() {
                <label class="row wide">
                    { "Explain" }
                    <select data-testid="formula-target" onchange={aim}>
                        { for headings.iter().enumerate().map(|(i, heading)| html! {
                            <option value={i.to_string()} selected={i == target}>{ heading.name.clone() }</option>
                        }) }
                    </select>
                </label>
                <fieldset>
                    <legend>{ "by" }</legend>
                    { for headings.iter().enumerate().filter(|(i, _)| *i != target).map(|(i, heading)| html! {
                        <label class="switch">
                            <input type="checkbox" data-testid={format!("input-{}", heading.name)} checked={state.uses(i)}
                                onchange={given.act.reform(move |_: Event| Action::Formula(Deed::Input(i)))} />{ heading.name.clone() }
                        </label>
                    }) }
                </fieldset>
                if units {
                    { for headings.iter().enumerate().map(|(i, heading)| html! {
                        <label class="row wide">
                            { format!("Unit of {}", heading.name) }
                            <Typed id={format!("unit-{}", heading.name)} kind="text" value={heading.unit.clone()} placeholder="none"
                                set={given.act.reform(move |unit| Action::Formula(Deed::Unit(i, unit)))} />
                        </label>
                    }) }
                }
            }
        </>
    }
}

fn chosen(event: &Event) -> String {
    event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()).map(|s| s.value()).unwrap_or_default()
}

/// What the chosen numbers are, in a sentence or two.
fn about(state: &State) -> String {
    match state.experiment.view.formula.source {
        FormulaSource::Newton => {
            "500 rows of two masses, their distance and the force between them, in units in which G is 1. Will it find the law?".into()
        }
        FormulaSource::Clock => {
            "200 pendulums on different planets: mass, length, gravity and the time of a small swing, measured with an error of 1 %. One column \
             plays no role."
                .into()
        }
        FormulaSource::Planets => {
            "The eight planets: distance from the sun a (the earth's is 1) and length of the year T. Kepler needed ten years for this.".into()
        }
        source @ (FormulaSource::Energy | FormulaSource::Slopes) => match state.learned(source) {
            Some(sheet) if source == FormulaSource::Slopes => format!(
                "∂H/∂q and ∂H/∂p at {} places, as the Hamiltonian network has them now: minus dp/dt and dq/dt. They hold no constant that is left open.",
                sheet.columns[0].len()
            ),
            Some(sheet) => format!("H at {} places of phase space, as the Hamiltonian network sees it now; only up to a constant.", sheet.columns[0].len()),
            None if state.experiment.system.is_planar() => "The Hamiltonian network has not learned anything yet.".into(),
            None => "This experiment has more than one position and momentum; choose a spring or a pendulum on the first page.".into(),
        },
        FormulaSource::Messages => match &state.graphs.table {
            Some(sheet) => format!(
                "What the graph network says along {} edges of held-out worlds: the part along x of its messages, the mixture undone. dx, dy: from the receiver \
                 to the sender; r: their distance; m1, m2: masses of receiver and sender.",
                sheet.columns.first().map_or(0, Vec::len)
            ),
            None => "There are no messages yet: train a graph network on its own page, then come back from there.".into(),
        },
        FormulaSource::File if state.formula.reads() => "Reading it …".into(),
        FormulaSource::File => match &state.formula.file {
            Some(file) if file.words.is_empty() => format!("{}: {} rows.", file.name, file.rows),
            Some(file) => format!("{}: {} rows. Passed over, because they hold words: {}.", file.name, file.rows, file.words.join(", ")),
            None => "A file stays in this page and does not travel in a link: bring it here.".into(),
        },
    }
}

/// The network whose energy is read, and a way to train it.
#[component]
fn Learned(given: &Given) -> Html {
    let state = &given.state;
    if !state.experiment.system.is_planar() || !state.models.contains_key(&ModelKind::Hnn) {
        return html! {};
    }
    let train = given.act.reform(|_: MouseEvent| Action::Train);
    let (step, total) = (state.step(), state.experiment.schedule.steps);
    html! {
        <p>
            <button data-testid="train-here" disabled={state.status.busy()} onclick={train}>{ if step > 0 { "Train again" } else { "Train it now" } }</button>
            <span class="hint">{ format!(" {}: {step} / {total} steps", state.experiment.preset.label()) }</span>
        </p>
    }
}

/// A visitor's own table.
#[component]
fn Table(given: &Given) -> Html {
    let text = use_node_ref();
    let again = given.act.reform(|_: MouseEvent| Action::Formula(Deed::ReadAgain));
    html! {
        <>
            <label class="row wide">{ "File" }<input type="file" data-testid="table-file" accept=".csv,.tsv,.txt,.dat,text/*" onchange={picked(&given.act)} /></label>
            <textarea ref={text.clone()} data-testid="table-paste" rows="3" aria-label="Table to paste" placeholder={"x,y\n0.5,1.25"} spellcheck="false" />
            <button class="small" data-testid="read-table" disabled={given.state.formula.reads()} onclick={pasted(&text, &given.act)}>{ "Read what I pasted" }</button>
            if given.state.formula.is_unread() {
                <button class="small" data-testid="table-again" onclick={again}>{ "Try again" }</button>
            }
            <p class="hint">{ format!("CSV, TSV or columns of numbers, names in the first line; at most {} MB. Or drop a file anywhere.", MAX_BYTES / 1_000_000) }</p>
        </>
    }
}
