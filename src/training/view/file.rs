//! Somebody's own measurements: pick, drop or paste a file, see what was understood of it, and learn from it.

use crate::shell::action::Action;
use crate::shell::given::Given;
use crate::training::loaded::{Loaded, Reading};
use data::cleaning::Outliers;
use data::error::ReadError;
use data::text::MAX_BYTES;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Reads a file in the browser and hands it on.
pub fn read(file: File, act: Callback<Action>) {
    let name = file.name();
    // Refused before it is read: a film dropped by mistake would fill the memory.
    let bytes = file.size() as usize;
    if bytes > MAX_BYTES {
        act.emit(Action::Refuse(format!("{name}: {}", ReadError::TooLarge { bytes })));
        return;
    }
    let promise = file.array_buffer();
    wasm_bindgen_futures::spawn_local(async move {
        match JsFuture::from(promise).await {
            Ok(buffer) => act.emit(Action::Load(name, Rc::from(js_sys::Uint8Array::new(&buffer).to_vec()))),
            Err(_) => act.emit(Action::Refuse(format!("{name}: the browser could not read this file."))),
        }
    });
}

/// The file of a drop, if there is one.
pub fn dropped(event: &DragEvent) -> Option<File> {
    event.data_transfer()?.files()?.get(0)
}

/// Reads a file when one is picked.
pub fn picked(act: &Callback<Action>) -> Callback<Event> {
    let act = act.clone();
    Callback::from(move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some((input, file)) = input.and_then(|input| Some((input.clone(), input.files()?.get(0)?))) {
            read(file, act.clone());
            // The same file may be picked again.
            input.set_value("");
        }
    })
}

/// Reads what was pasted into a text area.
pub fn pasted(text: &NodeRef, act: &Callback<Action>) -> Callback<MouseEvent> {
    let (text, act) = (text.clone(), act.clone());
    Callback::from(move |_: MouseEvent| {
        let pasted = text.cast::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default();
        act.emit(Action::Load("pasted text".into(), Rc::from(pasted.into_bytes())));
    })
}

/// The card.
#[component]
pub fn OwnData(given: &Given) -> Html {
    let state = &given.state;
    let picked = picked(&given.act);
    let text = use_node_ref();
    let paste = pasted(&text, &given.act);
    let now = state.experiment.recording.as_ref().map(|recording| {
        let rows = recording.rows();
        format!("Learning from “{}”, {rows} rows.", recording.name)
    });
    html! {
        <section class="card" aria-labelledby="file-title">
            <details open={state.experiment.recording.is_some() || state.loaded.is_some()}>
                <summary id="file-title">{ "Your own measurements" }</summary>
                if let Some(now) = now {
                    <p class="hint" data-testid="recording">{ now }</p>
                }
                <p class="hint">{ "A swinging thing with times, angles and, if you have them, speeds: CSV, TSV, columns of numbers, or an export of phyphox. \
                    Drop the file anywhere on the page, pick it, or paste it. It stays in this page." }</p>
                <label class="row wide">{ "File" }<input type="file" data-testid="file" accept=".csv,.tsv,.txt,.dat,text/*" onchange={picked} /></label>
                <textarea ref={text} data-testid="paste" rows="3" aria-label="Measurements to paste" placeholder={"t,theta,omega\n0.0,1.2,0.0"} spellcheck="false" />
                <button class="small" data-testid="read-paste" onclick={paste}>{ "Read what I pasted" }</button>
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
    let chosen = |event: &Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        select.and_then(|select| select.value().parse::<usize>().ok())
    };
    let column = |name: &'static str, at: Option<usize>, may_lack: bool, reading: fn(Option<usize>) -> Reading| {
        let set = given.act.reform(move |event: Event| Action::Reread(reading(chosen(&event))));
        html! {
            <label class="row wide">
                { name }
                <select onchange={set}>
                    if may_lack {
                        <option value="" selected={at.is_none()}>{ "not measured" }</option>
                    }
                    { for loaded.columns.iter().enumerate().map(|(i, column)| html! {
                        <option value={i.to_string()} selected={at == Some(i)}>{ column.quantity.name.clone() }</option>
                    }) }
                </select>
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
