//! What can happen to what the pages share, and what the browser side then has to do.

use crate::session::files::FileAction;
use crate::session::pools::{PoolNews, PoolWish};
use crate::session::runs::reduce::{RunsAction, StoreWish};
use experiments::page::Page;
use experiments::preset::Preset;
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
    /// Train it with fewer and with more trajectories, beside what is shown.
    RunSizes,
    /// End that.
    StopSizes,
    /// Hold the shown motions, or let them move again.
    Move,
    /// A file was brought: its name and content.
    Load(String, Rc<[u8]>),
    /// A file could not be read at all.
    Refuse(String),
    /// Something is done with the file.
    File(FileAction),
    /// Try again after the workers failed.
    TryAgain,
    /// The link is wanted.
    CopyLink,
    /// It is on the clipboard, or could not be put there.
    Copied(bool),
    /// What is shown is to be handed in.
    HandIn,
    /// What came of that, where there is something to say.
    HandedIn(String),
    /// Another language is wanted, by its code.
    Speak(&'static str),
    /// A notice was read.
    Dismiss,
    /// Something is done with kept runs.
    Runs(RunsAction),
}

/// Something for the page to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Wish this of a pool of workers.
    Pool(PoolWish),
    /// Put this fragment into the address.
    Address(String),
    /// Put this fragment, as a whole link, on the clipboard.
    Copy(String),
    /// Put this text on the clipboard.
    CopyText(String),
    /// Add what is shown to what the student hands in.
    HandIn,
    /// Speak this language, by its code.
    Speak(&'static str),
    /// Save this content under this name.
    Download(String, Rc<[u8]>),
    /// Save this SVG picture, in two pixels to each of its own, as a PNG picture under this name.
    DownloadPixels(String, String),
    /// Wish this of the browser's store.
    Store(StoreWish),
    /// Tell every page.
    Tell(Notice),
}

/// Something that pages are told of.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The setting of this key was changed.
    Set(&'static str),
    /// A link or a run was opened on this page.
    Opened(Page),
    /// A text is on the clipboard, or could not be put there.
    TextCopied(bool),
    /// A pool of workers tells something.
    Pool(PoolNews),
    /// This table was brought, by its name and content, to find a formula in.
    Table(String, Rc<[u8]>),
    /// A formula is wanted of the energy that was learned.
    Learned,
    /// There are messages of a graph network to find a formula in.
    Messages,
    /// A graph network's world shall move by this law.
    Law(String),
}
