//! The page of hidden graphs: its actions and its reducer.

use crate::session::action::{Effect, Notice};
use crate::session::network_run::{NetworkRun, RunAction};
use crate::session::outcome::Outcome;
use crate::session::page::{Chapter, PageState};
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::state::Session;
use experiments::fields::{Field, Group};
use experiments::limits::{self, Part};
use experiments::relational::RelationalExperiment;
use jobs::job::message::Report;
use jobs::pool::News;
use jobs::protocol::relations::{RelationalSnapshot, Relations};
use models::relational::data::RelationalData;
use numerics::seed::Seed;
use physics::coupled::motion::Motion;
use std::rc::Rc;

/// Inference, and the visitor's guess.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HiddenGraphs {
    /// The inference in training.
    pub run: NetworkRun<Relations>,
    /// Pairs that the visitor takes for edges, of the shown motion.
    pub guess: Vec<bool>,
    /// Probabilities of the shown motion after some steps.
    pub history: Vec<(u64, Vec<f32>)>,
    /// Whether the true edges are shown before anything was trained.
    pub revealed: bool,
}

/// What a visitor does on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenAction {
    /// Something about training.
    Run(RunAction),
    /// Another motion.
    Next,
    /// Takes the pair with this number for an edge, or not any more.
    Guess(usize),
    /// Shows the true edges, or hides them.
    Reveal,
}

/// The motion that is shown.
pub fn shown_motion(experiment: &RelationalExperiment) -> Motion {
    RelationalData::judged_motion(&experiment.recipe(), Seed(experiment.seed), experiment.view.motion as usize)
}

impl PageState for HiddenGraphs {
    type Action = HiddenAction;

    const CHAPTER: Chapter = Chapter::Graphs;

    const LEAD: &'static str =
        "Some balls are joined by springs that nobody can see; guess which, then watch a network find them.";

    fn outcome(&self, session: &Session) -> Outcome {
        let mut outcome = self.run.outcome();
        let graphs = self.figures(&session.workbench.hidden).and_then(|figures| figures.graphs);
        outcome.add("nri-edges", graphs.as_ref().map(|graphs| graphs.edge_accuracy));
        outcome.add("nri-graphs", graphs.as_ref().map(|graphs| graphs.graph_accuracy));
        outcome
    }

    fn reduce(&mut self, action: HiddenAction, session: &mut Session) -> Vec<Effect> {
        match action {
            HiddenAction::Run(action) => {
                if action == RunAction::Train {
                    session.remarks.clear();
                    self.history.clear();
                    if let Err(too_large) = limits::check_part(Part::Hidden, &session.workbench) {
                        session
                            .remarks
                            .push(format!("This inference would take {too_large}. Fewer steps or bodies fit."));
                        return vec![];
                    }
                }
                let wish = self.run.act(action, &session.workbench.hidden, session.workbench.device);
                wish.map(PoolWish::Hidden).map(Effect::Pool).into_iter().collect()
            }
            HiddenAction::Next => {
                let hidden = &mut session.workbench.hidden;
                let count = RelationalData::judged_count(&hidden.recipe()) as u32;
                hidden.view.motion = (hidden.view.motion + 1) % count.max(1);
                self.show(session)
            }
            HiddenAction::Guess(pair) => {
                let pairs = session.workbench.hidden.recipe().pairs();
                self.guess.resize(pairs, false);
                if let Some(guess) = self.guess.get_mut(pair) {
                    *guess = !*guess;
                }
                vec![]
            }
            HiddenAction::Reveal => {
                self.revealed = !self.revealed;
                vec![]
            }
        }
    }

    fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
        match notice {
            Notice::Set("nri-motion") => self.show(session),
            Notice::Set(key) if Field::named(key).is_some_and(|field| field.group == Group::Hidden) => {
                if ["nri-system", "nri-mode", "nri-bodies", "nri-seed"].contains(key) {
                    self.forget_guess();
                }
                let hidden = &session.workbench.hidden;
                let other = self.run.experiment.as_ref().is_some_and(|of| !same_motions(of, hidden));
                let wish = if other { self.run.forget() } else { None };
                let effects = wish.map(PoolWish::Hidden).map(Effect::Pool);
                effects.into_iter().chain([session.address()]).collect()
            }
            Notice::Pool(PoolNews::Hidden(news)) => {
                self.remember(news, session.workbench.hidden.view.motion);
                session.remarks.extend(self.run.take_up(news.clone()));
                vec![]
            }
            _ => vec![],
        }
    }
}

/// Whether two experiments are about the same motions.
fn same_motions(one: &RelationalExperiment, other: &RelationalExperiment) -> bool {
    (one.coupling, one.inference, one.bodies, one.seed) == (other.coupling, other.inference, other.bodies, other.seed)
}

impl HiddenGraphs {
    /// What is shown follows the view.
    fn show(&mut self, session: &mut Session) -> Vec<Effect> {
        self.forget_guess();
        let wish = self.run.show(session.workbench.hidden.view.clone());
        let effects = wish.map(PoolWish::Hidden).map(Effect::Pool);
        effects.into_iter().chain([session.address()]).collect()
    }

    fn forget_guess(&mut self) {
        (self.guess, self.history, self.revealed) = (vec![], vec![], false);
    }

    /// Keeps the probabilities of the shown motion.
    fn remember(&mut self, news: &News<jobs::protocol::networks::TrainNetworks<Relations>>, motion: u32) {
        if let News::Said(_, Report::Snapshot(snapshot)) = news
            && snapshot.shown.motion == motion
        {
            self.history.retain(|(step, _)| *step < snapshot.step);
            self.history.push((snapshot.step, snapshot.shown.probabilities.clone()));
        }
    }

    /// What is shown of the inference, where it is about the motion that is open.
    pub fn shown(&self, experiment: &RelationalExperiment) -> Option<Rc<RelationalSnapshot>> {
        let of_this = self.run.experiment.as_ref().is_some_and(|of| same_motions(of, experiment));
        let snapshot = self.run.networks.first()?.shown.clone().filter(|_| of_this)?;
        (snapshot.motion == experiment.view.motion).then_some(snapshot)
    }

    /// Its figures of merit.
    pub fn figures(&self, experiment: &RelationalExperiment) -> Option<Rc<RelationalSnapshot>> {
        let of_this = self.run.experiment.as_ref().is_some_and(|of| same_motions(of, experiment));
        self.run.networks.first()?.figures.as_ref().filter(|_| of_this).map(|(_, figures)| figures.clone())
    }

    /// Pairs that the visitor has told right, where there is a guess.
    pub fn guessed_right(&self, truth: &[bool]) -> Option<usize> {
        let guessed = self.guess.len() == truth.len();
        guessed.then(|| self.guess.iter().zip(truth).filter(|(guess, edge)| guess == edge).count())
    }
}
