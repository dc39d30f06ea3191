//! The moving system itself, as truth and each model have it.

use crate::drawing::pen::{Drawn, Pen, Place};
use models::field::model::ModelKind;
use physics::phase_space::PhasePoint;
use physics::system::System;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Turns of a drawn spring.
const TURNS: usize = 9;
/// The room a label takes.
const LABEL: f64 = 18.0;

/// Draws states side by side; `None` names the truth. `reach` is the largest displacement to make room for.
pub fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    system: &System,
    states: &[(Option<ModelKind>, PhasePoint)],
    reach: f64,
) -> Drawn<DB> {
    let (width, height) = pen.size();
    let room = width / states.len().max(1) as f64;
    for (i, (kind, state)) in states.iter().enumerate() {
        let middle = (i as f64 + 0.5) * room;
        let color = pen.palette.of(*kind);
        match system {
            System::Gravity(_) => {
                let scale = (room.min(height - LABEL) / 2.0 - 8.0).max(4.0) / reach.max(1e-6);
                for (x, y) in bodies(state).filter(|(x, y)| x.abs() <= reach && y.abs() <= reach) {
                    pen.dot((middle + scale * x, (height - LABEL) / 2.0 - scale * y), 6.0, color, 1.0)?;
                }
            }
            System::Pendulum(_) | System::Recorded(_) | System::Filmed(_) => {
                let q = state.q[0];
                let length = ((height - LABEL) / 2.0 - 10.0).min(room / 2.0 - 12.0).max(4.0);
                let pivot = (middle, (height - LABEL) / 2.0);
                let bob = (middle + length * q.sin(), pivot.1 + length * q.cos());
                pen.path([pivot, bob], pen.palette.soft, 1.0, 2.5)?;
                pen.dot(pivot, 3.0, pen.palette.soft, 1.0)?;
                pen.dot(bob, 8.0, color, 1.0)?;
            }
            System::MassSpring(_) => {
                let q = state.q[0];
                let rest = 8.0 + (height - LABEL - 16.0) / 2.0;
                let travel = (height - LABEL - 60.0).max(4.0) / 2.0;
                let mass = (middle, rest + 8.0 + travel * (q / reach.max(1e-6)).clamp(-1.0, 1.0));
                let ceiling = (middle, 4.0);
                pen.path([(middle - 16.0, 4.0), (middle + 16.0, 4.0)], pen.palette.soft, 1.0, 3.0)?;
                pen.path(coil(ceiling, (mass.0, mass.1 - 9.0)), pen.palette.soft, 1.0, 1.5)?;
                pen.block((mass.0 - 11.0, mass.1 - 9.0), (mass.0 + 11.0, mass.1 + 9.0), color)?;
            }
        }
        let name = kind.map_or("truth", ModelKind::label);
        pen.words(name, (middle, height - 2.0), (HPos::Center, VPos::Bottom), pen.palette.soft)?;
    }
    Ok(())
}

/// The places of all bodies in a state, whose coordinates come as (x…, y…).
pub fn bodies(state: &PhasePoint) -> impl Iterator<Item = (f64, f64)> + '_ {
    let (x, y) = state.q.split_at(state.q.len() / 2);
    x.iter().copied().zip(y.iter().copied())
}

fn coil(top: Place, bottom: Place) -> Vec<Place> {
    let ends = 2 * TURNS + 1;
    let turn = |i: usize| {
        let part = i as f64 / ends as f64;
        let aside = if i == 0 || i == ends { 0.0 } else { 7.0 * if i.is_multiple_of(2) { 1.0 } else { -1.0 } };
        (top.0 + aside, top.1 + part * (bottom.1 - top.1))
    };
    (0..=ends).map(turn).collect()
}
