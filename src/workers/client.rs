//! The workers of one job: carries out the orders of its pool, and passes on what the browser hears of each worker.

use crate::components::build::folder;
use crate::workers::engine::{Engine, Heard, now};
use jobs::job::message::{Event, decode};
use jobs::job::{EngineKind, Job};
use jobs::pool::{Machine, News, Order, Pool, Wish, WorkerId};
use language::tr;
use std::collections::{BTreeMap, VecDeque};
use yew::Callback;

/// The file of workers on the graphics card, whatever their job.
const CARD: &str = "trainer-gpu";

/// A pool with its workers.
pub struct Client<J: Job> {
    pool: Pool<J>,
    workers: BTreeMap<WorkerId, Engine>,
    report: Callback<(WorkerId, Heard)>,
}

impl<J: Job> Client<J> {
    /// No worker yet, on this machine. What workers report has to come back by [`Client::heard`].
    pub fn new(machine: Machine, report: Callback<(WorkerId, Heard)>) -> Self {
        Self { pool: Pool::new(machine), workers: BTreeMap::new(), report }
    }

    /// What is known of the browser, once it is known better.
    pub fn set_machine(&mut self, machine: Machine) {
        self.pool.set_machine(machine);
    }

    /// Does what the page wants.
    pub fn wish(&mut self, wish: Wish<J>) -> Vec<News<J>> {
        let orders = self.pool.wish(wish, now());
        self.obey(orders)
    }

    /// Time passes; to be called about once a second.
    pub fn tick(&mut self) -> Vec<News<J>> {
        let orders = self.pool.tick(now());
        self.obey(orders)
    }

    /// How many of its workers have a core of their own to work on.
    pub fn on_cores(&self) -> usize {
        self.pool.on_cores()
    }

    /// Those, or one of them by its number, are to leave their cores to the page for so many milliseconds.
    pub fn give_way(&mut self, milliseconds: u16, only: Option<usize>) {
        let orders = self.pool.give_way(milliseconds, only);
        // Commands alone: nothing comes of them that could be shown.
        self.obey(orders);
    }

    /// A worker was heard of.
    pub fn heard(&mut self, (id, heard): (WorkerId, Heard)) -> Vec<News<J>> {
        let orders = match heard {
            Heard::Said(bytes) => match decode::<Event<J>>(&bytes) {
                Some(event) => self.pool.heard(id, event, now()),
                None => self.pool.died(id, tr!("is of another version (reload the page)"), now()),
            },
            Heard::Arrives(arrival) => self.pool.arrives(id, arrival, now()),
            Heard::Died(why) => self.pool.died(id, &why, now()),
        };
        self.obey(orders)
    }

    /// Carries orders out; what is to be shown comes back.
    fn obey(&mut self, orders: Vec<Order<J>>) -> Vec<News<J>> {
        let mut news = vec![];
        let mut orders = VecDeque::from(orders);
        while let Some(order) = orders.pop_front() {
            match order {
                Order::Tell(told) => news.push(told),
                Order::Spawn(id, kind) => {
                    match Engine::start(&address::<J>(kind), self.report.reform(move |heard| (id, heard))) {
                        Ok(engine) => drop(self.workers.insert(id, engine)),
                        Err(_) => orders.extend(self.pool.died(id, tr!("could not be started by this browser"), now())),
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
        news
    }
}

/// The address of a job's worker: the loader, with file and role in its fragment.
fn address<J: Job>(kind: EngineKind) -> String {
    let file = match kind {
        EngineKind::Cpu => J::FILE,
        EngineKind::Gpu => CARD,
    };
    // English is what a worker speaks by itself.
    let spoken = Some(language::code()).filter(|code| *code != "en").map(|code| format!("/{code}")).unwrap_or_default();
    format!("{}worker.js#{file}/{}{spoken}", folder(), J::ROLE)
}
