//! The browser's own store (IndexedDB), in which runs are kept beyond a visit. All that is stored stays on this computer.
//!
//! Every way of failing ends in a sentence: a browser without a store (private mode), a store that is full, one that another
//! version of the page has left.

use crate::session::runs::reduce::{RunsAction, StoreWish};
use gloo_events::EventListener;
use js_sys::{Array, Promise, Uint8Array};
use language::tr;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};
use yew::Callback;

const DATABASE: &str = "orrery";
const RUNS: &str = "runs";
const VERSION: u32 = 1;

/// The store, and where to say what it had or why it failed.
#[derive(Clone)]
pub struct Store {
    said: Callback<RunsAction>,
}

impl Store {
    /// Reads all that is stored.
    pub fn open(said: Callback<RunsAction>) -> Self {
        let store = Self { said };
        let reading = store.clone();
        wasm_bindgen_futures::spawn_local(async move {
            reading.said.emit(match records().await {
                Ok(records) => RunsAction::Found(records),
                Err(error) => RunsAction::StoreFailed(reason(&error)),
            });
        });
        store
    }

    /// Does what is wished.
    pub fn wish(&self, wish: StoreWish) {
        let said = self.said.clone();
        wasm_bindgen_futures::spawn_local(async move {
            if let Err(error) = perform(wish).await {
                said.emit(RunsAction::StoreFailed(reason(&error)));
            }
        });
    }
}

async fn records() -> Result<Vec<(u32, Rc<[u8]>)>, JsValue> {
    let runs = runs(IdbTransactionMode::Readonly).await?;
    let keys = Array::from(&done(&runs.store.get_all_keys()?).await?);
    let values = Array::from(&done(&runs.store.get_all()?).await?);
    let record = |(key, value): (JsValue, JsValue)| {
        // A record of another kind is one that cannot be read, and is removed as such.
        let bytes = value.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default();
        Some((key.as_f64()? as u32, bytes.into()))
    };
    Ok(keys.iter().zip(values.iter()).filter_map(record).collect())
}

async fn perform(wish: StoreWish) -> Result<(), JsValue> {
    let runs = runs(IdbTransactionMode::Readwrite).await?;
    match wish {
        StoreWish::Put(key, bytes) => runs.store.put_with_key(&Uint8Array::from(&*bytes), &f64::from(key).into())?,
        StoreWish::Remove(key) => runs.store.delete(&f64::from(key).into())?,
        StoreWish::Clear => runs.store.clear()?,
    };
    // A store that is full may say so only now: what was asked succeeds, and is then given up as a whole.
    let transaction = runs.store.transaction();
    if heard(&transaction, ["complete", "abort"]).await {
        Ok(())
    } else {
        Err(transaction.error().map_or(JsValue::NULL, JsValue::from))
    }
}

/// The table of runs in a transaction of its own, on a connection that ends with it: each keeps listeners and memory as long as it is open.
struct Runs {
    store: IdbObjectStore,
    database: IdbDatabase,
    _newer: EventListener,
}

impl Drop for Runs {
    fn drop(&mut self) {
        // What the transaction still does is done before.
        self.database.close();
    }
}

async fn runs(mode: IdbTransactionMode) -> Result<Runs, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let factory = window.indexed_db()?.ok_or_else(|| JsValue::from_str(tr!("this browser stores nothing")))?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, VERSION)?;
    let made = {
        let request = request.clone();
        EventListener::once(&request.clone(), "upgradeneeded", move |_| {
            let database = request.result().ok().and_then(|result| result.dyn_into::<IdbDatabase>().ok());
            if let Some(database) = database {
                let _ = database.create_object_store(RUNS);
            }
        })
    };
    let database: IdbDatabase = done(&request).await?.dyn_into()?;
    drop(made);
    // Another tab may bring a newer version.
    let closing = database.clone();
    let newer = EventListener::once(&database, "versionchange", move |_| closing.close());
    let store = database.transaction_with_str_and_mode(RUNS, mode)?.object_store(RUNS)?;
    Ok(Runs { store, database, _newer: newer })
}

/// The result of a request once there is one.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    if heard(request, ["success", "error"]).await {
        request.result()
    } else {
        Err(request.error().ok().flatten().map_or(JsValue::NULL, JsValue::from))
    }
}

/// Waits for one of two events: whether it was the first.
async fn heard(of: &EventTarget, events: [&'static str; 2]) -> bool {
    // Only one of them is ever called; both go with the answer.
    let mut listeners = vec![];
    let promise = Promise::new(&mut |resolve, _| {
        listeners.extend(events.map(|event| {
            let resolve = resolve.clone();
            EventListener::once(of, event, move |said| {
                // A fault is reported to the visitor.
                said.prevent_default();
                let _ = resolve.call1(&JsValue::NULL, &(event == events[0]).into());
            })
        }));
    });
    JsFuture::from(promise).await.is_ok_and(|first| first.is_truthy())
}

/// Why, as the rest of a sentence.
fn reason(error: &JsValue) -> String {
    let of = |name: &str| js_sys::Reflect::get(error, &name.into()).ok().and_then(|text| text.as_string());
    match of("name").as_deref() {
        Some("QuotaExceededError") => tr!("the browser's store is full").into(),
        _ => match error.as_string().or_else(|| of("message")).filter(|text| !text.is_empty()) {
            Some(why) => tr!("the browser does not store them ({})", why),
            None => tr!("the browser does not store them").into(),
        },
    }
}
