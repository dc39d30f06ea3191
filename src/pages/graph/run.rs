//! The networks that train on the page of graph networks, and what was reported of them. Pure: news in, wishes out.

use crate::pages::graph::network::Trained;
use experiments::graph::GraphExperiment;
use experiments::schedule::DeviceChoice;
use jobs::job::message::{Pace, Report};
use jobs::pool::{Choice, News, To, Wish};
use jobs::protocol::graph::{
    GraphProgress, GraphQuestion, GraphSnapshot, GraphSpec, LawFit, Shown, TrainGraphs, WorldMotion,
};
use models::graph::recipe::{GraphRecipe, MessageRegulariser};
use models::graph::zero_shot::{ZeroShot, over_seeds};
use numerics::seed::Seed;
use std::rc::Rc;

/// What the page wants of its networks.
pub type GraphWish = Wish<TrainGraphs>;

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
    /// It ended by a fault; where the workers failed, another try may succeed.
    Failed,
}

/// What a network of a seed said of more bodies.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    seed: u32,
    regulariser: MessageRegulariser,
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
    /// Why the workers failed.
    pub failure: Option<String>,
    /// Bytes of workers that have arrived.
    pub fetched: u64,
    /// Which engine was taken.
    pub choice: Option<Choice>,
    /// A law that moves the shown world too: its text, how good it is, its motion.
    pub law: Option<(String, LawFit, Rc<WorldMotion>)>,
    /// What networks of several seeds said of more bodies, all by this recipe.
    pub asked: Vec<Asked>,
    /// Seeds of a series that are still to be trained, the one at work included; 0 outside a series.
    pub series: u32,
    /// The body whose attributes are looked at.
    pub inspected: usize,
    pub(super) obeyed: String,
    seed: u32,
    pub(super) shown: Option<Shown>,
}

/// Seeds of a series.
pub const SEEDS: u32 = 3;

/// The most bodies that networks are asked about: the rest of a string tells nothing new.
const MOST_ASKED: usize = 12;

impl Graphs {
    /// Whether networks are at work.
    pub fn busy(&self) -> bool {
        matches!(self.phase, GraphPhase::Preparing | GraphPhase::Training)
    }

    /// Whether its networks are of the world that is chosen.
    pub(super) fn knows(&self, view: &GraphExperiment) -> bool {
        self.recipe.as_ref().is_some_and(|recipe| recipe.motions.world.world == view.world)
    }

    /// Whether there are workers to move other bodies of the world that is chosen.
    pub fn moves(&self, view: &GraphExperiment) -> bool {
        !matches!(self.phase, GraphPhase::Idle | GraphPhase::Failed) && self.knows(view)
    }

