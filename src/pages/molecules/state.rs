//! The page of molecules: the independent starts that its averages over time are held against. What moves belongs to its
//! component, and begins again when the page is opened.

use crate::session::action::{Effect, Notice};
use crate::session::page::PageState;
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::state::Session;
use jobs::job::message::{Pace, Report};
use jobs::pool::{News, Wish};
use jobs::protocol::ensemble::{MeasureStarts, StartsSpec};
use physics::molecules::ensemble::{Measured, STARTS, Starts};
use std::collections::BTreeMap;

/// What a visitor does on this page, or what moves on it.
#[derive(Clone, Debug, PartialEq)]
pub enum MoleculesAction {
    /// The gas has melted: measure starts of its energy.
    Measure(Starts),
    /// Try again after the workers failed.
    Again,
}

/// The state of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Molecules {
    /// Which starts are measured.
    pub starts: Option<Starts>,
    /// What they came to, by their numbers.
    pub measured: BTreeMap<u32, Measured>,
    /// Why the workers failed.
    pub failure: Option<String>,
    /// What was mended.
    pub notice: Option<String>,
}

impl PageState for Molecules {
    type Action = MoleculesAction;

    fn reduce(&mut self, action: MoleculesAction, _session: &mut Session) -> Vec<Effect> {
        let wish = match action {
            MoleculesAction::Measure(starts) => {
                *self = Self { starts: Some(starts), ..Self::default() };
                Wish::Start(Box::new(StartsSpec { starts, numbers: (0..STARTS).collect() }), Pace::Run)
            }
            MoleculesAction::Again => {
                self.failure = None;
                Wish::Retry
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
            News::Failed(sentence) | News::Refused(sentence) => self.failure = Some(sentence),
            _ => {}
        }
    }
}
