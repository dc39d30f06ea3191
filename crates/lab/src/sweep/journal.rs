//! What is kept while a sweep goes on: a line a finished run, written at once.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::Path;

const NAME: &str = "journal.jsonl";

/// A finished run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The link that was run.
    pub link: String,
    /// The version of the program that ran it.
    pub version: String,
    /// What `lab run --json` printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Value>,
    /// Why there is no report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Entry {
    /// A run that ended well.
    pub fn report(link: String, report: Value) -> Self {
        Self { link, version: export::VERSION.into(), report: Some(report), error: None }
    }

    /// A run that did not.
    pub fn error(link: String, error: String) -> Self {
        Self { link, version: export::VERSION.into(), report: None, error: Some(error) }
    }
}

/// The journal of a folder, held by one sweep at a time.
pub struct Journal {
    file: File,
    /// The runs of this version, as they ended.
    pub entries: Vec<Entry>,
}

impl Journal {
    /// Opens or begins the journal of a folder. A last line that was cut off is taken away, and with `again` all failed runs are.
    pub fn open(folder: &Path, again: bool) -> Result<Self, String> {
        let path = folder.join(NAME);
        let failed = |error: std::io::Error| format!("“{}” could not be opened: {error}.", path.display());
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(format!("Another sweep is writing to “{}”.", folder.display()));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).map_err(failed)?;
        let mut entries = parsed(&bytes);
        let before = entries.len();
        entries.retain(|entry| !again || entry.error.is_none());
        let whole = bytes.ends_with(b"\n") || bytes.is_empty();
        let mut journal = Self { file, entries };
        if journal.entries.len() < before || !whole {
            let lines = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
            let kept: Vec<u8> = lines
                .filter(|line| !again || parsed(line).iter().all(|entry| entry.error.is_none()))
                .flatten()
                .copied()
                .collect();
            journal.file.set_len(0).and_then(|()| journal.file.write_all(&kept)).map_err(failed)?;
        }
        Ok(journal)
    }

    /// The runs of this version in a folder; none where there is no journal.
    pub fn entries(folder: &Path) -> Result<Vec<Entry>, String> {
        match fs::read(folder.join(NAME)) {
            Ok(bytes) => Ok(parsed(&bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(vec![]),
            Err(error) => Err(format!("The journal of “{}” could not be read: {error}.", folder.display())),
        }
    }

    /// Keeps a run.
    pub fn add(&mut self, entry: Entry) -> Result<(), String> {
        let line = serde_json::to_string(&entry).map_err(|error| error.to_string())?;
        let written = self.file.write_all(format!("{line}\n").as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|error| format!("A run could not be kept: {error}."))?;
        self.entries.push(entry);
        Ok(())
    }
}

/// The entries of this version; the first of each link counts. What is no entry is passed over.
fn parsed(bytes: &[u8]) -> Vec<Entry> {
    let mut known = std::collections::HashSet::new();
    let lines = bytes.split(|byte| *byte == b'\n');
    let entries = lines.filter_map(|line| serde_json::from_slice::<Entry>(line).ok());
    entries.filter(|entry| entry.version == export::VERSION && known.insert(entry.link.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::{Entry, Journal, NAME};
    use serde_json::json;
    use std::fs;

    #[test]
    fn what_was_written_is_found_again_whatever_was_cut_off() {
        let folder = std::env::temp_dir().join(format!("orrery-journal-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let mut journal = Journal::open(&folder, false).expect("a journal");
        assert!(Journal::open(&folder, false).is_err_and(|error| error.starts_with("Another sweep")));
        let well = Entry::report("#a".into(), json!({ "loss": 0.1 + 0.2 }));
        let failed = Entry::error("#b".into(), "It failed.".into());
        journal.add(well.clone()).expect("kept");
        journal.add(failed.clone()).expect("kept");
        drop(journal);
        // Killed in the middle of a line, after one of another version.
        let mut text = fs::read_to_string(folder.join(NAME)).expect("text");
        text = format!("{{\"link\":\"#c\",\"version\":\"0.0.0\",\"report\":1}}\n{text}{{\"link\":\"#d\",\"ver");
        fs::write(folder.join(NAME), &text).expect("written");
        let journal = Journal::open(&folder, false).expect("a journal");
        assert_eq!(journal.entries, [well.clone(), failed]);
        drop(journal);
        let left = fs::read_to_string(folder.join(NAME)).expect("text");
        assert_eq!(left.lines().count(), 3, "{left}");
        let mut journal = Journal::open(&folder, true).expect("a journal");
        assert_eq!(journal.entries, [well]);
        journal.add(Entry::report("#b".into(), json!(2))).expect("kept");
        assert_eq!(Journal::entries(&folder).expect("entries").len(), 2);
        fs::remove_dir_all(&folder).expect("its own folder");
    }
}
