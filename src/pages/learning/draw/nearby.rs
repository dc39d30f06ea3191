//! How two motions that start close together come apart, on a logarithmic scale: a straight line upwards is chaos.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::Frame;
use crate::drawing::pen::{Drawn, Pen};
use language::{tr, written};
use models::field::model::ModelKind;
use physics::trajectory::Trajectory;
use plotters::prelude::DrawingBackend;

/// Distances are drawn from this power of ten…
const LOWEST: f64 = -4.0;
/// … to this one: no two states of the systems here are farther apart.
const HIGHEST: f64 = 1.0;

/// (t, log₁₀ of the distance) of two motions at equal times.
pub fn distances(a: &Trajectory, b: &Trajectory) -> Vec<(f64, f64)> {
    let pairs = a.states.iter().zip(&b.states).enumerate();
    pairs.map(|(i, (a_, b_))| (i as f64 * a.dt, a_.distance(b_).max(1e-30).log10())).collect()
}

/// The frame of the chart.
pub fn frame(size: (f64, f64), horizon: f64) -> Frame {
    Frame::chart(size.0, size.1, 0.0..=horizon, LOWEST..=HIGHEST)
}

/// Draws how far each motion is from the truth; `None` names a true motion that starts close to it.
pub fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    horizon: f64,
    truth: &Trajectory,
    others: &[(Option<ModelKind>, &Trajectory)],
) -> Drawn<DB> {
    let frame = frame(pen.size(), horizon);
    for (power, text) in [(-4.0, "0.0001"), (-3.0, "0.001"), (-2.0, "0.01"), (-1.0, "0.1"), (0.0, "1")] {
        rule(pen, &frame, power, &written(text.to_owned()))?;
    }
    below(pen, &frame, &format!(" {}", tr!("time")))?;
    for (kind, motion) in others.iter().rev() {
        for piece in pieces(&frame, distances(truth, motion)) {
            match kind {
                None => pen.dashed(piece, pen.palette.truth, 2.0)?,
                Some(kind) => pen.path(piece, pen.palette.model(*kind), 1.0, 1.6)?,
            }
        }
    }
    Ok(())
}
