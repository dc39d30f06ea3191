//! The workers that train graph networks: carries out orders about them and reports what they say.

use crate::protocol::graph::GraphEvent;
use crate::protocol::message;
use crate::ui::client::{Engine, has_relaxed_simd};
use crate::ui::graphs::{GraphDeed, GraphOrder};
use std::collections::BTreeMap;
use yew::Callback;

/// The workers by their numbers.
pub struct Graphers {
    workers: BTreeMap<u32, Engine>,
    report: Callback<GraphDeed>,
}

impl Graphers {
    pub fn new(report: Callback<GraphDeed>) -> Self {
        Self { workers: BTreeMap::new(), report }
    }

    /// Carries out an order.
    pub fn obey(&mut self, order: GraphOrder) {
        match order {
            GraphOrder::Spawn(id) => {
                let said = self.report.reform(move |bytes: Vec<u8>| match message::decode::<GraphEvent>(&bytes) {
                    Some(event) => GraphDeed::Heard(id, event),
                    None => GraphDeed::Died(id, "spoke another version (reload the page)".into()),
                });
                let died = self.report.reform(move |why| GraphDeed::Died(id, why));
                let relaxed = has_relaxed_simd();
                let loader = if relaxed { "./trainer-graph-relaxed_loader.js" } else { "./trainer-graph_loader.js" };
                match Engine::start(loader, said, died) {
                    Ok(engine) => drop(self.workers.insert(id, engine)),
                    Err(_) => self.report.emit(GraphDeed::Died(id, "could not be started".into())),
                }
            }
            GraphOrder::Post(id, command) => {
                if let Some(engine) = self.workers.get(&id) {
                    engine.post(&command);
                }
            }
            GraphOrder::Dismiss(id) => drop(self.workers.remove(&id)),
        }
    }
}
