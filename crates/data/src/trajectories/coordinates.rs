//! Which column is which coordinate of which body, by the names of the columns.
//!
//! The coordinate stands before the body (`x1`, `x_1`, `vx 1`, `v_x1`, `x_{1}`, `y_red`) or behind it (`body1_x`, `red y`, `1x`), or the
//! body stands in a line of its own, as programs that read films write it (“mass A: x”).

use crate::names::shown;
use crate::sheet::some;
use crate::table::Table;
use crate::trajectories::{BODIES, TrajectoryError};
use crate::units::{Kind, Unit};
use crate::words::{Meaning, meaning};
use language::tr;

/// What a column may be of a body, longest names first.
const QUANTITIES: [&str; 6] = ["vx", "vy", "vz", "x", "y", "z"];
/// Words that only say that a body follows.
const BODY_WORDS: [&str; 8] = ["body", "ball", "mass", "particle", "object", "obj", "point", "track"];

/// The columns of a motion.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Coordinates {
    /// What the bodies are called, in the order of the table.
    pub names: Vec<String>,
    /// The time, where there is one.
    pub time: Option<usize>,
    /// x and y of each body.
    pub positions: Vec<[usize; 2]>,
    /// The same of velocities; none where some are missing.
    pub velocities: Vec<[usize; 2]>,
    /// What is not used, each a sentence.
    pub remarks: Vec<String>,
}

/// The coordinate in a name, a place in [`QUANTITIES`], and the body, which is empty where the name has none.
pub(super) fn coordinate(name: &str) -> Option<(usize, String)> {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    // “v_x1” is “vx1”.
    let joined;
    if let [v, next, rest @ ..] = &words[..]
        && v.eq_ignore_ascii_case("v")
        && next.starts_with(['x', 'y', 'z', 'X', 'Y', 'Z'])
    {
        joined = format!("v{next}");
        words = std::iter::once(joined.as_str()).chain(rest.iter().copied()).collect();
    }
    let label = |words: &[&str]| {
        let named = words.iter().filter(|word| !BODY_WORDS.iter().any(|body| word.eq_ignore_ascii_case(body)));
        named.copied().collect::<Vec<_>>().join(" ")
    };
    let (first, last) = (words.first()?.to_lowercase(), words.last()?.to_lowercase());
    for (place, quantity) in QUANTITIES.iter().enumerate() {
        if let Some(number) = first.strip_prefix(quantity)
            && number.chars().all(|c| c.is_ascii_digit())
            && (number.is_empty() || words.len() == 1)
        {
            let body = if number.is_empty() { label(&words[1..]) } else { number.to_owned() };
            return Some((place, body));
        }
    }
    for (place, quantity) in QUANTITIES.iter().enumerate() {
        let Some(before) = last.strip_suffix(quantity) else { continue };
        if before.is_empty() || before.ends_with(|c: char| c.is_ascii_digit()) {
            let rest = &words[words.len() - 1][..before.len()];
            let body: Vec<&str> = words[..words.len() - 1].iter().copied().chain(Some(rest)).collect();
            let body = label(&body).trim().to_owned();
            let numbered = BODY_WORDS.iter().find_map(|word| body.to_lowercase().strip_prefix(word).map(str::to_owned));
            let number = numbered.filter(|number| number.chars().all(|c| c.is_ascii_digit()));
            return Some((place, number.unwrap_or(body)));
        }
    }
    None
}

