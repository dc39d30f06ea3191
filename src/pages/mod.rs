//! The pages, a folder each: its state and reducer, its drawings, its components. They do not know one another.
//!
//! A page is its folder, a line of the list below, its key in [`Page`], and its name among the options of the setting `page`.

pub mod formula;
pub mod graph;
pub mod hidden;
pub mod integrators;
pub mod interactions;
pub mod learning;
pub mod molecules;
pub mod ode;
pub mod recurrent;

use crate::session::action::{Effect, Notice};
use crate::session::outcome::Outcome;
use crate::session::page::{Chapter, PageState};
use crate::session::state::Session;
use experiments::fields::{Field, Kind};
use experiments::page::Page;
use std::rc::Rc;

#[cfg(feature = "page")]
use crate::session::{
    action::Action,
    page::Seen,
    view::{Callback, Html, PageGiven, html},
};

/// From the list of pages: their states, their actions, and the one place that passes something on to a page.
macro_rules! pages {
    ($($module:ident: $Page:ident, $State:ty;)+) => {
        /// Every page in the order of the menus.
        pub const ALL: &[Tab] = &[$(Tab {
            page: Page::$Page,
            key: stringify!($module),
            about_presets: <$State as PageState>::ABOUT_PRESETS,
            chapter: <$State as PageState>::CHAPTER,
            lead: <$State as PageState>::LEAD,
        }),+];

        /// The states of all pages.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Pages {
            $(#[doc = concat!("Of the page `", stringify!($module), "`.")] pub $module: Rc<$State>,)+
        }

        /// An action of a page.
        #[derive(Clone, Debug, PartialEq)]
        pub enum PageAction {
            $(#[doc = concat!("Of the page `", stringify!($module), "`.")] $Page(<$State as PageState>::Action),)+
        }

        impl Pages {
            /// Passes an action on to its page.
            pub fn reduce(&mut self, action: PageAction, session: &mut Session) -> Vec<Effect> {
                match action {
                    $(PageAction::$Page(action) => Rc::make_mut(&mut self.$module).reduce(action, session),)+
                }
            }

            /// Tells all pages.
            pub fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
                let mut effects = vec![];
                $(effects.extend(Rc::make_mut(&mut self.$module).hear(notice, session));)+
                effects
            }

            /// Lets every page put what others may know where they find it.
            pub fn publish(&self, session: &mut Session) {
                $(self.$module.publish(session);)+
            }

            /// Offers a file to the page that is open.
            pub fn load(&mut self, page: Page, name: &str, bytes: &Rc<[u8]>) -> Option<Vec<Effect>> {
                match page {
                    $(Page::$Page => Rc::make_mut(&mut self.$module).load(name, bytes),)+
                }
            }

            /// What came of what the open page does.
            pub fn outcome(&self, session: &Session) -> Outcome {
                match session.workbench.page {
                    $(Page::$Page => self.$module.outcome(session),)+
                }
            }
        }

        /// The component of the page that is open. What calls this holds the code of every page.
        #[cfg(feature = "page")]
        pub fn draw(pages: &Pages, given: Drawn) -> Html {
            match given.session.workbench.page {
                $(Page::$Page => html! { <$module::view::View ..given.page(&pages.$module, PageAction::$Page) /> },)+
            }
        }
    };
}

/// What a page is drawn from.
#[cfg(feature = "page")]
#[derive(Clone)]
pub struct Drawn {
    /// What all pages share.
    pub session: Rc<Session>,
    /// Where to say what a visitor did to what all pages share.
    pub act: Callback<Action>,
    /// Where to say what a visitor did to what is a page's own.
    pub tell: Callback<PageAction>,
}

#[cfg(feature = "page")]
impl Drawn {
    fn page<P: PageState>(self, own: &Rc<P>, action: fn(P::Action) -> PageAction) -> PageGiven<P> {
        PageGiven {
            state: Seen { session: self.session, own: own.clone() },
            act: self.act,
            tell: self.tell.reform(action),
        }
    }

    /// The first page, with none of the code of the others.
    pub fn first(self, pages: &Pages) -> Html {
        html! { <learning::view::View ..self.page(&pages.learning, PageAction::Learning) /> }
    }
}

/// A page in the menus of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tab {
    /// The page.
    pub page: Page,
    /// Its key in links.
    pub key: &'static str,
    /// Whether it is about the experiment that presets choose.
    pub about_presets: bool,
    /// Under which chapter it is found.
    pub chapter: Chapter,
    /// What happens on it, in one sentence.
    pub lead: &'static str,
}

impl Tab {
    /// Its name, as the setting `page` has it.
    pub fn label(&self) -> &'static str {
        let options = match Field::named("page").map(|field| &field.kind) {
            Some(Kind::Choice { options, .. }) => options,
            _ => &[][..],
        };
        options.iter().find(|(key, _)| *key == self.key).map_or(self.key, |(_, label)| label)
    }
}

pages! {
    learning: Learning, learning::state::Learning;
    integrators: Integrators, integrators::state::Integrators;
    molecules: Molecules, molecules::state::Molecules;
    graph: Graph, graph::state::Graphs;
    interactions: Interactions, interactions::state::InteractionNetworks;
    hidden: Hidden, hidden::state::HiddenGraphs;
    ode: Ode, ode::state::OdePage;
    recurrent: Recurrent, recurrent::state::RecurrentPage;
    formula: Formula, formula::state::Formula;
}
