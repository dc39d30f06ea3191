//! What was understood of a file, before anything is learned from it: each guess can be corrected here, also where all failed.

use crate::components::plot::{Plot, use_drawing};
use crate::components::select::Select;
use crate::components::turn::use_turn_to;
use crate::components::typed::Typed;
use crate::session::action::Action;
use crate::session::draw::recording::{over_time, phase_plane};
use crate::session::files::FileAction;
use crate::session::loaded::{Brought, Correction, Loaded};
use crate::session::view::Given;
use crate::session::words::few_rows;
use crate::words::number;
use data::columns::Role;
use data::dropped::Outliers;
use data::names::shown;
use data::options::lines_written;
use jobs::protocol::recording::Understood;
use language::tr;
use std::rc::Rc;
use web_sys::Event;
use yew::prelude::*;

/// The panel; nothing while there is no file.
pub fn data_panel(given: &Given) -> Html {
    let state = &given.state;
    if let Some(brought) = &state.brought {
        return html! { <Reading given={given.clone()} brought={brought.clone()} /> };
    }
    match &state.loaded {
        Some(loaded) if !loaded.folded => html! { <Panel given={given.clone()} loaded={loaded.clone()} /> },
        _ => html! {},
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ReadingGiven {
    given: Given,
    brought: Rc<Brought>,
}

/// A file that is being read, or could not be.
#[component]
fn Reading(here: &ReadingGiven) -> Html {
    let ReadingGiven { given, brought } = here;
    let place = use_turn_to(brought.failure.is_some(), Callback::noop());
    html! {
        <section class="card brought" aria-label={tr!("Your file")} data-testid="reading" role="status" ref={place} tabindex="-1">
            if let Some(failure) = &brought.failure {
                <p><span class="failure">{ failure }</span>{ " " }{ button(given, "read-again", tr!("Try again"), FileAction::ReadAgain) }
                    { " " }{ button(given, "leave-file", tr!("Leave it"), FileAction::Forget) }</p>
            } else {
                <p>{ tr!("Reading “{}” …", brought.name) }</p>
            }
        </section>
    }
}

/// A small button that does something with the file.
#[inline(never)]
pub fn button(given: &Given, id: &'static str, words: &'static str, action: FileAction) -> Html {
    let onclick = given.act.reform(move |_: MouseEvent| Action::File(action.clone()));
    html! { <button data-testid={id} {onclick}>{ words }</button> }
}

#[derive(Clone, PartialEq, Properties)]
struct PanelGiven {
    given: Given,
    loaded: Rc<Loaded>,
}

#[component]
fn Panel(here: &PanelGiven) -> Html {
    let PanelGiven { given, loaded } = here;
    let drawn = |draw: fn(&Understood, &crate::drawing::pen::Pen<'_, plotters_canvas::CanvasBackend>)| {
        let seen = loaded.seen.clone();
        move |pen: &crate::drawing::pen::Pen<'_, plotters_canvas::CanvasBackend>| {
            if let Ok(understood) = &seen.understood {
                draw(understood, pen);
            }
            Ok(())
        }
    };
    let shows = Rc::as_ptr(&loaded.seen);
    let time = use_drawing(shows, drawn(|understood, pen| drop(over_time(pen, &understood.recording))));
    let plane = use_drawing(shows, drawn(|understood, pen| drop(phase_plane(pen, &understood.recording))));
    let understood = loaded.understood();
    let ready = understood.is_some() && !loaded.waits() && loaded.failure.is_none();
    let learn = given.act.reform(|_: MouseEvent| Action::File(FileAction::Learn));
    let title = use_turn_to(loaded.unseen, given.act.reform(|()| Action::File(FileAction::Turned)));
    html! {
        <section class="card understood" aria-labelledby="understood-title" data-testid="preview">
            <h2 id="understood-title" ref={title} tabindex="-1">{ tr!("This is what I understood of “{}”", loaded.name) }
                <small role="status" data-testid="rows-used">{ used(loaded) }</small></h2>
            if let Some(failure) = &loaded.failure {
                <p><span class="failure">{ failure }</span>{ " " }{ button(given, "read-again", tr!("Try again"), FileAction::ReadAgain) }</p>
            }
            if let Err(sentence) = &loaded.seen.understood {
                <p class="failure" data-testid="not-understood">{ sentence }</p>
                <p class="hint">{ tr!("Choose below which column is the time and which one moves. Nothing is lost: each choice can be taken back.") }</p>
            }
            { for loaded.asked.iter().map(|question| asked(given, question)) }
            <div class="parts">
                { columns(given, loaded) }
                if let Some(understood) = understood {
                    <div class="pictures">
                        <Plot drawing={time} class="plot" label={tr!("q and p over time, {} trials.", understood.trials.len())} />
                        <Plot drawing={plane} class="plot" label={tr!("The path through the phase plane: p over q.")} />
                    </div>
                    <div>
                        { trials(understood) }
                        <details>
                            <summary>{ tr!("All that was done to the rows") }</summary>
                            <ul data-testid="sentences">{ for understood.sentences.iter().map(|sentence| html! { <li>{ sentence }</li> }) }</ul>
                        </details>
                    </div>
                }
            </div>
            if let Some(said) = understood.and_then(|understood| few_rows(&understood.recording)) {
                <p class="hint" data-testid="few-rows-of-file">{ said }</p>
            }
            <p class="actions">
                <button class="primary" data-testid="use-file" disabled={!ready} onclick={learn}>{ tr!("Learn") }</button>
                { button(given, "search-file", tr!("Look for a formula in this table"), FileAction::Search) }
                { button(given, "drop-file", tr!("Leave it"), FileAction::Forget) }
            </p>
        </section>
    }
}

fn used(loaded: &Loaded) -> String {
    match loaded.understood() {
        _ if loaded.waits() => tr!("Reading it again …").into(),
        Some(understood) => {
            tr!("{used} of {all} rows are used", used = understood.recording.rows(), all = understood.rows_read)
        }
        None => tr!("{} rows", loaded.seen.rows),
    }
}

/// A guess that matters, with a button for each reading.
fn asked(given: &Given, question: &data::preview::Question) -> Html {
    let column = question.column;
    let answer = |unit: &String| {
        let pressed = (question.taken.as_ref() == Some(unit)).to_string();
        let answered = unit.clone();
        let onclick = given
            .act
            .reform(move |_: MouseEvent| Action::File(FileAction::Correct(Correction::Unit(column, answered.clone()))));
        html! { <button class="small" aria-pressed={pressed} data-testid={format!("answer-{column}-{unit}")} {onclick}>{ spelled(unit) }</button> }
    };
    html! {
        <p class="asked" data-testid={format!("question-{column}")}>
            { question.sentence.clone() }{ " " }
            <span class="answers" role="group" aria-label={tr!("Readings")}>{ for question.units.iter().map(answer) }</span>
        </p>
    }
}

fn spelled(unit: &str) -> &str {
    match unit {
        "deg" => tr!("degrees"),
        "rad" => tr!("radians"),
        "ms" => tr!("milliseconds"),
        "s" => tr!("seconds"),
        other => other,
    }
}

/// The columns: what each is, its unit, and the first rows.
fn columns(given: &Given, loaded: &Loaded) -> Html {
    let seen = &loaded.seen;
    let outliers = loaded.options.outliers;
    let turned = if outliers == Outliers::Keep { Outliers::Drop } else { Outliers::Keep };
    let correct = |correction: Correction| Action::File(FileAction::Correct(correction));
    let switch = given.act.reform(move |_: Event| correct(Correction::Outliers(turned)));
    let suspicious = loaded.understood().is_some_and(|understood| understood.outliers > 0);
    html! {
        <div>
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Columns and first rows")}>
                <table data-testid="columns">
                    <thead>
                        <tr><th scope="col">{ tr!("of a file" => "line") }</th>{ for seen.columns.iter().map(|column| html! { <th scope="col">{ column.label() }</th> }) }</tr>
                        <tr><th scope="row">{ tr!("of a column" => "is") }</th>{ for (0..seen.columns.len()).map(|at| role(given, loaded, at)) }</tr>
                        <tr><th scope="row">{ tr!("unit") }</th>{ for (0..seen.columns.len()).map(|at| unit(given, loaded, at)) }</tr>
                    </thead>
                    <tbody>
                        { for seen.first.iter().map(|(line, cells)| html! {
                            <tr><th scope="row">{ line }</th>{ for cells.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr>
                        }) }
                    </tbody>
                </table>
            </div>
            <label class="row wide">{ tr!("Leave out lines") }
                <Typed id="left-out" kind="text" placeholder="1-20, 118" value={lines_written(&loaded.options.left_out)}
                    set={given.act.reform(move |text| correct(Correction::LeftOut(text)))} />
            </label>
            if suspicious || outliers == Outliers::Drop {
                <label class="switch"><input type="checkbox" data-testid="outliers" checked={outliers == Outliers::Drop} onchange={switch} />{ tr!("leave out what looks like a mistake") }</label>
            }
        </div>
    }
}

/// What a column is used for. A time there has to be, so that can only be given to another column.
fn role(given: &Given, loaded: &Loaded, column: usize) -> Html {
    let now = loaded.role(column);
    let mut offered = vec![Role::Unused, Role::Time, Role::Position, Role::Momentum, Role::Trial];
    match now {
        Role::Time => drop(offered.remove(0)),
        Role::Acceleration => offered.push(now),
        _ => {}
    }
    let words = |role: &Role| match role {
        Role::Time => tr!("time"),
        Role::Position => tr!("position q"),
        Role::Momentum => tr!("velocity p"),
        Role::Acceleration => tr!("acceleration"),
        Role::Trial => tr!("trial"),
        Role::Unused => tr!("not used"),
    };
    let options = offered.iter().map(|role| (role.key().into(), words(role).into())).collect::<Vec<_>>();
    let chosen = offered.iter().position(|role| *role == now);
    let set = given.act.reform(move |at: usize| {
        let wanted = offered.get(at).copied().unwrap_or_default();
        Action::File(FileAction::Correct(Correction::Role(column, wanted)))
    });
    let name = shown(&loaded.seen.columns[column].quantity.name);
    html! { <td><Select id={format!("role-{column}")} label={tr!("What “{}” is", name)} {options} {chosen} {set} /></td> }
}

/// The unit of a column.
fn unit(given: &Given, loaded: &Loaded, column: usize) -> Html {
    let said = loaded.options.units.iter().find(|(other, _)| *other == column).map(|(_, unit)| unit.clone());
    let quantity = &loaded.seen.columns[column].quantity;
    let value = said.or_else(|| quantity.unit.clone()).unwrap_or_default();
    let set = given.act.reform(move |unit| Action::File(FileAction::Correct(Correction::Unit(column, unit))));
    html! {
        <td><label><span class="unseen">{ tr!("Unit of “{}”", shown(&quantity.name)) }</span>
            <Typed id={format!("file-unit-{column}")} kind="text" placeholder={tr!("unit" => "none")} {value} {set} /></label></td>
    }
}

/// The trials, each with its own clock.
fn trials(understood: &Understood) -> Html {
    let recording = &understood.recording;
    let unit = |unit: &Option<String>| unit.as_ref().map_or_else(String::new, |unit| format!(" ({unit})"));
    let (time, q) = (unit(&recording.time.unit), unit(&recording.q.unit));
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={tr!("Trials")}>
            <table data-testid="trials">
                <thead><tr>
                    <th scope="col">{ tr!("trial") }</th><th scope="col">{ tr!("rows") }</th><th scope="col">{ tr!("step{unit}", unit = time) }</th>
                    <th scope="col">{ tr!("amplitude of q{unit}", unit = q) }</th><th scope="col">{ tr!("period{unit}", unit = time) }</th>
                </tr></thead>
                <tbody>
                    { for understood.trials.iter().map(|trial| html! {
                        <tr>
                            <th scope="row">{ &trial.name }</th><td>{ trial.rows }</td><td>{ number(trial.step) }</td>
                            <td>{ number(trial.amplitude) }</td><td>{ trial.period.map_or_else(|| "—".to_owned(), number) }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
