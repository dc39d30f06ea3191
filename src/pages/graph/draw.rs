//! Graph networks in pictures: bodies moved by truth and networks, messages against forces, how they do with more bodies.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::{Axis, number};
use crate::drawing::pen::{Drawn, Pen};
use experiments::placed::Placed;
use jobs::protocol::graph::WorldMotion;
use language::{fixed, tr};
use models::graph::report::{MessageReport, Scatter};
use models::graph::zero_shot::ZeroShot;
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

/// What of a motion is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instant {
    /// The frame.
    pub frame: usize,
    /// The body that is looked at.
    pub chosen: usize,
    /// Where somebody holds it.
    pub held: Option<(f64, f64)>,
}

/// The true world and what each network makes of it at an instant; a network has a colour.
pub fn world<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    motions: &[(RGBColor, &WorldMotion)],
    instant: Instant,
) -> Drawn<DB> {
    let Some((_, first)) = motions.first() else {
        return Ok(());
    };
    let frame = around(pen.size(), first);
    pen.reads(&frame, || [Axis::named("x"), Axis::named("y")]);
    let truth = (pen.palette.truth, &first.truth[..]);
    let learned = motions.iter().map(|(color, motion)| (*color, &motion.learned[..]));
    let size = first.shown.bodies * first.dimensions;
    let now = instant.frame;
    for (i, (color, positions)) in learned.chain([truth]).enumerate() {
        let is_truth = i == motions.len();
        for body in 0..first.shown.bodies {
            let at = |moment: &[f32]| {
                let from = body * first.dimensions;
                moment.get(from).zip(moment.get(from + 1)).map(|(x, y)| (f64::from(*x), f64::from(*y)))
            };
            let path = positions.chunks_exact(size).take(now + 1).filter_map(at);
            for piece in pieces(&frame, path) {
                if is_truth { pen.dashed(piece, color, 1.6)? } else { pen.path(piece, color, 0.7, 1.6)? }
            }
            let held = instant.held.filter(|_| is_truth && body == instant.chosen);
            let place = held.or_else(|| positions.chunks_exact(size).nth(now).and_then(at));
            if let Some((x, y)) = place.filter(|(x, y)| inside(&frame, *x, *y)) {
                let radius = radius(first, body);
                if is_truth {
                    if body == instant.chosen {
                        pen.ring(frame.place(x, y), radius + 4.0, pen.palette.soft, 1.0)?;
                    }
                    pen.ring(frame.place(x, y), radius, color, 1.8)?;
                    let (across, down) = frame.place(x, y);
                    let beside = (across + radius + 2.0, down - radius);
                    pen.words(&(body + 1).to_string(), beside, (HPos::Left, VPos::Bottom), pen.palette.soft)?;
                } else {
                    pen.dot(frame.place(x, y), radius, color, 0.85)?;
                }
            }
        }
    }
    springs(pen, &frame, first, now, size)
}

fn radius(motion: &WorldMotion, body: usize) -> f64 {
    3.0 + 2.5 * f64::from(motion.masses.get(body).copied().unwrap_or(1.0)).cbrt()
}

/// How far beside a body a finger may be, in CSS pixels.
const REACH: f64 = 14.0;

/// The true body at a place of the picture.
pub fn body_at(size: (f64, f64), motion: &WorldMotion, now: usize, (across, down): (f64, f64)) -> Option<usize> {
    let frame = around(size, motion);
    let away = |body: &Placed| {
        let (x, y) = frame.place(body.position[0], body.position[1]);
        (x - across).hypot(y - down)
    };
    let bodies = motion.bodies_at(now);
    let nearest = bodies.iter().map(away).enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    (nearest.1 <= radius(motion, nearest.0) + REACH).then_some(nearest.0)
}

/// Lines between bodies that are joined, where not all are.
fn springs<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    frame: &Frame,
    motion: &WorldMotion,
    now: usize,
    size: usize,
) -> Drawn<DB> {
    let n = motion.shown.bodies;
    if motion.edges.len() == n * n.saturating_sub(1) {
        return Ok(());
    }
    let Some(moment) = motion.truth.chunks_exact(size).nth(now) else {
        return Ok(());
    };
    let at = |body: u16| {
        let from = usize::from(body) * motion.dimensions;
        moment.get(from).zip(moment.get(from + 1)).map(|(x, y)| frame.place(f64::from(*x), f64::from(*y)))
    };
    for edge in motion.edges.iter().filter(|edge| edge.sender < edge.receiver) {
        if let (Some(a), Some(b)) = (at(edge.sender), at(edge.receiver)) {
            pen.path([a, b], pen.palette.soft, 0.5, 1.0)?;
        }
    }
    Ok(())
}

fn inside(frame: &Frame, x: f64, y: f64) -> bool {
    x >= frame.x.0 && x <= frame.x.1 && y >= frame.y.0 && y <= frame.y.1
}

