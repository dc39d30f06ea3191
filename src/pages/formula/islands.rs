//! The workers of a search, an island each: a pure state machine that says what is to be done with them.
//!
//! Islands exchange their best laws through here. One that dies is replaced by a fresh one, which hears of the others' laws
//! with the next exchange, so that nothing has to be kept for it.

use crate::workers::order::{self, Place};
use jobs::protocol::search::{FrontText, Progress, Request, Rest, SearchCommand, SearchEvent, SearchId};
use std::rc::Rc;

/// Something to do with a searcher.
pub type Order = order::Order<SearchCommand>;

/// Where a search is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is searched for.
    #[default]
    Idle,
    /// Workers are being fetched.
    Starting,
    /// Islands are at work.
    Searching,
    /// They hold.
    Resting(Rest),
}

/// What all islands together have done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Islands that have said something.
    pub islands: usize,
    /// The furthest generation.
    pub generation: u64,
    /// Losses computed.
    pub evaluations: u64,
    /// Losses a second.
    pub per_second: f64,
    /// Seconds searched.
    pub seconds: f64,
}

/// A worker and its island.
#[derive(Clone, Debug, PartialEq)]
struct Seat {
    worker: u32,
    island: u32,
    progress: Option<Progress>,
}

/// The workers of a search and what they have found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Islands {
    /// Where the search is.
    pub phase: Phase,
    /// The best front so far.
    pub front: Option<Rc<FrontText>>,
    /// What has been done for it.
    pub tally: Tally,
    /// What was mended.
    pub notice: Option<String>,
    seats: Vec<Seat>,
    request: Option<Rc<Request>>,
    /// The search that `front` belongs to.
    fronts: SearchId,
    workers: u32,
    replaced: u32,
}

/// Workers that may die in one search.
const MOST_DEATHS: u32 = 4;

impl Islands {
    /// A number for a worker that no other has had.
    pub fn number(&mut self) -> u32 {
        self.workers += 1;
        self.workers
    }

    /// Whether islands are at work or about to be.
    pub fn busy(&self) -> bool {
        matches!(self.phase, Phase::Starting | Phase::Searching)
    }

    /// Whether a worker has to say something now and then.
    pub fn owes(&self, worker: u32) -> bool {
        self.phase == Phase::Searching && self.seats.iter().any(|seat| seat.worker == worker)
    }

    /// Begins a search on so many islands. What the last one found stays until this one finds something.
    pub fn begin(&mut self, request: Request, islands: usize) -> Vec<Order> {
        let id = SearchId(self.request.as_ref().map_or(1, |last| last.id.0 + 1));
        self.request = Some(Rc::new(Request { id, ..request }));
        self.phase = Phase::Starting;
        self.notice = None;
        self.replaced = 0;
        let mut orders = vec![];
        for at in 0..self.seats.len() {
            let seat = &mut self.seats[at];
            (seat.island, seat.progress) = (at as u32, None);
            let worker = seat.worker;
            orders.extend(self.orders_to_begin(worker));
        }
        while self.seats.len() < islands.max(1) {
            orders.push(self.spawn(self.seats.len() as u32));
        }
        orders
    }

    /// Holds.
    pub fn hold(&mut self) -> Vec<Order> {
        if self.phase != Phase::Searching {
            return vec![];
        }
        self.phase = Phase::Resting(Rest::Asked);
        self.to_all(&SearchCommand::Hold, None)
    }

    /// Goes on.
    pub fn go_on(&mut self) -> Vec<Order> {
        match self.phase {
            Phase::Resting(Rest::Asked | Rest::TimeUp) => {
                self.phase = Phase::Searching;
                self.to_all(&SearchCommand::GoOn, None)
            }
            _ => vec![],
        }
    }

    /// Ends the search and its workers; what was found stays.
    pub fn stop(&mut self) -> Vec<Order> {
        self.phase = Phase::Idle;
        self.seats.drain(..).map(|seat| Order::Dismiss(seat.worker)).collect()
    }

    /// Ends the search, and forgets what was found: it was about other numbers.
    pub fn forget(&mut self) -> Vec<Order> {
        (self.front, self.notice) = (None, None);
        self.stop()
    }

