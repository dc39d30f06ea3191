//! Several runs side by side in one table: which columns belong together.
//!
//! Runs are told by what headings name (`Run #2`, `Data Set 2`, an object), by names that are there several times
//! (`t, x, t, x`), or by numbers behind them (`t1, x1, t2, x2`). A column that belongs to no run belongs to all.

use crate::heading::Heading;
use crate::words::{Meaning, meaning};

/// The columns of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// What it is called, where the file says so.
    pub name: Option<String>,
    /// Its own columns, ascending.
    pub columns: Vec<usize>,
    /// Columns of no run, which every run may use.
    pub shared: Vec<usize>,
}

impl Run {
    /// All columns that it may use, its own first.
    pub fn all(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        self.columns.iter().chain(&self.shared).copied()
    }
}

/// The runs of a table, at least one, in the order of their first columns. Every column is in one of them, or shared by all.
pub fn runs(headings: &[Heading]) -> Vec<Run> {
    for labels in [named(headings), counted(headings), repeated(headings)] {
        let mut found: Vec<Run> = Vec::new();
        for (column, label) in labels.iter().enumerate() {
            let Some(label) = label else { continue };
            match found.iter_mut().find(|run| run.name.as_ref() == Some(label)) {
                Some(run) => run.columns.push(column),
                None => found.push(Run { name: Some(label.clone()), columns: vec![column], shared: Vec::new() }),
            }
        }
        if found.len() > 1 {
            let shared: Vec<usize> = (0..headings.len()).filter(|column| labels[*column].is_none()).collect();
            found.iter_mut().for_each(|run| run.shared.clone_from(&shared));
            return found;
        }
    }
    let name = headings.iter().find_map(|heading| heading.run.clone());
    vec![Run { name, columns: (0..headings.len()).collect(), shared: Vec::new() }]
}

fn named(headings: &[Heading]) -> Vec<Option<String>> {
    headings.iter().map(|heading| heading.run.clone()).collect()
}

/// Numbers at the ends of names, where there is a time for two of them at least. Angles 1 and 2 alone are those of a double pendulum.
fn counted(headings: &[Heading]) -> Vec<Option<String>> {
    let split = |heading: &Heading| {
        let stem = heading.name.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = heading.name[stem.len()..].to_owned();
        (stem.trim_end_matches(['_', ' ', '.', '#']).to_owned(), digits)
    };
    let parts: Vec<(String, String)> = headings.iter().map(split).collect();
    let times = parts.iter().filter(|(stem, digits)| !digits.is_empty() && meaning(stem) == Meaning::Time).count();
    // Copies that spreadsheets and pandas number: `t`, `t.1`.
    let plain = parts.iter().any(|(stem, digits)| digits.is_empty() && meaning(stem) == Meaning::Time);
    let label = |(_, digits): &(String, String)| match digits.as_str() {
        "" if plain && times > 0 => Some("0".to_owned()),
        "" => None,
        digits if times + usize::from(plain) > 1 => Some(digits.to_owned()),
        _ => None,
    };
    parts.iter().map(label).collect()
}

/// How often a name was there before, where names are there several times.
fn repeated(headings: &[Heading]) -> Vec<Option<String>> {
    let same = |a: &Heading, b: &Heading| a.name.eq_ignore_ascii_case(&b.name) && a.unit == b.unit;
    let label = |(i, heading): (usize, &Heading)| {
        let times = headings.iter().filter(|other| same(heading, other)).count();
        let before = headings[..i].iter().filter(|other| same(heading, other)).count();
        (times > 1).then(|| format!("{}", before + 1))
    };
    headings.iter().enumerate().map(label).collect()
}

/// The column of `run` that is to it what `column` is to another run: of the same name and unit.
pub fn counterpart(headings: &[Heading], run: &Run, column: usize) -> Option<usize> {
    if run.all().any(|other| other == column) {
        return Some(column);
    }
    let stem = |i: usize| headings[i].name.trim_end_matches(|c: char| c.is_ascii_digit());
    let fits = |other: &usize| headings[*other].unit == headings[column].unit;
    let exact = |other: &usize| headings[*other].name == headings[column].name;
    let stems = |other: &usize| stem(*other) == stem(column);
    let own = || run.columns.iter().copied();
    own().find(|other| fits(other) && exact(other)).or_else(|| own().find(|other| fits(other) && stems(other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heading::parse;

    fn columns(names: &str) -> Vec<(String, Vec<usize>)> {
        let headings: Vec<Heading> = names.split(',').map(parse).collect();
        runs(&headings).into_iter().map(|run| (run.name.clone().unwrap_or_default(), run.all().collect())).collect()
    }

    #[test]
    fn runs_are_told_by_labels_numbers_and_repeated_names() {
        let two = |a: &str, b: &str| vec![(a.to_owned(), vec![0, 1]), (b.to_owned(), vec![2, 3])];
        assert_eq!(columns("Time (s) Run #1,x (m) Run #1,Time (s) Run #2,x (m) Run #2"), two("Run #1", "Run #2"));
        assert_eq!(columns("mass A: t,mass A: x,mass B: t,mass B: x"), two("mass A", "mass B"));
        assert_eq!(columns("t1,x1,t2,x2"), two("1", "2"));
        assert_eq!(columns("t,x,t.1,x.1"), two("0", "1"));
        assert_eq!(columns("t,x,t,x"), two("1", "2"));
        let shared = vec![("Run #1".to_owned(), vec![1, 0]), ("Run #2".to_owned(), vec![2, 0])];
        assert_eq!(columns("Time (s),x Run #1,x Run #2"), shared);
        for one in ["t,theta1,theta2", "t,x,v", "Latest: t,Latest: x", "n,y"] {
            assert_eq!(columns(one).len(), 1, "{one}");
        }
    }
}
