//! Networks at a coarse step in pictures: a chain or three bodies moved by truth, true H and networks; errors and energies over steps.

use crate::drawing::chart::{below, logarithmic, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::{Axis, number as read};
use crate::drawing::palette::Palette;
use crate::drawing::pen::{Drawn, Pen, Place};
use jobs::protocol::recurrent::{CoarseMotion, CoarseScene, FRAMES};
use language::tr;
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

/// The name of the true H by leapfrog with the same step.
pub const GHOST: &str = "true_leapfrog";
/// Steps of which one coordinate is drawn.
pub const FEW: usize = 20;
/// How far a mass may move to either side in the picture, in distances between two masses.
const AMPLITUDE: f64 = 0.42;

/// The colour of what moves.
pub fn color(palette: &Palette, name: &str) -> RGBColor {
    match name {
        "multi" => palette.hnn,
        "single" => palette.dissipative,
        "euler" => palette.baseline,
        _ => palette.soft,
    }
}

/// A motion with its name and what a visitor reads of it.
pub type Named<'a> = (&'a str, &'a str, &'a CoarseMotion);

/// The world at a frame of the smooth true motion; what steps coarsely is where its last step has put it.
pub fn scene<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    scene: &CoarseScene,
    motions: &[Named<'_>],
    now: usize,
) -> Drawn<DB> {
    if scene.world.chain().is_some() { chains(pen, scene, motions, now) } else { bodies(pen, scene, motions, now) }
}

/// A chain for each motion, below one another, between the same walls.
fn chains<DB: DrawingBackend>(pen: &Pen<'_, DB>, scene: &CoarseScene, motions: &[Named<'_>], now: usize) -> Drawn<DB> {
    let (width, height) = pen.size();
    let (left, right) = (12.0, width - 12.0);
    let row = height / (motions.len() + 1) as f64;
    let most = scene.smooth.places.iter().fold(0.1_f32, |most, q| most.max(q.abs()));
    let masses = scene.world.chain().map(|chain| chain.masses.clone()).unwrap_or_default();
    let apart = (right - left) / (masses.len() + 1) as f64;
    // Where the masses truly are at the last coarse step, to compare with.
    let there = scene.truth.at(now / FRAMES);
    let chain = |number: usize, words: &str, q: &[f64], color: RGBColor| -> Drawn<DB> {
        let down = row * (number as f64 + 0.62);
        pen.words(words, (left, down - 0.42 * row), (HPos::Left, VPos::Center), pen.palette.soft)?;
        let shift = |q: f64| (q / f64::from(most)).clamp(-2.0, 2.0) * AMPLITUDE * apart;
        let across = |mass: usize| left + apart * (mass + 1) as f64 + shift(q.get(mass).copied().unwrap_or(0.0));
        for wall in [left, right] {
            pen.path([(wall, down - 9.0), (wall, down + 9.0)], pen.palette.soft, 1.0, 3.0)?;
        }
        let ends: Vec<f64> = std::iter::once(left).chain((0..masses.len()).map(across)).chain([right]).collect();
        for pair in ends.windows(2) {
            pen.path(spring((pair[0], down), (pair[1], down)), pen.palette.soft, 0.8, 1.0)?;
        }
        for (mass, size) in masses.iter().enumerate() {
            let place = (across(mass), down);
            if number > 0 {
                let true_place = left + apart * (mass + 1) as f64 + shift(there.get(mass).copied().unwrap_or(0.0));
                pen.path([(true_place, down - 11.0), (true_place, down + 11.0)], pen.palette.truth, 0.35, 1.4)?;
            }
            pen.says(place, color, || format!("q{} {}", mass + 1, read(q.get(mass).copied().unwrap_or(0.0))));
            pen.dot(place, 4.0 + 3.0 * size.sqrt(), color, 0.95)?;
        }
        Ok(())
    };
    chain(0, tr!("truth"), &scene.smooth.at(now), pen.palette.truth)?;
    for (number, (name, words, motion)) in motions.iter().enumerate() {
        chain(number + 1, words, &motion.at(now / FRAMES), color(&pen.palette, name))?;
    }
    Ok(())
}

/// A zigzag between two places.
fn spring(from: Place, to: Place) -> Vec<Place> {
    const TURNS: usize = 8;
    let at = |k: usize| {
        let part = k as f64 / TURNS as f64;
        let side = if k == 0 || k == TURNS {
            0.0
        } else if k.is_multiple_of(2) {
            -3.0
        } else {
            3.0
        };
        (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1) + side)
    };
    (0..=TURNS).map(at).collect()
}

