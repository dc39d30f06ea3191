//! The workers themselves: carries out the supervisor's orders and reports what the browser says of each.

use jobs::protocol::message::{self, Event};
use jobs::supervisor::{EngineKind, Graphics, Machine, News, Order, Supervisor, WorkerId};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use serde::Serialize;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker};
use yew::Callback;

/// What the browser says of a worker.
pub enum Report {
    /// It sent this.
    Said(WorkerId, Vec<u8>),
    /// It died of this.
    Died(WorkerId, String),
}

/// The supervisor and the workers it orders about.
pub struct Client {
    /// Which engines work on the run.
    pub supervisor: Supervisor,
    workers: BTreeMap<WorkerId, Engine>,
    report: Callback<Report>,
}

/// A worker and what listens to it.
pub struct Engine {
    worker: Worker,
    _said: Closure<dyn FnMut(MessageEvent)>,
    _died: Closure<dyn FnMut(ErrorEvent)>,
}

impl Client {
    /// No worker yet, on this machine.
    pub fn new(machine: Machine, report: Callback<Report>) -> Self {
        Self { supervisor: Supervisor::new(machine), workers: BTreeMap::new(), report }
    }

    /// What a report means to the supervisor.
    pub fn heard(&mut self, report: Report) -> Vec<News> {
        let orders = match report {
            Report::Said(id, bytes) => match message::decode::<Event>(&bytes) {
                Some(event) => self.supervisor.heard(id, event, now()),
                None => self.supervisor.died(id, "spoke another version (reload the page)", now()),
            },
            Report::Died(id, why) => self.supervisor.died(id, &why, now()),
        };
        self.obey(orders)
    }

    /// Carries orders out; what is to be shown comes back.
    pub fn obey(&mut self, orders: Vec<Order>) -> Vec<News> {
        let mut news = vec![];
        let mut orders = std::collections::VecDeque::from(orders);
        while let Some(order) = orders.pop_front() {
            match order {
                Order::Tell(told) => news.push(told),
                Order::Spawn(id, kind) => match Engine::of_trainer(id, kind, &self.report) {
                    Ok(engine) => {
                        self.workers.insert(id, engine);
                    }
                    Err(_) => orders.extend(self.supervisor.died(id, "could not be started", now())),
                },
                Order::Post(id, command) => {
                    if let Some(engine) = self.workers.get(&id) {
                        engine.post(&command);
                    }
                }
                Order::Dismiss(id) => {
                    self.workers.remove(&id);
                }
            }
        }
        news
    }
}

impl Engine {
    fn of_trainer(id: WorkerId, kind: EngineKind, report: &Callback<Report>) -> Result<Self, JsValue> {
        let loader = match kind {
            EngineKind::Cpu if has_relaxed_simd() => "./trainer-cpu-relaxed_loader.js",
            EngineKind::Cpu => "./trainer-cpu_loader.js",
            EngineKind::Gpu => "./trainer-gpu_loader.js",
        };
        Self::start(
            loader,
            report.reform(move |bytes| Report::Said(id, bytes)),
            report.reform(move |why| Report::Died(id, why)),
        )
    }

    /// Starts a worker by its loader; what it says and what it died of is reported.
    pub fn start(loader: &str, said: Callback<Vec<u8>>, died: Callback<String>) -> Result<Self, JsValue> {
        let worker = Worker::new(loader)?;
        let said = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            said.emit(Uint8Array::new(&event.data()).to_vec());
        });
        let died = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            // It is reported to the visitor, so it need not be to the console.
            event.prevent_default();
            let reason = event.message();
            died.emit(if reason.is_empty() { "could not be fetched".into() } else { format!("failed ({reason})") });
        });
        worker.set_onmessage(Some(said.as_ref().unchecked_ref()));
        worker.set_onerror(Some(died.as_ref().unchecked_ref()));
        Ok(Self { worker, _said: said, _died: died })
    }

    /// Tells it something. A worker that cannot be reached is noticed by its silence.
    pub fn post(&self, command: &impl Serialize) {
        let _ = self.worker.post_message(&Uint8Array::from(message::encode(command).as_slice()));
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// A function (a, b, c) ↦ a·b + c on four numbers, as the smallest Wasm file there can be.
const RELAXED: [u8; 37] = [
    0, b'a', b's', b'm', 1, 0, 0, 0, // header
    1, 8, 1, 0x60, 3, 0x7b, 0x7b, 0x7b, 1, 0x7b, // one type: three vectors to one
    3, 2, 1, 0, // one function of it
    10, 13, 1, 11, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfd, 0x85, 0x02, 0x0b, // f32x4.relaxed_madd
];

/// Whether this browser takes files with relaxed SIMD: those that don't refuse the whole file.
pub fn has_relaxed_simd() -> bool {
    js_sys::WebAssembly::validate(&Uint8Array::from(RELAXED.as_slice()).into()).unwrap_or(false)
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
