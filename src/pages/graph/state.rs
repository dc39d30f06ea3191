//! The page of graph networks: its actions and its reducer.

pub use crate::pages::graph::run::{GraphPhase, GraphWish, Graphs, SEEDS};
use crate::session::action::{Effect, Notice};
use crate::session::outcome::Outcome;
use crate::session::page::{Chapter, PageState};
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::state::Session;
use experiments::fields::{Field, Group, next_seed};
use experiments::formula::FormulaSource;
use experiments::graph::{GraphExperiment, GraphView};
use experiments::page::Page;
use experiments::placed::Placed;
use experiments::{Workbench, limits};
use jobs::job::message::Report;
use jobs::pool::{News, To, Wish};
use jobs::protocol::graph::{GraphQuestion, GraphSnapshot, Shown, TrainGraphs};
use jobs::protocol::search::Sheet;
use language::tr;
use numerics::seed::Seed;
use std::rc::Rc;

/// What a visitor does on this page.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphAction {
    /// Train, or begin again.
    Train,
    /// Hold, or go on.
    Pause,
    /// End the run; what was found stays until the next.
    Stop,
    /// How good are they with more bodies?
    Ask,
    /// Train several seeds one after another, and ask each.
    Series,
    /// Search for the law in the bottleneck's messages.
    Law,
    /// Forget the law that moves the world.
    ForgetLaw,
    /// The shown world starts with these bodies.
    Place(Vec<Placed>),
    /// It starts at random again.
    Unplace,
    /// Show this body's attributes.
    Inspect(usize),
    /// Try again after the workers failed.
    Again,
}

/// What is shown: no more bodies than the world takes.
pub fn shown(graph: &GraphExperiment) -> Shown {
    let GraphView { bodies, start, placed, .. } = &graph.view;
    Shown { bodies: (*bodies).min(graph.world.most_bodies()), start: *start, placed: placed.clone() }
}

/// Settings that are about other bodies than those that were placed.
const OTHER_BODIES: [&str; 4] = ["world", "recipe", "dims", "graph-start"];

impl PageState for Graphs {
    type Action = GraphAction;

    const CHAPTER: Chapter = Chapter::Graphs;

    const LEAD: &'static str = language::text!(
        "Bodies act on one another, and a network of small messages learns how; the messages turn into forces."
    );

    fn reduce(&mut self, action: GraphAction, session: &mut Session) -> Vec<Effect> {
        self.act(action, session)
    }

    fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
        match notice {
            Notice::Set(key) if Field::named(key).is_some_and(|field| field.group == Group::Graph) => {
                self.changed(key, session)
            }
            Notice::Opened(Page::Graph) => self.placed(session),
            Notice::Pool(PoolNews::Graphs(news)) => self.hear_pool(news.clone(), session),
            Notice::Law(law) => self.obey(law.clone(), session),
            _ => vec![],
        }
    }

    fn outcome(&self, _session: &Session) -> Outcome {
        let law = self.law.as_ref().map(|(_, fit, _)| fit);
        let mut outcome = Outcome {
            finished: self.phase == GraphPhase::Finished,
            steps: self.step(),
            law: law.map(|fit| fit.law.clone()),
            ..Outcome::default()
        };
        outcome.add("law-r2", law.map(|fit| fit.r_squared));
        for (network, name) in self.networks.iter().zip(["bottleneck", "other"]) {
            let report = network.messages.as_deref();
            outcome.add(format!("graph-test-loss-{name}"), network.losses.last().map(|(_, losses)| losses.test));
            outcome.add(format!("r2-plain-force-{name}"), report.map(|report| report.plain.force));
            outcome.add(format!("r2-trimmed-force-{name}"), report.map(|report| report.trimmed.force));
        }
        outcome
    }

    fn publish(&self, session: &mut Session) {
        session.takes_laws = self.answers(&session.workbench.graph);
    }
}

impl Graphs {
    /// The bodies in a frame of the shown motion; where other bodies have been put there and no worker has moved them yet, those.
    pub fn bodies_at(&self, graph: &GraphExperiment, frame: usize) -> Vec<Placed> {
        match self.motion() {
            Some(motion) if motion.shown == shown(graph) => motion.bodies_at(frame),
            Some(motion) if graph.view.placed.len() < graph.view.bodies => motion.bodies_at(frame),
            _ => graph.view.placed.clone(),
        }
    }

    fn act(&mut self, action: GraphAction, session: &mut Session) -> Vec<Effect> {
        let graph = &mut session.workbench.graph;
        let wish = match action {
            GraphAction::Train => return self.train(0, session),
            GraphAction::Series => return self.train(SEEDS, session),
            GraphAction::Pause => self.pause(),
            GraphAction::Stop => self.end(),
            GraphAction::Again => self.retry(),
            GraphAction::Ask => Some(Wish::Ask(To::All, GraphQuestion::Bodies(self.sizes()))),
            GraphAction::Law => Some(Wish::Ask(To::Part(0), GraphQuestion::Tabulate)),
            GraphAction::Place(bodies) => {
                let count = bodies.len().min(graph.world.most_bodies());
                graph.view.bodies = count;
                graph.view.placed = bodies.iter().take(count).map(Placed::rounded).collect();
                self.inspected = self.inspected.min(count.saturating_sub(1));
                return self.placed(session);
            }
            GraphAction::Unplace => {
                graph.view.placed.clear();
                graph.view.bodies = graph.bodies;
                return self.placed(session);
            }
            GraphAction::Inspect(body) => {
                self.inspected = body;
                return vec![];
            }
            GraphAction::ForgetLaw => {
                (self.law, graph.view.law) = (None, None);
                let forget = Effect::Pool(PoolWish::Graphs(Wish::Ask(To::All, GraphQuestion::Obey(String::new()))));
                return vec![forget, session.address()];
            }
        };
        wish.map(PoolWish::Graphs).map(Effect::Pool).into_iter().collect()
    }

