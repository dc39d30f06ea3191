//! The phase portrait: data, learned velocity, energies as contours, and the motions from the visitor's start.

use crate::drawing::frame::{Frame, label};
use crate::drawing::pen::{Drawn, Pen};
use crate::pages::learning::layers::Layers;
use crate::pages::learning::matching::Match;
use crate::session::scene::Scene;
use contour::ContourBuilder;
use experiments::FieldExperiment;
use jobs::protocol::motion_snapshot::{ENERGIES, MotionSnapshot, arrows, window};
use language::tr;
use models::field::model::ModelKind;
use physics::phase_space::PhasePoint;
use physics::trajectory::Trajectory;
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

/// Energies at which contours are drawn, as parts of the largest in the data.
const LEVELS: [f64; 6] = [0.1, 0.25, 0.45, 0.7, 1.0, 1.35];
/// The longest arrow, as a part of the distance between two.
const LONGEST: f64 = 0.8;

/// The frame of a portrait.
pub fn frame(size: (f64, f64), experiment: &FieldExperiment) -> Frame {
    Frame::square(size.0, size.1, window(experiment))
}

/// Draws everything.
pub fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    experiment: &FieldExperiment,
    scene: &Scene,
    snapshots: &[&MotionSnapshot],
    layers: Layers,
) -> Drawn<DB> {
    known(pen, experiment, scene, layers)?;
    learned(pen, experiment, scene, snapshots, layers)
}

/// Draws what training does not change: axes, data and the true energy.
pub fn known<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    experiment: &FieldExperiment,
    scene: &Scene,
    layers: Layers,
) -> Drawn<DB> {
    let frame = frame(pen.size(), experiment);
    axes(pen, &frame)?;
    if layers.true_energy {
        contours(pen, &frame, &scene.truth.energies, levels(scene), pen.palette.truth, 0.35)?;
    }
    if layers.data {
        for state in &scene.task.dataset.train.states {
            pen.dot(place(&frame, state), 1.6, pen.palette.soft, 0.35)?;
        }
    }
    Ok(())
}

/// Draws what lies on it: the learned energy and velocity, and the motions.
pub fn learned<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    experiment: &FieldExperiment,
    scene: &Scene,
    snapshots: &[&MotionSnapshot],
    layers: Layers,
) -> Drawn<DB> {
    let frame = frame(pen.size(), experiment);
    let with_energy = [ModelKind::Hnn, ModelKind::Dissipative];
    let hnn = with_energy.iter().find_map(|kind| snapshots.iter().find(|snapshot| snapshot.kind == *kind));
    if let Some(snapshot) = hnn.filter(|_| layers.learned_energy) {
        let factor = experiment.system.mechanics().reference_factor();
        if let Some(found) = Match::of(&snapshot.energies, &scene.truth.energies, scene.energy_scale, factor) {
            let levels = levels(scene).map(|level| found.learned(level));
            contours(pen, &frame, &snapshot.energies, levels, pen.palette.hnn, 0.4)?;
        }
    }
    if let Some(snapshot) = hnn.or(snapshots.first()).filter(|_| layers.field) {
        field(pen, &frame, snapshot)?;
    }
    for snapshot in snapshots {
        motion(pen, &frame, Some(snapshot.kind), &snapshot.motion)?;
    }
    // On top and dashed, so that a motion that agrees with it can be seen between the dashes.
    motion(pen, &frame, None, &scene.truth.motion)?;
    pen.ring(place(&frame, &experiment.start()), 5.0, pen.palette.ink, 2.0)
}

fn levels(scene: &Scene) -> [f64; LEVELS.len()] {
    LEVELS.map(|level| level * scene.energy_scale)
}

fn place(frame: &Frame, state: &PhasePoint) -> (f64, f64) {
    frame.place(state.q[0], state.p[0])
}

fn axes<DB: DrawingBackend>(pen: &Pen<'_, DB>, frame: &Frame) -> Drawn<DB> {
    let (origin_across, origin_down) = frame.place(0.0, 0.0);
    let ((left, right), (top, bottom)) = (frame.across, frame.down);
    pen.path([(left, origin_down), (right, origin_down)], pen.palette.line, 1.0, 1.0)?;
    pen.path([(origin_across, top), (origin_across, bottom)], pen.palette.line, 1.0, 1.0)?;
    for tick in Frame::ticks(frame.x, 5).into_iter().filter(|tick| tick.abs() > 1e-9) {
        let (across, _) = frame.place(tick, 0.0);
        let (_, down) = frame.place(0.0, tick);
        if across < right - 24.0 {
            pen.words(&label(tick), (across, origin_down + 4.0), (HPos::Center, VPos::Top), pen.palette.soft)?;
        }
        if down > top + 24.0 {
            pen.words(&label(tick), (origin_across - 5.0, down), (HPos::Right, VPos::Center), pen.palette.soft)?;
        }
    }
    pen.words(tr!("position q"), (right, origin_down - 4.0), (HPos::Right, VPos::Bottom), pen.palette.soft)?;
    pen.words(tr!("momentum p"), (origin_across + 6.0, top), (HPos::Left, VPos::Top), pen.palette.soft)
}

