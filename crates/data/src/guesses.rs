//! Units that nobody gave, guessed where that matters, each as a question with both readings.
//!
//! A swing does not reach beyond half a turn, so an angle that does is in degrees. Whole numbers in steps of several are
//! milliseconds, and so are steps by which a slope is a thousandth of the velocity beside it. Where position and velocity are both there, the slope of the one has to be the other, which tells the unit of either.

use crate::columns::Motion;
use crate::damping::turns;
use crate::facts::{Facts, follows, usual_step};
use crate::names::shown;
use crate::preview::Question;
use crate::roles::Roles;
use crate::sentences::brief;
use crate::table::Table;
use crate::units::{Kind, Unit};
use crate::words;
use language::tr;
use std::f64::consts::{PI, TAU};

/// What was guessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guessed {
    /// Units that are taken, by column.
    pub units: Vec<(usize, &'static str)>,
    /// What should be asked.
    pub questions: Vec<Question>,
    /// What else should be known.
    pub notes: Vec<String>,
}

/// Steps of whole numbers that are rather milliseconds than seconds.
const MILLISECONDS: std::ops::Range<f64> = 5.0..1000.0;
/// A slope and a velocity agree at least so well where their ratio tells a unit.
const AGREES: f64 = 0.8;
/// How far off a ratio may be from the one that a unit would make.
const RATIO: f64 = 1.2;

impl Guessed {
    /// The units of the columns of one run that nobody gave.
    pub fn of(table: &Table, facts: &[Facts], roles: &Roles) -> Self {
        let mut guessed = Self::default();
        let factor = |column: usize| facts[column].unit.map(|unit| unit.factor);
        let mut time_factor = factor(roles.time);
        let ratio = match roles.motion {
            Motion::Both { q, p } => ratio(table, roles.time, q, p),
            _ => None,
        };
        let name = |column: usize| shown(&table.headings[column].name);
        let no_unit = |column: usize| table.headings[column].unit.is_none() && facts[column].unit.is_none();
        // In seconds the slope would be p, or p in degrees; in milliseconds it is a thousandth of that.
        let like = |wanted: f64| {
            let near = |wanted: f64, ratio: f64| (wanted / RATIO..wanted * RATIO).contains(&ratio);
            ratio.is_some_and(|ratio| near(wanted, ratio) || near(wanted * 180.0 / PI, ratio))
        };
        if no_unit(roles.time)
            && let Some((step, whole)) = usual_step(table, roles.time)
            && MILLISECONDS.contains(&step)
            && (whole || like(1e-3))
        {
            let per_second = like(1.0);
            let taken = if per_second { "s" } else { "ms" };
            guessed.ask(
                roles.time,
                &["ms", "s"],
                Some(taken),
                tr!(
                    "Is “{name}” in milliseconds or seconds? The usual step is {step} ms = {part} s, or {step} s.",
                    name = name(roles.time),
                    step = if step.fract() == 0.0 { step.to_string() } else { brief(step) },
                    part = brief(step / 1000.0)
                ),
            );
            time_factor = Some(if per_second { 1.0 } else { 1e-3 });
        }
        let ratio = ratio.map(|ratio| ratio / time_factor.unwrap_or(1.0));
        match roles.motion {
            Motion::Both { q, p } => guessed.pair((table, facts), q, p, roles.time, ratio),
            Motion::Position(q) if no_unit(q) => guessed.angle(table, roles.time, q),
            _ => None,
        };
        guessed
    }

