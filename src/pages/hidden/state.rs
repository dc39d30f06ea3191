//! The page of hidden graphs: its actions and its reducer.

use crate::session::action::{Effect, Notice};
use crate::session::file_run::{Contents, FileRun};
use crate::session::network_run::{NetworkRun, RunAction};
use crate::session::outcome::Outcome;
use crate::session::page::{Chapter, PageState};
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::state::Session;
use data::sheet::to_csv;
use data::trajectories::Trajectories;
use experiments::fields::{Field, Group};
use experiments::limits::{self, Part};
use experiments::page::Page;
use experiments::relational::{MotionSource, RelationalExperiment};
use jobs::job::message::Report;
use jobs::pool::{News, Wish};
use jobs::protocol::relations::{Bodies, ReadTrajectories, RelationalSnapshot, RelationalTask, Relations};
use language::tr;
use models::relational::data::RelationalData;
use models::relational::recipe::{HELD_OUT, OBSERVED};
use numerics::seed::Seed;
use physics::coupled::motion::Motion;
use physics::coupled::system::DT;
use std::rc::Rc;

/// Inference, and the visitor's guess.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HiddenGraphs {
    /// The inference in training.
    pub run: NetworkRun<Relations>,
    /// A visitor's motion.
    pub file: Option<Rc<OwnMotion>>,
    /// One that is being read.
    pub reading: FileRun<Bodies>,
    /// Pairs that the visitor takes for edges, of the shown motion.
    pub guess: Vec<bool>,
    /// Probabilities of the shown motion after some steps.
    pub history: Vec<(u64, Vec<f32>)>,
    /// Whether the true edges are shown before anything was trained.
    pub revealed: bool,
}

/// A visitor's motion.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnMotion {
    /// The name of its file.
    pub name: String,
    /// What is in it.
    pub trajectories: Trajectories,
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
    /// Reads a file again whose worker failed.
    ReadAgain,
    /// Saves the shown motion as a file such as this page reads.
    Save,
}

/// The setting that says where motions come from.
pub const SOURCE: &str = "nri-data";

/// The motion that is shown, and how many of its frames inference sees.
pub fn shown_motion(experiment: &RelationalExperiment, file: Option<&OwnMotion>) -> (Motion, usize) {
    match file {
        Some(file) => {
            let Trajectories { positions, velocities, .. } = file.trajectories.clone();
            let observed = positions.len().saturating_sub(HELD_OUT);
            (Motion { edges: None, positions, velocities }, observed)
        }
        None => {
            let (seed, number) = (Seed(experiment.seed), experiment.view.motion as usize);
            (RelationalData::judged_motion(&experiment.recipe(), seed, number), OBSERVED)
        }
    }
}

impl PageState for HiddenGraphs {
    type Action = HiddenAction;

    const CHAPTER: Chapter = Chapter::Graphs;

    const LEAD: &'static str = language::text!(
        "Some balls are joined by springs that nobody can see; guess which, then watch a network find them."
    );

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
                    if let Err(size) = limits::check_part(Part::Hidden, &session.workbench) {
                        session
                            .remarks
                            .push(tr!("This inference would take {size}. Fewer steps or bodies fit.", size = size));
                        return vec![];
                    }
                }
                let wish = self.run.act(action, &self.task(&session.workbench.hidden), session.workbench.device);
                wish.map(PoolWish::Hidden).map(Effect::Pool).into_iter().collect()
            }
            HiddenAction::Next => {
                let hidden = &mut session.workbench.hidden;
                let count = RelationalData::judged_count(&hidden.recipe()) as u32;
                hidden.view.motion = (hidden.view.motion + 1) % count.max(1);
                self.show(session)
            }
            HiddenAction::Guess(pair) => {
                let pairs = self.task(&session.workbench.hidden).recipe().pairs();
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
            HiddenAction::Save => {
                let experiment = &session.workbench.hidden;
                let own = self.own(experiment);
                let (motion, _) = shown_motion(experiment, own.map(|file| &**file));
                let dt = own.map_or(DT, |file| file.trajectories.dt);
                vec![Effect::Download("motion.csv".into(), table(&motion, dt).into_bytes().into())]
            }
            HiddenAction::ReadAgain => {
                self.reading.again().map(PoolWish::Bodies).map(Effect::Pool).into_iter().collect()
            }
        }
    }

    fn hear(&mut self, notice: &Notice, session: &mut Session) -> Vec<Effect> {
        match notice {
            Notice::Set("nri-motion") => self.show(session),
            Notice::Set(key) if Field::named(key).is_some_and(|field| field.group == Group::Hidden) => {
                if ["nri-system", "nri-mode", "nri-bodies", "nri-seed", SOURCE].contains(key) {
                    self.forget_guess();
                }
                self.forget_other(session)
            }
            Notice::Opened(Page::Hidden) => {
                let mut effects = self.forget_other(session);
                effects.extend(self.show(session));
                effects
            }
            Notice::Pool(PoolNews::Bodies(news)) => self.hear_reader(news.clone(), session),
            Notice::Pool(PoolNews::Hidden(news)) => {
                self.remember(news, session.workbench.hidden.view.motion);
                session.remarks.extend(self.run.take_up(news.clone()));
                vec![]
            }
            _ => vec![],
        }
    }

    fn load(&mut self, name: &str, bytes: &Rc<[u8]>) -> Option<Vec<Effect>> {
        let wish = self.reading.read(name.to_owned(), bytes.clone());
        Some(vec![Effect::Pool(PoolWish::Bodies(wish))])
    }
}

