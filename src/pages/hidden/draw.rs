//! Hidden graphs in pictures: bodies with inferred edges over the true ones, probabilities over the steps.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::{Axis, number as read};
use crate::drawing::pen::{Drawn, Pen};
use language::tr;
use physics::coupled::motion::Motion;
use physics::coupled::system::pairs;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// What is known of the pairs of a motion.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// True edges, where they are to be seen.
    pub truth: Option<&'a [bool]>,
    /// Probabilities, where there are some.
    pub probabilities: Option<&'a [f32]>,
    /// The visitor's guess.
    pub guess: &'a [bool],
    /// Held-out frames as they are predicted.
    pub predicted: &'a [Vec<f32>],
    /// What bodies are called.
    pub names: &'a [String],
    /// A body that was picked, to guess a pair with the next one.
    pub picked: Option<usize>,
}

/// Frames of a motion that leave a trace behind a body.
const TRACE: usize = 12;

/// Radius of a body, in CSS pixels.
const BODY: f64 = 8.0;
/// Letters of its name that are written into it.
const NAME: usize = 2;
/// A pointer takes a body from this many pixels.
const REACH: f64 = 22.0;

/// A square around the whole motion.
fn around((width, height): (f64, f64), motion: &Motion) -> Frame {
    let ends = [0, 1].map(|axis| {
        let numbers = motion.positions.iter().flat_map(|x| x.iter().skip(axis).step_by(2));
        numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)))
    });
    let largest = ends.iter().map(|(low, high)| high - low).fold(f64::MIN_POSITIVE, f64::max);
    let square = Frame::square(width, height, 1.0);
    // Room for the bodies at the edge.
    let half = 0.5 * largest / (1.0 - 2.5 * BODY / (square.across.1 - square.across.0)).max(0.5);
    let [x, y] = ends.map(|(low, high)| ((low + high) / 2.0 - half, (low + high) / 2.0 + half));
    Frame { x, y, ..square }
}

/// The body of a frame at a place of a picture of this size.
pub fn body_at(size: (f64, f64), motion: &Motion, now: usize, (across, down): (f64, f64)) -> Option<usize> {
    let frame = around(size, motion);
    let x = motion.positions.get(now)?;
    let far = |body: usize| {
        let (a, d) = frame.place(x[2 * body], x[2 * body + 1]);
        (a - across).hypot(d - down)
    };
    (0..motion.bodies()).min_by(|a, b| far(*a).total_cmp(&far(*b))).filter(|body| far(*body) < REACH)
}

/// Bodies at a frame, with all that is known of their pairs; `observed` frames are seen by the inference.
pub fn graph<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    motion: &Motion,
    known: Known<'_>,
    (now, observed): (usize, usize),
) -> Drawn<DB> {
    let frame = around(pen.size(), motion);
    let x = &motion.positions[now.min(motion.frames() - 1)];
    let at = |body: usize| frame.place(x[2 * body], x[2 * body + 1]);
    for (number, (i, j)) in pairs(motion.bodies()).enumerate() {
        let line = [at(i), at(j)];
        let edge = known.truth.map(|truth| truth[number]);
        if let Some(p) = known.probabilities.and_then(|p| p.get(number)) {
            let p = f64::from(*p);
            let wrong = edge.is_some_and(|edge| edge != (p > 0.5));
            let color = if wrong { pen.palette.baseline } else { pen.palette.hnn };
            // A missing edge that is wrong has to be seen as well.
            let opacity = if wrong { p.max(0.5) } else { p };
            pen.path(line, color, opacity, if wrong { 4.0 } else { 3.0 })?;
            let middle = ((line[0].0 + line[1].0) / 2.0, (line[0].1 + line[1].1) / 2.0);
            let name = |body: usize| known.names.get(body).cloned().unwrap_or_else(|| (body + 1).to_string());
            pen.says(middle, color, || format!("{}–{}: p {}", name(i), name(j), read(p)));
        }
        if known.guess.get(number) == Some(&true) {
            let thin = known.probabilities.is_some();
            pen.path(line, pen.palette.dissipative, 0.9, if thin { 1.5 } else { 3.0 })?;
        }
        if edge == Some(true) {
            pen.dashed(line, pen.palette.truth, 1.2)?;
        }
    }
    // Edges are read by what is said of them.
    pen.reads(&frame, || [Axis::named("x"), Axis::named("y")]);
    for body in 0..motion.bodies() {
        let trace = motion.positions[now.saturating_sub(TRACE)..=now].iter().map(|x| (x[2 * body], x[2 * body + 1]));
        for piece in pieces(&frame, trace) {
            pen.path(piece, pen.palette.soft, 0.6, 1.2)?;
        }
        if now >= observed
            && let Some(x) = known.predicted.get(now - observed)
            && let (Some(a), Some(b)) = (x.get(2 * body), x.get(2 * body + 1))
        {
            pen.dot(frame.place(f64::from(*a), f64::from(*b)), 0.7 * BODY, pen.palette.hnn, 0.9)?;
        }
        let color = if known.picked == Some(body) { pen.palette.dissipative } else { pen.palette.truth };
        pen.ring(at(body), BODY, color, if known.picked == Some(body) { 4.0 } else { 2.0 })?;
        let (across, down) = at(body);
        let name: String = known.names.get(body).map_or("", String::as_str).chars().take(NAME).collect();
        pen.words(&name, (across, down), (HPos::Center, VPos::Center), pen.palette.ink)?;
    }
    Ok(())
}

/// Probabilities of the pairs of a motion over the steps: edges blue, pairs without one vermilion. Where nobody knows the edges,
/// they are those that are more probable in the end.
pub fn probabilities<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    steps: u64,
    history: &[(u64, Vec<f32>)],
    truth: Option<&[bool]>,
) -> Drawn<DB> {
    let (width, height) = pen.size();
    let frame = Frame::chart(width, height, 0.0..=steps.max(1) as f64, -0.02..=1.02);
    pen.reads(&frame, || [Axis::unit(tr!(" steps")).whole(), Axis::default()]);
    for level in [0.0, 0.5, 1.0] {
        rule(pen, &frame, level, &label(level))?;
    }
    below(pen, &frame, tr!(" steps"))?;
    let last = history.last().map(|(_, p)| p.as_slice()).unwrap_or_default();
    for (pair, p) in last.iter().enumerate() {
        let edge = truth.map_or(*p > 0.5, |truth| truth.get(pair) == Some(&true));
        let color = if edge { pen.palette.hnn } else { pen.palette.baseline };
        let start = std::iter::once((0.0, 0.5));
        let line = history.iter().filter_map(|(step, p)| Some((*step as f64, f64::from(*p.get(pair)?))));
        for piece in pieces(&frame, start.chain(line)) {
            pen.path(piece, color, 0.9, 1.6)?;
        }
    }
    Ok(())
}
