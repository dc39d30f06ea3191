//! A recording as it was understood: q and p over time, and its path through the phase plane.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::Axis;
use crate::drawing::pen::{Drawn, Pen};
use data::recording::{Quantity, Recording, Trial};
use language::tr;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use std::ops::RangeInclusive;

/// Points of a trial that are drawn, at most: more than a picture has pixels.
const MOST_POINTS: usize = 2000;
/// Room above the highest and below the lowest point, as a part of the range.
const ROOM: f64 = 0.06;
/// How strongly a trial is drawn where there are several.
const OPACITY: f64 = 0.75;

/// q above and p below, over the time since each trial began.
pub fn over_time<DB: DrawingBackend>(pen: &Pen<'_, DB>, recording: &Recording) -> Drawn<DB> {
    let (width, height) = pen.size();
    let clock = |trial: &Trial| trial.times.first().copied().unwrap_or_default();
    let lengths = recording.trials.iter().filter_map(|trial| Some(trial.times.last()? - trial.times.first()?));
    let longest = lengths.fold(f64::MIN_POSITIVE, f64::max);
    let unit = recording.time.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
    for (half, (quantity, symbol)) in [(&recording.q, "q"), (&recording.p, "p")].into_iter().enumerate() {
        let values = |trial: &Trial| if half == 0 { trial.q.clone() } else { trial.p.clone() };
        let range = range(recording.trials.iter().flat_map(values));
        let mut frame = Frame::chart(width, height / 2.0, 0.0..=longest, range);
        let down = half as f64 * height / 2.0;
        frame.down = (frame.down.0 + down, frame.down.1 + down);
        pen.reads(&frame, || [Axis::unit(&unit), Axis::named(symbol)]);
        for tick in Frame::ticks(frame.y, 3) {
            rule(pen, &frame, tick, &label(tick))?;
        }
        if half == 1 {
            below(pen, &frame, &unit)?;
        }
        for trial in &recording.trials {
            let shown = values(trial);
            let points = sparse(trial).map(|i| (trial.times[i] - clock(trial), shown[i]));
            for piece in pieces(&frame, points) {
                pen.path(piece, pen.palette.truth, OPACITY, 1.2)?;
            }
        }
        let at = (frame.across.1, frame.down.0 - 2.0);
        pen.words(&named(symbol, quantity), at, (HPos::Right, VPos::Top), pen.palette.soft)?;
    }
    Ok(())
}

/// p over q.
pub fn phase_plane<DB: DrawingBackend>(pen: &Pen<'_, DB>, recording: &Recording) -> Drawn<DB> {
    let (width, height) = pen.size();
    let across = range(recording.trials.iter().flat_map(|trial| trial.q.iter().copied()));
    let up = range(recording.trials.iter().flat_map(|trial| trial.p.iter().copied()));
    let frame = Frame::chart(width, height, across, up);
    pen.reads(&frame, || [Axis::named("q"), Axis::named("p")]);
    for tick in Frame::ticks(frame.y, 4) {
        rule(pen, &frame, tick, &label(tick))?;
    }
    below(pen, &frame, "")?;
    for trial in &recording.trials {
        for piece in pieces(&frame, sparse(trial).map(|i| (trial.q[i], trial.p[i]))) {
            pen.path(piece, pen.palette.truth, OPACITY, 1.2)?;
        }
    }
    let (left, right) = frame.across;
    pen.words(&named("p", &recording.p), (left + 4.0, frame.down.0), (HPos::Left, VPos::Top), pen.palette.soft)?;
    let at = (right, frame.down.1 - 2.0);
    pen.words(&named("q", &recording.q), at, (HPos::Right, VPos::Bottom), pen.palette.soft)
}

fn named(symbol: &str, quantity: &Quantity) -> String {
    let in_unit = |unit: &String| tr!("{quantity} in {unit}", quantity = symbol, unit = unit);
    quantity.unit.as_ref().map_or_else(|| symbol.to_owned(), in_unit)
}

/// Rows of a trial that are drawn, evenly spread.
fn sparse(trial: &Trial) -> impl Iterator<Item = usize> {
    (0..trial.times.len()).step_by(trial.times.len().div_ceil(MOST_POINTS).max(1))
}

fn range(values: impl Iterator<Item = f64>) -> RangeInclusive<f64> {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(x), h.max(x)));
    let room = ROOM * (high - low).max(f64::MIN_POSITIVE);
    low - room..=high + room
}
