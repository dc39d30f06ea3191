//! The learned H beside the true one, as pictures in shades, after the best affine match.

use crate::drawing::frame::Frame;
use crate::drawing::palette::mix;
use crate::drawing::pen::{Drawn, Pen};
use jobs::protocol::motion_snapshot::ENERGIES;
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

/// truth ≈ scale · learned + offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Factor of the learned energy; 1 where time runs as fast as it should.
    pub scale: f64,
    /// What has to be added: the zero of an energy is arbitrary.
    pub offset: f64,
    /// The share of the variance of the true energy that the matched one accounts for.
    pub r_squared: f64,
}

impl Match {
    /// The least-squares match where the true energy is at most `most`: where data may be.
    pub fn of(learned: &[f64], truth: &[f64], most: f64) -> Option<Self> {
        let pairs: Vec<(f64, f64)> =
            learned.iter().copied().zip(truth.iter().copied()).filter(|(_, t)| *t <= most).collect();
        let count = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
        let (l, t) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let moment = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - l, b - t)).sum::<f64>();
        let (square, cross, total) = (moment(&|a, _| a * a), moment(&|a, b| a * b), moment(&|_, b| b * b));
        let scale = cross / square;
        let found = Self { scale, offset: t - scale * l, r_squared: cross * scale / total };
        (found.scale.is_finite() && found.r_squared.is_finite()).then_some(found)
    }
}

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
    for (panel, name) in ["true H", "learned H, matched"].into_iter().enumerate() {
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
        pen.block((corner.0, opposite.1), (opposite.0 + 0.3, corner.1 + 0.3), tone)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Match;

    #[test]
    fn an_affine_match_is_found_where_data_are_and_ignores_the_rest() {
        let learned: Vec<f64> = (0..50).map(|i| f64::from(i) * 0.1).collect();
        let truth: Vec<f64> = learned.iter().map(|x| if *x < 3.0 { 2.0 * x - 1.0 } else { 99.0 }).collect();
        let found = Match::of(&learned, &truth, 10.0).expect("a match");
        assert!((found.scale - 2.0).abs() < 1e-9 && (found.offset + 1.0).abs() < 1e-9, "{found:?}");
        assert!((found.r_squared - 1.0).abs() < 1e-9);
        assert_eq!(Match::of(&[1.0; 9], &[1.0; 9], 10.0), None);
    }
}
