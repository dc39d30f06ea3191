//! A law against its data: the rows and the curve where one column matters to it, else what it gives against what was measured; and
//! what it misses in every row.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::pen::{Drawn, Pen};
use jobs::protocol::search::{LawText, Sample};
use language::tr;
use plotters::prelude::DrawingBackend;

/// Part of a range that is left free around the points.
const AROUND: f64 = 0.05;
/// Radius of a row's dot.
const DOT: f64 = 2.5;

/// What stands across a chart of a law: the column that matters to it, or its own values.
pub fn across(law: &LawText, sample: &Sample) -> (String, Vec<f64>) {
    let column = law.curve.as_ref().and_then(|(at, _)| sample.names.get(*at).zip(sample.columns.get(*at)));
    match column {
        Some((name, values)) => (name.clone(), values.clone()),
        None => (tr!("{name} by the law", name = sample.target_name), law.values.clone()),
    }
}

/// What a law misses in each row of the sample: measured minus its value.
pub fn residuals(law: &LawText, sample: &Sample) -> Vec<f64> {
    sample.target.iter().zip(&law.values).map(|(target, value)| target - value).collect()
}

/// Least and largest number with some room, also of no numbers and of one.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.filter(|x| x.is_finite()).fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
    if low > high {
        return (0.0, 1.0);
    }
    let room = if high > low { AROUND * (high - low) } else { AROUND * high.abs().max(1.0) };
    (low - room, high + room)
}

fn frame(size: (f64, f64), x: (f64, f64), y: (f64, f64)) -> Frame {
    Frame::chart(size.0, size.1, x.0..=x.1, y.0..=y.1)
}

fn rules<DB: DrawingBackend>(pen: &Pen<'_, DB>, frame: &Frame) -> Drawn<DB> {
    Frame::ticks(frame.y, 4).into_iter().try_for_each(|y| rule(pen, frame, y, &label(y)))
}

/// Draws the rows, and the law through them.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, law: &LawText, sample: &Sample) -> Drawn<DB> {
    let (name, xs) = across(law, sample);
    let curve = law.curve.as_ref().map_or(&[][..], |(_, curve)| curve);
    let x = range(xs.iter().copied());
    let y = range(sample.target.iter().copied());
    let frame = frame(pen.size(), x, y);
    rules(pen, &frame)?;
    below(pen, &frame, &format!(" {name}"))?;
    // Without a column that matters alone, a right law is the line on which both are equal.
    let line = if law.curve.is_some() {
        curve.to_vec()
    } else {
        vec![(x.0.max(y.0), x.0.max(y.0)), (x.1.min(y.1), x.1.min(y.1))]
    };
    for piece in pieces(&frame, line) {
        pen.path(piece, pen.palette.hnn, 1.0, 2.0)?;
    }
    dots(pen, &frame, xs.iter().copied().zip(sample.target.iter().copied()))
}

/// Draws what the law misses in each row.
pub fn draw_residuals<DB: DrawingBackend>(pen: &Pen<'_, DB>, law: &LawText, sample: &Sample) -> Drawn<DB> {
    let (name, xs) = across(law, sample);
    let missed = residuals(law, sample);
    let half = missed.iter().filter(|x| x.is_finite()).fold(0.0_f64, |a, x| a.max(x.abs())) * (1.0 + AROUND);
    let half = if half > 0.0 { half } else { 1.0 };
    let frame = frame(pen.size(), range(xs.iter().copied()), (-half, half));
    rules(pen, &frame)?;
    below(pen, &frame, &format!(" {name}"))?;
    pen.path([frame.place(frame.x.0, 0.0), frame.place(frame.x.1, 0.0)], pen.palette.hnn, 1.0, 1.5)?;
    dots(pen, &frame, xs.into_iter().zip(missed))
}

fn dots<DB: DrawingBackend>(pen: &Pen<'_, DB>, frame: &Frame, points: impl Iterator<Item = (f64, f64)>) -> Drawn<DB> {
    let mut drawn = points.filter(|(x, y)| x.is_finite() && y.is_finite());
    drawn.try_for_each(|(x, y)| pen.dot(frame.place(x, y), DOT, pen.palette.truth, 0.7))
}
