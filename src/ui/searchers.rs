//! The workers that search for formulas: carries out orders about them and reports what they say.

use crate::protocol::message;
use crate::protocol::search::SearchEvent;
use crate::ui::client::Engine;
use crate::ui::formula::Deed;
use crate::ui::islands::Order;
use std::collections::BTreeMap;
use yew::Callback;

/// The workers by their numbers.
pub struct Searchers {
    workers: BTreeMap<u32, Engine>,
    report: Callback<Deed>,
}

impl Searchers {
    pub fn new(report: Callback<Deed>) -> Self {
        Self { workers: BTreeMap::new(), report }
    }

    /// Carries out an order.
    pub fn obey(&mut self, order: Order) {
        match order {
            Order::Spawn(id) => {
                let said = self.report.reform(move |bytes: Vec<u8>| match message::decode::<SearchEvent>(&bytes) {
                    Some(event) => Deed::Heard(id, event),
                    None => Deed::Died(id, "spoke another version (reload the page)".into()),
                });
                let died = self.report.reform(move |why| Deed::Died(id, why));
                match Engine::start("./searcher_loader.js", said, died) {
                    Ok(engine) => drop(self.workers.insert(id, engine)),
                    Err(_) => self.report.emit(Deed::Died(id, "could not be started".into())),
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
