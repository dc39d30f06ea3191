//! The page of graph networks: part of the reducer.

pub use crate::pages::graph::run::{GraphPhase, GraphWish, Graphs, SEEDS};
use crate::shell::action::Effect;
use crate::shell::state::State;
use experiments::fields::next_seed;
use experiments::graph_view::GraphView;
use experiments::limits;
use experiments::link;
use experiments::placed::Placed;
use experiments::view::{FormulaSource, Page};
use jobs::job::message::Report;
use jobs::pool::{News, To, Wish};
use jobs::protocol::graph::{GraphQuestion, GraphSnapshot, Shown, TrainGraphs};
use jobs::protocol::search::Sheet;
use numerics::seed::Seed;
use std::rc::Rc;

/// What a visitor or a worker did about graph networks.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphDeed {
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
    /// Look for the law in the bottleneck's messages.
    Law,
    /// Run the world under the law that is looked at on the page of formulas.
    Obey,
    /// Forget that law.
    ForgetLaw,
    /// The shown world starts with these bodies.
    Place(Vec<Placed>),
    /// It starts at random again.
    Unplace,
    /// Look at this body's attributes.
    Inspect(usize),
    /// Try again after the workers failed.
    Again,
    /// The pool tells something.
    News(News<TrainGraphs>),
}

/// What is shown: no more bodies than the world takes.
fn shown(view: &GraphView, placed: &[Placed]) -> Shown {
    Shown { bodies: view.shown.min(view.world.most_bodies()), start: view.start, placed: placed.to_vec() }
}

/// Settings that are about other bodies than those that were placed.
const OTHER_BODIES: [&str; 4] = ["world", "recipe", "dims", "graph-start"];

impl State {
    /// The bodies that the shown world starts with.
    pub fn bodies(&self) -> Vec<Placed> {
        self.bodies_at(0)
    }

    /// The bodies in a frame of the shown motion; where other bodies have been put there and no worker has moved them yet, those.
    pub fn bodies_at(&self, frame: usize) -> Vec<Placed> {
        let view = &self.experiment.view;
        match self.graphs.motion() {
            Some(motion) if motion.shown == shown(&view.graph, &view.placed) => motion.bodies_at(frame),
            Some(motion) if view.placed.len() < view.graph.shown => motion.bodies_at(frame),
            _ => view.placed.clone(),
        }
    }

    /// Reduces what was done about graph networks.
    pub(crate) fn graph(&mut self, deed: GraphDeed) -> Vec<Effect> {
        let view = self.experiment.view.graph;
        let graphs = &mut self.graphs;
        let shown = shown(&view, &self.experiment.view.placed);
        let device = self.experiment.device;
        let (wish, sentence) = match deed {
            deed @ (GraphDeed::Train | GraphDeed::Series) => {
                self.remarks.clear();
                graphs.series = if deed == GraphDeed::Series { SEEDS } else { 0 };
                if let Err(too_large) = limits::check_graph(&view.recipe(), self.experiment.device) {
                    self.remarks.push(format!(
                        "This network would take {too_large}. Fewer steps, bodies or neurons fit; for more there is the command line: lab run {}.",
                        view.name()
                    ));
                    graphs.series = 0;
                    return vec![];
                }
                (Some(graphs.begin(view.recipe(), &view.strategies(), view.seed, shown, device)), None)
            }
            GraphDeed::Pause => (graphs.pause(), None),
            GraphDeed::Stop => (graphs.end(), None),
            GraphDeed::Again => (graphs.retry(), None),
            GraphDeed::Ask => (Some(Wish::Ask(To::All, GraphQuestion::Bodies(graphs.sizes()))), None),
            GraphDeed::Law => (Some(Wish::Ask(To::Part(0), GraphQuestion::Tabulate)), None),
            GraphDeed::Obey => return self.obey(),
            GraphDeed::Place(bodies) => {
                let count = bodies.len().min(view.world.most_bodies());
                self.experiment.view.graph.shown = count;
                self.experiment.view.placed = bodies.iter().take(count).map(Placed::rounded).collect();
                graphs.inspected = graphs.inspected.min(count.saturating_sub(1));
                return self.placed();
            }
            GraphDeed::Unplace => {
                self.experiment.view.placed.clear();
                self.experiment.view.graph.shown = view.bodies;
                return self.placed();
            }
            GraphDeed::Inspect(body) => {
                graphs.inspected = body;
                return vec![];
            }
            GraphDeed::ForgetLaw => {
                (graphs.law, self.experiment.view.law) = (None, None);
                let forget = Effect::Graph(Wish::Ask(To::All, GraphQuestion::Obey(String::new())));
                return vec![forget, Effect::Address(link::encode(&self.experiment))];
            }
            GraphDeed::News(news) => return self.hear_graphs(news),
        };
        self.remarks.extend(sentence);
        wish.map(Effect::Graph).into_iter().collect()
    }