/// A square around all that truly happens.
pub fn around((width, height): (f64, f64), motion: &WorldMotion) -> Frame {
    let axis = |axis: usize| {
        let values = motion.truth.chunks_exact(motion.dimensions).filter_map(move |at| at.get(axis)).copied();
        values.map(f64::from).filter(|x| x.is_finite()).fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)))
    };
    let ((left, right), (low, high)) = (axis(0), axis(1));
    let half = 0.55 * (right - left).max(high - low).max(1e-3);
    let (x, y) = ((left + right) / 2.0, (low + high) / 2.0);
    let square = Frame::square(width, height, half);
    Frame { x: (x - half, x + half), y: (y - half, y + half), ..square }
}

/// R² after some steps: (step, plain, trimmed).
pub type Agreements = [(u64, f64, f64)];

/// R² of messages over steps, from 0 to 1: of all edges bold, without the worst tenth faint.
pub fn agreement<DB: DrawingBackend>(pen: &Pen<'_, DB>, steps: u64, networks: &[(RGBColor, &Agreements)]) -> Drawn<DB> {
    let (width, height) = pen.size();
    let frame = Frame::chart(width, height, 0.0..=steps.max(1) as f64, -0.02..=1.02);
    pen.reads(&frame, || [Axis::unit(tr!(" steps")).whole(), Axis::default().clamped()]);
    for level in [0.0, 0.5, 1.0] {
        rule(pen, &frame, level, &label(level))?;
    }
    below(pen, &frame, tr!(" steps"))?;
    for (color, points) in networks {
        for (trimmed, opacity, thick) in [(true, 0.4, 1.0), (false, 1.0, 2.0)] {
            let line = points
                .iter()
                .map(|(step, plain, cut)| (*step as f64, if trimmed { *cut } else { *plain }.clamp(-0.02, 1.0)));
            for piece in pieces(&frame, line) {
                pen.path(piece, *color, opacity, thick)?;
            }
        }
    }
    Ok(())
}

