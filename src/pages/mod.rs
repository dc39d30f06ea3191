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
use std::ops::Deref;
use std::rc::Rc;

#[cfg(feature = "page")]
use crate::pages::learning::view::panels::Panels;
#[cfg(feature = "page")]
use crate::session::{
    action::Action,
    page::Seen,
    view::{Callback, Html, PageGiven, html},
};

/// From the list of pages: their states, their actions, and the one place that passes something on to a page.
macro_rules! pages {
    (first $first:ident: $First:ident, $FirstState:ty; $($module:ident: $Page:ident, $State:ty;)+) => {
        /// Every page in the order of the menus.
        pub const ALL: &[Tab] = &[
            Tab::of::<$FirstState>(Page::$First, stringify!($first)),
            $(Tab::of::<$State>(Page::$Page, stringify!($module)),)+
        ];

        /// The states of all pages: that of the first, and what holds those of the others, whose code may be elsewhere.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Pages<O = Others> {
            #[doc = concat!("Of the page `", stringify!($first), "`.")]
            pub $first: Rc<$FirstState>,
            /// Of the others.
            pub others: O,
        }

        /// The states of all pages but the first.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Others {
            $(#[doc = concat!("Of the page `", stringify!($module), "`.")] pub $module: Rc<$State>,)+
        }

        /// An action of a page.
        #[derive(Clone, Debug, PartialEq)]
        pub enum PageAction {
            #[doc = concat!("Of the page `", stringify!($first), "`.")]
            $First(<$FirstState as PageState>::Action),
            $(#[doc = concat!("Of the page `", stringify!($module), "`.")] $Page(<$State as PageState>::Action),)+
        }

        impl<O: OtherPages> Pages<O> {
            /// Passes an action on to its page.
            pub fn reduce(&mut self, action: PageAction, session: &mut Session) -> Vec<Effect> {
                match action {
                    PageAction::$First(action) => Rc::make_mut(&mut self.$first).reduce(action, session),
                    action => self.others.reduce(action, session),
                }
            }

            /// Tells all pages.
            pub fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
                let mut effects = Rc::make_mut(&mut self.$first).hear(notice, session);
                effects.extend(self.others.hear(notice, session));
                effects
            }

            /// Lets every page put what others may know where they find it.
            pub fn publish(&self, session: &mut Session) {
                self.$first.publish(session);
                self.others.publish(session);
            }

            /// Offers a file to the page that is open.
            pub fn load(&mut self, page: Page, name: &str, bytes: &Rc<[u8]>) -> Option<Vec<Effect>> {
                match page {
                    Page::$First => Rc::make_mut(&mut self.$first).load(name, bytes),
                    page => self.others.load(page, name, bytes),
                }
            }

            /// What came of what the open page does.
            pub fn outcome(&self, session: &Session) -> Outcome {
                match session.workbench.page {
                    Page::$First => self.$first.outcome(session),
                    _ => self.others.outcome(session),
                }
            }
        }

        /// What is of the first page alone is not asked of the others.
        impl OtherPages for Others {
            fn reduce(&mut self, action: PageAction, session: &mut Session) -> Vec<Effect> {
                match action {
                    PageAction::$First(_) => vec![],
                    $(PageAction::$Page(action) => Rc::make_mut(&mut self.$module).reduce(action, session),)+
                }
            }

            fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
                let mut effects = vec![];
                $(effects.extend(Rc::make_mut(&mut self.$module).hear(notice, session));)+
                effects
            }

            fn publish(&self, session: &mut Session) {
                $(self.$module.publish(session);)+
            }

            fn load(&mut self, page: Page, name: &str, bytes: &Rc<[u8]>) -> Option<Vec<Effect>> {
                match page {
                    Page::$First => None,
                    $(Page::$Page => Rc::make_mut(&mut self.$module).load(name, bytes),)+
                }
            }

            fn outcome(&self, session: &Session) -> Outcome {
                match session.workbench.page {
                    Page::$First => Outcome::default(),
                    $(Page::$Page => self.$module.outcome(session),)+
                }
            }

            #[cfg(feature = "page")]
            fn draw(&self, given: Drawn) -> Html {
                match given.session.workbench.page {
                    Page::$First => Html::default(),
                    $(Page::$Page => html! { <$module::view::View ..given.page(&self.$module, PageAction::$Page) /> },)+
                }
            }
        }
    };
}

/// All pages but the first, behind one door: the page's own program does without their code until one of them is opened.
pub trait OtherPages {
    /// Passes an action on to its page.
    fn reduce(&mut self, action: PageAction, session: &mut Session) -> Vec<Effect>;

    /// Tells them.
    fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect>;

    /// Lets each put what others may know where they find it.
    fn publish(&self, session: &mut Session);

    /// Offers a file to this page.
    fn load(&mut self, page: Page, name: &str, bytes: &Rc<[u8]>) -> Option<Vec<Effect>>;

    /// What came of what the open page does.
    fn outcome(&self, session: &Session) -> Outcome;

    /// The component of the page that is open.
    #[cfg(feature = "page")]
    fn draw(&self, given: Drawn) -> Html;
}

impl Deref for Pages {
    type Target = Others;

    fn deref(&self) -> &Others {
        &self.others
    }
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
    pub fn first<O>(self, pages: &Pages<O>, panels: Panels) -> Html {
        let given = self.page(&pages.learning, PageAction::Learning);
        html! { <learning::view::View {given} {panels} /> }
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
    const fn of<P: PageState>(page: Page, key: &'static str) -> Self {
        Self { page, key, about_presets: P::ABOUT_PRESETS, chapter: P::CHAPTER, lead: P::LEAD }
    }

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
    first learning: Learning, learning::state::Learning;
    integrators: Integrators, integrators::state::Integrators;
    molecules: Molecules, molecules::state::Molecules;
    graph: Graph, graph::state::Graphs;
    interactions: Interactions, interactions::state::InteractionNetworks;
    hidden: Hidden, hidden::state::HiddenGraphs;
    ode: Ode, ode::state::OdePage;
    recurrent: Recurrent, recurrent::state::RecurrentPage;
    formula: Formula, formula::state::Formula;
}