    /// Whether there are networks to be asked about the world that is chosen.
    pub fn answers(&self, view: &GraphExperiment) -> bool {
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
    pub(super) fn sizes(&self) -> Vec<usize> {
        let Some(recipe) = &self.recipe else { return vec![] };
        let world = recipe.motions.world;
        let most = world.world.most_bodies().min(MOST_ASKED);
        (world.bodies..=most).step_by(((most - world.bodies.min(most)) / 4).max(1)).collect()
    }

    /// How network `number` does with more bodies, and how many seeds say so: of one, the middle half of all worlds; of several, the
    /// range of their medians.
    pub fn more(&self, number: usize) -> (usize, [Vec<ZeroShot>; 2]) {
        let Some(network) = self.networks.get(number) else { return (0, [vec![], vec![]]) };
        let seeds: Vec<&Asked> = self.asked.iter().filter(|asked| asked.regulariser == network.regulariser).collect();
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
    pub(super) fn next_of_series(&mut self) -> bool {
        let said = self.asked.iter().filter(|asked| asked.seed == self.seed).count() == self.networks.len();
        if self.series == 0 || !said || self.phase != GraphPhase::Finished {
            return false;
        }
        self.series -= 1;
        self.series > 0
    }

    pub(super) fn begin(
        &mut self,
        recipe: GraphRecipe,
        regularisers: &[MessageRegulariser],
        seed: u32,
        shown: Shown,
        device: DeviceChoice,
    ) -> GraphWish {
        self.networks = regularisers.iter().map(|regulariser| Trained::new(*regulariser)).collect();
        (self.phase, self.notice, self.failure) = (GraphPhase::Preparing, None, None);
        (self.choice, self.fetched) = (None, 0);
        (self.law, self.obeyed) = (None, String::new());
        if self.recipe.as_deref().is_none_or(|before| before.with(recipe.regulariser) != recipe) {
            self.asked.clear();
        }
        (self.recipe, self.seed, self.shown) = (Some(Rc::new(recipe)), seed, Some(shown.clone()));
        let (regularisers, seed) = (regularisers.to_vec(), Seed(seed));
        Wish::Start(
            Box::new(GraphSpec { recipe, regularisers, seed, shown, law: None, device, side_by_side: 1 }),
            Pace::Run,
        )
    }

    /// Holds, or goes on.
    pub(super) fn pause(&mut self) -> Option<GraphWish> {
        let (phase, pace) = match self.phase {
            _ if self.busy() => (GraphPhase::Paused, Pace::Hold),
            GraphPhase::Paused => (GraphPhase::Preparing, Pace::Run),
            _ => return None,
        };
        self.phase = phase;
        Some(Wish::Pace(pace))
    }

    /// Ends the run; its networks stay as they are, and can be asked.
    pub(super) fn end(&mut self) -> Option<GraphWish> {
        self.series = 0;
        (self.busy() || self.phase == GraphPhase::Paused).then(|| {
            self.phase = GraphPhase::Stopped;
            Wish::Pace(Pace::Hold)
        })
    }

    /// Tries again after the workers failed, from where the networks were.
    pub(super) fn retry(&mut self) -> Option<GraphWish> {
        self.failure.take().map(|_| {
            (self.phase, self.fetched) = (GraphPhase::Preparing, 0);
            Wish::Retry
        })
    }

    /// Takes up what the pool tells; the second part is a sentence for the visitor.
    pub(super) fn take_up(&mut self, news: News<TrainGraphs>) -> (Option<GraphWish>, Option<String>) {
        match news {
            News::Loading(bytes) => self.fetched = bytes,
            News::Chosen(choice) => self.choice = Some(choice),
            News::Notice(sentence) => self.notice = Some(sentence),
            News::Said(network, report) => self.said(network, report),
            News::Finished => {
                self.phase = GraphPhase::Finished;
                if self.series > 0 {
                    return (Some(Wish::Ask(To::All, GraphQuestion::Bodies(self.sizes()))), None);
                }
            }
            News::Refused(sentence) => {
                (self.series, self.phase) = (0, GraphPhase::Failed);
                return (None, Some(sentence));
            }
            News::Failed(sentence) | News::Late(sentence) => {
                (self.phase, self.failure) = (GraphPhase::Failed, Some(sentence));
            }
            News::Arrived => (self.phase, self.failure) = (GraphPhase::Preparing, None),
            News::Working | News::Saved(..) | News::Held => {}
        }
        (None, None)
    }

    fn said(&mut self, number: usize, report: Report<TrainGraphs>) {
        let Some(network) = self.networks.get_mut(number) else { return };
        match report {
            Report::Progress(GraphProgress::Preparing(count)) => network.prepared = count,
            Report::Progress(GraphProgress::Training { step, steps_per_second, shared }) => {
                (network.step, network.steps_per_second, network.shared) = (step, steps_per_second, shared);
                if self.phase == GraphPhase::Preparing && self.networks.iter().all(|network| network.step > 0) {
                    self.phase = GraphPhase::Training;
                }
            }
            Report::Recorded(record) => {
                // A network that went on from a checkpoint reports some losses again.
                network.losses.retain(|(step, _)| *step < record.step);
                network.losses.push((record.step, record.losses));
            }
            Report::Snapshot(snapshot) => self.saw(number, *snapshot),
            Report::Finished => network.finished = true,
            Report::Held | Report::Rested => network.finished = false,
            Report::Measured(_) | Report::Saved(_) | Report::Diverged(_) | Report::Refused(_) => {}
        }
    }

    fn saw(&mut self, number: usize, snapshot: GraphSnapshot) {
        let network = &mut self.networks[number];
        match snapshot {
            GraphSnapshot::Messages(report, wiring) => {
                network.wiring = Some(Rc::new(wiring));
                let (plain, trimmed) = (report.plain.with(report.truth), report.trimmed.with(report.truth));
                network.agreement.retain(|(step, ..)| *step < report.step);
                network.agreement.push((report.step, plain, trimmed));
                network.messages = Some(Rc::new(report));
            }
            GraphSnapshot::Moved(motion) if Some(&motion.shown) == self.shown.as_ref() => {
                network.motion = Some(Rc::new(motion));
            }
            GraphSnapshot::Obeyed(Ok((fit, motion))) => {
                self.law = Some((self.obeyed.clone(), fit, Rc::new(motion)));
            }
            GraphSnapshot::Bodies(more) => {
                let (seed, regulariser) = (self.seed, network.regulariser);
                network.more.clone_from(&more);
                self.asked.retain(|asked| (asked.seed, asked.regulariser) != (seed, regulariser));
                // What a network answers before its last step is no figure of its recipe.
                if network.finished {
                    self.asked.push(Asked { seed, regulariser, more });
                }
            }
            // The table and a law that moves nothing concern more than this page.
            GraphSnapshot::Moved(_) | GraphSnapshot::Obeyed(Err(_)) | GraphSnapshot::Table(_) => {}
        }
    }

    /// The wish that the world moves by a law that a link brought, once there is something to scale it by.
    pub(super) fn wish_law(&mut self, law: Option<&str>) -> Option<GraphWish> {
        let law = law.filter(|law| self.phase == GraphPhase::Training && self.obeyed != *law)?;
        self.obeyed = law.to_owned();
        Some(Wish::Ask(To::Part(0), GraphQuestion::Obey(law.to_owned())))
    }
}
