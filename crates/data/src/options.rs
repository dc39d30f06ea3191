//! What a visitor decides about a file.

use crate::columns::{Choice, Pick, Role};
use crate::dropped::Outliers;
use serde::{Deserialize, Serialize};

/// What the visitor decides about a file; the default leaves all to guessing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// What the recording shall be called; usually the name of the file.
    pub name: String,
    /// Which column is what; guessed where nothing is said.
    pub choice: Choice,
    /// Units by column, counted from 0: in place of those of the file.
    pub units: Vec<(usize, String)>,
    /// First and last lines of parts that are left out, counted from 1.
    pub left_out: Vec<(usize, usize)>,
    /// What becomes of outliers.
    pub outliers: Outliers,
}

impl Options {
    /// Gives a column another unit; an empty one brings that of the file back.
    pub fn set_unit(&mut self, column: usize, unit: &str) {
        self.units.retain(|(other, _)| *other != column);
        if !unit.trim().is_empty() {
            self.units.push((column, unit.trim().to_owned()));
        }
    }
}

impl Choice {
    /// The role that was chosen for a column, if any was.
    pub fn role_of(&self, column: usize) -> Option<Role> {
        let chosen = Pick::Column(column);
        let roles =
            [(self.time, Role::Time), (self.q, Role::Position), (self.p, Role::Momentum), (self.trial, Role::Trial)];
        roles.into_iter().find(|(pick, _)| *pick == chosen).map(|(_, role)| role)
    }

    /// Gives a column that now has the role `now` the role `wanted`. Other roles stay as they were chosen; what was not chosen is
    /// guessed around it.
    pub fn assign(&mut self, column: usize, now: Role, wanted: Role) {
        for pick in [&mut self.time, &mut self.q, &mut self.p, &mut self.trial] {
            if *pick == Pick::Column(column) {
                *pick = Pick::Guess;
            }
        }
        let (role, pick) = match wanted {
            Role::Unused => (now, Pick::Nothing),
            _ => (wanted, Pick::Column(column)),
        };
        match role {
            Role::Time => self.time = pick,
            Role::Position | Role::Acceleration => self.q = pick,
            Role::Momentum => self.p = pick,
            Role::Trial => self.trial = pick,
            Role::Unused => {}
        }
    }
}

/// Parts of a file as somebody writes them: `1-20, 118` are lines 1 to 20 and line 118.
///
/// Fails with the piece that is none.
pub fn lines(text: &str) -> Result<Vec<(usize, usize)>, String> {
    let pieces = text.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty());
    let part = |piece: &str| {
        let number = |text: &str| text.trim().parse::<usize>().ok();
        let (first, last) = piece.split_once(['-', '–']).unwrap_or((piece, piece));
        number(first).zip(number(last)).filter(|(first, last)| first <= last).ok_or_else(|| piece.to_owned())
    };
    pieces.map(part).collect()
}

/// The same parts as [`lines`] reads them.
pub fn lines_written(parts: &[(usize, usize)]) -> String {
    let part =
        |(first, last): &(usize, usize)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_given_and_the_other_choices_stay() {
        let mut choice = Choice { trial: Pick::Column(4), ..Choice::default() };
        choice.assign(2, Role::Momentum, Role::Position);
        assert_eq!((choice.q, choice.p, choice.trial), (Pick::Column(2), Pick::Guess, Pick::Column(4)));
        choice.assign(2, Role::Position, Role::Momentum);
        assert_eq!((choice.q, choice.p, choice.trial), (Pick::Guess, Pick::Column(2), Pick::Column(4)));
        choice.assign(2, Role::Momentum, Role::Unused);
        assert_eq!((choice.p, choice.trial), (Pick::Nothing, Pick::Column(4)));
        assert_eq!((choice.role_of(4), choice.role_of(2)), (Some(Role::Trial), None));
        // What has no role cannot lose one.
        let before = choice;
        choice.assign(3, Role::Unused, Role::Unused);
        assert_eq!(choice, before);
    }

    #[test]
    fn lines_are_read_as_people_write_them() {
        assert_eq!(lines(" 1-20, 118;7–9 "), Ok(vec![(1, 20), (118, 118), (7, 9)]));
        assert_eq!(lines(""), Ok(vec![]));
        for bad in ["5-3", "a", "1-2-3", "-4", "3,x"] {
            assert!(lines(bad).is_err(), "{bad}");
        }
        let parts = vec![(1, 20), (118, 118)];
        assert_eq!(lines(&lines_written(&parts)), Ok(parts));
    }

    #[test]
    fn an_empty_unit_brings_that_of_the_file_back() {
        let mut options = Options::default();
        options.set_unit(1, " deg ");
        options.set_unit(1, "rad");
        assert_eq!(options.units, [(1, "rad".to_owned())]);
        options.set_unit(1, " ");
        assert!(options.units.is_empty());
    }
}
