//! A job being carried out, a few milliseconds at a time. Knows no browser: whoever calls brings the time.

use crate::job::Job;
use crate::job::crew::Crew;
use crate::job::message::Report;
use language::tr;
use serde::{Serialize, de::DeserializeOwned};
use std::rc::Rc;

/// Milliseconds since some moment in the past.
pub type Clock<'a> = &'a dyn Fn() -> f64;

/// The description of an execution's job.
pub type SpecOf<X> = <<X as Execution>::Job as Job>::Spec;

/// Requests that an execution accepts.
pub type QuestionOf<X> = <<X as Execution>::Job as Job>::Question;

/// What an execution has to report.
pub type ReportsOf<X> = Vec<Report<<X as Execution>::Job>>;

/// A device that can be used no more; completes a sentence, such as "lost its device".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost(pub String);

/// An error of an engine as its loss; the error completes a sentence.
pub fn lost(error: impl std::fmt::Display) -> Lost {
    Lost(error.to_string())
}

/// An error as a sentence: with a capital and a full stop.
pub fn sentence(error: impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let text = letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()));
    if text.ends_with(['.', '。']) { text } else { tr!("{sentence}.", sentence = text) }
}

/// How much to do before the next message is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Budget {
    /// For about so many milliseconds.
    Milliseconds(f64),
    /// One step (of each model, where there are several).
    Step,
}

/// Where an execution is after some work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is more to do.
    Continues,
    /// It is paused until the command to go on, since its time is up.
    Rests,
    /// There is nothing left to do.
    Finished,
    /// Its numbers left all bounds: a sentence.
    Diverged(String),
    /// It turned out that it cannot be carried out: a sentence.
    Refused(String),
}

/// A job being carried out on an engine.
pub trait Execution: Sized {
    /// The job.
    type Job: Job;
    /// The device that it needs; `()` for one core without any.
    type Engine;
    /// All that is needed to go on.
    type Checkpoint: Serialize + DeserializeOwned;

    /// Begins a job or goes on from a checkpoint of it.
    ///
    /// # Errors
    /// One sentence, where it cannot be carried out.
    fn begin(spec: SpecOf<Self>, checkpoint: Option<Self::Checkpoint>, engine: &Self::Engine) -> Result<Self, String>;

    /// Other cores may help from now on.
    fn offer(&mut self, _crew: &Rc<dyn Crew>) {}

    /// Works for a while. At its last step it does nothing and is [`Outcome::Finished`].
    fn step(
        &mut self,
        budget: Budget,
        clock: Clock<'_>,
    ) -> impl Future<Output = Result<(ReportsOf<Self>, Outcome), Lost>>;

    /// The pace was changed: how much it is to do is counted anew where that matters.
    fn paced(&mut self) {}

    /// Takes note of a question; it is answered by [`Execution::answers`].
    fn ask(&mut self, question: QuestionOf<Self>);

    /// Whether there is a question left to answer.
    fn is_asked(&self) -> bool;

    /// Answers pending requests, also while it is paused.
    fn answers(&mut self, clock: Clock<'_>) -> impl Future<Output = Result<ReportsOf<Self>, Lost>>;

    /// What is shown of it, up to date: it is about to hold, or has finished.
    fn settle(&mut self, finished: bool, clock: Clock<'_>) -> impl Future<Output = Result<ReportsOf<Self>, Lost>>;

    /// Steps taken, and all that is needed to go on from there.
    fn checkpoint(&mut self, clock: Clock<'_>) -> impl Future<Output = Result<(u64, Self::Checkpoint), Lost>>;

    /// Speed of an engine on a job, in steps per second; 0 for a job that cannot be carried out.
    fn measure(spec: SpecOf<Self>, engine: &Self::Engine, clock: Clock<'_>) -> impl Future<Output = Result<f64, Lost>>;
}