impl Coordinates {
    pub fn of(table: &Table) -> Result<Self, TrajectoryError> {
        let mut names: Vec<String> = vec![];
        let mut columns: Vec<[Option<usize>; QUANTITIES.len()]> = vec![];
        let mut unused = vec![];
        let mut time = None;
        for (at, heading) in table.headings.iter().enumerate() {
            let unit = heading.unit.as_deref().and_then(Unit::parse);
            let fits = !matches!(unit.map(|unit| unit.kind), Some(Kind::Time | Kind::Acceleration | Kind::Other));
            let found = coordinate(&heading.name).filter(|_| fits && table.numbers(at).next().is_some());
            let found = found.and_then(|(place, body)| {
                let body = if body.is_empty() { heading.run.clone()? } else { body };
                Some((place, body))
            });
            let Some((place, body)) = found else {
                let is_time =
                    meaning(&heading.name) == Meaning::Time || unit.is_some_and(|unit| unit.kind == Kind::Time);
                // Of programs that read films every body has a time of its own: the first is taken.
                match time {
                    None if is_time => time = Some(at),
                    Some(_) if is_time => {}
                    _ => unused.push(shown(&heading.name)),
                }
                continue;
            };
            let body = names.iter().position(|name| *name == body).unwrap_or_else(|| {
                names.push(body);
                columns.push([None; QUANTITIES.len()]);
                names.len() - 1
            });
            match &mut columns[body][place] {
                Some(_) => unused.push(tr!("a second {name}", name = heading.name)),
                free => *free = Some(at),
            }
            if matches!(QUANTITIES[place], "z" | "vz") {
                unused.push(heading.name.clone());
            }
        }
        let mut found = Self { names, time, ..Self::default() };
        let name = |column: usize| table.headings[column].name.clone();
        for (body, [vx, vy, _, x, y, z]) in found.names.iter().zip(&columns) {
            let missing = |has: &Option<usize>, lacks| {
                let has = name(has.unwrap_or_default());
                TrajectoryError::Missing { body: body.clone(), has, lacks }
            };
            match (x, y) {
                (Some(x), Some(y)) => found.positions.push([*x, *y]),
                (Some(_), None) => return Err(missing(x, "y")),
                (None, Some(_)) => return Err(missing(y, "x")),
                (None, None) => return Err(missing(&vx.or(*vy).or(*z), "x")),
            }
        }
        found.check(table)?;
        let velocities: Option<Vec<[usize; 2]>> = columns.iter().map(|[vx, vy, ..]| Some([(*vx)?, (*vy)?])).collect();
        let any = columns.iter().any(|[vx, vy, ..]| vx.is_some() || vy.is_some());
        if velocities.is_none() && any {
            found
                .remarks
                .push(tr!("Some bodies have no velocities: those of all are computed from the positions.").into());
        }
        found.velocities = velocities.unwrap_or_default();
        if !unused.is_empty() {
            found.remarks.push(tr!("Not used: {columns}.", columns = some(&unused)));
        }
        Ok(found)
    }

    fn check(&self, table: &Table) -> Result<(), TrajectoryError> {
        let list = |columns: &mut dyn Iterator<Item = usize>| {
            let names: Vec<String> = columns.map(|column| shown(&table.headings[column].name)).collect();
            some(&names)
        };
        if self.positions.is_empty() {
            return Err(TrajectoryError::NoBody { columns: list(&mut (0..table.headings.len())) });
        }
        if !(BODIES.0..=BODIES.1).contains(&self.positions.len()) {
            let columns = list(&mut self.positions.iter().flatten().copied());
            return Err(TrajectoryError::Bodies { bodies: self.positions.len(), columns });
        }
        Ok(())
    }

    /// All columns that a frame needs.
    pub fn used(&self) -> Vec<usize> {
        self.time.into_iter().chain(self.positions.iter().chain(&self.velocities).flatten().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_and_bodies_are_told_apart_in_many_spellings() {
        for (name, expected) in [
            ("x1", Some(("x", "1"))),
            ("Y12", Some(("y", "12"))),
            ("x_1", Some(("x", "1"))),
            ("x_{2}", Some(("x", "2"))),
            ("vx1", Some(("vx", "1"))),
            ("vx_3", Some(("vx", "3"))),
            ("v_x3", Some(("vx", "3"))),
            ("v_x_3", Some(("vx", "3"))),
            ("y_red", Some(("y", "red"))),
            ("x body 2", Some(("x", "2"))),
            ("body1_x", Some(("x", "1"))),
            ("ball 4 vy", Some(("vy", "4"))),
            ("red y", Some(("y", "red"))),
            ("1x", Some(("x", "1"))),
            ("z1", Some(("z", "1"))),
            ("x", Some(("x", ""))),
            ("t", None),
            ("time", None),
            ("energy", None),
            ("max", None),
            ("theta1", None),
        ] {
            let expected = expected.map(|(quantity, body)| {
                (QUANTITIES.iter().position(|known| *known == quantity).unwrap(), body.to_owned())
            });
            assert_eq!(coordinate(name), expected, "{name}");
        }
    }
}
