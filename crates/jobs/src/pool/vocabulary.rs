//! What passes between the pool and the page, and what the pool has to know of the browser.

use crate::job::message::{Command, Pace, Report, Saved};
pub use crate::job::name;
use crate::job::{EngineKind, Job};
use language::tr;

/// The name of one worker, never used twice in a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkerId(pub u32);

/// What the page wants of a pool.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish<J: Job> {
    /// Begin a job; whatever ran before is dropped.
    Start(Box<J::Spec>, Pace),
    /// Change the pace of the job.
    Pace(Pace),
    /// Ask parts of the job, or tell them something.
    Ask(To, J::Question),
    /// Drop the job. Idle workers stay for the next one.
    Stop,
    /// Drop the job and end all workers.
    Release,
    /// Go on with a job that failed, from its checkpoints.
    Retry,
    /// Begin a job where it was saved: these are all of its parts. Whatever ran before is dropped.
    Resume(Vec<SavedPart<J>>, Pace),
}

/// A part of a job with a checkpoint, from which it can go on at any time.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedPart<J: Job> {
    /// The part.
    pub spec: J::Spec,
    /// Where it was carried out.
    pub engine: EngineKind,
    /// Where it can go on.
    pub saved: Saved,
}

/// Which parts of a job are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// Every part.
    All,
    /// This one.
    Part(usize),
    /// All others.
    AllBut(usize),
}

/// Something for the page to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Order<J: Job> {
    /// Start a worker.
    Spawn(WorkerId, EngineKind),
    /// Send it a command.
    Post(WorkerId, Command<J>),
    /// End it.
    Dismiss(WorkerId),
    /// Show this.
    Tell(News<J>),
}

/// What the page learns of a job.
#[derive(Clone, Debug, PartialEq)]
pub enum News<J: Job> {
    /// Workers are being fetched, started or measured; so many bytes have arrived of those that are fetched.
    Loading(u64),
    /// Every part is in a worker that is at work on it.
    Working,
    /// A part reports progress, a record, a snapshot, or that it holds or has finished.
    Said(usize, Report<J>),
    /// A part can go on from here at any time.
    Saved(usize, Box<SavedPart<J>>),
    /// Which engine was taken, and why.
    Chosen(Choice),
    /// Something went wrong and was mended: a sentence.
    Notice(String),
    /// All parts hold, though not all have finished.
    Held,
    /// All parts have finished.
    Finished,
    /// The job cannot be carried out as it is: a sentence.
    Refused(String),
    /// The workers failed: a sentence. [`Wish::Retry`] goes on from the last checkpoints.
    Failed(String),
    /// Workers do not arrive, but are still waited for: a sentence. [`Wish::Retry`] asks for them anew.
    Late(String),
    /// Those that were late are there, and the work goes on.
    Arrived,
}

/// What is known of a worker that is not ready yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// So many bytes of it have arrived.
    Fetched(u64),
    /// All bytes have arrived; it is being started.
    Starting,
}

/// Which engine was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Taken.
    pub engine: EngineKind,
    /// For this reason.
    pub why: Why,
}

/// Why an engine was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// The visitor wants it.
    Asked,
    /// It was trained there before.
    Kept,
    /// The steps are too small for a graphics card to be faster.
    Small,
    /// There is no graphics card that could be faster.
    NoCard(Graphics),
    /// Both were measured, in steps per second; `None` where an engine could not be.
    Measured {
        /// On one core.
        cpu: Option<f64>,
        /// On the card.
        gpu: Option<f64>,
    },
    /// The card failed, or was lost too often.
    GpuLost,
}

/// What this browser has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Logical cores.
    pub cores: usize,
    /// Its graphics card.
    pub gpu: Graphics,
}

/// What WebGPU reports of the graphics card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graphics {
    /// There is no WebGPU or no adapter.
    None,
    /// A software adapter: right, but slow.
    Software,
    /// A real one.
    Card,
}

/// That the processor does what was meant for a graphics card.
pub(super) fn no_webgpu() -> String {
    tr!("This browser offers no WebGPU, so the work is done on the processor (CPU) instead.").into()
}

/// That neither of two engines can be used, the last one for this reason.
pub(super) fn neither(why: &str) -> String {
    tr!("Neither engine starts here: the last one {why}. Nothing is lost: press “Try again”.", why = why)
}

/// That workers do not arrive, but are still waited for.
pub(super) fn late(who: &str, why: &str) -> String {
    tr!("{who} {why}. Nothing is lost: the work goes on by itself once it has arrived.", who = who, why = why)
}

/// That a worker could not be started, and what can be done.
pub(super) fn not_started(who: &str, why: &str) -> String {
    tr!("{who} {why}. Nothing is lost: press “Try again”.", who = who, why = why)
}

/// That so many workers were lost, the last one for this reason, and what would help.
pub(super) fn given_up(who: &str, why: &str, losses: u32, remedy: &str) -> String {
    tr!(
        "{who} {why}, after {n} losses. Try again, or {remedy}."
            | "{who} {why}, after {n} losses. Try again, or {remedy}." % losses,
        who = who,
        why = why,
        remedy = remedy
    )
}

/// That a worker was lost, and what was done about it: whether the processor takes over from a graphics card, and the mark from which
/// the work goes on.
pub(super) fn mended(who: &str, why: &str, without: bool, mark: Option<String>) -> String {
    match (without, mark) {
        (true, Some(mark)) => tr!(
            "{who} {why}; the processor (CPU) takes over, and the work goes on from {mark} on the processor.",
            who = who,
            why = why,
            mark = mark
        ),
        (true, None) => tr!(
            "{who} {why}; the processor (CPU) takes over, and the work begins again on the processor.",
            who = who,
            why = why
        ),
        (false, Some(mark)) => {
            tr!("{who} {why}; it was replaced, and the work goes on from {mark}.", who = who, why = why, mark = mark)
        }
        (false, None) => tr!("{who} {why}; it was replaced, and the work begins again.", who = who, why = why),
    }
}

/// Characters of a reason that a visitor still reads.
const LONGEST_REASON: usize = 200;

/// A reason without the chain of causes behind it, which libraries write on further lines.
pub(super) fn plain(why: &str) -> String {
    let first = why.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or(tr!("stopped"));
    let mut short: String = first.chars().take(LONGEST_REASON).collect();
    if short.len() < first.len() {
        short.push('…');
    }
    // What was left out may have closed a parenthesis.
    if short.matches('(').count() > short.matches(')').count() {
        short = format!("{})", short.trim_end_matches([':', ' ']));
    }
    short
}
