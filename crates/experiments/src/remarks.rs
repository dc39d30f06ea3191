//! Remarks on what could not be used of a link.

use language::tr;
use std::fmt;

/// Remarks beyond this are counted, not listed.
const MAX_REMARKS: usize = 20;
/// What is quoted of a value in a remark.
const MAX_QUOTE: usize = 40;

/// What a remark means for whoever opens a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Nothing was lost.
    Note,
    /// Something could not be used as written.
    Fault,
    /// The recording is not in the link.
    Recording,
}

/// One thing about a link. As text it says what was done instead; where nothing is done instead, there is [`Remark::refusal`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    said: String,
    refusal: String,
    /// What it means.
    pub weight: Weight,
}

impl Remark {
    /// What could not be used, and what was done.
    pub(crate) fn fault(said: String, refusal: String) -> Self {
        Self { said, refusal, weight: Weight::Fault }
    }

    /// What is wrong, for whoever refuses to go on: nothing was changed, left aside or put in its place.
    pub fn refusal(&self) -> &str {
        &self.refusal
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}

/// What could not be used, up to a number that can be read.
#[derive(Default)]
pub(crate) struct Remarks {
    pub(crate) list: Vec<Remark>,
    unlisted: usize,
}

impl Remarks {
    /// Takes one more: with what was done about it, and as a refusal.
    pub(crate) fn add(&mut self, said: impl Into<String>, refusal: impl Into<String>) {
        self.push(Remark::fault(said.into(), refusal.into()));
    }

    /// Takes one about something by which nothing was lost.
    pub(crate) fn note(&mut self, said: String) {
        self.push(Remark { refusal: said.clone(), said, weight: Weight::Note });
    }

    /// Takes one about a recording that is elsewhere.
    pub(crate) fn recording(&mut self, said: String, refusal: String) {
        self.push(Remark { said, refusal, weight: Weight::Recording });
    }

    fn push(&mut self, remark: Remark) {
        if self.list.len() < MAX_REMARKS { self.list.push(remark) } else { self.unlisted += 1 }
    }

    /// All of them, and how many more there were.
    pub(crate) fn finished(mut self) -> Vec<Remark> {
        if self.unlisted > 0 {
            let more = tr!("… and {n} more." | "… and {n} more." % self.unlisted);
            self.list.push(Remark::fault(more.clone(), more));
        }
        self.list
    }
}

/// A value as it may be shown: short, and without control characters.
pub(crate) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(MAX_QUOTE).collect();
    if text.chars().count() > MAX_QUOTE {
        shown.push('…');
    }
    tr!("“{text}”", text = shown)
}