    /// Trains the networks of the chosen recipe, as the first of so many seeds (0: of no series).
    fn train(&mut self, series: u32, session: &mut Session) -> Vec<Effect> {
        let graph = &session.workbench.graph;
        session.remarks.clear();
        if let Err(too_large) = limits::check_graph(graph, session.workbench.device) {
            session.remarks.push(tr!(
                "This network would take {size}. Fewer steps, bodies or neurons fit; for more there is the command line: lab run {name}.",
                size = too_large,
                name = graph.name()
            ));
            self.series = 0;
            return vec![];
        }
        self.series = series;
        vec![Effect::Pool(PoolWish::Graphs(self.start(graph.seed, session)))]
    }

    /// Starts networks of the chosen recipe from this seed.
    fn start(&mut self, seed: u32, session: &mut Session) -> GraphWish {
        let Workbench { graph, device, .. } = &session.workbench;
        session.messages = None;
        self.begin(graph.recipe(), &graph.regularisers(), seed, shown(graph), *device)
    }

    fn hear_pool(&mut self, news: News<TrainGraphs>, session: &mut Session) -> Vec<Effect> {
        if let News::Said(_, Report::Snapshot(snapshot)) = &news {
            match &**snapshot {
                GraphSnapshot::Table(sheet) => return tabulated(sheet.clone(), session),
                GraphSnapshot::Obeyed(Err(why)) => {
                    let law = session.workbench.graph.view.law.take().unwrap_or_default();
                    session.remarks = vec![tr!("The law “{law}” was left aside: {why}", law = law, why = why)];
                    return vec![session.address()];
                }
                _ => {}
            }
        }
        let (wish, sentence) = self.take_up(news);
        session.remarks.extend(sentence);
        let law = self.wish_law(session.workbench.graph.view.law.as_deref());
        let mut effects: Vec<Effect> = wish.into_iter().chain(law).map(PoolWish::Graphs).map(Effect::Pool).collect();
        if self.next_of_series() {
            let seed = next_seed(Seed(session.workbench.graph.seed)).0;
            session.workbench.graph.seed = seed;
            effects.push(Effect::Pool(PoolWish::Graphs(self.start(seed, session))));
            effects.push(session.address());
        }
        effects
    }

    /// A law that was found shall move the shown world.
    fn obey(&mut self, law: String, session: &mut Session) -> Vec<Effect> {
        if self.networks.is_empty() {
            return vec![];
        }
        let wish = Wish::Ask(To::Part(0), GraphQuestion::Obey(law.clone()));
        self.obeyed.clone_from(&law);
        session.workbench.graph.view.law = Some(law);
        session.workbench.page = Page::Graph;
        vec![Effect::Pool(PoolWish::Graphs(wish)), session.address()]
    }

    /// A setting of this page was changed: what is shown follows at once, the rest with the next training.
    fn changed(&mut self, key: &str, session: &mut Session) -> Vec<Effect> {
        let view = &mut session.workbench.graph.view;
        if OTHER_BODIES.contains(&key) {
            view.placed.clear();
        }
        view.placed.truncate(view.bodies);
        self.placed(session)
    }

    /// Other bodies are shown: the networks are to move the world that is now asked for.
    fn placed(&mut self, session: &mut Session) -> Vec<Effect> {
        let graph = &session.workbench.graph;
        let shown = shown(graph);
        let mut effects = vec![];
        if self.shown.as_ref() != Some(&shown) && self.knows(graph) {
            self.shown = Some(shown.clone());
            effects.push(Effect::Pool(PoolWish::Graphs(Wish::Ask(To::All, GraphQuestion::Show(shown)))));
        }
        effects.push(session.address());
        effects
    }
}

/// The table of messages is there: the page of formulas opens with it.
fn tabulated(sheet: Result<(Sheet, Option<String>), String>, session: &mut Session) -> Vec<Effect> {
    match sheet {
        Ok((sheet, mixed)) => {
            let remark = |why: String| {
                tr!(
                    "The message is a mixture of directions, and this is not undone: {why} A law for it holds dx and dy.",
                    why = why
                )
            };
            session.remarks = mixed.map(remark).into_iter().collect();
            session.messages = Some(Rc::new(sheet));
            session.workbench.page = Page::Formula;
            session.workbench.formula.source = FormulaSource::Messages;
            session.take += 1;
            vec![session.address(), Effect::Tell(Notice::Messages)]
        }
        Err(sentence) => {
            session.remarks = vec![sentence];
            vec![]
        }
    }
}
