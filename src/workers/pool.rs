//! Workers of one kind, by their numbers: carries out orders about them and reports what they say.

use crate::workers::engine::{self, Engine};
use crate::workers::order::{Heard, Order, Place};
use jobs::protocol::message;
use serde::{Serialize, de::DeserializeOwned};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::rc::Rc;
use yew::Callback;

/// Ticks of silence after which a worker that owes a word is taken for hung. Counted in ticks of the page's clock rather than by a
/// clock's time: after a laptop's sleep, workers get their turn before the next tick.
const MOST_SILENT: u32 = 30;
/// The same on a graphics card, where the first step compiles: in software that takes a while.
const MOST_SILENT_ON_A_CARD: u32 = 180;

/// The workers of one kind, which take commands `C` and send events `E`.
pub struct Workers<C, E: 'static> {
    loader: fn(Place) -> &'static str,
    workers: BTreeMap<u32, Kept>,
    report: Callback<Heard<E>>,
    commands: PhantomData<C>,
}

/// A worker, and the ticks since its latest word; `None` before its first, for which it may have to be fetched.
struct Kept {
    engine: Engine,
    silent: Rc<Cell<Option<u32>>>,
    patience: u32,
}

impl<C: Serialize, E: DeserializeOwned + 'static> Workers<C, E> {
    /// None yet; each will be started by the loader that is named then.
    pub fn new(loader: fn(Place) -> &'static str, report: Callback<Heard<E>>) -> Self {
        Self { loader, workers: BTreeMap::new(), report, commands: PhantomData }
    }

    /// Carries out an order.
    pub fn obey(&mut self, order: Order<C>) {
        match order {
            Order::Spawn(id, place) => {
                let silent = Rc::new(Cell::new(None));
                let heard = silent.clone();
                let report = self.report.clone();
                let said = move |said: engine::Heard| match said {
                    engine::Heard::Said(bytes) => {
                        heard.set(Some(0));
                        report.emit(match message::decode::<E>(&bytes) {
                            Some(event) => Heard::Said(id, event),
                            None => Heard::Died(id, "spoke another version (reload the page)".into()),
                        });
                    }
                    engine::Heard::Died(why) => report.emit(Heard::Died(id, why)),
                    engine::Heard::Arrives(_) => {}
                };
                match Engine::start((self.loader)(place), Callback::from(said)) {
                    Ok(engine) => {
                        let patience = if place == Place::Card { MOST_SILENT_ON_A_CARD } else { MOST_SILENT };
                        self.workers.insert(id, Kept { engine, silent, patience });
                    }
                    Err(_) => self.report.emit(Heard::Died(id, "could not be started".into())),
                }
            }
            Order::Post(id, command) => {
                if let Some(kept) = self.workers.get(&id) {
                    kept.engine.post(&command);
                }
            }
            Order::Dismiss(id) => drop(self.workers.remove(&id)),
        }
    }

    /// A second has passed: those that owe a word and have been silent for long are reported dead.
    pub fn tick(&mut self, owes: impl Fn(u32) -> bool) {
        for (id, kept) in &self.workers {
            let silent = kept.silent.get().map(|ticks| if owes(*id) { ticks + 1 } else { 0 });
            kept.silent.set(silent);
            if silent.is_some_and(|ticks| ticks > kept.patience) {
                kept.silent.set(Some(0));
                self.report.emit(Heard::Died(*id, format!("said nothing for {} seconds", kept.patience)));
            }
        }
    }
}
