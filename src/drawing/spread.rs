//! Values of several groups: a dot for each, a bar at the median, and a line through the medians where groups lie along a number.

use crate::drawing::chart::rule;
use crate::drawing::frame::{Frame, label};
use crate::drawing::loss::log_ticks;
use crate::drawing::notes;
use crate::drawing::pen::{Drawn, Pen};
use numerics::statistics::median;
use plotters::prelude::{DrawingBackend, RGBColor};
use plotters::style::text_anchor::{HPos, VPos};

/// Values that belong together, by the place of their group.
pub struct Series {
    /// Colour of dots, bars and line.
    pub color: RGBColor,
    /// Place across, and the values there; those that are no finite number, or not above 0 on a logarithmic axis, are left out.
    pub groups: Vec<(f64, Vec<f64>)>,
}

/// What an axis shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// A number.
    Linear,
    /// The logarithm of a number.
    Logarithmic,
    /// Numbers 1, 2, … of groups without an order.
    Numbered,
}

impl Axis {
    /// A logarithmic axis for numbers above 0 that are far apart, else a linear one.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            (low, high) = (low.min(value), high.max(value));
        }
        if low > 0.0 && high / low >= FAR { Self::Logarithmic } else { Self::Linear }
    }

    /// How numbers are read off it.
    fn read(self) -> notes::Axis {
        let axis = notes::Axis::default();
        if self == Self::Logarithmic { axis.of_powers(10.0) } else { axis }
    }

    /// Where a number lies on it; `None` where it cannot.
    fn place(self, value: f64) -> Option<f64> {
        let place = if self == Self::Logarithmic { value.log10() } else { value };
        place.is_finite().then_some(place)
    }

    /// A range with some room around numbers that were placed.
    fn range(self, places: impl Iterator<Item = f64>) -> std::ops::RangeInclusive<f64> {
        let (low, high) = places.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        if low > high {
            return 0.0..=1.0;
        }
        let room = match self {
            Self::Numbered => 0.5,
            Self::Logarithmic => (0.06 * (high - low)).max(0.1),
            Self::Linear => (0.06 * (high - low)).max(1e-9 + 0.02 * high.abs()),
        };
        low - room..=high + room
    }

    fn ticks(self, range: (f64, f64), count: usize) -> Vec<(f64, String)> {
        match self {
            Self::Linear => Frame::ticks(range, count).into_iter().map(|x| (x, label(x))).collect(),
            Self::Logarithmic => log_ticks(range).into_iter().map(|x| (x, label(10f64.powf(x)))).collect(),
            Self::Numbered => {
                (range.0.ceil() as i64..=range.1.floor() as i64).map(|x| (x as f64, x.to_string())).collect()
            }
        }
    }
}

/// Numbers so many times apart are shown on a logarithmic axis.
const FAR: f64 = 30.0;
/// Distance between dots of several series at the same place, in CSS pixels.
const APART: f64 = 9.0;

/// Draws all series.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, across: Axis, up: Axis, series: &[Series]) -> Drawn<DB> {
    let groups = || series.iter().flat_map(|series| &series.groups);
    let ups = groups().flat_map(|(_, values)| values.iter().filter_map(|value| up.place(*value)));
    let (width, height) = pen.size();
    let places = groups().filter_map(|(x, _)| across.place(*x));
    let frame = Frame::chart(width, height, across.range(places), up.range(ups));
    pen.reads(&frame, || [across.read(), up.read()]);
    for (y, text) in up.ticks(frame.y, 4) {
        rule(pen, &frame, y, &text)?;
    }
    for (x, text) in across.ticks(frame.x, 6) {
        let (at, _) = frame.place(x, frame.y.0);
        pen.words(&text, (at, frame.down.1 + 4.0), (HPos::Center, VPos::Top), pen.palette.soft)?;
    }
    for (number, series) in series.iter().enumerate() {
        let aside = APART * number as f64;
        let mut middles = vec![];
        for (x, values) in &series.groups {
            let Some(x) = across.place(*x) else { continue };
            let shown: Vec<f64> = values.iter().copied().filter(|value| up.place(*value).is_some()).collect();
            for y in shown.iter().filter_map(|value| up.place(*value)) {
                let (left, down) = frame.place(x, y);
                pen.dot((left + aside, down), 2.5, series.color, 0.5)?;
            }
            // Of the numbers, not of their logarithms: of an even count these would have another middle.
            if let Some(middle) = median(shown).and_then(|middle| up.place(middle)) {
                let (left, down) = frame.place(x, middle);
                pen.path([(left + aside - 6.0, down), (left + aside + 6.0, down)], series.color, 1.0, 2.0)?;
                middles.push((left + aside, down));
            }
        }
        if across != Axis::Numbered && middles.len() > 1 {
            pen.path(middles, series.color, 0.6, 1.0)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Axis;

    #[test]
    fn numbers_far_apart_are_shown_on_a_logarithmic_axis() {
        assert_eq!(Axis::of([1e-4, 1.0].into_iter()), Axis::Logarithmic);
        assert_eq!(Axis::of([1.0, 8.0, f64::NAN].into_iter()), Axis::Linear);
        assert_eq!(Axis::of([-1.0, 800.0].into_iter()), Axis::Linear);
        assert_eq!(Axis::of(std::iter::empty()), Axis::Linear);
        assert_eq!(Axis::Logarithmic.place(0.0), None);
        assert_eq!(Axis::Numbered.ticks((0.5, 3.5), 6).len(), 3);
        assert!(Axis::Linear.range([2.0].into_iter()).contains(&2.0));
    }
}
