//! What leaves the page for others: messages to a page around this one, where whoever built this one has named it, what a student
//! hands in, and which language is wanted. docs/classroom.md has both.

use crate::pages::OtherPages;
use crate::session::outcome::Outcome;
use crate::shell::state::State;
use experiments::link;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{CustomEvent, CustomEventInit};
use yew::Callback;

/// The version of the messages.
const VERSION: u32 = 1;

/// Tells the page around this one that something has happened, with the link to what is shown, the name of the page, and, once
/// something came of it, the outcome. Without a frame, or without an origin that is to be told, nothing happens.
pub fn tell<O: OtherPages>(event: &str, state: &State<O>, outcome: Option<&Outcome>) {
    let Some((window, origin)) = web_sys::window().zip(embedder()) else { return };
    let Some(parent) = window.parent().ok().flatten().filter(|parent| *parent != window) else { return };
    let message = described(state, outcome);
    put(&message, "event", &event.into());
    // A page of another origin than the one that was named is not told anything.
    let _ = parent.post_message(&message, &origin);
}

/// Hands what is shown to the script that collects what a student hands in (`www/collect.js`); a sentence comes back where that
/// fails, an empty one where it does not.
pub fn hand_in<O: OtherPages>(state: &State<O>, say: Callback<String>) {
    let result = described(state, Some(&state.outcome()));
    put(&result, "title", &state.title().into());
    let detail = Object::new();
    put(&detail, "result", &result);
    put(&detail, "say", &Closure::once_into_js(move |sentence: String| say.emit(sentence)));
    dispatch("orrery-hand-in", &detail);
}

/// Asks the script of the document for a language (`www/language.js`); `there` hears when it can be taken up. What a visitor has chosen
/// is kept for the next time, what a link asks for is not.
pub fn speak(code: &str, keep: bool, there: Callback<()>) {
    let detail = Object::new();
    put(&detail, "code", &code.into());
    put(&detail, "keep", &keep.into());
    put(&detail, "done", &Closure::once_into_js(move || there.emit(())));
    dispatch("orrery-speak", &detail);
}

fn dispatch(name: &str, detail: &Object) {
    let options = CustomEventInit::new();
    options.set_detail(detail);
    if let (Some(window), Ok(event)) = (web_sys::window(), CustomEvent::new_with_event_init_dict(name, &options)) {
        let _ = window.dispatch_event(&event);
    }
}

/// What is shown and what came of it, as an object that other pages and files read.
fn described<O: OtherPages>(state: &State<O>, outcome: Option<&Outcome>) -> Object {
    let message = Object::new();
    put(&message, "orrery", &VERSION.into());
    put(&message, "link", &link::encode(&state.workbench).into());
    put(&message, "page", &state.page_key().into());
    if let Some(outcome) = outcome {
        let figures = Object::new();
        for (name, value) in &outcome.figures {
            put(&figures, name, &(*value).into());
        }
        put(&message, "finished", &outcome.finished.into());
        put(&message, "steps", &(outcome.steps as f64).into());
        put(&message, "figures", &figures);
        put(&message, "law", &outcome.law.as_deref().map_or(JsValue::NULL, JsValue::from));
    }
    message
}

/// An object takes any member.
fn put(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// The origin of the page that may embed this one and is told what happens.
fn embedder() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector("meta[name=orrery-embedder]").ok()??;
    meta.get_attribute("content").filter(|origin| !origin.is_empty())
}