/// Lines of equal energy at these levels.
fn contours<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    frame: &Frame,
    energies: &[f64],
    mut levels: [f64; LEVELS.len()],
    color: RGBColor,
    opacity: f64,
) -> Drawn<DB> {
    if energies.len() != ENERGIES * ENERGIES || energies.iter().any(|energy| !energy.is_finite()) {
        return Ok(());
    }
    levels.sort_by(f64::total_cmp);
    // The library takes the middle of a cell for its coordinate: its (½, ½) is our first point.
    let cells = (ENERGIES - 1) as f64;
    let across = |range: (f64, f64), x: f64| range.0 + (x - 0.5) / cells * (range.1 - range.0);
    let builder = ContourBuilder::new(ENERGIES, ENERGIES, true);
    for line in builder.lines(energies, &levels).unwrap_or_default() {
        for string in &line.geometry().0 {
            let inside = string.coords().map(|c| (across(frame.x, c.x), across(frame.y, c.y)));
            // Where a contour meets the edge of the window the library closes it along the edge; that part is left out.
            let mut piece: Vec<(f64, f64)> = vec![];
            for (x, y) in inside {
                let edge = x <= frame.x.0 || x >= frame.x.1 || y <= frame.y.0 || y >= frame.y.1;
                if edge {
                    pen.path(std::mem::take(&mut piece), color, opacity, 1.0)?;
                } else {
                    piece.push(frame.place(x, y));
                }
            }
            pen.path(piece, color, opacity, 1.0)?;
        }
    }
    Ok(())
}

fn field<DB: DrawingBackend>(pen: &Pen<'_, DB>, frame: &Frame, snapshot: &MotionSnapshot) -> Drawn<DB> {
    let places: Vec<_> = arrows(frame.x.1).collect();
    let size = |v: &physics::phase_space::PhaseVelocity| v.dq[0].hypot(v.dp[0]);
    let fastest = snapshot.field.iter().map(size).filter(|s| s.is_finite()).fold(f64::MIN_POSITIVE, f64::max);
    let apart = 2.0 * frame.x.1 / jobs::protocol::motion_snapshot::ARROWS as f64;
    for (at, velocity) in places.iter().zip(&snapshot.field) {
        // The square root lets slow places still show their direction.
        let speed = size(velocity);
        let length = LONGEST * apart * (speed / fastest).sqrt();
        if !(length.is_finite() && speed > 0.0) {
            continue;
        }
        let (q, p) = (velocity.dq[0] / speed * length / 2.0, velocity.dp[0] / speed * length / 2.0);
        let tail = frame.place(at.q[0] - q, at.p[0] - p);
        let tip = frame.place(at.q[0] + q, at.p[0] + p);
        pen.path([tail, tip], pen.palette.soft, 0.5, 1.0)?;
        let (dx, dy) = (tip.0 - tail.0, tip.1 - tail.1);
        let long = dx.hypot(dy).max(1e-6);
        let (ux, uy) = (dx / long, dy / long);
        let side = |s: f64| (tip.0 - 4.0 * ux - s * 2.0 * uy, tip.1 - 4.0 * uy + s * 2.0 * ux);
        pen.triangle([tip, side(1.0), side(-1.0)], pen.palette.soft, 0.7)?;
    }
    Ok(())
}

fn motion<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    frame: &Frame,
    kind: Option<ModelKind>,
    motion: &Trajectory,
) -> Drawn<DB> {
    let places = |count: usize| motion.states.iter().take(count).map(|state| place(frame, state));
    match kind {
        None => pen.dashed(places(first_turn(motion)), pen.palette.truth, 2.0),
        Some(kind) => pen.path(places(motion.states.len()), pen.palette.model(kind), 0.9, 1.6),
    }
}

/// States of a motion until it first comes back to its start: the dashes of a second turn would fill the gaps of the first.
fn first_turn(motion: &Trajectory) -> usize {
    let Some(start) = motion.states.first() else {
        return 0;
    };
    let far: Vec<f64> = motion.states.iter().map(|state| state.distance(start)).collect();
    let widest = far.iter().copied().fold(0.0, f64::max);
    let left = far.iter().position(|far| *far > 0.3 * widest).unwrap_or(far.len());
    let back = far[left..].iter().position(|far| *far < 0.05 * widest);
    back.map_or(far.len(), |back| left + back + 1)
}

/// Where each motion is at a time: dots over the portrait.
pub fn markers<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    experiment: &FieldExperiment,
    motions: &[(Option<ModelKind>, &Trajectory)],
    t: f64,
) -> Drawn<DB> {
    let frame = frame(pen.size(), experiment);
    for (kind, motion) in motions {
        let color = pen.palette.of(*kind);
        if let Some(state) = motion.at(t) {
            pen.dot(place(&frame, &state), 5.0, color, 1.0)?;
        }
    }
    Ok(())
}