    fn hear_graphs(&mut self, news: News<TrainGraphs>) -> Vec<Effect> {
        if let News::Said(_, Report::Snapshot(snapshot)) = &news {
            match &**snapshot {
                GraphSnapshot::Table(sheet) => return self.tabulated(sheet.clone()),
                GraphSnapshot::Obeyed(Err(why)) => {
                    let law = self.experiment.view.law.take().unwrap_or_default();
                    self.remarks = vec![format!("The law “{law}” was left aside: {why}")];
                    return vec![Effect::Address(link::encode(&self.experiment))];
                }
                _ => {}
            }
        }
        let graphs = &mut self.graphs;
        let (wish, sentence) = graphs.hear(news);
        self.remarks.extend(sentence);
        let law = graphs.wish_law(self.experiment.view.law.as_deref());
        let mut effects: Vec<Effect> = wish.into_iter().chain(law).map(Effect::Graph).collect();
        if graphs.next_of_series() {
            let view = self.experiment.view.graph;
            let shown = shown(&view, &self.experiment.view.placed);
            let seed = next_seed(Seed(view.seed)).0;
            self.experiment.view.graph.seed = seed;
            let device = self.experiment.device;
            effects.push(Effect::Graph(graphs.begin(view.recipe(), &view.strategies(), seed, shown, device)));
            effects.push(Effect::Address(link::encode(&self.experiment)));
        }
        effects
    }

    /// The law that is looked at shall move the shown world.
    fn obey(&mut self) -> Vec<Effect> {
        let Some(law) = self.formula.law().cloned().filter(|_| !self.graphs.networks.is_empty()) else {
            return vec![];
        };
        let wish = Wish::Ask(To::Part(0), GraphQuestion::Obey(law.plain.clone()));
        self.graphs.obeyed.clone_from(&law.plain);
        self.experiment.view.law = Some(law.plain);
        self.experiment.view.page = Page::Graph;
        vec![Effect::Graph(wish), Effect::Address(link::encode(&self.experiment))]
    }

    /// The table of messages is there: the page of formulas opens with it.
    fn tabulated(&mut self, sheet: Result<Sheet, String>) -> Vec<Effect> {
        match sheet {
            Ok(sheet) => {
                self.graphs.table = Some(Rc::new(sheet));
                self.experiment.view.page = Page::Formula;
                self.experiment.view.formula.source = FormulaSource::Messages;
                self.choose_messages()
            }
            Err(sentence) => {
                self.remarks = vec![sentence];
                vec![]
            }
        }
    }

    /// A setting of this page was changed: what is shown follows at once, the rest with the next training.
    pub(crate) fn graph_changed(&mut self, key: &str) -> Vec<Effect> {
        if OTHER_BODIES.contains(&key) {
            self.experiment.view.placed.clear();
        }
        let view = &mut self.experiment.view;
        view.placed.truncate(view.graph.shown);
        self.placed()
    }

    /// Other bodies are shown.
    fn placed(&mut self) -> Vec<Effect> {
        self.copied = None;
        let mut effects = self.show();
        effects.push(Effect::Address(link::encode(&self.experiment)));
        effects
    }

    /// The networks are to move the world that is now asked for.
    fn show(&mut self) -> Vec<Effect> {
        let view = &self.experiment.view;
        let shown = shown(&view.graph, &view.placed);
        if self.graphs.shown.as_ref() == Some(&shown) || !self.graphs.knows(&view.graph) {
            return vec![];
        }
        self.graphs.shown = Some(shown.clone());
        vec![Effect::Graph(Wish::Ask(To::All, GraphQuestion::Show(shown)))]
    }
}
