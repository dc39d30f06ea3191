//! What a picture shows at a place, in numbers: the marks of a drawing are written down instead of drawn, each with the frame that its
//! numbers are read off by.

use crate::drawing::frame::{Frame, label};
use crate::drawing::pen::Place;
use plotters::style::RGBColor;

/// A place further from all marks than this shows nothing, in CSS pixels.
const REACH: f64 = 28.0;
/// Digits that numbers are read with.
const DIGITS: i32 = 3;

/// How numbers are read off one axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What stands before the number: its name.
    before: String,
    /// What stands behind it: its unit.
    after: String,
    /// The axis shows logarithms to this base.
    base: Option<f64>,
}

impl Axis {
    /// A number by its name.
    pub fn named(name: &str) -> Self {
        Self { before: format!("{name} "), ..Self::default() }
    }

    /// A number with a unit, which begins with a space.
    pub fn unit(unit: &str) -> Self {
        Self { after: unit.to_owned(), ..Self::default() }
    }

    /// The same, where the axis shows the logarithm to a base.
    pub fn of_powers(self, base: f64) -> Self {
        Self { base: Some(base), ..self }
    }

    fn read(&self, at: f64) -> String {
        let value = self.base.map_or(at, |base| base.powf(at));
        format!("{}{}{}", self.before, number(value), self.after)
    }
}

/// A number as it is read.
pub fn number(value: f64) -> String {
    let value = rounded(value);
    if value == 0.0 || !value.is_finite() || (1e-3..1e5).contains(&value.abs()) {
        return label(value);
    }
    language::written(format!("{value:e}").replace('-', "−"))
}

/// To a few significant digits.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let unit = 10_f64.powi(DIGITS - 1 - value.abs().log10().floor() as i32);
    (value * unit).round() / unit
}

/// What is written down of a drawing.
#[derive(Debug, Default)]
pub struct Notes {
    frames: Vec<(Frame, [Axis; 2])>,
    marks: Vec<Mark>,
}

#[derive(Debug)]
struct Mark {
    ends: [Place; 2],
    color: RGBColor,
    says: Says,
}

#[derive(Debug)]
enum Says {
    /// What the frame of this number makes of it.
    Values(usize),
    Words(String),
}

/// What is shown at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The nearest mark there.
    pub at: Place,
    /// Its colour.
    pub color: RGBColor,
    /// Its numbers.
    pub text: String,
}

impl Notes {
    /// Marks from now on are read by this frame, unless it is known already.
    pub(super) fn frame(&mut self, frame: &Frame, axes: [Axis; 2]) {
        if self.frames.last().is_none_or(|(known, _)| known != frame) {
            self.frames.push((frame.clone(), axes));
        }
    }

    /// A dot, or a piece of a line.
    pub(super) fn mark(&mut self, ends: [Place; 2], color: RGBColor) {
        if let Some(frame) = self.frames.len().checked_sub(1) {
            self.marks.push(Mark { ends, color, says: Says::Values(frame) });
        }
    }

    /// A place about which something is said in words.
    pub(super) fn words(&mut self, at: Place, color: RGBColor, words: String) {
        self.marks.push(Mark { ends: [at, at], color, says: Says::Words(words) });
    }

    /// What is shown at a place: what the nearest mark says.
    pub fn at(&self, place: Place) -> Option<Reading> {
        let distance = |at: Place| (at.0 - place.0).hypot(at.1 - place.1);
        let marks = self.marks.iter().map(|mark| (mark, nearest(mark.ends, place)));
        // Of equals the last: what is drawn later lies on top.
        let (mark, at) = marks
            .filter(|(_, at)| distance(*at) <= REACH)
            .min_by(|(_, a), (_, b)| distance(*a).total_cmp(&distance(*b)).then(std::cmp::Ordering::Greater))?;
        let text = match &mark.says {
            Says::Words(words) => words.clone(),
            Says::Values(frame) => {
                let (frame, [across, up]) = self.frames.get(*frame)?;
                let (x, y) = frame.value(at.0, at.1)?;
                format!("{}, {}", across.read(x), up.read(y))
            }
        };
        Some(Reading { at, color: mark.color, text })
    }
}

/// The place of a line's piece that is nearest to another place.
fn nearest([from, to]: [Place; 2], place: Place) -> Place {
    let (along, down) = (to.0 - from.0, to.1 - from.1);
    let length = along * along + down * down;
    if length == 0.0 {
        return from;
    }
    let part = ((along * (place.0 - from.0) + down * (place.1 - from.1)) / length).clamp(0.0, 1.0);
    (from.0 + part * along, from.1 + part * down)
}

#[cfg(test)]
mod tests {
    use super::{Axis, Notes, number, rounded};
    use crate::drawing::frame::Frame;
    use crate::drawing::palette::Palette;
    use plotters::style::RGBColor;

    const RED: RGBColor = Palette::LIGHT.baseline;
    const BLUE: RGBColor = Palette::LIGHT.hnn;

    fn notes() -> Notes {
        let frame = Frame { across: (0.0, 100.0), down: (0.0, 100.0), x: (0.0, 10.0), y: (-4.0, 0.0) };
        let mut notes = Notes::default();
        notes.frame(&frame, [Axis::unit(" s"), Axis::named("error").of_powers(10.0)]);
        notes.mark([(0.0, 50.0), (100.0, 100.0)], RED);
        notes.mark([(20.0, 0.0), (20.0, 0.0)], BLUE);
        notes
    }

    #[test]
    fn the_nearest_mark_is_read_on_the_axes_of_its_frame() {
        let read = notes().at((52.0, 71.0)).expect("the line is near");
        assert_eq!((read.color, read.text.as_str()), (RED, "5 s, error 0.001"));
        let read = notes().at((25.0, 2.0)).expect("the dot is near");
        assert_eq!((read.at, read.text.as_str()), ((20.0, 0.0), "2 s, error 1"));
        assert_eq!(notes().at((80.0, 20.0)), None);
    }

    #[test]
    fn words_are_said_as_they_are_and_what_lies_on_top_first() {
        let mut notes = notes();
        notes.words((20.0, 0.0), RED, "a body".into());
        assert_eq!(notes.at((20.0, 1.0)).map(|read| read.text), Some("a body".into()));
    }

    #[test]
    fn numbers_have_three_digits() {
        assert_eq!([rounded(0.000_123_456), rounded(-98_765.0), rounded(0.0)], [0.000_123, -98_800.0, 0.0]);
        assert_eq!([0.123_456, -3.14e-9, 2.5e5].map(number), ["0.123", "−3.14e−9", "2.5e5"]);
    }
}
