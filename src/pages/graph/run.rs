//! The networks that train on the page of graph networks, and what they have said: a pure state machine.
//!
//! Each network has a worker of its own, side by side. One that dies is replaced and begins again: a run is a minute or two long,
//! and the same seed brings the same network.

use crate::pages::graph::network::Trained;
use crate::workers::order::{self, Place};
use experiments::graph_view::GraphView;
use jobs::protocol::graph::{GraphCommand, GraphEvent, GraphRunId, Shown, WorldMotion};
use jobs::protocol::search::Sheet;
use models::graph::recipe::{GraphRecipe, Strategy};
use models::graph::zero_shot::{ZeroShot, over_seeds};
use numerics::seed::Seed;
use std::rc::Rc;

/// Something to do with a graph trainer.
pub type GraphOrder = order::Order<GraphCommand>;

/// Where a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GraphPhase {
    /// Nothing is trained.
    #[default]
    Idle,
    /// Workers are being fetched, or simulate what is learned from.
    Preparing,
    /// Steps are being taken.
    Training,
    /// It holds.
    Paused,
    /// All networks are at their last step.
    Finished,
    /// It was ended before its last step; the networks can still be asked.
    Stopped,
    /// It ended by a fault.
    Failed,
}

/// What a network of a seed said of more bodies.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    seed: u32,
    strategy: Strategy,
    more: [Vec<ZeroShot>; 2],
}

/// What the page of graph networks shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graphs {
    /// Where the run is.
    pub phase: GraphPhase,
    /// The networks, the bottleneck first.
    pub networks: Vec<Trained>,
    /// The recipe that they follow, but for their messages.
    pub recipe: Option<Rc<GraphRecipe>>,
    /// What was mended.
    pub notice: Option<String>,
    /// The messages as a table, for the page of formulas.
    pub table: Option<Rc<Sheet>>,
    /// A law that moves the shown world too: its text, the share of accelerations it accounts for, its motion.
    pub law: Option<(String, f64, Rc<WorldMotion>)>,
    /// What networks of several seeds said of more bodies, all by this recipe.
    pub asked: Vec<Asked>,
    /// Seeds of a series that are still to be trained, the one at work included; 0 outside a series.
    pub series: u32,
    /// The body whose attributes are looked at.
    pub inspected: usize,
    pub(crate) obeyed: String,
    pub(crate) run: GraphRunId,
    workers: u32,
    deaths: u32,
    seed: u32,
    pub(crate) shown: Option<Shown>,
}

/// Seeds of a series.
pub const SEEDS: u32 = 3;

/// The most bodies that networks are asked about: the rest of a string tells nothing new.
const MOST_ASKED: usize = 12;

/// Workers that may die in one run.
const MOST_DEATHS: u32 = 4;

impl Graphs {
    /// Whether networks are at work.
    pub fn busy(&self) -> bool {
        matches!(self.phase, GraphPhase::Preparing | GraphPhase::Training)
    }

    /// Whether a worker has to say something now and then.
    pub fn owes(&self, worker: u32) -> bool {
        self.busy() && self.networks.iter().any(|network| network.worker == worker && !network.finished)
    }

    /// Whether its networks are of the world that is chosen.
    pub(crate) fn knows(&self, view: &GraphView) -> bool {
        self.recipe.as_ref().is_some_and(|recipe| recipe.motions.world.world == view.world)
    }

    /// Whether there are workers to move other bodies of the world that is chosen.
    pub fn moves(&self, view: &GraphView) -> bool {
        !matches!(self.phase, GraphPhase::Idle | GraphPhase::Failed) && self.knows(view)
    }

    /// Whether there are networks to be asked about the world that is chosen.
    pub fn answers(&self, view: &GraphView) -> bool {
        self.step() > 0 && self.moves(view)
    }

    /// The true motion that is shown, with what the first network says along its edges.
    pub fn motion(&self) -> Option<&Rc<WorldMotion>> {
        self.networks.first()?.motion.as_ref()
    }

    /// The slowest network's step.
    pub fn step(&self) -> u64 {
        self.networks.iter().map(|network| network.step).min().unwrap_or(0)
    }

