//! A search as the page shows it: what its islands report, and what they send one another. Pure: news in, wishes out.

use jobs::job::message::{Pace, Report};
use jobs::pool::{News, To, Wish};
use jobs::protocol::search::{FrontText, Progress, Request, Search};
use std::collections::BTreeMap;
use std::rc::Rc;

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
    /// The workers failed; another try may succeed.
    Failed,
}

/// Why a search holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// The visitor wants it.
    Asked,
    /// Its seconds are over.
    TimeUp,
    /// A law is right to rounding.
    Exact,
}

/// What all islands together have done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Islands that have reported something.
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

/// A search and what it has found.
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
    /// Why it failed.
    pub failure: Option<String>,
    /// Bytes of workers that have arrived.
    pub fetched: u64,
    /// Whether `front` is one of this search, and not of the one before.
    fresh: bool,
    progress: BTreeMap<usize, Progress>,
}

impl Islands {
    /// Whether islands are at work or about to be.
    pub fn busy(&self) -> bool {
        matches!(self.phase, Phase::Starting | Phase::Searching)
    }

    /// Begins a search. What the last one found stays until this one finds something.
    pub fn begin(&mut self, request: Request) -> Wish<Search> {
        let front = self.front.take();
        *self = Self { phase: Phase::Starting, front, ..Self::default() };
        Wish::Start(Box::new(request), Pace::Run)
    }

    /// Holds.
    pub fn hold(&mut self) -> Option<Wish<Search>> {
        self.rest(Rest::Asked)
    }

    /// Goes on after a pause.
    pub fn go_on(&mut self) -> Option<Wish<Search>> {
        let may = matches!(self.phase, Phase::Resting(Rest::Asked | Rest::TimeUp));
        may.then(|| {
            self.phase = Phase::Searching;
            Wish::Pace(Pace::Run)
        })
    }

    /// Tries again after a failure.
    pub fn retry(&mut self) -> Option<Wish<Search>> {
        (self.phase == Phase::Failed).then(|| {
            (self.phase, self.failure, self.fetched) = (Phase::Starting, None, 0);
            Wish::Retry
        })
    }

    /// Ends the search and its workers; what was found stays.
    pub fn stop(&mut self) -> Wish<Search> {
        (self.phase, self.failure) = (Phase::Idle, None);
        Wish::Release
    }

    /// Ends the search, and forgets what was found: it was about other numbers.
    pub fn forget(&mut self) -> Option<Wish<Search>> {
        (self.front, self.notice) = (None, None);
        (self.phase != Phase::Idle).then(|| self.stop())
    }

    /// Takes up what the pool tells; the second part is a sentence for the visitor.
    pub fn hear(&mut self, news: News<Search>) -> (Option<Wish<Search>>, Option<String>) {
        match news {
            News::Loading(bytes) => self.fetched = bytes,
            News::Said(island, Report::Progress(progress)) => self.progressed(island, progress),
            News::Said(island, Report::Snapshot(laws)) if self.phase == Phase::Searching => {
                return (Some(Wish::Ask(To::AllBut(island), *laws)), None);
            }
            // One exact law is enough for all, and what is over for one is over for all.
            News::Said(_, Report::Finished) => return (self.rest(Rest::Exact), None),
            News::Said(_, Report::Rested) => return (self.rest(Rest::TimeUp), None),
            News::Notice(sentence) => self.notice = Some(sentence),
            News::Refused(sentence) => {
                self.phase = Phase::Idle;
                return (None, Some(sentence));
            }
            News::Failed(sentence) | News::Late(sentence) => {
                (self.phase, self.failure) = (Phase::Failed, Some(sentence));
            }
            News::Arrived => (self.phase, self.failure) = (Phase::Starting, None),
            News::Said(..) | News::Saved(..) | News::Working | News::Chosen(_) | News::Held | News::Finished => {}
        }
        (None, None)
    }

    fn rest(&mut self, why: Rest) -> Option<Wish<Search>> {
        (self.phase == Phase::Searching).then(|| {
            self.phase = Phase::Resting(why);
            Wish::Pace(Pace::Hold)
        })
    }

    fn progressed(&mut self, island: usize, mut progress: Progress) {
        if let Some(front) = progress.front.take() {
            let least = |front: &FrontText| front.laws.last().map_or(f64::INFINITY, |law| law.error);
            // Errors only fall, so a front as good as the best known is newer.
            if !self.fresh || self.front.as_ref().is_none_or(|best| least(&front) <= least(best)) {
                (self.front, self.fresh) = (Some(Rc::new(front)), true);
            }
        }
        self.progress.insert(island, progress);
        self.tally = self.counted();
        if self.phase == Phase::Starting {
            self.phase = Phase::Searching;
        }
    }

    fn counted(&self) -> Tally {
        let mut tally = Tally::default();
        for progress in self.progress.values() {
            tally.islands += 1;
            tally.generation = tally.generation.max(progress.generation);
            tally.evaluations += progress.evaluations;
            tally.per_second += progress.per_second;
            tally.seconds = tally.seconds.max(progress.seconds);
        }
        tally
    }
}
