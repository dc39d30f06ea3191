//! What the charts over time share: rules, labels, and lines that end where they leave the frame.

use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::Axis;
use crate::drawing::pen::{Drawn, Pen, Place};
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

/// A rule across the chart at a height, with its label on the left.
pub fn rule<DB: DrawingBackend>(pen: &Pen<'_, DB>, frame: &Frame, y: f64, text: &str) -> Drawn<DB> {
    let (_, down) = frame.place(frame.x.0, y);
    let (left, right) = frame.across;
    pen.path([(left, down), (right, down)], pen.palette.line, 1.0, 1.0)?;
    pen.words(text, (left - 5.0, down), (HPos::Right, VPos::Center), pen.palette.soft)
}

/// Room that the last label and its unit take, with the half of a neighbour.
const ROOM_OF_LAST: f64 = 80.0;

/// Labels below the chart, the last one with a unit.
pub fn below<DB: DrawingBackend>(pen: &Pen<'_, DB>, frame: &Frame, unit: &str) -> Drawn<DB> {
    pen.reads(frame, || [Axis::unit(unit), Axis::default()]);
    let ticks = Frame::ticks(frame.x, 4);
    for (i, x) in ticks.iter().enumerate() {
        let (across, _) = frame.place(*x, frame.y.0);
        let last = i + 1 == ticks.len();
        // The last label reaches to the left.
        if !last && across > frame.across.1 - ROOM_OF_LAST {
            continue;
        }
        let text = if last { format!("{}{unit}", label(*x)) } else { label(*x) };
        let side = if last { HPos::Right } else { HPos::Center };
        let across = if last { across.min(frame.across.1) } else { across };
        pen.words(&text, (across, frame.down.1 + 4.0), (side, VPos::Top), pen.palette.soft)?;
    }
    Ok(())
}

/// The pieces of a curve inside the frame: a piece ends where the curve crosses the top or bottom.
pub fn pieces(frame: &Frame, points: impl IntoIterator<Item = (f64, f64)>) -> Vec<Vec<Place>> {
    let (low, high) = frame.y;
    let inside = |(x, y): (f64, f64)| y >= low && y <= high && x >= frame.x.0 && x <= frame.x.1;
    let mut pieces = vec![];
    let mut piece = vec![];
    let mut before: Option<(f64, f64)> = None;
    for point in points {
        let crossing = before.filter(|before| inside(*before) != inside(point)).and_then(|(x, y)| {
            let edge = if y.max(point.1) > high { high } else { low };
            let part = (edge - y) / (point.1 - y);
            let across = x + part * (point.0 - x);
            inside((across, edge)).then(|| frame.place(across, edge))
        });
        piece.extend(crossing);
        if inside(point) {
            piece.push(frame.place(point.0, point.1));
        } else if !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
        before = Some(point);
    }
    pieces.push(piece);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// Lines over time on a logarithmic axis, between two powers of ten; what is beyond them runs along the edge.
pub fn logarithmic<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    (lowest, highest): (i32, i32),
    (longest, unit, across): (f64, &str, Axis),
    lines: &[(RGBColor, Vec<(f64, f64)>)],
) -> Drawn<DB> {
    let (width, height) = pen.size();
    let (low, high) = (f64::from(lowest), f64::from(highest));
    let frame = Frame::chart(width, height, 0.0..=longest, low..=high);
    pen.reads(&frame, || [across, Axis::default().of_powers(10.0).clamped()]);
    for power in lowest..=highest {
        rule(pen, &frame, f64::from(power), &label(10f64.powi(power)))?;
    }
    below(pen, &frame, unit)?;
    for (color, line) in lines {
        let points = line.iter().map(|(t, value)| (*t, value.max(1e-300).log10().clamp(low, high)));
        for piece in pieces(&frame, points) {
            pen.path(piece, *color, 1.0, 1.8)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_that_leaves_is_drawn_up_to_the_edge() {
        let frame = Frame { across: (0.0, 100.0), down: (0.0, 10.0), x: (0.0, 10.0), y: (0.0, 1.0) };
        let points = [(0.0, 0.0), (1.0, 0.5), (2.0, 1.5), (3.0, f64::NAN), (4.0, -1.0), (5.0, 1.0), (6.0, 1.0)];
        let found = pieces(&frame, points);
        assert_eq!(found, [vec![(0.0, 10.0), (10.0, 5.0), (15.0, 0.0)], vec![(45.0, 10.0), (50.0, 0.0), (60.0, 0.0)]]);
        assert!(pieces(&frame, [(0.0, 2.0), (1.0, 3.0)]).is_empty());
    }
}