    /// What a worker said means; the second part is a sentence for the visitor.
    pub fn heard(&mut self, worker: u32, event: SearchEvent) -> (Vec<Order>, Option<String>) {
        let (Some(at), Some(current)) =
            (self.seats.iter().position(|seat| seat.worker == worker), self.request.as_ref().map(|request| request.id))
        else {
            return (vec![], None);
        };
        match event {
            SearchEvent::Ready => (self.orders_to_begin(worker), None),
            SearchEvent::Progress(id, progress) if id == current => (self.progressed(at, *progress), None),
            SearchEvent::Migrants(id, bytes) if id == current && self.phase == Phase::Searching => {
                (self.to_all(&SearchCommand::Receive(bytes), Some(worker)), None)
            }
            SearchEvent::Refused(id, sentence) if id == current && self.phase != Phase::Idle => {
                self.phase = Phase::Idle;
                (vec![], Some(sentence))
            }
            _ => (vec![], None),
        }
    }

    /// A worker died; the second part is a sentence for the visitor where nothing can be done about it.
    pub fn died(&mut self, worker: u32, why: &str) -> (Vec<Order>, Option<String>) {
        let Some(at) = self.seats.iter().position(|seat| seat.worker == worker) else {
            return (vec![], None);
        };
        let dead = self.seats.remove(at);
        let mut orders = vec![Order::Dismiss(worker)];
        if self.phase == Phase::Idle {
            return (orders, None);
        }
        self.replaced += 1;
        if self.replaced > MOST_DEATHS {
            orders.extend(self.stop());
            return (
                orders,
                Some(format!("The search stopped: {} of its workers died, the last one {why}.", self.replaced)),
            );
        }
        self.notice = Some(format!("Island {} {why}; a fresh one took its place.", dead.island + 1));
        // A number of its own: the same island would come to the same end.
        let island = self.seats.iter().map(|seat| seat.island).fold(dead.island, u32::max) + 1;
        orders.push(self.spawn(island));
        (orders, None)
    }

    fn spawn(&mut self, island: u32) -> Order {
        let worker = self.number();
        self.seats.push(Seat { worker, island, progress: None });
        Order::Spawn(worker, Place::Processor)
    }

    fn orders_to_begin(&self, worker: u32) -> Vec<Order> {
        let seat = self.seats.iter().find(|seat| seat.worker == worker);
        let (Some(seat), Some(request)) = (seat.filter(|_| self.phase != Phase::Idle), &self.request) else {
            return vec![];
        };
        let request = Request { island: seat.island, ..Request::clone(request) };
        let mut orders = vec![Order::Post(worker, SearchCommand::Begin(Box::new(request)))];
        if matches!(self.phase, Phase::Resting(_)) {
            orders.push(Order::Post(worker, SearchCommand::Hold));
        }
        orders
    }

    fn to_all(&self, command: &SearchCommand, but: Option<u32>) -> Vec<Order> {
        let others = self.seats.iter().filter(|seat| Some(seat.worker) != but);
        others.map(|seat| Order::Post(seat.worker, command.clone())).collect()
    }

    fn progressed(&mut self, at: usize, mut progress: Progress) -> Vec<Order> {
        let id = self.request.as_ref().map_or_else(SearchId::default, |request| request.id);
        if let Some(front) = progress.front.take() {
            let least = |front: &FrontText| front.laws.last().map_or(f64::INFINITY, |law| law.error);
            // Errors only fall, so a front as good as the best known is newer.
            if self.fronts != id || self.front.as_ref().is_none_or(|best| least(&front) <= least(best)) {
                self.front = Some(Rc::new(front));
                self.fronts = id;
            }
        }
        let rest = progress.rest;
        self.seats[at].progress = Some(progress);
        self.tally = self.counted();
        if self.phase == Phase::Starting {
            self.phase = Phase::Searching;
        }
        match rest {
            Some(why @ (Rest::TimeUp | Rest::Exact)) if self.phase == Phase::Searching => {
                self.phase = Phase::Resting(why);
                self.to_all(&SearchCommand::Hold, Some(self.seats[at].worker))
            }
            _ => vec![],
        }
    }

    fn counted(&self) -> Tally {
        let mut tally = Tally::default();
        for progress in self.seats.iter().filter_map(|seat| seat.progress.as_ref()) {
            tally.islands += 1;
            tally.generation = tally.generation.max(progress.generation);
            tally.evaluations += progress.evaluations;
            tally.per_second += progress.per_second;
            tally.seconds = tally.seconds.max(progress.seconds);
        }
        tally
    }
}
