//! The learned H beside the true one, as pictures in shades, put to the same zero and scale.

use crate::drawing::frame::Frame;
use crate::drawing::notes::number;
use crate::drawing::palette::mix;
use crate::drawing::pen::{Drawn, Pen};
use crate::pages::learning::matching::Match;
use jobs::protocol::motion_snapshot::ENERGIES;
use language::tr;
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

/// Shades from nothing to the largest energy where data may be.
const SHADES: f64 = 12.0;
/// The room a line of words takes.
const LABEL: f64 = 16.0;
/// Between the two pictures.
const GAP: f64 = 14.0;

/// Draws the true H and the matched learned one side by side, with levels as steps of shade.
pub fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    truth: &[f64],
    learned: Option<(&[f64], Match)>,
    most: f64,
) -> Drawn<DB> {
    let (width, height) = pen.size();
    let side = ((width - GAP) / 2.0).min(height - LABEL).max(8.0);
    for (panel, name) in [tr!("true H"), tr!("learned H, matched")].into_iter().enumerate() {
        let left = (panel as f64 + 0.5) * width / 2.0 - side / 2.0;
        let frame = Frame { across: (left, left + side), down: (0.0, side), x: (0.0, 1.0), y: (0.0, 1.0) };
        let color = if panel == 0 { pen.palette.truth } else { pen.palette.hnn };
        match (panel, &learned) {
            (0, _) => shades(pen, &frame, truth, &|energy| energy, most, color)?,
            (_, Some((energies, found))) => {
                let matched = |energy: f64| found.scale * energy + found.offset;
                shades(pen, &frame, energies, &matched, most, color)?;
            }
            (_, None) => {
                let ((left, right), (top, bottom)) = (frame.across, frame.down);
                let edge = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
                pen.path(edge, pen.palette.line, 1.0, 1.0)?;
            }
        }
        pen.words(name, (left + side / 2.0, side + 1.0), (HPos::Center, VPos::Top), pen.palette.soft)?;
    }
    Ok(())
}

fn shades<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    frame: &Frame,
    energies: &[f64],
    matched: &dyn Fn(f64) -> f64,
    most: f64,
    color: RGBColor,
) -> Drawn<DB> {
    let cell = 1.0 / ENERGIES as f64;
    for (i, energy) in energies.iter().enumerate().take(ENERGIES * ENERGIES) {
        let (column, row) = ((i % ENERGIES) as f64, (i / ENERGIES) as f64);
        let part = (matched(*energy) / most).clamp(0.0, 1.0);
        // Whole steps of shade show the levels as edges.
        let shade = ((part * SHADES).floor() / SHADES).min(1.0);
        let tone = mix(pen.palette.card, color, shade);
        let corner = frame.place(column * cell, row * cell);
        let opposite = frame.place((column + 1.0) * cell, (row + 1.0) * cell);
        let middle = ((corner.0 + opposite.0) / 2.0, (corner.1 + opposite.1) / 2.0);
        pen.says(middle, tone, || format!("H {}", number(matched(*energy))));
        pen.block((corner.0, opposite.1), (opposite.0 + 0.3, corner.1 + 0.3), tone)?;
    }
    Ok(())
}
