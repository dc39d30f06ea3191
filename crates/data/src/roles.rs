//! Which column is what: by unit before name before place, with what the visitor says before all of it.
//!
//! Time is the column that ascends, wherever it stands. A position and a velocity go together by unit and axis; of several axes the
//! one that moves most is taken. Where names and units are silent, the first column that moves is q, and another one is p only if
//! it follows the slope of q.

use crate::columns::{Choice, Motion, Pick, Role};
use crate::error::{Missing, ReadError};
use crate::facts::{Facts, follows};
use crate::heading::Heading;
use crate::names::shown;
use crate::runs::{Run, counterpart};
use crate::sentences::and_more;
use crate::table::Table;
use crate::units::Kind;
use crate::words::{self, Meaning};
use language::tr;

/// The roles of the columns of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Roles {
    /// The time.
    pub time: usize,
    /// The motion.
    pub motion: Motion,
    /// The name or number of the trial.
    pub trial: Option<usize>,
    /// What was guessed and should be known, each a sentence.
    pub notes: Vec<String>,
}

/// The slope of q and p agree at least so well where nothing else says that they belong together.
const FOLLOWS: f64 = 0.7;

impl Roles {
    /// The role of a column.
    pub fn of(&self, column: usize) -> Role {
        match self.motion {
            _ if column == self.time => Role::Time,
            _ if Some(column) == self.trial => Role::Trial,
            Motion::Both { q, .. } | Motion::Position(q) if column == q => Role::Position,
            Motion::Both { p, .. } | Motion::Momentum(p) if column == p => Role::Momentum,
            Motion::Acceleration(a) if column == a => Role::Acceleration,
            _ => Role::Unused,
        }
    }

    /// The most sensible roles for a run. `time` is that of the run before, for runs without one of their own.
    pub fn guess(
        table: &Table,
        facts: &[Facts],
        run: &Run,
        choice: &Choice,
        time: Option<usize>,
    ) -> Result<Self, ReadError> {
        let mut guess = Guess { table, facts, run, taken: Vec::new(), notes: Vec::new() };
        let picked = |pick: Pick| match pick {
            Pick::Column(column) => counterpart(&table.headings, run, column).map(Some).ok_or(()),
            _ => Ok(None),
        };
        let missing = |missing| ReadError::NoUsableColumn { missing, columns: list(&table.headings) };
        let lost = |()| missing(Missing::Chosen);
        let [chosen_time, q, p, trial] = [
            picked(choice.time).map_err(lost)?,
            picked(choice.q).map_err(lost)?,
            picked(choice.p).map_err(lost)?,
            picked(choice.trial).map_err(lost)?,
        ];
        guess.taken.extend([chosen_time, q, p, trial].into_iter().flatten());
        let trial = trial.or_else(|| if choice.trial == Pick::Guess { guess.trial() } else { None });
        guess.taken.extend(trial);
        let time = chosen_time.or_else(|| guess.time()).or(time).ok_or_else(|| missing(Missing::Time))?;
        guess.taken.push(time);
        let motion = guess.motion((choice.q, q), (choice.p, p), time);
        let motion = motion.ok_or_else(|| missing(Missing::Motion))?;
        Ok(Self { time, motion, trial, notes: guess.notes })
    }
}

/// A guess under way.
struct Guess<'a> {
    table: &'a Table,
    facts: &'a [Facts],
    run: &'a Run,
    taken: Vec<usize>,
    notes: Vec<String>,
}

