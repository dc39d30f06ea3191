//! Somebody's own measurements: pick, drop or paste a file, see what was understood of it, and learn from it.

use crate::components::files::Bring;
use crate::components::select::Select;
use crate::session::action::Action;
use crate::session::loaded::{Loaded, Reading};
use crate::session::view::Given;
use data::cleaning::Outliers;
use std::rc::Rc;
use web_sys::Event;
use yew::prelude::*;

/// The card.
#[component]
pub fn OwnData(given: &Given) -> Html {
    let state = &given.state;
    let now = state.workbench.field.recording.as_ref().map(|recording| {
        let rows = recording.rows();
        format!("Learning from “{}”, {rows} rows.", recording.name)
    });
    if !state.workbench.assignment.shows("own-data") {
        return html! {};
    }
    html! {
        <section class="card" aria-labelledby="file-title">
            <details open={state.workbench.field.recording.is_some() || state.loaded.is_some()}>
                <summary id="file-title">{ "Your own measurements" }</summary>
                if let Some(now) = now {
                    <p class="hint" data-testid="recording">{ now }</p>
                }
                <p class="hint">{ "A swinging thing with times, angles and, if you have them, speeds: CSV, TSV, columns of numbers, or an export of phyphox. \
                    Drop the file anywhere on the page, pick it, or paste it. It stays in this page." }</p>
                <Bring ids={["file", "paste", "read-paste"]} label="Measurements to paste" placeholder={"t,theta,omega\n0.0,1.2,0.0"} bring={given.bring()} />
                if let Some(loaded) = &state.loaded {
                    <Understood given={given.clone()} loaded={loaded.clone()} />
                }
            </details>
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct UnderstoodGiven {
    given: Given,
    loaded: Rc<Loaded>,
}

/// The preview, with what can be decided about it.
#[component]
fn Understood(here: &UnderstoodGiven) -> Html {
    let UnderstoodGiven { given, loaded } = here;
    let (time, q, p) = loaded.places();
    let column = |name: &'static str, at: Option<usize>, may_lack: bool, reading: fn(Option<usize>) -> Reading| {
        // Where a quantity may be missing, the list begins with that.
        let first = usize::from(may_lack);
        let lacking = may_lack.then(|| (AttrValue::from(""), AttrValue::from("not measured")));
        let columns = loaded.columns.iter().enumerate();
        let columns = columns.map(|(i, column)| (i.to_string().into(), column.quantity.name.clone().into()));
        let set = given.act.reform(move |number: usize| Action::Reread(reading(number.checked_sub(first))));
        html! {
            <label class="row wide">
                { name }
                <Select options={lacking.into_iter().chain(columns).collect::<Vec<_>>()} chosen={at.map_or(0, |at| at + first)} {set} />
            </label>
        }
    };
    let outliers = loaded.options.outliers;
    let keep = given.act.reform(move |_: Event| {
        Action::Reread(Reading::Outliers(if outliers == Outliers::Keep { Outliers::Drop } else { Outliers::Keep }))
    });
    html! {
        <div class="understood" data-testid="preview">
            <h3>{ loaded.name.clone() }</h3>
            <ul>{ for loaded.preview.sentences().into_iter().map(|sentence| html! { <li>{ sentence }</li> }) }</ul>
            { column("Time", Some(time), false, |at| Reading::Time(at.unwrap_or_default())) }
            { column("Position q", q, true, Reading::Position) }
            { column("Momentum p", p, true, Reading::Momentum) }
            if !loaded.preview.outliers.is_empty() {
                <label class="switch"><input type="checkbox" checked={outliers == Outliers::Drop} onchange={keep} />{ "leave out what looks like a mistake" }</label>
            }
            <p>
                <button class="primary" data-testid="use-file" onclick={given.act.reform(|_| Action::UseLoaded)}>{ "Learn from this" }</button>
                { " " }
                <button data-testid="drop-file" onclick={given.act.reform(|_| Action::ForgetLoaded)}>{ "Leave it" }</button>
            </p>
        </div>
    }
}