    fn ask(&mut self, column: usize, units: &[&'static str], taken: Option<&'static str>, sentence: String) {
        let units = units.iter().map(|unit| (*unit).to_owned()).collect();
        self.units.extend(taken.map(|taken| (column, taken)));
        self.questions.push(Question { column, units, taken: taken.map(str::to_owned), sentence });
    }

    /// The unit of an angle that swings too far for radians.
    fn angle(&mut self, table: &Table, time: usize, q: usize) -> Option<()> {
        let name = &table.headings[q].name;
        let values: Vec<f64> = table.numbers(q).map(|(_, value)| value).collect();
        let rows: Vec<f64> = (0..values.len()).map(|i| i as f64).collect();
        let turns = turns(&rows, &values);
        let amplitude = (turns.get(1)?.value - turns.first()?.value).abs() / 2.0;
        let named = words::is_angle(name);
        if turns.len() < 3 || time == q || amplitude <= if named { PI } else { TAU } {
            return None;
        }
        let (degrees, radians) = (brief(amplitude), brief(amplitude.to_radians()));
        if named {
            let sentence = tr!(
                "Is “{name}” in degrees or radians? In degrees its amplitude is {degrees}° = {radians} rad, in radians {degrees} rad, \
                 more than half a turn.",
                name = name,
                degrees = degrees,
                radians = radians
            );
            self.ask(q, &["deg", "rad"], Some("deg"), sentence);
        } else {
            let sentence = tr!(
                "Is “{name}” an angle, in degrees or radians? In degrees its amplitude is {degrees}° = {radians} rad, in radians \
                 {degrees} rad, more than half a turn. No unit is given, so its numbers are used as they are.",
                name = shown(name),
                degrees = degrees,
                radians = radians
            );
            self.ask(q, &["deg", "rad", "m", "cm"], None, sentence);
        }
        Some(())
    }

    /// The unit of a position or a velocity from that of the other; `ratio` is that of the slope of q over seconds to p.
    fn pair(
        &mut self,
        (table, facts): (&Table, &[Facts]),
        q: usize,
        p: usize,
        time: usize,
        ratio: Option<f64>,
    ) -> Option<()> {
        let name = |column: usize| shown(&table.headings[column].name);
        let near = |wanted: f64| ratio.is_some_and(|ratio| (wanted / RATIO..wanted * RATIO).contains(&ratio));
        let unknown = |column: usize| table.headings[column].unit.is_none() && facts[column].unit.is_none();
        let (degree, turn) = (PI / 180.0, 180.0 / PI);
        if unknown(q) && unknown(p) {
            self.angle(table, time, q)?;
            // Degrees were taken, so degrees per second are where the slope is p.
            if self.units.contains(&(q, "deg")) {
                let unit = if near(turn) { "rad/s" } else { "deg/s" };
                let sentence = if near(turn) || near(1.0) {
                    tr!(
                        "Is “{p}” in degrees or radians per second? The slope of “{q}” fits {unit}.",
                        p = name(p),
                        q = name(q),
                        unit = unit
                    )
                } else {
                    tr!(
                        "Is “{p}” in degrees or radians per second? The slope of “{q}” fits neither: one of the columns is in another unit.",
                        p = name(p),
                        q = name(q)
                    )
                };
                self.ask(p, &["deg/s", "rad/s"], Some(unit), sentence);
            }
            return Some(());
        }
        let (known, of) = if unknown(p) { (facts[q].unit?, p) } else { (facts[p].unit?, q) };
        if unknown(of) {
            let units: &[&'static str] = match known.kind {
                Kind::Angle => &["rad/s", "deg/s"],
                Kind::AngularVelocity => &["rad", "deg"],
                Kind::Length => &["m/s", "cm/s", "mm/s"],
                Kind::Velocity => &["m", "cm", "mm"],
                _ => return None,
            };
            let fits = |unit: &&&'static str| {
                let factor = Unit::parse(unit).map_or(1.0, |unit| unit.factor);
                near(if of == p { factor / known.factor } else { known.factor / factor })
            };
            let taken = *units.iter().find(fits)?;
            self.units.push((of, taken));
            let (slope, by) = if of == p { (name(p), name(q)) } else { (name(q), name(p)) };
            self.notes.push(tr!(
                "“{name}” has no unit; it is taken to be in {unit}, which fits “{other}”.",
                name = slope,
                unit = taken,
                other = by
            ));
            return Some(());
        }
        // Both are known: their ratio in SI units should be near 1, but for a momentum.
        if facts[p].kind() == Some(Kind::Momentum) {
            return None;
        }
        let ratio = ratio? * facts[q].unit?.factor / facts[p].unit?.factor;
        let off = [
            (turn, tr!("degrees for radians")),
            (degree, tr!("radians for degrees")),
            (1000.0, tr!("a thousand")),
            (1e-3, tr!("a thousand")),
            (100.0, tr!("a hundred")),
            (0.01, tr!("a hundred")),
        ];
        let found = off.iter().find(|(wanted, _)| (wanted / RATIO..wanted * RATIO).contains(&ratio))?;
        self.notes.push(tr!(
            "The slope of “{q}” is {ratio} times “{p}”, off by {factor}: one of the units may be wrong.",
            q = name(q),
            ratio = brief(ratio),
            p = name(p),
            factor = found.1
        ));
        Some(())
    }
}

/// What the slope of q over time has to be divided by to be p, all as the file has them; nothing where they do not agree.
fn ratio(table: &Table, time: usize, q: usize, p: usize) -> Option<f64> {
    if follows(table, time, q, p) < AGREES {
        return None;
    }
    let number = |row: usize, column: usize| table.cell(&table.rows[row], column).finite();
    let (mut product, mut square) = (0.0, 0.0);
    for row in 1..table.rows.len().saturating_sub(1) {
        let slope = (|| {
            let step = number(row + 1, time)? - number(row - 1, time)?;
            (step > 0.0).then_some((number(row + 1, q)? - number(row - 1, q)?) / step)
        })();
        if let (Some(slope), Some(p)) = (slope, number(row, p)) {
            product += slope * p;
            square += p * p;
        }
    }
    Some(product / square).filter(|ratio| ratio.is_finite() && *ratio > 0.0)
}
