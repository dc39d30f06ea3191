//! A file on its way through the worker that reads it: what a page keeps of a [`ReadFile`] job. Pure.

use jobs::job::message::{Pace, Report};
use jobs::pool::{News, Wish};
use jobs::protocol::reading::{FileKind, ReadFile};
use language::tr;
use std::marker::PhantomData;
use std::rc::Rc;

/// A name and a content.
type Named = (String, Rc<[u8]>);

/// A file that is being read, or waits for another try.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRun<K> {
    reading: Option<Named>,
    unread: Option<Named>,
    kind: PhantomData<K>,
}

impl<K> Default for FileRun<K> {
    fn default() -> Self {
        Self { reading: None, unread: None, kind: PhantomData }
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents<C> {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Rc<[u8]>,
    /// What it was read as.
    pub contents: C,
}

impl<K: FileKind> FileRun<K> {
    /// A file was brought: a worker reads it.
    pub fn read(&mut self, name: String, bytes: Rc<[u8]>) -> Wish<ReadFile<K>> {
        let spec = Box::new(bytes.to_vec());
        (self.reading, self.unread) = (Some((name, bytes)), None);
        Wish::Start(spec, Pace::Run)
    }

    /// Reads a file again whose worker failed.
    pub fn again(&mut self) -> Option<Wish<ReadFile<K>>> {
        let (name, bytes) = self.unread.take()?;
        Some(self.read(name, bytes))
    }

    /// Takes up what the pool tells. Where the reading has ended, what was read or why not; its worker is to be released then,
    /// unless the file waits for another try ([`Self::is_unread`]).
    pub fn take_up(&mut self, news: News<ReadFile<K>>) -> Option<Result<Contents<K::Contents>, String>> {
        if news == News::Arrived && self.reading.is_none() {
            self.reading = self.unread.take();
        }
        let ended =
            matches!(news, News::Said(_, Report::Snapshot(_)) | News::Refused(_) | News::Failed(_) | News::Late(_));
        let (name, bytes) = self.reading.take_if(|_| ended)?;
        match news {
            News::Said(_, Report::Snapshot(contents)) => Some(Ok(Contents { name, bytes, contents: *contents })),
            News::Failed(sentence) | News::Late(sentence) => {
                let sentence = format!("{name}: {sentence}");
                self.unread = Some((name, bytes));
                Some(Err(sentence))
            }
            News::Refused(sentence) => {
                Some(Err(tr!("{file}: {sentence} Nothing was changed.", file = name, sentence = sentence)))
            }
            _ => None,
        }
    }

    /// Whether a file is being read.
    pub fn reads(&self) -> bool {
        self.reading.is_some()
    }

    /// Whether a file waits for another try.
    pub fn is_unread(&self) -> bool {
        self.unread.is_some()
    }
}
