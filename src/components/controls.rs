//! The settings, made from the one table.

use crate::shell::action::Action;
use crate::shell::given::Given;
use experiments::fields::{FIELDS, Field, Group, Kind, words};
use experiments::view::MatterKind;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, InputEvent};
use yew::prelude::*;

/// Settings that are always in sight, as sliders.
const IN_SIGHT: [&str; 10] =
    ["m", "k", "l", "g", "noise", "trajectories", "particles", "temperature", "bodies", "shown"];

/// Settings of graph networks that are always in sight.
const GRAPHS_IN_SIGHT: [&str; 5] = ["world", "bodies", "dims", "against", "shown"];

/// The card of settings.
#[component]
pub fn Controls(given: &Given) -> Html {
    let rows = |wanted: &dyn Fn(&Field) -> bool| -> Html {
        let fields =
            FIELDS.iter().filter(|field| wanted(field)).filter(|field| field.read(&given.state.experiment).is_some());
        fields.map(|field| html! { <Row key={field.key} given={given.clone()} field={field.key} /> }).collect()
    };
    let in_sight =
        |field: &Field| IN_SIGHT.contains(&field.key) && !matches!(field.group, Group::Molecules | Group::Graph);
    html! {
        <section class="card" aria-labelledby="controls-title">
            <h2 id="controls-title">{ "What it learns from" }<small>{ "a change starts anew" }</small></h2>
            { rows(&in_sight) }
            <details>
                <summary>{ "More about the data" }</summary>
                { rows(&|field| field.group == Group::Data && !in_sight(field)) }
            </details>
            <details>
                <summary>{ "Networks and training" }</summary>
                { rows(&|field| field.key == "models" || field.key == "seed") }
                { rows(&|field| field.group == Group::Training) }
            </details>
            <details>
                <summary>{ "Shown motions" }</summary>
                <p class="hint">{ "These change what is shown, not what is learned." }</p>
                { rows(&|field| field.group == Group::View && field.key != "page") }
            </details>
        </section>
    }
}

/// The settings of the page of formulas that have no place of their own.
#[component]
pub fn FormulaControls(given: &Given) -> Html {
    let fields = FIELDS.iter().filter(|field| field.group == Group::Formula && field.key != "formula");
    fields.map(|field| html! { <Row key={field.key} given={given.clone()} field={field.key} /> }).collect()
}

/// The settings of the page of graph networks.
#[component]
pub fn GraphControls(given: &Given) -> Html {
    let rows = |wanted: &dyn Fn(&Field) -> bool| -> Html {
        let fields = FIELDS.iter().filter(|field| field.group == Group::Graph && wanted(field));
        fields.map(|field| html! { <Row key={field.key} given={given.clone()} field={field.key} /> }).collect()
    };
    html! {
        <>
            { rows(&|field| GRAPHS_IN_SIGHT.contains(&field.key)) }
            <details>
                <summary>{ "Networks and training" }</summary>
                { rows(&|field| !GRAPHS_IN_SIGHT.contains(&field.key)) }
            </details>
        </>
    }
}

/// The settings of the page of molecules.
#[component]
pub fn MoleculeControls(given: &Given) -> Html {
    let chain = given.state.experiment.view.molecules.matter == MatterKind::Chain;
    let fields = FIELDS.iter().filter(|field| field.group == Group::Molecules);
    let fields = fields.filter(|field| !(chain && field.key == "temperature"));
    fields.map(|field| html! { <Row key={field.key} given={given.clone()} field={field.key} /> }).collect()
}

#[derive(PartialEq, Properties)]
struct RowGiven {
    given: Given,
    field: &'static str,
}

#[component]
fn Row(row: &RowGiven) -> Html {
    let Some(field) = Field::named(row.field) else {
        return html! {};
    };
    let Given { state, act } = &row.given;
    let key = field.key;
    match &field.kind {
        Kind::Choice { options, get, .. } => {
            let chosen = get(&state.experiment).unwrap_or_default();
            let set = act.reform(move |event: Event| {
                let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
                Action::Set(key, select.map(|select| select.value()).unwrap_or_default())
            });
            html! {
                <label class="row wide" title={field.help}>
                    { field.label }
                    <select data-testid={format!("set-{key}")} onchange={set}>
                        { for options.iter().enumerate().map(|(i, (value, words))| html! {
                            <option value={*value} selected={i == chosen}>{ *words }</option>
                        }) }
                    </select>
                </label>
            }
        }
        Kind::Words { options, get, .. } => {
            let bits = get(&state.experiment);
            let flip = |i: usize| act.reform(move |_: Event| Action::Set(key, words(options, bits ^ (1 << i))));
            html! {
                <fieldset title={field.help}>
                    <legend>{ field.label }</legend>
                    { for options.iter().enumerate().map(|(i, (word, shown))| html! {
                        <label class="switch">
                            <input type="checkbox" data-testid={format!("{key}-{word}")} checked={bits >> i & 1 == 1} onchange={flip(i)} />{ *shown }
                        </label>
                    }) }
                </fieldset>
            }
        }
        Kind::Number { .. } | Kind::Parameter(_) => {
            let value = field.read(&state.experiment).unwrap_or_default();
            let (min, max, whole) = field.range().unwrap_or_default();
            html! { <Number {field} {value} bounds={(min, max, step(min, max, whole))} act={act.clone()} /> }
        }
    }
}

/// A step that divides a range finely, in a round number.
fn step(min: f64, max: f64, whole: bool) -> f64 {
    if whole { 1.0 } else { 10f64.powf(((max - min) / 100.0).log10().floor()).min(0.1) }
}

#[derive(Properties)]
struct NumberGiven {
    field: &'static Field,
    value: String,
    bounds: (f64, f64, f64),
    act: Callback<Action>,
}

impl PartialEq for NumberGiven {
    fn eq(&self, other: &Self) -> bool {
        self.field.key == other.field.key && self.value == other.value && self.bounds == other.bounds
    }
}

/// A slider or a box. What is being dragged is shown at once and takes effect when it is let go.
#[component]
fn Number(given: &NumberGiven) -> Html {
    let (field, key) = (given.field, given.field.key);
    let dragged = use_state(|| None::<String>);
    let text = |target: Option<web_sys::EventTarget>| {
        target
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .map(|input| input.value())
            .unwrap_or_default()
    };
    let drag = {
        let dragged = dragged.clone();
        Callback::from(move |event: InputEvent| dragged.set(Some(text(event.target()))))
    };
    let set = {
        let (dragged, act, now) = (dragged.clone(), given.act.clone(), given.value.clone());
        Callback::from(move |event: Event| {
            let wanted = text(event.target());
            dragged.set(None);
            act.emit(Action::Set(key, wanted));
            // If it is refused, the box shows what still holds.
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input.filter(|input| input.value().is_empty()) {
                input.set_value(&now);
            }
        })
    };
    let (min, max, step) = given.bounds;
    let shown = (*dragged).clone().unwrap_or_else(|| given.value.clone());
    let slider = IN_SIGHT.contains(&key);
    let kind = if slider { "range" } else { "number" };
    let step = if slider { step.to_string() } else { "any".into() };
    html! {
        <label class={if slider { "row" } else { "row wide" }} title={field.help}>
            { field.label }
            <input type={kind} data-testid={format!("set-{key}")} min={min.to_string()} max={max.to_string()} {step}
                value={shown.clone()} oninput={drag} onchange={set} />
            if slider {
                <output>{ shown }</output>
            }
        </label>
    }
}
