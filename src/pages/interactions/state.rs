//! The page of interaction networks: its actions and its reducer.

use crate::session::action::{Effect, Notice};
use crate::session::network_run::{NetworkRun, RunAction};
use crate::session::outcome::Outcome;
use crate::session::page::{Chapter, PageState};
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::state::Session;
use experiments::fields::{Field, Group};
use experiments::interaction::InteractionExperiment;
use experiments::limits::{self, Part};
use experiments::page::Page;
use jobs::protocol::interactions::{InteractionSnapshot, Interactions};
use language::tr;
use models::interaction::score::SizeScore;
use std::rc::Rc;

/// Interaction networks and what they are compared with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InteractionNetworks {
    /// The networks in training.
    pub run: NetworkRun<Interactions>,
}

/// What a visitor does on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InteractionsAction {
    /// Something about training.
    Run(RunAction),
    /// Another start of the shown scene.
    Next,
}

/// Settings of what is shown; others belong to the next training.
const SHOWN: [&str; 2] = ["in-bodies", "in-start"];

impl PageState for InteractionNetworks {
    type Action = InteractionsAction;

    const CHAPTER: Chapter = Chapter::Graphs;

    const LEAD: &'static str = language::text!(
        "A network learns from a few bodies how each pair acts, and predicts scenes with more bodies than it has seen."
    );

    fn outcome(&self, session: &Session) -> Outcome {
        let mut outcome = self.run.outcome();
        let domain = session.workbench.interactions.domain;
        if self.run.experiment.as_ref().is_some_and(|of| of.domain == domain) {
            for network in &self.run.networks {
                let score = self.score(network.name, domain.bodies());
                outcome
                    .add(format!("in-ratio-{}-{}", network.name, domain.bodies()), score.map(|score| score.mse_ratio));
            }
        }
        outcome
    }

    fn reduce(&mut self, action: InteractionsAction, session: &mut Session) -> Vec<Effect> {
        match action {
            InteractionsAction::Run(action) => {
                if action == RunAction::Train {
                    session.remarks.clear();
                    if let Err(too_large) = limits::check_part(Part::Interactions, &session.workbench) {
                        session
                            .remarks
                            .push(tr!("These networks would take {}. Fewer steps or neurons fit.", too_large));
                        return vec![];
                    }
                }
                let wish = self.run.act(action, &session.workbench.interactions, session.workbench.device);
                wish.map(PoolWish::Interactions).map(Effect::Pool).into_iter().collect()
            }
            InteractionsAction::Next => {
                let view = &mut session.workbench.interactions.view;
                view.start = (view.start + 1) % 1_000_000;
                self.show(session)
            }
        }
    }

    fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
        match notice {
            Notice::Set(key) if Field::named(key).is_some_and(|field| field.group == Group::Interactions) => {
                let interactions = &mut session.workbench.interactions;
                let most = interactions.domain.most_bodies();
                interactions.view.bodies = interactions.view.bodies.min(most);
                if SHOWN.contains(key) { self.show(session) } else { self.forget_other(session) }
            }
            Notice::Opened(Page::Interactions) => {
                let mut effects = self.forget_other(session);
                effects.extend(self.show(session));
                effects
            }
            Notice::Pool(PoolNews::Interactions(news)) => {
                session.remarks.extend(self.run.take_up(news.clone()));
                vec![]
            }
            _ => vec![],
        }
    }
}

impl InteractionNetworks {
    /// Networks of another domain are forgotten.
    fn forget_other(&mut self, session: &mut Session) -> Vec<Effect> {
        let domain = session.workbench.interactions.domain;
        let other = self.run.experiment.as_ref().is_some_and(|of| of.domain != domain);
        let wish = if other { self.run.forget() } else { None };
        let effects = wish.map(PoolWish::Interactions).map(Effect::Pool);
        effects.into_iter().chain([session.address()]).collect()
    }

    /// What the networks show follows the view.
    fn show(&mut self, session: &mut Session) -> Vec<Effect> {
        let wish = self.run.show(session.workbench.interactions.view.clone());
        let effects = wish.map(PoolWish::Interactions).map(Effect::Pool);
        effects.into_iter().chain([session.address()]).collect()
    }

    /// Networks by name with what is shown of them, where they are of the domain that is open.
    pub fn shown(&self, experiment: &InteractionExperiment) -> Vec<(&'static str, Rc<InteractionSnapshot>)> {
        let of_this = self.run.experiment.as_ref().is_some_and(|of| of.domain == experiment.domain);
        let networks = self.run.networks.iter().filter(|_| of_this);
        networks.filter_map(|network| Some((network.name, network.shown.clone()?))).collect()
    }

    /// Errors of a network for so many bodies.
    pub fn score(&self, name: &str, bodies: usize) -> Option<SizeScore> {
        let network = self.run.networks.iter().find(|network| network.name == name)?;
        let (_, figures) = network.figures.as_ref()?;
        figures.scores.iter().find(|score| score.bodies == bodies).copied()
    }

    /// How well a network predicts potential energies.
    pub fn energy_ratio(&self, name: &str) -> Option<f64> {
        let network = self.run.networks.iter().find(|network| network.name == name)?;
        network.figures.as_ref()?.1.energy_ratio
    }
}
