//! The workers themselves: carries out the supervisor's orders and reports what the browser says of each.

use crate::workers::engine::{Engine, Heard, has_relaxed_simd, now};
use jobs::protocol::message::{self, Event};
use jobs::supervisor::{EngineKind, Machine, News, Order, Supervisor, WorkerId};
use std::collections::BTreeMap;
use wasm_bindgen::JsValue;
use yew::Callback;

/// What the browser says of a worker.
pub enum Report {
    /// It sent this.
    Said(WorkerId, Vec<u8>),
    /// It died of this.
    Died(WorkerId, String),
    /// More of one has arrived.
    Arrives,
}

/// The supervisor and the workers it orders about.
pub struct Client {
    /// Which engines work on the run.
    pub supervisor: Supervisor,
    workers: BTreeMap<WorkerId, Engine>,
    report: Callback<Report>,
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
            Report::Arrives => vec![],
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
                Order::Spawn(id, kind) => match started(id, kind, &self.report) {
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

/// Starts a trainer.
fn started(id: WorkerId, kind: EngineKind, report: &Callback<Report>) -> Result<Engine, JsValue> {
    let address = match kind {
        EngineKind::Cpu if has_relaxed_simd() => "./worker.js#trainer-cpu-relaxed/train",
        EngineKind::Cpu => "./worker.js#trainer-cpu/train",
        EngineKind::Gpu => "./worker.js#trainer-gpu/train",
    };
    Engine::start(
        address,
        report.reform(move |heard| match heard {
            Heard::Said(bytes) => Report::Said(id, bytes),
            Heard::Died(why) => Report::Died(id, why),
            Heard::Arrives(_) => Report::Arrives,
        }),
    )
}
