//! Interaction networks in pictures: a scene moved by truth and networks, and their distance from the truth over time.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::Axis;
use crate::drawing::palette::Palette;
use crate::drawing::pen::{Drawn, Pen};
use language::tr;
use physics::interactions::domain::{BALL, DISC, Domain, WALL};
use physics::interactions::episode::Episode;
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use std::f64::consts::TAU;

/// Positions `[n, 2]`, frame by frame.
pub type Motion = [Vec<f32>];

/// The colour of a network.
pub fn color(palette: &Palette, name: &str) -> RGBColor {
    match name {
        "in" => palette.hnn,
        "no_relations" => palette.dissipative,
        "mlp" => palette.baseline,
        _ => palette.soft,
    }
}

/// Velocities that stay as they are, for as many frames as the truth has.
pub fn straight(truth: &Episode) -> Vec<Vec<f32>> {
    let start = &truth.states[0];
    let at = |frame: usize| {
        let time = frame as f64 * truth.scene.domain.dt();
        start.positions.iter().zip(&start.velocities).map(|(x, v)| (x + v * time) as f32).collect()
    };
    (0..truth.states.len()).map(at).collect()
}

/// A square around all that truly happens; of balls their box.
fn around((width, height): (f64, f64), truth: &Episode) -> Frame {
    let square = Frame::square(width, height, 1.05 * WALL);
    if truth.scene.domain == Domain::Balls {
        return square;
    }
    let mut sides = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
    let mut take = |axis: usize, x: f64| sides[axis] = [sides[axis][0].min(x), sides[axis][1].max(x)];
    for x in truth.states.iter().flat_map(|state| state.positions.chunks(2)) {
        take(0, x[0]);
        take(1, x[1]);
    }
    if truth.scene.domain == Domain::String {
        let [x, y] = truth.scene.disc;
        [x - DISC, x + DISC].into_iter().for_each(|x| take(0, x));
        [y - DISC, y + DISC].into_iter().for_each(|y| take(1, y));
        truth.scene.pins.iter().for_each(|[x, y]| (take(0, *x), take(1, *y)).0);
    }
    let [[left, right], [low, high]] = sides;
    let half = 0.55 * (right - left).max(high - low).max(1e-3);
    let (x, y) = ((left + right) / 2.0, (low + high) / 2.0);
    Frame { x: (x - half, x + half), y: (y - half, y + half), ..square }
}

/// The scene at a frame: truth as rings, networks as dots.
pub fn scene<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    truth: &Episode,
    motions: &[(RGBColor, &Motion)],
    now: usize,
) -> Drawn<DB> {
    let frame = around(pen.size(), truth);
    pen.reads(&frame, || [Axis::named("x"), Axis::named("y")]);
    let to_scale = |length: f64| length / (frame.x.1 - frame.x.0) * (frame.across.1 - frame.across.0);
    let domain = truth.scene.domain;
    let now = now.min(truth.states.len() - 1);
    if domain == Domain::Balls {
        let corners = [(-WALL, -WALL), (WALL, -WALL), (WALL, WALL), (-WALL, WALL), (-WALL, -WALL)];
        pen.path(corners.map(|(x, y)| frame.place(x, y)), pen.palette.soft, 1.0, 2.0)?;
    }
    if domain == Domain::String {
        let [x, y] = truth.scene.disc;
        let rim = (0..=48).map(|k| {
            let (sin, cos) = (TAU * f64::from(k) / 48.0).sin_cos();
            frame.place(x + DISC * cos, y + DISC * sin)
        });
        pen.path(rim, pen.palette.soft, 1.0, 2.0)?;
        for [x, y] in &truth.scene.pins {
            pen.dot(frame.place(*x, *y), 4.0, pen.palette.ink, 1.0)?;
        }
    }
    let radius = |body: usize| match domain {
        Domain::Balls => to_scale(BALL),
        Domain::NBody => 3.0 + 7.0 * truth.scene.masses[body].cbrt(),
        Domain::String => 3.0 + truth.scene.masses[body],
    };
    let inside = |x: f64, y: f64| frame.value(frame.place(x, y).0, frame.place(x, y).1).is_some();
    let at = |positions: &[f32], body: usize| {
        Some((f64::from(*positions.get(2 * body)?), f64::from(*positions.get(2 * body + 1)?)))
    };
    for (color, motion) in motions {
        for body in 0..truth.scene.bodies() {
            if domain == Domain::NBody {
                let path = motion.iter().take(now + 1).filter_map(|positions| at(positions, body));
                for piece in pieces(&frame, path) {
                    pen.path(piece, *color, 0.45, 1.4)?;
                }
            }
            let place = motion.get(now).and_then(|positions| at(positions, body));
            if let Some((x, y)) = place.filter(|(x, y)| inside(*x, *y)) {
                pen.dot(frame.place(x, y), 0.7 * radius(body), *color, 0.8)?;
            }
        }
    }
    let state = &truth.states[now];
    if domain == Domain::String {
        let held = truth.scene.pins.first().map(|[x, y]| frame.place(*x, *y));
        let masses = state.positions.chunks(2).map(|x| frame.place(x[0], x[1]));
        pen.path(held.into_iter().chain(masses), pen.palette.truth, 0.8, 1.5)?;
    }
    for (body, x) in state.positions.chunks(2).enumerate() {
        if domain == Domain::NBody {
            let path = truth.states[..=now].iter().map(|state| (state.position(body)[0], state.position(body)[1]));
            for piece in pieces(&frame, path) {
                pen.dashed(piece, pen.palette.truth, 1.2)?;
            }
        }
        pen.outline(frame.place(x[0], x[1]), radius(body), pen.palette.truth, 1.8)?;
    }
    Ok(())
}

/// Mean distance of all bodies from their true places, over time, on a logarithmic axis.
pub fn distances<DB: DrawingBackend>(pen: &Pen<'_, DB>, truth: &Episode, motions: &[(RGBColor, &Motion)]) -> Drawn<DB> {
    const RANGE: (f64, f64) = (-4.0, 0.5);
    let (width, height) = pen.size();
    let dt = truth.scene.domain.dt();
    let time = dt * (truth.states.len() - 1) as f64;
    let frame = Frame::chart(width, height, 0.0..=time, RANGE.0..=RANGE.1);
    pen.reads(&frame, || [Axis::unit(tr!(" time")), Axis::default().of_powers(10.0).clamped()]);
    for power in [-4.0, -3.0, -2.0, -1.0, 0.0] {
        rule(pen, &frame, power, &label(10f64.powf(power)))?;
    }
    below(pen, &frame, tr!(" time"))?;
    for (color, motion) in motions {
        let line = motion.iter().zip(&truth.states).enumerate().skip(1).map(|(k, (found, state))| {
            let apart = found.chunks(2).zip(state.positions.chunks(2));
            let sum: f64 = apart.map(|(a, b)| (f64::from(a[0]) - b[0]).hypot(f64::from(a[1]) - b[1])).sum();
            let mean = sum / truth.scene.bodies() as f64;
            (k as f64 * dt, mean.log10().clamp(RANGE.0, RANGE.1))
        });
        for piece in pieces(&frame, line) {
            pen.path(piece, *color, 1.0, 1.8)?;
        }
    }
    Ok(())
}
