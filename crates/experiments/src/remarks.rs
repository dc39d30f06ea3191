//! Remarks on what could not be used of a link.

use std::fmt;

/// Remarks beyond this are counted, not listed.
const MAX_REMARKS: usize = 20;

/// One thing in a link that could not be used as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark(pub(crate) String);

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What could not be used, up to a number that can be read.
#[derive(Default)]
pub(crate) struct Remarks {
    pub(crate) list: Vec<Remark>,
    unlisted: usize,
}

impl Remarks {
    /// Takes one more.
    pub(crate) fn add(&mut self, text: String) {
        if self.list.len() < MAX_REMARKS { self.list.push(Remark(text)) } else { self.unlisted += 1 }
    }

    /// All of them, and how many more there were.
    pub(crate) fn finished(mut self) -> Vec<Remark> {
        if self.unlisted > 0 {
            self.list.push(Remark(format!("… and {} more.", self.unlisted)));
        }
        self.list
    }
}
