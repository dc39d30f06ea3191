//! Graph networks through an integrator in pictures: a system moved by truth, true H and networks; errors and energies over time.

use crate::drawing::chart::{logarithmic, pieces};
use crate::drawing::frame::Frame;
use crate::drawing::notes::Axis;
use crate::drawing::palette::Palette;
use crate::drawing::pen::{Drawn, Pen};
use jobs::protocol::ode::{OdeMotion, OdeScene};
use language::tr;
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;

/// The name of the true H, stepped as the networks are.
pub const GHOST: &str = "true_h";
/// Frames that leave a trace behind a body.
const TRACE: usize = 12;
/// A stiffness in the middle of the random ones.
const MIDDLE: f64 = 1.0;

/// The colour of what moves.
pub fn color(palette: &Palette, name: &str) -> RGBColor {
    match name {
        "hogn" => palette.hnn,
        "ogn" => palette.dissipative,
        "delta" => palette.baseline,
        _ => palette.soft,
    }
}

/// The system at a frame: truth as rings joined by springs, what else moves it as dots with a trace.
pub fn scene<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    scene: &OdeScene,
    motions: &[(&str, &OdeMotion)],
    now: usize,
) -> Drawn<DB> {
    let (width, height) = pen.size();
    let most = scene.truth.places.iter().fold(0.5_f32, |most, x| most.max(x.abs()));
    let frame = Frame::square(width, height, 1.12 * f64::from(most));
    pen.reads(&frame, || [Axis::named("x"), Axis::named("y")]);
    let now = now.min(scene.truth.frames().saturating_sub(1));
    let truth = scene.truth.at(now);
    let places: Vec<_> = truth.iter().map(|(x, y)| frame.place(*x, *y)).collect();
    for spring in &scene.system.springs {
        let width = 1.0 + 1.5 * spring.stiffness / MIDDLE;
        pen.path(spring.ends.map(|body| places[body]), pen.palette.line, 1.0, width)?;
    }
    for (name, motion) in motions {
        let color = color(&pen.palette, name);
        let past: Vec<_> = (now.saturating_sub(TRACE)..=now).map(|frame| motion.at(frame)).collect();
        for body in 0..scene.system.bodies() {
            let path = past.iter().filter_map(|places| places.get(body).copied());
            for piece in pieces(&frame, path) {
                pen.path(piece, color, 0.5, 1.4)?;
            }
            // A motion that has run away stays where it was seen last.
            let last = past.last().and_then(|places| places.get(body).copied());
            if let Some((x, y)) = last.filter(|(x, y)| x.abs().max(y.abs()) <= frame.x.1) {
                pen.dot(frame.place(x, y), if *name == GHOST { 3.0 } else { 4.0 }, color, 0.9)?;
            }
        }
    }
    for (place, mass) in places.iter().zip(&scene.system.masses) {
        pen.outline(*place, 8.0 * mass.sqrt(), pen.palette.truth, 1.8)?;
    }
    Ok(())
}

/// Root mean square distance of the bodies from their true places, over time.
pub fn distances<DB: DrawingBackend>(pen: &Pen<'_, DB>, scene: &OdeScene, motions: &[(&str, &OdeMotion)]) -> Drawn<DB> {
    let off = |motion: &OdeMotion, frame: usize| {
        let (here, there) = (motion.at(frame), scene.truth.at(frame));
        let squares = here.iter().zip(&there).map(|(a, b)| (a.0 - b.0).powi(2) + (a.1 - b.1).powi(2));
        (squares.sum::<f64>() / there.len().max(1) as f64).sqrt()
    };
    chart(pen, scene, motions, (-5, 1), off)
}

/// How far the true energy has changed, as a part of what it was, over time.
pub fn energies<DB: DrawingBackend>(pen: &Pen<'_, DB>, scene: &OdeScene, motions: &[(&str, &OdeMotion)]) -> Drawn<DB> {
    let first = f64::from(scene.truth.energies.first().copied().unwrap_or(1.0));
    let change = |motion: &OdeMotion, frame: usize| (f64::from(motion.energies[frame]) / first - 1.0).abs();
    chart(pen, scene, motions, (-5, 1), change)
}

fn chart<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    scene: &OdeScene,
    motions: &[(&str, &OdeMotion)],
    range: (i32, i32),
    value: impl Fn(&OdeMotion, usize) -> f64,
) -> Drawn<DB> {
    let line = |motion: &OdeMotion| {
        (1..motion.frames()).map(|frame| (frame as f64 * scene.frame, value(motion, frame))).collect()
    };
    let lines: Vec<_> = motions.iter().map(|(name, motion)| (color(&pen.palette, name), line(motion))).collect();
    let longest = scene.frame * scene.truth.frames().saturating_sub(1) as f64;
    logarithmic(pen, range, (longest, tr!(" time"), Axis::unit(tr!(" time"))), &lines)
}
