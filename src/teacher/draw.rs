//! The distribution of a figure over a class: a dot for each student.

use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::number;
use crate::drawing::pen::{Drawn, Pen};
use crate::teacher::class::Distribution;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Radius of a dot, in CSS pixels.
const DOT: f64 = 5.0;

/// Draws values as dots along one axis, those that would lie on one another in a pile, with the median as a line. The axis is
/// logarithmic where the largest value is ten times the smallest or more.
pub fn distribution<DB: DrawingBackend>(pen: &Pen<'_, DB>, of: &Distribution) -> Drawn<DB> {
    let (width, height) = pen.size();
    let logarithmic = of.is_logarithmic();
    let place = |x: f64| if logarithmic { x.log10() } else { x };
    let Some((low, high)) = of.axis() else { return Ok(()) };
    let frame = Frame::chart(width, height, low..=high, 0.0..=1.0);
    let palette = pen.palette;
    let (floor, ceiling) = (frame.down.1, frame.down.0);
    pen.path([(frame.across.0, floor), (frame.across.1, floor)], palette.line, 1.0, 1.0)?;
    for tick in ticks(&frame, logarithmic) {
        let (across, _) = frame.place(tick, 0.0);
        pen.path([(across, floor), (across, ceiling)], palette.line, 1.0, 1.0)?;
        let text = if logarithmic { label(10f64.powf(tick)) } else { label(tick) };
        pen.words(&text, (across, floor + 4.0), (HPos::Center, VPos::Top), palette.soft)?;
    }
    if of.shows_one() {
        let (across, _) = frame.place(0.0, 0.0);
        pen.dashed([(across, floor), (across, ceiling)], palette.truth, 1.5)?;
    }
    if let Some(median) = of.quantile(0.5) {
        let (across, _) = frame.place(place(median), 0.0);
        pen.path([(across, floor), (across, ceiling)], palette.baseline, 1.0, 2.0)?;
    }
    let mut piles: Vec<(f64, usize)> = vec![];
    for (_, value) in &of.values {
        let (across, _) = frame.place(place(*value), 0.0);
        let column = (across / (2.0 * DOT)).round() * 2.0 * DOT;
        let height = match piles.iter_mut().find(|(known, _)| *known == column) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                piles.push((column, 0));
                0
            }
        };
        let down = (floor - DOT - 2.0 - height as f64 * (2.0 * DOT + 1.0)).max(ceiling + DOT);
        let at = (column.clamp(frame.across.0 + DOT, frame.across.1 - DOT), down);
        pen.says(at, palette.hnn, || number(*value));
        pen.dot(at, DOT, palette.hnn, 0.85)?;
    }
    Ok(())
}

/// Places of labels: powers of ten where the axis is logarithmic and has at least two of them.
fn ticks(frame: &Frame, logarithmic: bool) -> Vec<f64> {
    let powers: Vec<f64> = (frame.x.0.ceil() as i32..=frame.x.1.floor() as i32).map(f64::from).collect();
    if logarithmic && powers.len() >= 2 {
        let every = powers.len().div_ceil(8);
        powers.into_iter().step_by(every).collect()
    } else if logarithmic {
        Frame::ticks((10f64.powf(frame.x.0), 10f64.powf(frame.x.1)), 5)
            .into_iter()
            .filter(|tick| *tick > 0.0)
            .map(f64::log10)
            .collect()
    } else {
        Frame::ticks(frame.x, 6)
    }
}
