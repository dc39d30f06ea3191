//! Films side by side, and the latent numbers that models made up for their frames.

use crate::drawing::frame::Frame;
use crate::drawing::notes::{Axis, number};
use crate::drawing::palette::grey;
use crate::drawing::pen::{Drawn, Pen, Place};
use jobs::protocol::film_snapshot::{FRAME_TIME, FilmSnapshot};
use language::tr;
use models::field::model::ModelKind;
use models::pixels::frame::{PIXELS, SIDE, render};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// The room a line of words takes.
const LABEL: f64 = 16.0;
/// Between two films.
const GAP: f64 = 8.0;
/// A pixel of a film that nothing covers, and how much lighter a whole one is.
const DARK: f64 = 22.0;
/// The angle, in radians, that has the full colour of its side.
const FULL_COLOR: f32 = 0.6;

/// What is on show: the true angle at a time, and what each model that has learned from films makes of it.
pub struct Show<'a> {
    /// q of the true motion, radians.
    pub angle: f64,
    /// Time since the start.
    pub time: f64,
    /// Models with their looks.
    pub snapshots: Vec<(ModelKind, &'a FilmSnapshot)>,
}

/// The true film; beside it the film that each model expects, and below that the true film as it gives it back.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, show: &Show<'_>) -> Drawn<DB> {
    let (width, height) = pen.size();
    let columns = 1 + show.snapshots.len();
    let side = ((width - GAP) / columns.max(3) as f64 - GAP).min((height - 2.0 * LABEL) / 2.0 - GAP).max(8.0);
    let room = width / columns as f64;
    let left = |column: usize| (column as f64 + 0.5) * room - side / 2.0;
    let below = side + LABEL + GAP;
    film(pen, &render(show.angle), (left(0), 0.0), side)?;
    pen.says((left(0) + side / 2.0, side / 2.0), pen.palette.truth, || format!("q {}", number(show.angle)));
    pen.words(tr!("true film"), (left(0) + side / 2.0, side + 1.0), (HPos::Center, VPos::Top), pen.palette.soft)?;
    for (column, (kind, snapshot)) in show.snapshots.iter().enumerate() {
        let corner = (left(column + 1), 0.0);
        let number = (show.time / FRAME_TIME).round() as usize;
        for (row, frames) in [&snapshot.expected, &snapshot.seen].into_iter().enumerate() {
            let count = frames.len() / PIXELS;
            let Some(levels) = frames.chunks_exact(PIXELS).nth(number.min(count.saturating_sub(1))) else {
                continue;
            };
            let corner = (corner.0, row as f64 * below);
            film(pen, levels, corner, side)?;
            let at = (corner.0 + side / 2.0, corner.1 + side + 1.0);
            let words = if row == 0 { tr!("expects") } else { tr!("gives back") };
            pen.words(words, at, (HPos::Center, VPos::Top), pen.palette.model(*kind))?;
        }
    }
    if show.snapshots.is_empty() {
        return Ok(());
    }
    let said = tr!("above: expected, / here: the true film / given back");
    for (line, words) in said.split(" / ").enumerate() {
        let at = (left(0) + side / 2.0, below + 4.0 + line as f64 * LABEL);
        pen.words(words, at, (HPos::Center, VPos::Top), pen.palette.soft)?;
    }
    Ok(())
}

/// One frame, its upper left corner at `corner`.
fn film<DB: DrawingBackend>(pen: &Pen<'_, DB>, levels: &[u8], corner: Place, side: f64) -> Drawn<DB> {
    let place = |column: usize, row: usize| {
        let along = |i: usize| side * i as f64 / SIDE as f64;
        (corner.0 + along(column), corner.1 + along(row))
    };
    let gray = |level: u8| grey((DARK + f64::from(level) * 1.8).min(255.0) as u8);
    pen.block(place(0, 0), place(SIDE, SIDE), gray(0))?;
    for (pixel, level) in levels.iter().enumerate().filter(|(_, level)| **level > 2) {
        let (column, row) = (pixel % SIDE, pixel / SIDE);
        pen.block(place(column, row), place(column + 1, row + 1), gray(*level))?;
    }
    Ok(())
}

/// Side by side for each model: its latent numbers of held-out samples, coloured by the true angle, and its motion.
pub fn latents<DB: DrawingBackend>(pen: &Pen<'_, DB>, snapshots: &[(ModelKind, &FilmSnapshot)]) -> Drawn<DB> {
    for (panel, (kind, snapshot)) in snapshots.iter().enumerate() {
        let frame = panel_frame(pen.size(), panel, snapshots.len(), snapshot);
        let ((left, right), (top, bottom)) = (frame.across, frame.down);
        pen.path(
            [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)],
            pen.palette.line,
            1.0,
            1.0,
        )?;
        pen.reads(&frame, || [Axis::named("z_q"), Axis::named("z_p")]);
        for [z_q, z_p, angle] in &snapshot.latents {
            let place = frame.place(f64::from(*z_q), f64::from(*z_p));
            pen.dot(place, 2.2, pen.palette.angle(f64::from(angle / FULL_COLOR)), 0.9)?;
        }
        let path = snapshot.path.iter().map(|[z_q, z_p]| frame.place(f64::from(*z_q), f64::from(*z_p)));
        let inside = path.filter(|(x, y)| *x >= left && *x <= right && *y >= top && *y <= bottom);
        pen.path(inside, pen.palette.model(*kind), 0.9, 1.4)?;
        let under = ((left + right) / 2.0, bottom + 2.0);
        pen.words(kind.label(), under, (HPos::Center, VPos::Top), pen.palette.of(Some(*kind)))?;
    }
    Ok(())
}

/// The frame of one panel: all latent numbers, with a margin.
fn panel_frame((width, height): (f64, f64), panel: usize, panels: usize, snapshot: &FilmSnapshot) -> Frame {
    let room = width / panels.max(1) as f64;
    let side = (room - GAP).min(height - LABEL - 2.0).max(8.0);
    let left = (panel as f64 + 0.5) * room - side / 2.0;
    let range = |axis: usize| {
        let values = || snapshot.latents.iter().map(|z| f64::from(z[axis])).filter(|x| x.is_finite());
        let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
        let margin = 0.12 * (high - low).max(1e-6);
        if low <= high { (low - margin, high + margin) } else { (-1.0, 1.0) }
    };
    Frame { across: (left, left + side), down: (1.0, 1.0 + side), x: range(0), y: range(1) }
}
