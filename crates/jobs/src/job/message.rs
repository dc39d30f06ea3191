//! Commands to a worker and events from it, as bytes: the same for every job.

use crate::job::Job;
use serde::{Deserialize, Serialize};

/// Which run an event belongs to: events of a stopped run are recognised and dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RunId(pub u32);

/// How far to go now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pace {
    /// To the end.
    Run,
    /// So many steps (of each model, where there are several), then hold.
    Steps(u64),
    /// Hold.
    Hold,
}

/// A checkpoint as the worker encoded it; the page stores it and does not read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Steps taken.
    pub step: u64,
    /// The checkpoint.
    pub bytes: Vec<u8>,
}

/// From the page to a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum Command<J: Job> {
    /// Begin a run, or go on with it from a checkpoint; whatever ran before is dropped.
    Start {
        /// Its name.
        run: RunId,
        /// The part to carry out.
        spec: Box<J::Spec>,
        /// Where to go on; from the beginning if there is none.
        saved: Option<Saved>,
        /// How far to go.
        pace: Pace,
    },
    /// Measure the speed of this engine on a job.
    Measure {
        /// The run it is measured for.
        run: RunId,
        /// The job.
        spec: Box<J::Spec>,
    },
    /// Change the pace of the run.
    Pace(Pace),
    /// Answer, or take note.
    Ask(J::Question),
    /// Drop the run and what it holds.
    Stop,
    /// Leave the core to the page for so many milliseconds: no other is free, and a visitor does something or there is much to show.
    /// Whatever else is commanded meanwhile is still done at once.
    GiveWay(u16),
}

/// From a worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum Event<J: Job> {
    /// The engine takes its first command.
    Ready,
    /// The engine cannot be used (any more); completes a sentence, such as "lost its device". Nothing follows.
    Unusable(String),
    /// Something of a run.
    Of(RunId, Report<J>),
}

/// What a worker reports of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum Report<J: Job> {
    /// Speed of the engine, in steps per second.
    Measured(f64),
    /// How far it is.
    Progress(J::Progress),
    /// A figure to keep.
    Recorded(J::Record),
    /// The state at one moment, or an answer.
    Snapshot(Box<J::Snapshot>),
    /// Where the part can go on.
    Saved(Saved),
    /// It is paused, as requested.
    Held,
    /// It holds by itself, since its time is up.
    Rested,
    /// It is done.
    Finished,
    /// Its numbers left all bounds: a sentence.
    Diverged(String),
    /// It cannot be carried out: a sentence.
    Refused(String),
}

/// As bytes for a message between threads.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // Writing plain data into memory cannot fail.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// From such bytes; `None` if they are something else.
pub fn decode<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
