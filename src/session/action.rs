//! What can happen to what the pages share, and what the browser side then has to do.

use crate::session::loaded::Reading;
use experiments::preset::Preset;
use jobs::pool::{News, Wish};
use jobs::protocol::graph::TrainGraphs;
use jobs::protocol::search::{ReadTable, Search};
use jobs::protocol::train::TrainModels;
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
    /// Run the experiment with five seeds, beside what is shown.
    RunSeries,
    /// End that.
    StopSeries,
    /// The pool of the series tells something.
    SeriesNews(News<TrainModels>),
    /// Hold the shown motions, or let them move again.
    Move,
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
    /// The pool of the run tells something.
    News(News<TrainModels>),
    /// Try again after the workers failed.
    TryAgain,
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
    /// Wish this of the workers that train.
    Train(Wish<TrainModels>),
    /// Wish this of the workers of the series.
    Series(Wish<TrainModels>),
    /// Put this fragment into the address.
    Address(String),
    /// Put this fragment, as a whole link, on the clipboard.
    Copy(String),
    /// Put this text on the clipboard.
    CopyText(String),
    /// Tell every page.
    Tell(Notice),
    /// Wish this of the workers that search for formulas.
    Search(Wish<Search>),
    /// Wish this of the worker that reads tables.
    Table(Wish<ReadTable>),
    /// Wish this of the workers that train graph networks.
    Graph(Wish<TrainGraphs>),
}

/// Something that pages are told of.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The setting of this key was changed.
    Set(&'static str),
    /// A text is on the clipboard, or could not be put there.
    TextCopied(bool),
    /// The pool of the search tells something.
    Search(News<Search>),
    /// The pool of the reader of tables tells something.
    Table(News<ReadTable>),
    /// The pool of graph networks tells something.
    Graph(News<TrainGraphs>),
    /// There are messages of a graph network to find a formula in.
    Messages,
    /// A graph network's world shall move by this law.
    Law(String),
}
