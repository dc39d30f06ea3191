//! One worker as the browser has it, and what the page has to ask the browser about engines.

use jobs::job::message::encode;
use jobs::pool::{Arrival, Graphics};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use language::{filled, text, tr, translated};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

/// What is heard of a worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// It sent these bytes.
    Said(Vec<u8>),
    /// Its start is so far.
    Arrives(Arrival),
    /// It died, or could not be started; completes a sentence.
    Died(String),
}

/// A worker and what listens to it. Dropping it ends the worker.
pub struct Engine {
    worker: Worker,
    _said: Closure<dyn FnMut(MessageEvent)>,
    _died: Closure<dyn FnMut(Event)>,
}

impl Engine {
    /// Starts a worker by the address of its loader (`www/worker.js`).
    ///
    /// # Errors
    /// Where the browser starts no workers at all.
    pub fn start(address: &str, heard: Callback<Heard>) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(address, &options)?;
        let died = heard.clone();
        let said = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| heard.emit(read(&event.data())));
        let died = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // It is reported to the visitor, so it need not be to the console.
            event.prevent_default();
            // A loader that does not arrive gives an event without a message.
            died.emit(Heard::Died(match member(&event, "message") {
                Some(reason) => tr!("failed ({})", reason),
                None => tr!("could not be fetched: its loader did not arrive as it should").into(),
            }));
        });
        worker.set_onmessage(Some(said.as_ref().unchecked_ref()));
        worker.set_onerror(Some(died.as_ref().unchecked_ref()));
        Ok(Self { worker, _said: said, _died: died })
    }

    /// Sends it a command. A worker that cannot be reached is noticed by its silence.
    pub fn post(&self, command: &impl Serialize) {
        let _ = self.worker.post_message(&Uint8Array::from(encode(command).as_slice()));
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// A message of the loader is an object with a word for what happened; those of the worker itself are bytes.
fn read(message: &JsValue) -> Heard {
    let of = |name: &str| Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED);
    if message.is_instance_of::<Uint8Array>() {
        Heard::Said(Uint8Array::new(message).to_vec())
    } else if let Some(reason) = member(message, "failed") {
        Heard::Died(translated_reason(&reason))
    } else if of("starting").is_truthy() {
        Heard::Arrives(Arrival::Starting)
    } else {
        Heard::Arrives(Arrival::Fetched(of("fetched").as_f64().unwrap_or(0.0) as u64))
    }
}

/// Why a loader gave up (`www/worker.js`), in the visitor's language.
fn translated_reason(reason: &str) -> String {
    const REASONS: [&str; 6] = [
        text!("could not be fetched: its script did not arrive as it should"),
        text!("could not be fetched: the connection failed"),
        text!("could not be fetched: the server answered {}"),
        text!("could not be fetched: the server sent a web page in its place"),
        text!("could not be started: {}"),
        text!("failed ({})"),
    ];
    let said = |known: &'static str| {
        let (before, behind) = known.split_once("{}").unwrap_or((known, ""));
        let gap = reason.strip_prefix(before)?.strip_suffix(behind)?;
        (known.contains("{}") || gap.is_empty()).then(|| filled(translated(known), &[], &[&gap]))
    };
    REASONS.into_iter().find_map(said).unwrap_or_else(|| reason.to_owned())
}

fn member(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string().filter(|text| !text.is_empty())
}

/// Milliseconds since the page was opened.
pub fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// The browser's cores, before its graphics card is known.
pub fn cores() -> usize {
    web_sys::window().map_or(1, |window| window.navigator().hardware_concurrency().max(1.0) as usize)
}

/// Asks for a graphics card; takes a moment, and starts nothing.
///
/// By reflection: the typed bindings of WebGPU are not stable yet.
pub async fn graphics() -> Graphics {
    match adapter().await {
        Ok(Some(true)) => Graphics::Software,
        Ok(Some(false)) => Graphics::Card,
        _ => Graphics::None,
    }
}

/// Whether the adapter is a software one; `None` where there is none.
async fn adapter() -> Result<Option<bool>, JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::NULL)?.navigator();
    let gpu = Reflect::get(&navigator, &"gpu".into())?;
    if gpu.is_falsy() {
        return Ok(None);
    }
    let request: Function = Reflect::get(&gpu, &"requestAdapter".into())?.dyn_into()?;
    let adapter = JsFuture::from(request.call0(&gpu)?.dyn_into::<Promise>()?).await?;
    if adapter.is_falsy() {
        return Ok(None);
    }
    let info = Reflect::get(&adapter, &"info".into())?;
    let flagged = |of: &JsValue| Reflect::get(of, &"isFallbackAdapter".into()).is_ok_and(|flag| flag.is_truthy());
    let architecture = Reflect::get(&info, &"architecture".into())?.as_string().unwrap_or_default();
    Ok(Some(flagged(&info) || flagged(&adapter) || architecture == "swiftshader"))
}
