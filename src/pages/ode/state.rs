//! The page of graph networks through an integrator: its actions and its reducer.

use crate::session::action::{Effect, Notice};
use crate::session::network_run::{NetworkRun, NetworkState, RunAction, RunWish};
use crate::session::outcome::Outcome;
use crate::session::page::{Chapter, PageState};
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::state::Session;
use experiments::fields::{Field, Group};
use experiments::limits::{self, Part};
use experiments::ode::{OdeExperiment, OdeView};
use experiments::page::Page;
use jobs::protocol::ode::{OdeFigures, OdeNetworks, OdeSnapshot};
use language::tr;
use std::rc::Rc;

/// DeltaGN, OGN and HOGN, and what is shown of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OdePage {
    /// The networks in training.
    pub run: NetworkRun<OdeNetworks>,
    /// What a visitor does not want to see: names of networks, or of the true H.
    pub unseen: Vec<&'static str>,
    /// Whether the table shows changes of energy, and not errors of places.
    pub energies: bool,
}

/// What a visitor does on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OdeAction {
    /// Something about training.
    Run(RunAction),
    /// Takes the recipe of this name; the seed stays.
    Recipe(&'static str),
    /// Another system.
    Next,
    /// Shows one of the motions, or hides it.
    Show(&'static str),
    /// Errors of places in the table, or changes of energy.
    Energies(bool),
}

/// Settings of what is shown; others belong to the next training.
const SHOWN: [&str; 7] =
    ["ode-shown", "ode-start", "ode-time", "ode-factor", "ode-integrator", "ode-change", "ode-table"];

impl PageState for OdePage {
    type Action = OdeAction;

    const CHAPTER: Chapter = Chapter::Graphs;

    const LEAD: &'static str = language::text!(
        "Three networks learn masses on springs through one step of an integrator; then every other step and integrator is tried."
    );

    fn outcome(&self, _session: &Session) -> Outcome {
        self.run.outcome()
    }

    fn reduce(&mut self, action: OdeAction, session: &mut Session) -> Vec<Effect> {
        match action {
            OdeAction::Run(action) => {
                if action == RunAction::Train {
                    session.remarks.clear();
                    if let Err(size) = limits::check_part(Part::Ode, &session.workbench) {
                        let sentence =
                            tr!("These networks would take {size}. Fewer steps or neurons fit.", size = size);
                        session.remarks.push(sentence);
                        return vec![];
                    }
                }
                effects(self.run.act(action, &session.workbench.ode, session.workbench.device))
            }
            OdeAction::Recipe(name) => {
                if let Some(named) = OdeExperiment::named(name) {
                    session.workbench.ode = OdeExperiment { seed: session.workbench.ode.seed, ..named };
                }
                self.turn(session)
            }
            OdeAction::Next => {
                let view = &mut session.workbench.ode.view;
                view.start = (view.start + 1) % 1_000_000;
                self.show(session)
            }
            OdeAction::Show(name) => {
                let before = self.unseen.len();
                self.unseen.retain(|other| *other != name);
                if self.unseen.len() == before {
                    self.unseen.push(name);
                }
                vec![]
            }
            OdeAction::Energies(energies) => {
                self.energies = energies;
                vec![]
            }
        }
    }

    fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
        match notice {
            Notice::Set(key) if SHOWN.contains(key) => self.show(session),
            Notice::Set(key) if Field::named(key).is_some_and(|field| field.group == Group::Ode) => self.turn(session),
            Notice::Opened(Page::Ode) => self.turn(session),
            Notice::Pool(PoolNews::Ode(news)) => {
                session.remarks.extend(self.run.take_up(news.clone()));
                vec![]
            }
            _ => vec![],
        }
    }
}

fn effects(wish: Option<RunWish<OdeNetworks>>) -> Vec<Effect> {
    wish.map(PoolWish::Ode).map(Effect::Pool).into_iter().collect()
}

/// Whether networks of one experiment can be shown in the other's systems.
fn same_systems(one: &OdeExperiment, other: &OdeExperiment) -> bool {
    (one.joined, one.dt) == (other.joined, other.dt)
}

impl OdePage {
    /// What is shown follows the view.
    fn show(&mut self, session: &mut Session) -> Vec<Effect> {
        let mut all = effects(self.run.show(session.workbench.ode.view));
        all.push(session.address());
        all
    }

    /// Another experiment is open: networks of other systems are forgotten.
    fn turn(&mut self, session: &mut Session) -> Vec<Effect> {
        let ode = &session.workbench.ode;
        let other = self.run.experiment.as_ref().is_some_and(|of| !same_systems(of, ode));
        let mut all = if other { effects(self.run.forget()) } else { effects(self.run.show(ode.view)) };
        all.push(session.address());
        all
    }

    /// The networks, where they are of the systems that are open.
    fn networks(&self, experiment: &OdeExperiment) -> impl Iterator<Item = &NetworkState<OdeNetworks>> {
        let fits = self.run.experiment.as_ref().is_some_and(|of| same_systems(of, experiment));
        self.run.networks.iter().filter(move |_| fits)
    }

    /// Networks by name with what is shown of them, where it answers the view that is open.
    pub fn shown(&self, experiment: &OdeExperiment) -> Vec<(&'static str, Rc<OdeSnapshot>)> {
        let view = OdeView { table: false, ..experiment.view };
        let answers = |snapshot: &Rc<OdeSnapshot>| OdeView { table: false, ..snapshot.view } == view;
        self.networks(experiment)
            .filter_map(|network| Some((network.name, network.shown.clone().filter(answers)?)))
            .collect()
    }

    /// Figures of a network, and whether they are those of its last step.
    pub fn figures(&self, experiment: &OdeExperiment, name: &str) -> Option<OdeFigures> {
        let network = self.networks(experiment).find(|network| network.name == name)?;
        network.figures.as_ref()?.1.figures.clone()
    }

    /// The figures of the last of the networks that has any: for what they have of the true H.
    pub fn any_figures(&self, experiment: &OdeExperiment) -> Option<OdeFigures> {
        let names: Vec<_> = self.networks(experiment).map(|network| network.name).collect();
        names.into_iter().rev().find_map(|name| self.figures(experiment, name))
    }
}