    /// Sizes that the networks are asked about: from the one they know to twice that.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        let Some(recipe) = &self.recipe else { return vec![] };
        let world = recipe.motions.world;
        let most = world.world.most_bodies().min(MOST_ASKED);
        (world.bodies..=most).step_by(((most - world.bodies.min(most)) / 4).max(1)).collect()
    }

    fn spawn(&mut self, strategy: Strategy, place: Place) -> GraphOrder {
        self.workers += 1;
        let worker = self.workers;
        self.networks.push(Trained::new(worker, place, strategy));
        GraphOrder::Spawn(worker, place)
    }

    pub(crate) fn to_all(&self, command: &GraphCommand) -> Vec<GraphOrder> {
        self.networks.iter().map(|network| GraphOrder::Post(network.worker, command.clone())).collect()
    }

    /// How network `number` does with more bodies, and how many seeds say so: of one, the middle half of all worlds; of several, the
    /// range of their medians.
    pub fn more(&self, number: usize) -> (usize, [Vec<ZeroShot>; 2]) {
        let Some(network) = self.networks.get(number) else { return (0, [vec![], vec![]]) };
        let seeds: Vec<&Asked> = self.asked.iter().filter(|asked| asked.strategy == network.strategy).collect();
        if seeds.len() < 2 {
            return (usize::from(!network.more[0].is_empty()), network.more.clone());
        }
        let of = |kind: usize| {
            let found: Vec<&[ZeroShot]> = seeds.iter().map(|asked| &asked.more[kind][..]).collect();
            over_seeds(&found)
        };
        (seeds.len(), [of(0), of(1)])
    }

    /// Whether the next seed of a series is to be trained: all networks of this one have said how they do with more bodies.
    pub(crate) fn next_of_series(&mut self) -> bool {
        let said = self.asked.iter().filter(|asked| asked.seed == self.seed).count() == self.networks.len();
        if self.series == 0 || !said || self.phase != GraphPhase::Finished {
            return false;
        }
        self.series -= 1;
        self.series > 0
    }

    pub(crate) fn begin(
        &mut self,
        recipe: GraphRecipe,
        strategies: &[Strategy],
        seed: u32,
        shown: Shown,
        place: Place,
    ) -> Vec<GraphOrder> {
        let mut orders = self.stop();
        self.networks.clear();
        self.run = GraphRunId(self.run.0 + 1);
        (self.phase, self.notice, self.table, self.deaths) = (GraphPhase::Preparing, None, None, 0);
        (self.law, self.obeyed) = (None, String::new());
        if self.recipe.as_deref().is_none_or(|before| before.with(recipe.strategy) != recipe) {
            self.asked.clear();
        }
        (self.recipe, self.seed, self.shown) = (Some(Rc::new(recipe)), seed, Some(shown));
        orders.extend(strategies.iter().map(|strategy| self.spawn(*strategy, place)));
        orders
    }

    /// Ends the run; its networks stay as they are, and can be asked.
    pub(crate) fn end(&mut self) -> Vec<GraphOrder> {
        self.series = 0;
        if !self.busy() && self.phase != GraphPhase::Paused {
            return vec![];
        }
        self.phase = GraphPhase::Stopped;
        self.to_all(&GraphCommand::Hold)
    }

    /// Ends the workers; what they have said stays.
    fn stop(&mut self) -> Vec<GraphOrder> {
        self.phase = GraphPhase::Idle;
        self.networks.iter().map(|network| GraphOrder::Dismiss(network.worker)).collect()
    }

    fn orders_to_begin(&self, at: usize) -> Vec<GraphOrder> {
        let (Some(recipe), Some(shown)) = (&self.recipe, self.shown.clone()) else { return vec![] };
        let network = &self.networks[at];
        let recipe = Box::new(recipe.with(network.strategy));
        let begin = GraphCommand::Begin { run: self.run, recipe, seed: Seed(self.seed), shown };
        let holds = matches!(self.phase, GraphPhase::Paused | GraphPhase::Stopped);
        let hold = holds.then_some(GraphCommand::Hold);
        std::iter::once(begin).chain(hold).map(|command| GraphOrder::Post(network.worker, command)).collect()
    }

    /// What a worker said means; the second part is a sentence for the visitor.
    pub(crate) fn heard(&mut self, worker: u32, event: GraphEvent) -> (Vec<GraphOrder>, Option<String>) {
        let Some(at) = self.networks.iter().position(|network| network.worker == worker) else {
            return (vec![], None);
        };
        match event {
            GraphEvent::Ready => return (self.orders_to_begin(at), None),
            GraphEvent::Unusable(why) => return self.died(worker, &why),
            _ => {}
        }
        if event.run() != Some(self.run) {
            return (vec![], None);
        }
        let network = &mut self.networks[at];
        match event {
            GraphEvent::Preparing(_, count) => network.prepared = count,
            GraphEvent::Progress { step, steps_per_second, .. } => {
                (network.step, network.steps_per_second) = (step, steps_per_second);
                if self.phase == GraphPhase::Preparing && self.networks.iter().all(|network| network.step > 0) {
                    self.phase = GraphPhase::Training;
                }
            }
            GraphEvent::Recorded { step, losses, .. } => network.losses.push((step, losses)),
            GraphEvent::Messages(_, report) => {
                let (plain, trimmed) = (report.plain.better(), report.trimmed.better());
                network.agreement.push((report.step, plain, trimmed));
                network.messages = Some(Rc::new(*report));
            }
            GraphEvent::Moved(_, motion) if Some(&motion.shown) == self.shown.as_ref() => {
                network.motion = Some(Rc::new(*motion))
            }
            GraphEvent::Obeyed(_, Ok((part, motion))) => {
                self.law = Some((self.obeyed.clone(), part, Rc::new(*motion)));
            }
            GraphEvent::Asked(_, more) => {
                let (seed, strategy) = (self.seed, network.strategy);
                network.more.clone_from(&more);
                self.asked.retain(|asked| (asked.seed, asked.strategy) != (seed, strategy));
                // What a network says before its last step is no figure of its recipe.
                if network.finished {
                    self.asked.push(Asked { seed, strategy, more });
                }
            }
            GraphEvent::Settled(_, finished) => {
                network.finished = finished;
                if self.networks.iter().all(|network| network.finished) {
                    self.phase = GraphPhase::Finished;
                    if self.series > 0 {
                        return (self.to_all(&GraphCommand::Ask(self.sizes())), None);
                    }
                }
            }
            GraphEvent::Refused(_, sentence) => {
                self.series = 0;
                let orders = self.stop();
                self.phase = GraphPhase::Failed;
                return (orders, Some(sentence));
            }
            GraphEvent::Moved(..)
            | GraphEvent::Tabulated(..)
            | GraphEvent::Obeyed(..)
            | GraphEvent::Ready
            | GraphEvent::Unusable(_) => {}
        }
        (vec![], None)
    }

    /// The order to move the world by a law that a link brought, once there is something to scale it by.
    pub(crate) fn order_law(&mut self, law: Option<&str>) -> Option<GraphOrder> {
        let law = law.filter(|law| self.phase == GraphPhase::Training && self.obeyed != *law)?;
        self.obeyed = law.to_owned();
        Some(GraphOrder::Post(self.networks.first()?.worker, GraphCommand::Obey(law.to_owned())))
    }

    pub(crate) fn died(&mut self, worker: u32, why: &str) -> (Vec<GraphOrder>, Option<String>) {
        let Some(at) = self.networks.iter().position(|network| network.worker == worker) else {
            return (vec![], None);
        };
        let mut orders = vec![GraphOrder::Dismiss(worker)];
        if matches!(self.phase, GraphPhase::Idle | GraphPhase::Stopped | GraphPhase::Failed) {
            self.phase = GraphPhase::Failed;
            return (orders, None);
        }
        self.deaths += 1;
        if self.deaths > MOST_DEATHS {
            orders.extend(self.stop());
            self.phase = GraphPhase::Failed;
            return (orders, Some(format!("Training stopped: {} workers died, the last one {why}.", self.deaths)));
        }
        let Trained { strategy, place, .. } = self.networks[at];
        orders.push(self.spawn(strategy, Place::Processor));
        if let Some(fresh) = self.networks.pop() {
            self.networks[at] = fresh;
        }
        if self.phase != GraphPhase::Paused {
            self.phase = GraphPhase::Preparing;
        }
        let (who, again) = match place {
            Place::Processor => ("The network", "it begins again"),
            Place::Card => ("The graphics card for the network", "it begins again on the processor"),
        };
        self.notice = Some(format!("{who} with {} messages {why}; {again}, with the same seed.", strategy.key()));
        (orders, None)
    }
}