/// Three bodies in their plane: the true orbits smooth, what steps coarsely as straight lines from step to step.
fn bodies<DB: DrawingBackend>(pen: &Pen<'_, DB>, scene: &CoarseScene, motions: &[Named<'_>], now: usize) -> Drawn<DB> {
    let (width, height) = pen.size();
    let most = scene.smooth.places.iter().fold(0.5_f32, |most, q| most.max(q.abs()));
    let frame = Frame::square(width, height, 1.15 * f64::from(most));
    pen.reads(&frame, || [Axis::named("x"), Axis::named("y")]);
    let count = scene.world.dof() / 2;
    let body = |q: &[f64], number: usize| Some((*q.get(number)?, *q.get(count + number)?));
    for number in 0..count {
        let path = (0..=now).filter_map(|frame| body(&scene.smooth.at(frame), number));
        for piece in pieces(&frame, path) {
            pen.dashed(piece, pen.palette.truth, 1.2)?;
        }
    }
    let step = now / FRAMES;
    for (name, _, motion) in motions {
        let color = color(&pen.palette, name);
        for number in 0..count {
            let path =
                (0..=step.min(motion.states().saturating_sub(1))).filter_map(|step| body(&motion.at(step), number));
            for piece in pieces(&frame, path) {
                pen.path(piece, color, 0.5, 1.4)?;
            }
            let last = body(&motion.at(step), number);
            if let Some((x, y)) = last.filter(|(x, y)| x.abs().max(y.abs()) <= frame.x.1) {
                pen.dot(frame.place(x, y), 5.0, color, 0.9)?;
            }
        }
    }
    for number in 0..count {
        if let Some((x, y)) = body(&scene.smooth.at(now), number) {
            pen.ring(frame.place(x, y), 6.0, pen.palette.truth, 1.8)?;
        }
    }
    Ok(())
}

/// One coordinate over the first steps: the truth smooth, what steps coarsely from step to step.
pub fn coordinate<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    scene: &CoarseScene,
    motions: &[Named<'_>],
    number: usize,
) -> Drawn<DB> {
    let (width, height) = pen.size();
    let steps = FEW.min(scene.truth.states().saturating_sub(1));
    let truth: Vec<f64> = scene.smooth.coordinate(number).take(steps * FRAMES + 1).collect();
    let most = 1.6 * truth.iter().fold(0.1_f64, |most, q| most.max(q.abs()));
    let frame = Frame::chart(width, height, 0.0..=steps as f64, -most..=most);
    for tick in Frame::ticks(frame.y, 3) {
        rule(pen, &frame, tick, &label(tick))?;
    }
    below(pen, &frame, tr!(" steps"))?;
    let line = truth.iter().enumerate().map(|(k, q)| (k as f64 / FRAMES as f64, *q));
    for piece in pieces(&frame, line) {
        pen.dashed(piece, pen.palette.truth, 1.6)?;
    }
    for (name, _, motion) in motions {
        let color = color(&pen.palette, name);
        let points: Vec<_> =
            motion.coordinate(number).take(steps + 1).enumerate().map(|(k, q)| (k as f64, q)).collect();
        for piece in pieces(&frame, points.iter().copied()) {
            pen.path(piece, color, 0.6, 1.4)?;
        }
        for (x, y) in points.into_iter().filter(|(_, y)| y.abs() <= most) {
            pen.dot(frame.place(x, y), 2.5, color, 1.0)?;
        }
    }
    Ok(())
}

/// Root mean square distance of all coordinates from the true ones, over the spread of the true ones, step by step.
pub fn distances<DB: DrawingBackend>(pen: &Pen<'_, DB>, scene: &CoarseScene, motions: &[Named<'_>]) -> Drawn<DB> {
    let places = &scene.truth.places;
    let squares: f64 = places.iter().map(|q| f64::from(*q).powi(2)).sum();
    let spread = (squares / places.len().max(1) as f64).sqrt().max(1e-12);
    let off = |motion: &CoarseMotion, step: usize| {
        let (here, there) = (motion.at(step), scene.truth.at(step));
        let squares: f64 = here.iter().zip(&there).map(|(a, b)| (a - b).powi(2)).sum();
        (squares / there.len().max(1) as f64).sqrt() / spread
    };
    chart(pen, scene, motions, off)
}

/// How far the true energy has changed, as a part of what it was, step by step.
pub fn energies<DB: DrawingBackend>(pen: &Pen<'_, DB>, scene: &CoarseScene, motions: &[Named<'_>]) -> Drawn<DB> {
    let first = f64::from(scene.truth.energies.first().copied().unwrap_or(1.0));
    chart(pen, scene, motions, |motion, step| (f64::from(motion.energies[step]) / first - 1.0).abs())
}

fn chart<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    scene: &CoarseScene,
    motions: &[Named<'_>],
    value: impl Fn(&CoarseMotion, usize) -> f64,
) -> Drawn<DB> {
    let line = |motion: &CoarseMotion| (1..motion.states()).map(|step| (step as f64, value(motion, step))).collect();
    let lines: Vec<_> = motions.iter().map(|(name, _, motion)| (color(&pen.palette, name), line(motion))).collect();
    let last = scene.truth.states().saturating_sub(1) as f64;
    logarithmic(pen, (-3, 2), (last, tr!(" steps"), Axis::unit(tr!(" steps")).whole()), &lines)
}