impl Guess<'_> {
    /// Free columns with numbers in them, of one meaning.
    fn with(&self, meaning: Meaning) -> Vec<usize> {
        let free = |i: &usize| !self.taken.contains(i) && self.facts[*i].count > 0;
        self.run.all().filter(free).filter(|i| self.facts[*i].meaning == meaning).collect()
    }

    fn moving(&self, meaning: Meaning) -> Vec<usize> {
        self.with(meaning).into_iter().filter(|i| self.facts[*i].spread > 0.0).collect()
    }

    fn name(&self, column: usize) -> &str {
        &self.table.headings[column].name
    }

    /// A column that names trials: the same value in several rows, at least three on average.
    fn trial(&self) -> Option<usize> {
        let named = |i: &usize| !self.taken.contains(i) && self.facts[*i].meaning == Meaning::Trial;
        self.run.all().filter(named).find(|column| {
            let mut values = Vec::new();
            let cells = self.table.rows.iter().map(|row| self.table.cell(row, *column));
            for value in cells {
                if !values.contains(&value) {
                    values.push(value);
                }
                if values.len() > 1 + self.table.rows.len() / 3 || values.len() > 1000 {
                    return false;
                }
            }
            true
        })
    }

    fn time(&mut self) -> Option<usize> {
        let named = self.with(Meaning::Time);
        let rank = |i: &usize| (self.facts[*i].ascends, self.facts[*i].kind() == Some(Kind::Time));
        // Of equals the first.
        if let Some(best) = named.iter().copied().rev().max_by_key(rank) {
            return Some(best);
        }
        let ascending = |i: &usize| self.facts[*i].ascends;
        let ascends_nameless = |i: &usize| ascending(i) && self.facts[*i].unit.is_none();
        let of = |meaning: Meaning| self.with(meaning).into_iter().filter(ascends_nameless);
        let unknown: Vec<usize> = of(Meaning::Unknown).collect();
        if let Some(time) = unknown.iter().copied().find(|i| !self.facts[*i].counts).or(unknown.first().copied()) {
            return Some(time);
        }
        // What a name says of a column that ascends in every row, and has no unit, may be wrong: `s` for seconds.
        let named = [Meaning::Position, Meaning::Acceleration, Meaning::Velocity].into_iter().flat_map(of).min();
        if let Some(time) = named {
            let note = tr!(
                "No column is called a time; “{name}” is taken for it, since it ascends.",
                name = shown(self.name(time))
            );
            self.notes.push(note);
            return Some(time);
        }
        let index = self.with(Meaning::Index).into_iter().find(ascending)?;
        let note = tr!(
            "There is no column of times, so “{name}” is counted as the time, one unit a row.",
            name = shown(self.name(index))
        );
        self.notes.push(note);
        Some(index)
    }

    fn motion(
        &mut self,
        (q_pick, q): (Pick, Option<usize>),
        (p_pick, p): (Pick, Option<usize>),
        time: usize,
    ) -> Option<Motion> {
        let accelerates =
            |i: &usize| matches!(self.facts[*i].kind(), Some(Kind::Acceleration | Kind::AngularAcceleration));
        if let Some(one) = [q, p].into_iter().flatten().find(accelerates) {
            return Some(Motion::Acceleration(one));
        }
        let mut positions = q.map_or_else(|| self.positions(), |q| vec![q]);
        let mut velocities = p.map_or_else(|| self.moving(Meaning::Velocity), |p| vec![p]);
        positions.retain(|_| q_pick != Pick::Nothing);
        velocities.retain(|_| p_pick != Pick::Nothing);
        let chosen = q.is_some() || p.is_some();
        if let Some(q) = self.best_position(&positions, &velocities) {
            let p = if p.is_some() { p } else { self.best_velocity(q, &velocities, time) };
            return Some(p.map_or(Motion::Position(q), |p| Motion::Both { q, p }));
        }
        if let Some(first) = velocities.first() {
            return Some(Motion::Momentum(self.liveliest(*first, &velocities)));
        }
        let accelerations = self.moving(Meaning::Acceleration);
        if let Some(first) = accelerations.first().filter(|_| !chosen) {
            return Some(Motion::Acceleration(self.liveliest(*first, &accelerations)));
        }
        self.by_place(q_pick, p_pick, time)
    }

    /// Positions that move; where none does, an angle that ought to.
    fn positions(&self) -> Vec<usize> {
        let moving = self.moving(Meaning::Position);
        let still = || self.with(Meaning::Position).into_iter().filter(|q| self.is_angle(*q)).collect();
        if moving.is_empty() { still() } else { moving }
    }

    fn is_angle(&self, q: usize) -> bool {
        self.facts[q].kind().map_or_else(|| words::is_angle(self.name(q)), |kind| kind == Kind::Angle)
    }

    /// The position that goes best with a velocity; of the axes of one sensor the one that moves most.
    fn best_position(&mut self, positions: &[usize], velocities: &[usize]) -> Option<usize> {
        let quality = |q: usize| velocities.iter().map(|p| self.harmony(q, *p)).max().unwrap_or(0);
        let best = positions.iter().copied().rev().max_by_key(|q| (quality(*q), self.is_angle(*q)))?;
        let equals: Vec<usize> = positions.iter().copied().filter(|q| quality(*q) == quality(best)).collect();
        Some(self.liveliest(best, &equals))
    }

    /// The velocity that goes with a position, if any does: the one that follows its slope best.
    fn best_velocity(&self, q: usize, velocities: &[usize], time: usize) -> Option<usize> {
        let best = velocities.iter().map(|p| self.harmony(q, *p)).max().filter(|best| *best > 0)?;
        let mut fitting: Vec<usize> = velocities.iter().copied().filter(|p| self.harmony(q, *p) == best).collect();
        if fitting.len() > 1 {
            fitting.sort_by(|a, b| {
                let [a, b] = [a, b].map(|p| follows(self.table, time, q, *p));
                b.total_cmp(&a)
            });
        }
        fitting.first().copied()
    }

    /// How well a velocity goes with a position, by unit and axis: 0 where it cannot.
    fn harmony(&self, q: usize, p: usize) -> u8 {
        let (q, p) = (&self.facts[q], &self.facts[p]);
        let units = match (q.kind(), p.kind()) {
            (Some(Kind::Length), Some(Kind::Velocity)) | (Some(Kind::Angle), Some(Kind::AngularVelocity)) => 2,
            (Some(_), Some(Kind::Momentum)) | (None, _) | (_, None) => 1,
            _ => return 0,
        };
        match (q.axis, p.axis) {
            (Some(q), Some(p)) if q != p => 0,
            (Some(_), Some(_)) => units + 2,
            _ => units,
        }
    }

    /// Of the axes of the sensor that a column belongs to, the one that moves most.
    fn liveliest(&mut self, column: usize, among: &[usize]) -> usize {
        if self.facts[column].axis.is_none() {
            return column;
        }
        let sensor = |i: usize| (words::without_axis(self.name(i)), &self.table.headings[i].unit);
        let mut axes: Vec<usize> =
            among.iter().copied().filter(|i| self.facts[*i].axis.is_some() && sensor(*i) == sensor(column)).collect();
        axes.sort_by(|a, b| self.facts[*b].spread.total_cmp(&self.facts[*a].spread).then(a.cmp(b)));
        let most = axes.first().copied().unwrap_or(column);
        if axes.len() > 1 {
            let name = self.name(most);
            let note = tr!("Of the axes that were measured, “{name}” is used: it moves most.", name = name);
            self.notes.push(note);
        }
        most
    }

    /// Columns that neither name nor unit tells anything of.
    fn by_place(&mut self, q_pick: Pick, p_pick: Pick, time: usize) -> Option<Motion> {
        let mut unknown = self.moving(Meaning::Unknown);
        unknown.extend(self.moving(Meaning::Index).into_iter().filter(|i| !self.facts[*i].counts));
        let first = unknown.first().copied()?;
        let pairs = || unknown.iter().flat_map(|q| unknown.iter().map(move |p| (*q, *p))).filter(|(q, p)| q != p);
        let together = |(q, p): &(usize, usize)| follows(self.table, time, *q, *p) > FOLLOWS;
        let both = q_pick == Pick::Guess && p_pick == Pick::Guess;
        // More columns than that are a table of something else.
        let pair = if both && unknown.len() <= 12 { pairs().find(together) } else { None };
        self.notes
            .push(tr!("The names do not say which columns are q and p; they were guessed by their place.").to_owned());
        Some(match pair {
            Some((q, p)) => Motion::Both { q, p },
            None if q_pick == Pick::Nothing => Motion::Momentum(first),
            None => Motion::Position(first),
        })
    }
}

/// The names of the columns, for sentences.
fn list(headings: &[Heading]) -> String {
    const MOST: usize = 12;
    let names: Vec<String> = headings.iter().take(MOST).map(|heading| shown(&heading.name)).collect();
    and_more(names.join(", "), headings.len().saturating_sub(MOST))
}