/// A motion as comma-separated text, a row a frame.
fn table(motion: &Motion, dt: f64) -> String {
    let column = |of: &[Vec<f64>], k: usize| of.iter().map(|frame| frame[k]).collect::<Vec<f64>>();
    let times = (0..motion.frames()).map(|frame| frame as f64 * dt).collect();
    let mut columns = vec![("t".to_owned(), times)];
    for k in 0..2 * motion.bodies() {
        let (axis, body) = (["x", "y"][k % 2], k / 2 + 1);
        columns.push((format!("{axis}{body}"), column(&motion.positions, k)));
        columns.push((format!("v{axis}{body}"), column(&motion.velocities, k)));
    }
    to_csv(columns.iter().map(|(name, values)| (name.as_str(), values.as_slice())))
}

/// Whether a task is about the same motions as this experiment with this motion of one's own.
fn is_about(task: &RelationalTask, experiment: &RelationalExperiment, own: Option<&Trajectories>) -> bool {
    let of = |RelationalExperiment { coupling, inference, bodies, seed, .. }: &RelationalExperiment| {
        (*coupling, *inference, *bodies, *seed)
    };
    // Beside a file only the kind of the pull matters.
    let same = match own {
        Some(_) => task.experiment.coupling == experiment.coupling,
        None => of(&task.experiment) == of(experiment),
    };
    same && task.own.as_ref() == own
}

impl HiddenGraphs {
    /// The visitor's motion, where one is there and wanted.
    pub fn own(&self, experiment: &RelationalExperiment) -> Option<&Rc<OwnMotion>> {
        self.file.as_ref().filter(|_| experiment.source == MotionSource::File)
    }

    /// What would be trained now.
    fn task(&self, experiment: &RelationalExperiment) -> RelationalTask {
        let own = self.own(experiment).map(|file| file.trajectories.clone());
        RelationalTask { experiment: experiment.clone(), own }
    }

    /// A file was read, or could not be: then what is shown stays.
    fn hear_reader(&mut self, news: News<ReadTrajectories>, session: &mut Session) -> Vec<Effect> {
        let Some(ended) = self.reading.take_up(news) else { return vec![] };
        let mut done = vec![];
        if !self.reading.is_unread() {
            done.push(Effect::Pool(PoolWish::Bodies(Wish::Release)));
        }
        match ended {
            Ok(Contents { name, contents: trajectories, .. }) => {
                session.remarks.clear();
                self.file = Some(Rc::new(OwnMotion { name, trajectories }));
                self.forget_guess();
                session.workbench.hidden.view.motion = 0;
                session.workbench.hidden.source = MotionSource::File;
                done.extend(self.forget_other(session));
            }
            Err(sentence) => session.remarks = vec![sentence],
        }
        done
    }

    /// Forgets an inference of other motions than those that are open.
    fn forget_other(&mut self, session: &mut Session) -> Vec<Effect> {
        let other = self.run.experiment.is_some() && !self.is_of(&session.workbench.hidden);
        let wish = if other { self.run.forget() } else { None };
        let effects = wish.map(PoolWish::Hidden).map(Effect::Pool);
        effects.into_iter().chain([session.address()]).collect()
    }

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
        let snapshot = self.run.networks.first()?.shown.clone().filter(|_| self.is_of(experiment))?;
        (snapshot.motion == experiment.view.motion).then_some(snapshot)
    }

    /// Its figures of merit.
    pub fn figures(&self, experiment: &RelationalExperiment) -> Option<Rc<RelationalSnapshot>> {
        let network = self.run.networks.first().filter(|_| self.is_of(experiment))?;
        network.figures.as_ref().map(|(_, figures)| figures.clone())
    }

    fn is_of(&self, experiment: &RelationalExperiment) -> bool {
        let own = self.own(experiment).map(|file| &file.trajectories);
        self.run.experiment.as_ref().is_some_and(|task| is_about(task, experiment, own))
    }

    /// Pairs in which the visitor's guess is like these edges, where there is a guess.
    pub fn guessed_like(&self, edges: &[bool]) -> Option<usize> {
        let guessed = self.guess.len() == edges.len();
        guessed.then(|| self.guess.iter().zip(edges).filter(|(guess, edge)| guess == edge).count())
    }
}
