//! All pools with their workers.

use crate::session::pools::{PoolName, PoolNews, PoolWish, pools};
use crate::workers::client::Client;
use crate::workers::engine::Heard;
use jobs::job::Job;
use jobs::pool::{Machine, News, Wish, WorkerId};
use std::collections::BTreeMap;
use yew::Callback;

/// An answer is shown within so many milliseconds on a slow machine that has a core for it.
const ANSWER: u16 = 200;
/// Work of the page that takes fewer milliseconds delays no answer by much.
const LONG: f64 = 50.0;

/// What workers report, and of which pool they are.
pub type Report = Callback<(PoolName, WorkerId, Heard)>;

/// A pool with its workers, whatever its job.
pub trait AnyPool {
    /// What is known of the browser, once it is known better.
    fn set_machine(&mut self, machine: Machine);

    /// Does what the page wants.
    fn wish(&mut self, wish: PoolWish) -> Vec<PoolNews>;

    /// A worker was heard of.
    fn heard(&mut self, id: WorkerId, heard: Heard) -> Vec<PoolNews>;

    /// Time passes; to be called about once a second.
    fn tick(&mut self) -> Vec<PoolNews>;

    /// How many workers have a core of their own to work on.
    fn on_cores(&self) -> usize;

    /// Those, or one of them by its number, are to leave their cores to the page for so many milliseconds.
    fn give_way(&mut self, milliseconds: u16, only: Option<usize>);
}

/// A pool of one job, and how its messages are told from those of others.
struct Named<J: Job> {
    client: Client<J>,
    wish: fn(PoolWish) -> Option<Wish<J>>,
    news: fn(News<J>) -> PoolNews,
}

impl<J: Job> Named<J> {
    fn told(&self, news: Vec<News<J>>) -> Vec<PoolNews> {
        news.into_iter().map(self.news).collect()
    }
}

impl<J: Job> AnyPool for Named<J> {
    fn set_machine(&mut self, machine: Machine) {
        self.client.set_machine(machine);
    }

    fn wish(&mut self, wish: PoolWish) -> Vec<PoolNews> {
        let news = (self.wish)(wish).map(|wish| self.client.wish(wish)).unwrap_or_default();
        self.told(news)
    }

    fn heard(&mut self, id: WorkerId, heard: Heard) -> Vec<PoolNews> {
        let news = self.client.heard((id, heard));
        self.told(news)
    }

    fn tick(&mut self) -> Vec<PoolNews> {
        let news = self.client.tick();
        self.told(news)
    }

    fn on_cores(&self) -> usize {
        self.client.on_cores()
    }

    fn give_way(&mut self, milliseconds: u16, only: Option<usize>) {
        self.client.give_way(milliseconds, only);
    }
}

/// Pools by their names.
pub type Clients = BTreeMap<PoolName, Box<dyn AnyPool>>;

macro_rules! clients {
    (first { $($first:tt)+ } panels { $($panels:tt)+ } later { $($later:tt)+ }) => {
        clients! { "Those that the first page needs, without a worker yet, on this machine.", first: $($first)+ }
        clients! { "Those that only panels of the first page need, likewise.", panels: $($panels)+ }
        clients! { "Those that only other pages need, likewise.", later: $($later)+ }
    };
    ($about:literal, $name:ident: $($Pool:ident: $Job:ty, $what:literal, $card:literal;)+) => {
        #[doc = $about]
        pub fn $name(machine: Machine, report: &Report) -> Clients {
            let mut clients = Clients::new();
            $(clients.insert(PoolName::$Pool, Box::new(Named::<$Job> {
                client: Client::new(machine, report.reform(|(id, heard)| (PoolName::$Pool, id, heard))),
                wish: |wish| if let PoolWish::$Pool(wish) = wish { Some(wish) } else { None },
                news: PoolNews::$Pool,
            }));)+
            clients
        }
    };
}
pools!(clients);

/// The pools that are there, with their workers.
pub struct Pools {
    clients: Clients,
    machine: Machine,
    report: Report,
    /// Whose turn it was to make room, among the workers on cores.
    turn: usize,
}

impl Pools {
    /// Those that the first page needs, on this machine. What workers report has to come back by [`Pools::heard`].
    pub fn new(machine: Machine, report: Report) -> Self {
        Self { clients: first(machine, &report), machine, report, turn: 0 }
    }

    /// What further ones have to be made with.
    pub fn given(&self) -> (Machine, &Report) {
        (self.machine, &self.report)
    }

    /// Takes up further ones.
    pub fn add(&mut self, more: Clients) {
        self.clients.extend(more);
    }

    /// What is known of the browser, once it is known better.
    pub fn set_machine(&mut self, machine: Machine) {
        self.machine = machine;
        self.clients.values_mut().for_each(|client| client.set_machine(machine));
    }

    /// Whether this pool is there.
    pub fn has(&self, pool: PoolName) -> bool {
        self.clients.contains_key(&pool)
    }

    /// Does what the page wants.
    pub fn wish(&mut self, wish: PoolWish) -> Vec<PoolNews> {
        self.clients.get_mut(&wish.pool()).map(|client| client.wish(wish)).unwrap_or_default()
    }

    /// A worker was heard of.
    pub fn heard(&mut self, (pool, id, heard): (PoolName, WorkerId, Heard)) -> Vec<PoolNews> {
        self.clients.get_mut(&pool).map(|client| client.heard(id, heard)).unwrap_or_default()
    }

    /// Time passes; to be called about once a second.
    pub fn tick(&mut self) -> Vec<PoolNews> {
        self.clients.values_mut().flat_map(|client| client.tick()).collect()
    }

    /// A visitor does something: where no core is sure to be free for the answer, workers leave theirs to the page until it is shown.
    pub fn give_way(&mut self) {
        // Each may have a partner on a core of its own (`jobs::job::crew`).
        let busy = 2 * self.clients.values().map(|client| client.on_cores()).sum::<usize>();
        if busy >= self.machine.cores {
            self.clients.values_mut().for_each(|client| client.give_way(ANSWER, None));
        }
    }

    /// The page has so many milliseconds of work: where that is long and no core is free, one worker after the other leaves it its own.
    pub fn make_room(&mut self, milliseconds: f64) {
        let busy: usize = self.clients.values().map(|client| client.on_cores()).sum();
        if milliseconds < LONG || busy == 0 || busy < self.machine.cores {
            return;
        }
        self.turn = (self.turn + 1) % busy;
        let mut number = self.turn;
        for client in self.clients.values_mut() {
            let on_cores = client.on_cores();
            if number < on_cores {
                return client.give_way((milliseconds as u16).min(ANSWER), Some(number));
            }
            number -= on_cores;
        }
    }
}
