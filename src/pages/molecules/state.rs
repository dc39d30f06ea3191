//! The page of molecules: the independent starts that its averages over time are held against, and what moves, kept while other
//! pages are open.

use crate::pages::molecules::gas_box::GasBox;
use crate::session::action::{Effect, Notice};
use crate::session::page::{Chapter, PageState};
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::state::Session;
use experiments::molecules::MoleculesExperiment;
use jobs::job::message::{Pace, Report};
use jobs::pool::{News, Wish};
use jobs::protocol::ensemble::{MeasureStarts, StartsSpec};
use language::text;
use numerics::seed::Seed;
use physics::molecules::ensemble::{Measured, STARTS, Starts};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A world in motion, or why there is none.
pub type Shared = Rc<RefCell<Result<GasBox, String>>>;

/// A world with the settings it was made by. Two are the same if it is the very same world.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The settings.
    pub of: (MoleculesExperiment, Seed),
    /// The world.
    pub world: Shared,
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.world, &other.world)
    }
}

/// What a visitor does on this page, or what moves on it.
#[derive(Clone, Debug, PartialEq)]
pub enum MoleculesAction {
    /// The gas has melted: measure starts of its energy.
    Measure(Starts),
    /// Try again after the workers failed.
    Again,
    /// Keep this world for when the page is opened again.
    Keep(Kept),
}

/// The state of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Molecules {
    /// Which starts are measured.
    pub starts: Option<Starts>,
    /// What they came to, by their numbers.
    pub measured: BTreeMap<u32, Measured>,
    /// The world that moves.
    pub kept: Option<Kept>,
    /// Why the workers failed.
    pub failure: Option<String>,
    /// What was mended.
    pub notice: Option<String>,
}

impl PageState for Molecules {
    type Action = MoleculesAction;

    const CHAPTER: Chapter = Chapter::Mechanics;

    const LEAD: &'static str = text!(
        "Molecules push and pull one another; see whether one motion, watched for long, shows what many different starts would."
    );

    fn reduce(&mut self, action: MoleculesAction, _session: &mut Session) -> Vec<Effect> {
        let wish = match action {
            MoleculesAction::Measure(starts) => {
                *self = Self { starts: Some(starts), kept: self.kept.take(), ..Self::default() };
                Wish::Start(Box::new(StartsSpec { starts, numbers: (0..STARTS).collect() }), Pace::Run)
            }
            MoleculesAction::Again => {
                self.failure = None;
                Wish::Retry
            }
            MoleculesAction::Keep(kept) => {
                self.kept = Some(kept);
                return vec![];
            }
        };
        vec![Effect::Pool(PoolWish::Starts(wish))]
    }

    fn hear(&mut self, notice: &Notice, _session: &mut Session) -> Vec<Effect> {
        if let Notice::Pool(PoolNews::Starts(news)) = notice {
            self.hear_pool(news.clone());
        }
        vec![]
    }
}

impl Molecules {
    fn hear_pool(&mut self, news: News<MeasureStarts>) {
        match news {
            News::Said(_, Report::Recorded(measured)) => {
                self.measured.insert(measured.number, measured);
            }
            News::Notice(sentence) => self.notice = Some(sentence),
            News::Failed(sentence) | News::Late(sentence) | News::Refused(sentence) => self.failure = Some(sentence),
            News::Arrived => self.failure = None,
            _ => {}
        }
    }
}
