//! The paths of bodies, or of other places of a system, through their plane, as truth and each model have them.

use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::Axis;
use crate::drawing::pen::{Drawn, Pen, Place};
use experiments::FieldExperiment;
use jobs::protocol::motion_snapshot::window;
use models::field::model::ModelKind;
use physics::phase_space::PhasePoint;
use physics::trajectory::Trajectory;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// The frame of the picture.
pub fn frame(size: (f64, f64), experiment: &FieldExperiment) -> Frame {
    Frame::square(size.0, size.1, window(experiment))
}

/// Draws every path, the truth dashed on top.
pub fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    experiment: &FieldExperiment,
    motions: &[(Option<ModelKind>, &Trajectory)],
) -> Drawn<DB> {
    let frame = frame(pen.size(), experiment);
    let traced = |state: &PhasePoint| experiment.system.mechanics().traced(state);
    axes(pen, &frame)?;
    for (kind, motion) in motions.iter().rev() {
        let count = motion.states.first().map_or(0, |state| traced(state).len());
        for body in 0..count {
            let path = motion.states.iter().filter_map(|state| traced(state).get(body).copied());
            for piece in inside(&frame, path) {
                match kind {
                    None => pen.dashed(piece, pen.palette.truth, 1.8)?,
                    Some(kind) => pen.path(piece, pen.palette.model(*kind), 0.8, 1.6)?,
                }
            }
        }
    }
    for (x, y) in traced(&experiment.start()) {
        pen.ring(frame.place(x, y), 6.0, pen.palette.ink, 2.0)?;
    }
    Ok(())
}

/// Where each body of each motion is at a time: dots over the picture.
pub fn markers<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    experiment: &FieldExperiment,
    motions: &[(Option<ModelKind>, &Trajectory)],
    t: f64,
) -> Drawn<DB> {
    let frame = frame(pen.size(), experiment);
    for (kind, motion) in motions {
        let color = pen.palette.of(*kind);
        let Some(state) = motion.at(t) else {
            continue;
        };
        for place in experiment.system.mechanics().traced(&state).into_iter().filter(|at| within(&frame, *at)) {
            pen.dot(frame.place(place.0, place.1), 5.0, color, 1.0)?;
        }
    }
    Ok(())
}

/// The grid of a square frame, with its numbers.
pub fn axes<DB: DrawingBackend>(pen: &Pen<'_, DB>, frame: &Frame) -> Drawn<DB> {
    pen.reads(frame, || [Axis::named("x"), Axis::named("y")]);
    let ((left, right), (top, bottom)) = (frame.across, frame.down);
    for tick in Frame::ticks(frame.x, 5) {
        let (across, down) = frame.place(tick, tick);
        pen.path([(across, top), (across, bottom)], pen.palette.line, 0.6, 1.0)?;
        pen.path([(left, down), (right, down)], pen.palette.line, 0.6, 1.0)?;
        if across < right - 24.0 {
            pen.words(&label(tick), (across, bottom - 2.0), (HPos::Center, VPos::Bottom), pen.palette.soft)?;
        }
    }
    Ok(())
}

fn within(frame: &Frame, (x, y): (f64, f64)) -> bool {
    x >= frame.x.0 && x <= frame.x.1 && y >= frame.y.0 && y <= frame.y.1
}

/// The pieces of a path inside the frame.
fn inside(frame: &Frame, path: impl Iterator<Item = (f64, f64)>) -> Vec<Vec<Place>> {
    let mut pieces = vec![vec![]];
    for at in path {
        match pieces.last_mut() {
            Some(piece) if within(frame, at) => piece.push(frame.place(at.0, at.1)),
            Some(piece) if !piece.is_empty() => pieces.push(vec![]),
            _ => {}
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}
