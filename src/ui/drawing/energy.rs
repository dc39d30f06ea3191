//! True energy of each shown motion over time: flat for the truth, and as flat as it understands physics for a model.

use crate::experiment::Experiment;
use crate::learned::model::ModelKind;
use crate::physics::trajectory::Trajectory;
use crate::ui::drawing::chart::{below, pieces, rule};
use crate::ui::drawing::frame::{Frame, label};
use crate::ui::drawing::pen::{Drawn, Pen};
use plotters::prelude::DrawingBackend;

/// The frame of the chart: from zero energy to a little above the highest, but never more than thrice the true one.
pub fn frame(size: (f64, f64), experiment: &Experiment, motions: &[(Option<ModelKind>, &Trajectory)]) -> Frame {
    let start = experiment.system.energy(&experiment.view.start()).max(1e-3);
    let energies = motions.iter().flat_map(|(_, motion)| &motion.states).map(|state| experiment.system.energy(state));
    let highest = energies.fold(start, f64::max).clamp(1.25 * start, 3.0 * start);
    Frame::chart(size.0, size.1, 0.0..=experiment.view.horizon, 0.0..=1.08 * highest)
}

/// Draws the chart; `None` names the truth.
pub fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    experiment: &Experiment,
    motions: &[(Option<ModelKind>, &Trajectory)],
) -> Drawn<DB> {
    let frame = frame(pen.size(), experiment, motions);
    for y in Frame::ticks(frame.y, 3) {
        rule(pen, &frame, y, &label(y))?;
    }
    below(pen, &frame, " time")?;
    for (kind, motion) in motions.iter().rev() {
        let energies = motion.energies(|state| experiment.system.energy(state));
        for piece in pieces(&frame, energies) {
            match kind {
                None => pen.dashed(piece, pen.palette.truth, 2.0)?,
                Some(kind) => pen.path(piece, pen.palette.model(*kind), 1.0, 2.0)?,
            }
        }
    }
    Ok(())
}
