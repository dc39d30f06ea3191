//! A quantity of each shown motion over time: what is conserved is flat for the truth, and as flat as it understands physics for a model.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::pen::{Drawn, Pen};
use crate::pages::learning::quantity::{Curve, Quantity};
use language::tr;
use plotters::prelude::DrawingBackend;

/// The smallest value that counts as one, for the scale of a quantity that starts at zero.
const UNIT: f64 = 0.1;

/// The frame of the chart up to a time.
pub fn frame(size: (f64, f64), horizon: f64, quantity: Quantity, curves: &[Curve]) -> Frame {
    let level =
        matches!(quantity, Quantity::Energy | Quantity::LearnedEnergy | Quantity::Momentum | Quantity::AngularMomentum);
    let (bottom, top) = if level { around(quantity, curves) } else { between(quantity, curves) };
    Frame::chart(size.0, size.1, 0.0..=horizon, bottom..=top)
}

/// Around the value at the start, and as far from it as the motions go within reason.
fn around(quantity: Quantity, curves: &[Curve]) -> (f64, f64) {
    let start = curves.first().and_then(|truth| truth.points.first()).map_or(0.0, |(_, value)| *value);
    let scale = start.abs().max(UNIT);
    let values = curves.iter().flat_map(|curve| &curve.points).map(|(_, value)| *value);
    let farthest = values.map(|value| (value - start).abs()).filter(|far| far.is_finite()).fold(0.0, f64::max);
    let far = farthest.clamp(0.25 * scale, 2.0 * scale);
    // What cannot be negative is shown down to zero.
    let positive = quantity != Quantity::AngularMomentum && start >= 0.0;
    (if positive { 0.0 } else { start - 1.1 * far }, start + 1.1 * far)
}

/// All of the truth, and of the models what is not farther from it than it is high; of distances from zero on.
fn between(quantity: Quantity, curves: &[Curve]) -> (f64, f64) {
    let bounds = |curves: &[Curve]| {
        let values =
            curves.iter().flat_map(|curve| &curve.points).map(|(_, value)| *value).filter(|value| value.is_finite());
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (all, truth) = (bounds(curves), bounds(curves.get(..1).unwrap_or_default()));
    if quantity == Quantity::Distance {
        return (0.0, (1.1 * all.1).clamp(UNIT, FARTHEST));
    }
    let room = (truth.1 - truth.0).max(UNIT);
    if !room.is_finite() {
        return (-1.0, 1.0);
    }
    let (low, high) = (all.0.max(truth.0 - room), all.1.min(truth.1 + room));
    let missing = (room - (high - low)).max(0.0) / 2.0;
    (low - missing - 0.05 * room, high + missing + 0.05 * room)
}

/// The largest distance that is drawn.
const FARTHEST: f64 = 10.0;

/// Draws the chart.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, horizon: f64, quantity: Quantity, curves: &[Curve]) -> Drawn<DB> {
    let frame = frame(pen.size(), horizon, quantity, curves);
    for y in Frame::ticks(frame.y, 3) {
        rule(pen, &frame, y, &label(y))?;
    }
    below(pen, &frame, &format!(" {}", tr!("time")))?;
    for Curve { kind, faint, points } in curves.iter().rev() {
        for piece in pieces(&frame, points.iter().copied()) {
            match kind {
                None => pen.dashed(piece, pen.palette.truth, 2.0)?,
                Some(kind) if *faint => pen.path(piece, pen.palette.model(*kind), 0.45, 2.0)?,
                Some(kind) => pen.path(piece, pen.palette.model(*kind), 1.0, 2.0)?,
            }
        }
    }
    Ok(())
}
