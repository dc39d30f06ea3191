//! The numbers that a formula is looked for in: where they come from, and which column is what.

use crate::components::files::Bring;
use crate::components::select::Select;
use crate::components::settings::choice;
use crate::components::typed::Typed;
use crate::pages::formula::source::learned;
use crate::pages::formula::state::{Formula, FormulaAction};
use crate::session::action::Action;
use crate::session::page::Seen;
use crate::session::view::PageGiven;
use data::limits::MAX_BYTES;
use experiments::fields::Field;
use experiments::formula::FormulaSource;
use language::{tr, translated};
use models::field::model::ModelKind;
use web_sys::Event;
use yew::prelude::*;

/// Where the numbers come from and which column is what.
#[component]
pub fn Numbers(given: &PageGiven<Formula>) -> Html {
    let state = &given.state;
    let source = state.workbench.formula.source;
    let choose = given.tell.reform(|(_, key)| FormulaAction::Source(key));
    let sources =
        Field::named("formula").map(|field| choice(field, &state.workbench, &choose, "formula-source".into()));
    let aim = given.tell.reform(FormulaAction::Target);
    let headings = state.own.headings(state);
    let target = state.own.target(state);
    let units = state.workbench.formula.units;
    let others: Vec<usize> = (0..headings.len()).filter(|at| *at != target).collect();
    let errors = state.own.errors(state);
    let set_errors = {
        let others = others.clone();
        given.tell.reform(move |chosen: usize| {
            FormulaAction::Errors(chosen.checked_sub(1).and_then(|at| others.get(at).copied()))
        })
    };
    let of_errors: Vec<(AttrValue, AttrValue)> = [("none".into(), tr!("not measured").into())]
        .into_iter()
        .chain(others.iter().map(|at| (at.to_string().into(), headings[*at].name.clone().into())))
        .collect();
    html! {
        <>
            <label class="row wide">{ tr!("Numbers") }{ sources.unwrap_or_default() }</label>
            <p class="hint" data-testid="source-note">{ about(state) }</p>
            if matches!(source, FormulaSource::Energy | FormulaSource::Slopes) {
                <Learned ..given.clone() />
            }
            if source == FormulaSource::File {
                <Table ..given.clone() />
            }
            if !headings.is_empty() {
                <label class="row wide">
                    { tr!("Explain") }
                    <Select id="formula-target" chosen={target} set={aim}
                        options={headings.iter().enumerate().map(|(i, heading)| (i.to_string().into(), heading.name.clone().into())).collect::<Vec<_>>()} />
                </label>
                <fieldset>
                    <legend>{ tr!("explained by these columns" => "by") }</legend>
                    { for headings.iter().enumerate().filter(|(i, _)| *i != target && errors != Some(*i)).map(|(i, heading)| html! {
                        <label class="switch">
                            <input type="checkbox" data-testid={format!("input-{}", heading.name)} checked={state.own.uses(i, state)}
                                onchange={given.tell.reform(move |_: Event| FormulaAction::Input(i))} />{ heading.name.clone() }
                        </label>
                    }) }
                </fieldset>
                if source == FormulaSource::File {
                    <label class="row wide" title={tr!("Errors are then counted in units of the measured ones")}>
                        { tr!("Its errors") }
                        <Select id="formula-errors" chosen={errors.map_or(0, |at| others.iter().position(|other| *other == at).map_or(0, |place| place + 1))}
                            set={set_errors} options={of_errors} />
                    </label>
                }
                if units {
                    { for headings.iter().enumerate().map(|(i, heading)| html! {
                        <label class="row wide">
                            { tr!("Unit of {}", heading.name) }
                            <Typed id={format!("unit-{}", heading.name)} kind="text" value={heading.unit.clone()} placeholder={tr!("a unit" => "none")}
                                set={given.tell.reform(move |unit| FormulaAction::Unit(i, unit))} />
                        </label>
                    }) }
                }
            }
        </>
    }
}

