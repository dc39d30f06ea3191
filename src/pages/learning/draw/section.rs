//! A Poincaré section: where motions of one energy cross a surface, as truth and each model have them.

use crate::drawing::frame::Frame;
use crate::drawing::notes::Axis;
use crate::drawing::pen::{Drawn, Pen};
use crate::pages::learning::draw::orbits::axes;
use models::field::model::ModelKind;
use physics::section::Section;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Where a motion crosses; `None` names the truth.
pub type Crossings<'a> = (Option<ModelKind>, &'a [(f64, f64)]);

/// Room around the true crossings.
const ROOM: f64 = 1.12;
/// Half the side of the frame if there are none.
const EMPTY: f64 = 0.5;

/// The frame of the picture: the true crossings fill it.
pub fn frame(size: (f64, f64), truth: &[(f64, f64)]) -> Frame {
    let farthest = truth.iter().map(|(x, y)| x.abs().max(y.abs())).fold(0.0, f64::max);
    Frame::square(size.0, size.1, if farthest > 0.0 { ROOM * farthest } else { EMPTY })
}

/// Draws the crossings of each, the first ones undermost; `None` names the truth.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, section: &Section, crossings: &[Crossings<'_>]) -> Drawn<DB> {
    let truth = crossings.iter().find(|(kind, _)| kind.is_none()).map_or(&[][..], |(_, points)| *points);
    let frame = frame(pen.size(), truth);
    pen.reads(&frame, || section.names.map(Axis::named));
    axes(pen, &frame)?;
    for (kind, points) in crossings {
        let (radius, opacity) = if kind.is_none() { (1.5, 0.75) } else { (1.9, 0.9) };
        for (x, y) in points.iter().filter(|(x, y)| x.abs() <= frame.x.1 && y.abs() <= frame.y.1) {
            pen.dot(frame.place(*x, *y), radius, pen.palette.of(*kind), opacity)?;
        }
    }
    let ((left, right), (top, bottom)) = (frame.across, frame.down);
    pen.words(section.names[0], (right - 2.0, bottom - 2.0), (HPos::Right, VPos::Bottom), pen.palette.ink)?;
    pen.words(section.names[1], (left + 4.0, top + 2.0), (HPos::Left, VPos::Top), pen.palette.ink)
}
