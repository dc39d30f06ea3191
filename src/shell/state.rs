//! The whole: what all pages share, and the pages. A pure reducer that passes everything on.

use crate::pages::{self, OtherPages, Others, PageAction, Pages};
use crate::session::action::{Action, Effect, Notice};
use crate::session::outcome::Outcome;
use crate::session::pools::PoolNews;
use crate::session::runs::run::Run;
use crate::session::state::Session;
use experiments::page::Page;
use language::translated;
use std::ops::Deref;
use std::rc::Rc;

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// To what all pages share.
    Session(Action),
    /// A file for a page, which need not be the open one any more.
    File(Page, String, Rc<[u8]>),
    /// On a page.
    Page(PageAction),
    /// To be told to every page.
    Notice(Notice),
}

impl From<Action> for Happening {
    fn from(action: Action) -> Self {
        Self::Session(action)
    }
}

impl From<PageAction> for Happening {
    fn from(action: PageAction) -> Self {
        Self::Page(action)
    }
}

impl From<Notice> for Happening {
    fn from(notice: Notice) -> Self {
        Self::Notice(notice)
    }
}

impl From<PoolNews> for Happening {
    fn from(news: PoolNews) -> Self {
        Self::Notice(Notice::Pool(news))
    }
}

/// Everything that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct State<O = Others> {
    /// What all pages share.
    pub session: Rc<Session>,
    /// What is theirs alone.
    pub pages: Pages<O>,
}

impl<O> Deref for State<O> {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl State {
    /// The page on opening this fragment.
    pub fn open(fragment: &str) -> Self {
        Self::with(Session::open(fragment), Others::default())
    }
}

impl<O: OtherPages> State<O> {
    /// What all pages share, with the pages as they are before anything happened on them.
    pub fn with(session: Session, others: O) -> Self {
        Self { session: Rc::new(session), pages: Pages { learning: Rc::default(), others } }
    }

    /// The key of the open page, as links have it.
    pub fn page_key(&self) -> &'static str {
        pages::ALL.iter().find(|tab| tab.page == self.workbench.page).map_or("", |tab| tab.key)
    }

    /// What people call the experiment of the open page.
    pub fn title(&self) -> String {
        let tab = pages::ALL.iter().find(|tab| tab.page == self.workbench.page);
        match tab {
            Some(tab) if tab.about_presets => {
                format!("{}: {}", translated(tab.label()), self.workbench.field.preset.label())
            }
            tab => tab.map(|tab| translated(tab.label()).to_owned()).unwrap_or_default(),
        }
    }

    /// What came of what the open page does.
    pub fn outcome(&self) -> Outcome {
        self.pages.outcome(&self.session)
    }

    /// Changes, and returns what is to be done about it.
    pub fn reduce(&mut self, happening: impl Into<Happening>) -> Vec<Effect> {
        let happening = match happening.into() {
            Happening::Session(Action::Load(name, bytes)) if !Run::is_one(&bytes) => {
                Happening::File(self.workbench.page, name, bytes)
            }
            happening => happening,
        };
        let session = Rc::make_mut(&mut self.session);
        let pages = &mut self.pages;
        let mut effects = match happening {
            Happening::File(page, name, bytes) => {
                pages.load(page, &name, &bytes).unwrap_or_else(|| session.reduce(Action::Load(name, bytes)))
            }
            Happening::Session(Action::Set(key, text)) => {
                let mut effects = session.reduce(Action::Set(key, text));
                effects.extend(pages.hear(&Notice::Set(key), session));
                effects
            }
            Happening::Session(action @ (Action::Open(_) | Action::Runs(_))) => {
                let mut effects = session.reduce(action);
                // The address is that of the link.
                let heard = pages.hear(&Notice::Opened(session.workbench.page), session);
                effects.extend(heard.into_iter().filter(|effect| !matches!(effect, Effect::Address(_))));
                effects
            }
            Happening::Session(action) => session.reduce(action),
            Happening::Page(action) => pages.reduce(action, session),
            Happening::Notice(notice) => {
                let mut effects = if let Notice::Pool(news) = &notice { session.hear(news) } else { vec![] };
                effects.extend(pages.hear(&notice, session));
                effects
            }
        };
        // What one page has for another is told at once.
        while let Some(at) = effects.iter().position(|effect| matches!(effect, Effect::Tell(_))) {
            if let Effect::Tell(notice) = effects.remove(at) {
                effects.extend(pages.hear(&notice, session));
            }
        }
        pages.publish(session);
        effects
    }
}