/// What the chosen numbers are, in a sentence or two.
fn about(state: &Seen<Formula>) -> String {
    match state.workbench.formula.source {
        FormulaSource::Newton => {
            tr!("500 rows of two masses, their distance and the force between them, in units in which G is 1. Will it find the law?").into()
        }
        FormulaSource::Clock => {
            tr!("200 pendulums on different planets: mass, length, gravity and the time of a small swing, measured with an error of 1 %. One column \
             plays no role.")
                .into()
        }
        FormulaSource::Planets => {
            tr!("The eight planets: distance from the sun a (the earth's is 1) and length of the year T. Kepler, who knew six of them, looked for this law for twenty-two years.").into()
        }
        FormulaSource::Slides => {
            tr!("300 rows of five numbers and f = x1 x2 + 2.5 x3² + (x4 + 5)/(0.8 x5 − x1), the example that symbolic regression is often explained with. It is \
             long: the search may need a minute.")
                .into()
        }
        source @ (FormulaSource::Energy | FormulaSource::Slopes) => match learned(state, source) {
            Some(sheet) if source == FormulaSource::Slopes => tr!(
                "∂H/∂q and ∂H/∂p at {} places, as the Hamiltonian network has them now: minus dp/dt and dq/dt. They hold no constant that is left open.",
                sheet.columns[0].len()
            ),
            Some(sheet) => tr!("H at {} places of phase space, as the Hamiltonian network sees it now; only up to a constant.", sheet.columns[0].len()),
            None if state.workbench.field.system.is_planar() => tr!("The Hamiltonian network has not learned anything yet.").into(),
            None => tr!("This experiment has more than one position and momentum; choose a spring or a pendulum on the first page.").into(),
        },
        FormulaSource::Messages => match &state.messages {
            Some(sheet) => tr!(
                "What the graph network says along {} edges of held-out worlds: the part along x of its messages, the mixture undone. dx, dy: from the receiver \
                 to the sender; r: their distance; m1, m2: masses of receiver and sender.",
                sheet.columns.first().map_or(0, Vec::len)
            ),
            None => tr!("There are no messages yet: train a graph network on its own page, then come back from there.").into(),
        },
        FormulaSource::File if state.own.reading.reads() => tr!("Reading it …").into(),
        FormulaSource::File => match &state.own.file {
            Some(file) => tr!("{file}: {n} rows. {remarks}" | "{file}: {n} rows. {remarks}" % file.rows, file = file.name, remarks = file.remarks.join(" ")),
            None => tr!("A file stays in this page and does not travel in a link: bring it here.").into(),
        },
    }
}

/// The network whose energy is read, and a way to train it.
#[component]
fn Learned(given: &PageGiven<Formula>) -> Html {
    let state = &given.state;
    if !state.workbench.field.system.is_planar() || !state.models.contains_key(&ModelKind::Hnn) {
        return html! {};
    }
    let train = given.act.reform(|_: MouseEvent| Action::Train);
    let (step, total) = (state.step(), state.workbench.field.schedule.steps);
    html! {
        <p>
            <button data-testid="train-here" disabled={state.status.busy()} onclick={train}>{ if step > 0 { tr!("Train again") } else { tr!("Train it now") } }</button>
            <span class="hint">{ " " }{ tr!("{experiment}: {step} / {total} steps", experiment = translated(state.workbench.field.preset.label()), step = step, total = total) }</span>
        </p>
    }
}

/// A visitor's own table.
#[component]
fn Table(given: &PageGiven<Formula>) -> Html {
    let again = given.tell.reform(|_: MouseEvent| FormulaAction::ReadAgain);
    html! {
        <>
            <Bring ids={["table-file", "table-paste", "read-table"]} label={tr!("Table to paste")} placeholder={"x,y\n0.5,1.25"} busy={given.state.own.reading.reads()} bring={given.shared().bring()} />
            if given.state.own.reading.is_unread() {
                <button class="small" data-testid="table-again" onclick={again}>{ tr!("Try again") }</button>
            }
            <p class="hint">{ tr!("CSV, TSV or columns of numbers, names in the first line; at most {} MB. Or drop a file anywhere.", MAX_BYTES / 1_000_000) }</p>
        </>
    }
}
