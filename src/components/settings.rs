//! The settings, made from the one table.

use crate::components::select::Select;
use crate::components::typed::Typed;
use experiments::Workbench;
use experiments::fields::{FIELDS, Field, Group, Kind, words};
use language::{tr, translated};
use web_sys::Event;
use yew::prelude::*;

/// Settings that are always in sight, as sliders.
const SLIDERS: [&str; 20] = [
    "m",
    "k",
    "l",
    "g",
    "mass-1",
    "mass-2",
    "G",
    "drive",
    "frequency",
    "noise",
    "trajectories",
    "particles",
    "temperature",
    "bodies",
    "shown",
    "in-bodies",
    "nri-bodies",
    "ode-shown",
    "ode-factor",
    "srnn-noise",
];

/// Whether a setting is a slider rather than a box.
pub fn is_slider(field: &Field) -> bool {
    SLIDERS.contains(&field.key)
}

/// Where to say which setting shall have which value.
pub type Set = Callback<(&'static str, String)>;

/// The wanted settings among those that the experiments have and an assignment shows, a row each.
pub fn rows(workbench: &Workbench, set: &Set, wanted: impl Fn(&Field) -> bool) -> Html {
    list(workbench, set, &wanted)
}

fn list(workbench: &Workbench, set: &Set, wanted: &dyn Fn(&Field) -> bool) -> Html {
    let row = |field: &&'static Field| {
        let row = row(field, workbench, set);
        let row = if workbench.assignment.locks(field.key) { locked(row) } else { row };
        html! { <key={field.key}>{ row }</> }
    };
    FIELDS.iter().filter(|field| is_there(field, workbench, wanted)).map(row).collect()
}

fn is_there(field: &Field, workbench: &Workbench, wanted: &dyn Fn(&Field) -> bool) -> bool {
    wanted(field) && field.read(workbench).is_some() && workbench.assignment.shows(field.key)
}

/// The same rows in a fold of this name; nothing where there are none.
pub fn folded(title: &str, workbench: &Workbench, set: &Set, wanted: &dyn Fn(&Field) -> bool) -> Html {
    if !any(workbench, wanted) {
        return html! {};
    }
    html! { <details><summary>{ title }</summary>{ list(workbench, set, wanted) }</details> }
}

/// The card of a page's settings: those of a group, `visible` ones in sight and the others in a fold of this name; nothing where a
/// teacher has left all of them out.
pub fn card(
    (id, title, fold): (&'static str, Html, &'static str),
    (workbench, set): (&Workbench, &Set),
    group: Group,
    visible: &[&str],
) -> Html {
    if !any(workbench, &|field| field.group == group) {
        return html! {};
    }
    html! {
        <section class="card" aria-labelledby={id}>
            <h2 {id}>{ title }</h2>
            { list(workbench, set, &|field| field.group == group && visible.contains(&field.key)) }
            { folded(fold, workbench, set, &|field| field.group == group && !visible.contains(&field.key)) }
        </section>
    }
}

/// Whether there are such rows.
pub fn any(workbench: &Workbench, wanted: &dyn Fn(&Field) -> bool) -> bool {
    FIELDS.iter().any(|field| is_there(field, workbench, wanted))
}

/// A control that holds its value, as a teacher has set it.
pub fn locked(control: Html) -> Html {
    html! { <fieldset class="locked" disabled=true title={tr!("Your teacher has set this")}>{ control }</fieldset> }
}

fn row(field: &'static Field, workbench: &Workbench, set: &Set) -> Html {
    let key = field.key;
    let (label, help) = (translated(field.label), translated(field.help));
    match &field.kind {
        Kind::Choice { .. } => html! {
            <label class="row wide" title={help}>
                { label }
                { choice(field, workbench, set, format!("set-{key}")) }
            </label>
        },
        Kind::Words { options, get, .. } => {
            let bits = get(workbench);
            let flip = |i: usize| set.reform(move |_: Event| (key, words(options, bits ^ (1 << i))));
            html! {
                <fieldset title={help}>
                    <legend>{ label }</legend>
                    { for options.iter().enumerate().map(|(i, (word, shown))| html! {
                        <label class="switch">
                            <input type="checkbox" data-testid={format!("{key}-{word}")} checked={bits >> i & 1 == 1} onchange={flip(i)} />{ translated(shown) }
                        </label>
                    }) }
                </fieldset>
            }
        }
        Kind::Number { .. } | Kind::Parameter(_) => {
            let slider = is_slider(field);
            let (min, max, whole) = field.range().unwrap_or_default();
            let step = slider.then(|| step(min, max, whole));
            html! {
                <label class={if slider { "row" } else { "row wide" }} title={help}>
                    { label }
                    <Typed id={format!("set-{key}")} kind={if slider { "range" } else { "number" }} range={(min, max, step)}
                        value={field.read(workbench).unwrap_or_default()} set={set.reform(move |value| (key, value))} />
                </label>
            }
        }
    }
}

/// A setting that is one of a few words, as a list to choose from.
pub fn choice(field: &'static Field, workbench: &Workbench, set: &Set, id: String) -> Html {
    let Kind::Choice { options, get, .. } = &field.kind else {
        return html! {};
    };
    let shown: Vec<_> = options.iter().map(|(key, words)| ((*key).into(), translated(words).into())).collect();
    let set = set.reform(move |number: usize| (field.key, options.get(number).map_or("", |(key, _)| *key).to_owned()));
    let select = html! { <Select {id} title={translated(field.help)} options={shown} chosen={get(workbench)} {set} /> };
    if workbench.assignment.locks(field.key) { locked(select) } else { select }
}

/// A row of buttons of which one is pressed: its name, keys and words of all, the key of the one that holds, and where to say that of
/// another. The test id of each is `id`, a hyphen and its key.
pub fn buttons<'a>(
    name: &str,
    id: &str,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
    chosen: &str,
    set: &Callback<String>,
) -> Html {
    html! {
        <div class="copies" role="group" aria-label={name.to_owned()}>
            { name.to_owned() }
            { for options.into_iter().map(|(key, words)| {
                let press = { let key = key.to_owned(); set.reform(move |_: MouseEvent| key.clone()) };
                html! {
                    <button class="small" data-testid={format!("{id}-{key}")} aria-pressed={(key == chosen).to_string()} onclick={press}>{ words.to_owned() }</button>
                }
            }) }
        </div>
    }
}

/// A setting that is one of a few words, as a row of buttons.
pub fn pressed(key: &'static str, workbench: &Workbench, set: &Set) -> Html {
    let Some(field) = Field::named(key) else { return html! {} };
    let Kind::Choice { options, .. } = &field.kind else { return html! {} };
    let chosen = field.read(workbench).unwrap_or_default();
    let options = options.iter().map(|(key, words)| (*key, translated(words)));
    buttons(translated(field.label), &format!("set-{key}"), options, &chosen, &set.reform(move |word| (key, word)))
}

/// A step that divides a range finely, in a round number.
fn step(min: f64, max: f64, whole: bool) -> f64 {
    if whole { 1.0 } else { 10f64.powf(((max - min) / 100.0).log10().floor()).min(0.1) }
}
