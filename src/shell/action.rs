//! What can happen to the page, and what the page then has to do.

use crate::pages::formula::state::Deed;
use crate::pages::graph::state::{GraphDeed, GraphWish};
use crate::pages::learning::quantity::Quantity;
use crate::shell::state::Layer;
use crate::training::loaded::Reading;
use experiments::Experiment;
use experiments::preset::Preset;
use experiments::view::ViewConfig;
use jobs::pool::Wish;
use jobs::protocol::message::Pace;
use jobs::protocol::search::{ReadTable, Search};
use jobs::supervisor::News;
use std::rc::Rc;

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A link was opened.
    Open(String),
    /// A preset was chosen.
    Choose(Preset),
    /// A setting was changed, by its key.
    Set(&'static str, String),
    /// Train, or go on.
    Train,
    /// Hold.
    Pause,
    /// Take one step.
    Step,
    /// Back to the same start.
    Rewind,
    /// Another start.
    NewSeed,
    /// Look at motions from here (q, p).
    PickStart(f64, f64),
    /// Start with more (1) or less (−1) energy, along the slope of the learned H.
    ChangeEnergy(f64),
    /// Run the experiment with five seeds, beside what is shown.
    RunSeries,
    /// End that.
    StopSeries,
    /// The supervisor of the series says.
    SeriesNews(News),
    /// Hold the shown motions, or let them move again.
    Move,
    /// Switch a part of the portrait.
    Toggle(Layer),
    /// A file was brought: its name and content.
    Load(String, Rc<[u8]>),
    /// A file could not be read at all.
    Refuse(String),
    /// Read the file otherwise.
    Reread(Reading),
    /// Learn from the file.
    UseLoaded,
    /// Forget the file.
    ForgetLoaded,
    /// Show this over time.
    Plot(Quantity),
    /// The supervisor says.
    News(News),
    /// Something about formulas.
    Formula(Deed),
    /// Something about graph networks.
    Graph(GraphDeed),
    /// The link is wanted.
    CopyLink,
    /// It is on the clipboard, or could not be put there.
    Copied(bool),
    /// A notice was read.
    Dismiss,
}

/// Something for the page to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Begin a run.
    Start(Box<Experiment>, Pace),
    /// Change its pace.
    Pace(Pace),
    /// Show it from elsewhere.
    View(ViewConfig),
    /// Drop it.
    Stop,
    /// Run this in the workers of the series.
    SeriesRun(Box<Experiment>),
    /// Let go of those workers.
    SeriesStop,
    /// Put this fragment into the address.
    Address(String),
    /// Put this fragment, as a whole link, on the clipboard.
    Copy(String),
    /// Put this law on the clipboard.
    CopyLaw(String),
    /// Wish this of the workers that search for formulas.
    Search(Wish<Search>),
    /// Wish this of the worker that reads tables.
    Table(Wish<ReadTable>),
    /// Wish this of the workers that train graph networks.
    Graph(GraphWish),
}
