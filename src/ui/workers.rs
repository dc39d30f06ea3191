//! Workers of one kind, by their numbers: carries out orders about them and reports what they say.

use crate::protocol::message;
use crate::ui::client::Engine;
use crate::ui::order::{Heard, Order};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::marker::PhantomData;
use yew::Callback;

/// The workers of one kind, which take commands `C` and send events `E`.
pub struct Workers<C, E: 'static> {
    loader: fn() -> &'static str,
    workers: BTreeMap<u32, Engine>,
    report: Callback<Heard<E>>,
    commands: PhantomData<C>,
}

impl<C: Serialize, E: DeserializeOwned + 'static> Workers<C, E> {
    /// None yet; each will be started by the loader that is named then.
    pub fn new(loader: fn() -> &'static str, report: Callback<Heard<E>>) -> Self {
        Self { loader, workers: BTreeMap::new(), report, commands: PhantomData }
    }

    /// Carries out an order.
    pub fn obey(&mut self, order: Order<C>) {
        match order {
            Order::Spawn(id) => {
                let said = self.report.reform(move |bytes: Vec<u8>| match message::decode::<E>(&bytes) {
                    Some(event) => Heard::Said(id, event),
                    None => Heard::Died(id, "spoke another version (reload the page)".into()),
                });
                let died = self.report.reform(move |why| Heard::Died(id, why));
                match Engine::start((self.loader)(), said, died) {
                    Ok(engine) => drop(self.workers.insert(id, engine)),
                    Err(_) => self.report.emit(Heard::Died(id, "could not be started".into())),
                }
            }
            Order::Post(id, command) => {
                if let Some(engine) = self.workers.get(&id) {
                    engine.post(&command);
                }
            }
            Order::Dismiss(id) => drop(self.workers.remove(&id)),
        }
    }
}
