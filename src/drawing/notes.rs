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
    /// Only whole numbers stand on it.
    whole: bool,
    /// What lies beyond it is drawn at its ends.
    clamped: bool,
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

    /// The same, where only whole numbers stand on it, and marks may lie a little beside them.
    pub fn whole(self) -> Self {
        Self { whole: true, ..self }
    }

    /// The same, where what lies beyond the axis is drawn at its ends.
    pub fn clamped(self) -> Self {
        Self { clamped: true, ..self }
    }

    /// A place on an axis between these.
    fn read(&self, at: f64, (low, high): (f64, f64)) -> String {
        let edge = 1e-3 * (high - low);
        let beyond = match self.clamped {
            true if at <= low + edge => "≤ ",
            true if at >= high - edge => "≥ ",
            _ => "",
        };
        let value = self.base.map_or(at, |base| base.powf(at));
        // A step or a body is counted to the last digit.
        let value = if self.whole { label(value.round()) } else { number(value) };
        format!("{}{beyond}{value}{}", self.before, self.after)
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

/// What is written down of a drawing near a place.
#[derive(Debug, Default)]
pub struct Notes {
    place: Place,
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
    /// Nothing yet.
    pub fn near(place: Place) -> Self {
        Self { place, ..Self::default() }
    }

    /// How far a mark is from there, where it is near enough to be read.
    fn away(&self, ends: [Place; 2]) -> Option<f64> {
        let at = nearest(ends, self.place);
        Some((at.0 - self.place.0).hypot(at.1 - self.place.1)).filter(|away| *away <= REACH)
    }

    /// Marks from now on are read by this frame, unless it is known already.
    pub(super) fn frame(&mut self, frame: &Frame, axes: [Axis; 2]) {
        if self.frames.last().is_none_or(|(known, _)| known != frame) {
            self.frames.push((frame.clone(), axes));
        }
    }

    /// A dot, or a piece of a line.
    pub(super) fn mark(&mut self, ends: [Place; 2], color: RGBColor) {
        if let Some(frame) = self.frames.len().checked_sub(1)
            && self.away(ends).is_some()
        {
            self.marks.push(Mark { ends, color, says: Says::Values(frame) });
        }
    }

    /// A place about which something is said in words.
    pub(super) fn words(&mut self, at: Place, color: RGBColor, words: impl FnOnce() -> String) {
        if self.away([at, at]).is_some() {
            self.marks.push(Mark { ends: [at, at], color, says: Says::Words(words()) });
        }
    }

    /// What is shown there: what the nearest mark says.
    pub fn reading(&self) -> Option<Reading> {
        let marks = self.marks.iter().filter_map(|mark| Some((mark, self.away(mark.ends)?)));
        // Of equals the last: what is drawn later lies on top.
        let (mark, _) = marks.min_by(|(_, a), (_, b)| a.total_cmp(b).then(std::cmp::Ordering::Greater))?;
        let at = nearest(mark.ends, self.place);
        let text = match &mark.says {
            Says::Words(words) => words.clone(),
            Says::Values(frame) => {
                let (frame, [across, up]) = self.frames.get(*frame)?;
                let (x, y) = frame.value(at.0, at.1)?;
                format!("{}, {}", across.read(x, frame.x), up.read(y, frame.y))
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

    fn at(place: (f64, f64)) -> Notes {
        let frame = Frame { across: (0.0, 100.0), down: (0.0, 100.0), x: (0.0, 10.0), y: (-4.0, 0.0) };
        let mut notes = Notes::near(place);
        notes.frame(&frame, [Axis::unit(" s").whole(), Axis::named("error").of_powers(10.0).clamped()]);
        notes.mark([(0.0, 50.0), (100.0, 100.0)], RED);
        notes.mark([(21.0, 2.0), (21.0, 2.0)], BLUE);
        notes
    }

    #[test]
    fn the_nearest_mark_is_read_on_the_axes_of_its_frame() {
        let read = at((52.0, 71.0)).reading().expect("the line is near");
        assert_eq!((read.color, read.text.as_str()), (RED, "5 s, error 0.001"));
        let read = at((25.0, 2.0)).reading().expect("the dot is near");
        assert_eq!((read.at, read.text.as_str()), ((21.0, 2.0), "2 s, error 0.832"));
        assert_eq!(at((80.0, 20.0)).reading(), None);
    }

    #[test]
    fn what_lies_beyond_an_axis_is_read_as_that() {
        let read = at((100.0, 105.0)).reading().expect("the end of the line is near");
        assert_eq!(read.text, "10 s, error ≤ 1e−4");
    }

    #[test]
    fn words_are_said_as_they_are_and_what_lies_on_top_first() {
        let mut notes = at((21.0, 3.0));
        notes.words((21.0, 2.0), RED, || "a body".into());
        notes.words((80.0, 80.0), RED, || unreachable!("nobody points there"));
        assert_eq!(notes.reading().map(|read| read.text), Some("a body".into()));
    }

    #[test]
    fn numbers_have_three_digits() {
        assert_eq!([rounded(0.000_123_456), rounded(-98_765.0), rounded(0.0)], [0.000_123, -98_800.0, 0.0]);
        assert_eq!([0.123_456, -3.14e-9, 2.5e5].map(number), ["0.123", "−3.14e−9", "2.5e5"]);
        // Whole ones have all of them.
        assert_eq!(Axis::unit(" steps").whole().read(12_345.2, (0.0, 20_000.0)), "12345 steps");
    }
}
