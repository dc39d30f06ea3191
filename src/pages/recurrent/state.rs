//! The page of networks at a coarse step: its actions and its reducer.

use crate::session::action::{Effect, Notice};
use crate::session::network_run::{NetworkRun, NetworkState, RunAction, RunWish};
use crate::session::outcome::Outcome;
use crate::session::page::{Chapter, PageState};
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::state::Session;
use experiments::fields::{Field, Group};
use experiments::limits::{self, Part};
use experiments::page::Page;
use experiments::recurrent::RecurrentExperiment;
use jobs::protocol::recurrent::{RecurrentFigures, RecurrentNetworks, RecurrentSnapshot};
use language::tr;
use models::recurrent::recipe::Coarse;
use std::rc::Rc;

/// Single-step, multi-step and Euler networks, and what is shown of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecurrentPage {
    /// The networks in training.
    pub run: NetworkRun<RecurrentNetworks>,
    /// What a visitor does not want to see: names of networks, or of the true H.
    pub unseen: Vec<&'static str>,
}

/// What a visitor does on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecurrentAction {
    /// Something about training.
    Run(RunAction),
    /// Takes the recipe of this name; the seed stays.
    Recipe(&'static str),
    /// Another start.
    Next,
    /// Shows one of the motions, or hides it.
    Show(&'static str),
}

/// Settings of what is shown; others belong to the next training.
const SHOWN: [&str; 3] = ["srnn-start", "srnn-refine", "srnn-from"];

impl PageState for RecurrentPage {
    type Action = RecurrentAction;

    const CHAPTER: Chapter = Chapter::Energy;

    const LEAD: &'static str = language::text!(
        "A motion is looked at so rarely that the true equations go wrong; a network learns the energy that makes such coarse steps right."
    );

    fn outcome(&self, _session: &Session) -> Outcome {
        self.run.outcome()
    }

    fn reduce(&mut self, action: RecurrentAction, session: &mut Session) -> Vec<Effect> {
        let recurrent = &mut session.workbench.recurrent;
        match action {
            RecurrentAction::Run(action) => {
                if action == RunAction::Train {
                    session.remarks.clear();
                    if let Err(size) = limits::check_part(Part::Recurrent, &session.workbench) {
                        let sentence =
                            tr!("These networks would take {size}. Fewer steps or neurons fit.", size = size);
                        session.remarks.push(sentence);
                        return vec![];
                    }
                    if let Err(error) = session.workbench.recurrent.recipe().check() {
                        session.remarks.push(tr!("This cannot be trained: {error}.", error = error));
                        return vec![];
                    }
                }
                effects(self.run.act(action, &session.workbench.recurrent, session.workbench.device))
            }
            RecurrentAction::Recipe(name) => {
                if let Some(named) = RecurrentExperiment::named(name) {
                    *recurrent = RecurrentExperiment { seed: recurrent.seed, view: recurrent.view, ..named };
                }
                self.turn(session)
            }
            RecurrentAction::Next => {
                recurrent.view.start = (recurrent.view.start + 1) % 1_000_000;
                self.show(session)
            }
            RecurrentAction::Show(name) => {
                let before = self.unseen.len();
                self.unseen.retain(|other| *other != name);
                if self.unseen.len() == before {
                    self.unseen.push(name);
                }
                vec![]
            }
        }
    }

    fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
        match notice {
            Notice::Set(key) if SHOWN.contains(key) => self.show(session),
            Notice::Set(key) if Field::named(key).is_some_and(|field| field.group == Group::Recurrent) => {
                self.turn(session)
            }
            Notice::Opened(Page::Recurrent) => {
                let mut effects = self.turn(session);
                effects.extend(self.show(session));
                effects
            }
            Notice::Pool(PoolNews::Recurrent(news)) => {
                session.remarks.extend(self.run.take_up(news.clone()));
                vec![]
            }
            _ => vec![],
        }
    }
}

fn effects(wish: Option<RunWish<RecurrentNetworks>>) -> Vec<Effect> {
    wish.map(PoolWish::Recurrent).map(Effect::Pool).into_iter().collect()
}

/// Whether two experiments are about the same world: masses and stiffnesses of a chain descend from the seed.
fn same_world(one: &RecurrentExperiment, other: &RecurrentExperiment) -> bool {
    let chain = |of: &RecurrentExperiment| (of.world == Coarse::Chain).then_some((of.masses, of.omega_dt, of.seed));
    one.world == other.world && chain(one) == chain(other)
}

impl RecurrentPage {
    /// What is shown follows the view.
    fn show(&mut self, session: &mut Session) -> Vec<Effect> {
        let mut all = effects(self.run.show(session.workbench.recurrent.view));
        all.push(session.address());
        all
    }

    /// Another experiment is open: networks of another world are forgotten.
    fn turn(&mut self, session: &mut Session) -> Vec<Effect> {
        let recurrent = &session.workbench.recurrent;
        let other = self.run.experiment.as_ref().is_some_and(|of| !same_world(of, recurrent));
        let mut all = if other { effects(self.run.forget()) } else { vec![] };
        all.push(session.address());
        all
    }

    /// The networks, where they are of the world that is open.
    fn networks(&self, experiment: &RecurrentExperiment) -> impl Iterator<Item = &NetworkState<RecurrentNetworks>> {
        let fits = self.run.experiment.as_ref().is_some_and(|of| same_world(of, experiment));
        self.run.networks.iter().filter(move |_| fits)
    }

    /// Networks by name with what is shown of them, where it answers the view that is open.
    pub fn shown(&self, experiment: &RecurrentExperiment) -> Vec<(&'static str, Rc<RecurrentSnapshot>)> {
        let answers = |snapshot: &Rc<RecurrentSnapshot>| snapshot.view == experiment.view;
        self.networks(experiment)
            .filter_map(|network| Some((network.name, network.shown.clone().filter(answers)?)))
            .collect()
    }

    /// Figures of a network.
    pub fn figures(&self, experiment: &RecurrentExperiment, name: &str) -> Option<RecurrentFigures> {
        let network = self.networks(experiment).find(|network| network.name == name)?;
        network.figures.as_ref()?.1.figures
    }

    /// Figures of any of the networks: for what they have of the true H.
    pub fn any_figures(&self, experiment: &RecurrentExperiment) -> Option<RecurrentFigures> {
        let mut networks = self.networks(experiment);
        networks.find_map(|network| network.figures.as_ref()?.1.figures)
    }
}