/// The range of a scatter plot along one of its axes: that of all points, or of the middle 96 % of them, since a close meeting would
/// squeeze all others into a dot.
fn range(points: &[[f32; 2]], axis: usize, all: bool) -> (f64, f64) {
    let mut values: Vec<f64> = points.iter().map(|at| f64::from(at[axis])).filter(|x| x.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let at =
        |part: f64| values.get((part * values.len() as f64) as usize).or(values.last()).copied().unwrap_or_default();
    let (low, high) = if all { (at(0.0), at(1.0)) } else { (at(0.02), at(0.98)) };
    let margin = 0.15 * (high - low).max(1e-6);
    (low - margin, high + margin)
}

/// Dots of all scatter plots of a report.
pub fn points(report: &MessageReport) -> usize {
    report.scatter.iter().map(|scatter| scatter.points.len()).sum()
}

/// How many of them are outside the closer view.
pub fn outside(report: &MessageReport) -> usize {
    let outside = |Scatter { points, .. }: &Scatter| {
        let (x, y) = (range(points, 0, false), range(points, 1, false));
        let within = |value: f32, (low, high): (f64, f64)| (low..=high).contains(&f64::from(value));
        points.iter().filter(|at| !(within(at[0], x) && within(at[1], y))).count()
    };
    report.scatter.iter().map(outside).sum()
}

/// A number of the message against the best affine function of the true force, for each leading number; all dots, or a closer view.
pub fn scatter<DB: DrawingBackend>(pen: &Pen<'_, DB>, report: &MessageReport, color: RGBColor, all: bool) -> Drawn<DB> {
    let (width, height) = pen.size();
    let panels = report.scatter.len().max(1);
    let room = width / panels as f64;
    for (panel, Scatter { component, r_squared, points }) in report.scatter.iter().enumerate() {
        let side = (room - 10.0).min(height - 18.0).max(8.0);
        let left = (panel as f64 + 0.5) * room - side / 2.0;
        let axis = |axis: usize| range(points, axis, all);
        let frame = Frame { across: (left, left + side), down: (1.0, 1.0 + side), x: axis(0), y: axis(1) };
        let ((left, right), (top, bottom)) = (frame.across, frame.down);
        let edge = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        pen.path(edge, pen.palette.line, 1.0, 1.0)?;
        pen.reads(&frame, || [Axis::named("→"), Axis::named("↑")]);
        for at in points.iter().filter(|at| inside(&frame, f64::from(at[0]), f64::from(at[1]))) {
            pen.dot(frame.place(f64::from(at[0]), f64::from(at[1])), 1.8, color, 0.6)?;
        }
        let words = tr!("number {number}: trimmed R² {fit}", number = component + 1, fit = fixed(*r_squared, 3));
        pen.words(&words, ((left + right) / 2.0, bottom + 2.0), (HPos::Center, VPos::Top), pen.palette.soft)?;
    }
    Ok(())
}

/// Most numbers of a message whose deviation has a bar.
const BARS: usize = 24;

/// Standard deviations of the numbers of a message, the largest first.
pub fn spreads<DB: DrawingBackend>(pen: &Pen<'_, DB>, report: &MessageReport, color: RGBColor) -> Drawn<DB> {
    let (width, height) = pen.size();
    let shown = report.spreads.len().min(BARS);
    let largest = report.spreads.first().map_or(1.0, |spread| spread.deviation).max(f64::MIN_POSITIVE);
    let room = width / shown.max(8) as f64;
    for (i, spread) in report.spreads.iter().take(shown).enumerate() {
        let high = (height - 2.0) * (spread.deviation / largest).clamp(0.0, 1.0);
        let left = i as f64 * room;
        let top = (left + 0.5 * room, height - 1.0 - high);
        pen.says(top, color, || format!("{}: {}", spread.component + 1, number(spread.deviation)));
        pen.block((left + 1.0, height - 1.0 - high), (left + room - 1.0, height - 1.0), color)?;
    }
    Ok(())
}

/// The median relative error against the number of bodies, with the middle half of all worlds; dashed: without the constant part
/// of the messages.
pub fn more<DB: DrawingBackend>(pen: &Pen<'_, DB>, networks: &[(RGBColor, &[Vec<ZeroShot>; 2])]) -> Drawn<DB> {
    let (width, height) = pen.size();
    let all = || networks.iter().flat_map(|(_, found)| found.iter().flatten());
    let sizes = all().map(|found| found.bodies as f64).fold((f64::MAX, f64::MIN), |(a, b), n| (a.min(n), b.max(n)));
    let most = all().map(|found| found.relative.q75).filter(|x| x.is_finite()).fold(1e-3, f64::max);
    if sizes.0 > sizes.1 {
        return Ok(());
    }
    let frame = Frame::chart(width, height, sizes.0 - 0.4..=sizes.1 + 0.4, 0.0..=most * 1.05);
    pen.reads(&frame, || [Axis::unit(tr!(" bodies")).whole(), Axis::default()]);
    for tick in Frame::ticks(frame.y, 3) {
        rule(pen, &frame, tick, &label(tick))?;
    }
    below(pen, &frame, tr!(" bodies"))?;
    for (i, (color, [found, centred])) in networks.iter().enumerate() {
        let aside = 0.08 * (i as f64 - 0.5);
        let place = |n: usize, error: f64| frame.place(n as f64 + aside, error.min(most));
        pen.path(found.iter().map(|of| place(of.bodies, of.relative.median)), *color, 1.0, 2.0)?;
        pen.dashed(centred.iter().map(|of| place(of.bodies, of.relative.median)), *color, 1.5)?;
        for of in found.iter() {
            pen.dot(place(of.bodies, of.relative.median), 3.0, *color, 1.0)?;
            pen.path([place(of.bodies, of.relative.q25), place(of.bodies, of.relative.q75)], *color, 0.6, 1.5)?;
        }
    }
    Ok(())
}

/// A chart of energies shows this many times what the truth does, and no more: what runs away leaves it.
const MOST_STRETCHED: f64 = 12.0;

/// The true H along each motion.
pub fn energies<DB: DrawingBackend>(pen: &Pen<'_, DB>, motions: &[(RGBColor, &WorldMotion)]) -> Drawn<DB> {
    let Some((_, first)) = motions.first() else {
        return Ok(());
    };
    let [truth, _] = &first.energies;
    let start = truth.first().copied().map_or(0.0, f64::from);
    let away = |energies: &[f32]| energies.iter().map(|e| (f64::from(*e) - start).abs()).fold(0.0, f64::max);
    let truly = away(truth).max(0.25 * start.abs().max(0.2));
    // All of what the networks do to it, as far as the truth can still be told from a straight line.
    let learned = motions.iter().map(|(_, motion)| away(&motion.energies[1])).filter(|away| away.is_finite());
    let scale = learned.fold(2.0 * truly, f64::max).min(MOST_STRETCHED * truly);
    let (width, height) = pen.size();
    let time = first.dt * truth.len().saturating_sub(1) as f64;
    let frame = Frame::chart(width, height, 0.0..=time.max(1e-6), start - 1.1 * scale..=start + 1.1 * scale);
    for tick in Frame::ticks(frame.y, 3) {
        rule(pen, &frame, tick, &label(tick))?;
    }
    below(pen, &frame, tr!(" time"))?;
    let line = |values: &[f32]| -> Vec<(f64, f64)> {
        values.iter().enumerate().map(|(i, e)| (i as f64 * first.dt, f64::from(*e))).collect()
    };
    for (color, motion) in motions {
        for piece in pieces(&frame, line(&motion.energies[1])) {
            pen.path(piece, *color, 0.9, 1.6)?;
        }
    }
    for piece in pieces(&frame, line(truth)) {
        pen.dashed(piece, pen.palette.truth, 1.8)?;
    }
    Ok(())
}
