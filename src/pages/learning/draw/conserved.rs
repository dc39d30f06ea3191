//! A conserved quantity of each shown motion over time: flat for the truth, and as flat as it understands physics for a model.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::pen::{Drawn, Pen};
use crate::pages::learning::quantity::Quantity;
use experiments::FieldExperiment;
use models::field::model::ModelKind;
use physics::trajectory::Trajectory;
use plotters::prelude::DrawingBackend;

/// The smallest value that counts as one, for the scale of a quantity that starts at zero.
const UNIT: f64 = 0.1;

/// The frame of the chart: around the value at the start, and as far from it as the motions go within reason.
pub fn frame(
    size: (f64, f64),
    experiment: &FieldExperiment,
    quantity: Quantity,
    motions: &[(Option<ModelKind>, &Trajectory)],
) -> Frame {
    let system = &experiment.system;
    let start = quantity.value(system, &experiment.start());
    let values = motions.iter().flat_map(|(_, motion)| &motion.states).map(|state| quantity.value(system, state));
    let scale = start.abs().max(UNIT);
    let farthest = values.map(|value| (value - start).abs()).filter(|far| far.is_finite()).fold(0.0, f64::max);
    let far = farthest.clamp(0.25 * scale, 2.0 * scale);
    let top = start + 1.1 * far;
    // What cannot be negative is shown down to zero.
    let positive = quantity != Quantity::AngularMomentum && start >= 0.0;
    let bottom = if positive { 0.0 } else { start - 1.1 * far };
    Frame::chart(size.0, size.1, 0.0..=experiment.view.horizon, bottom..=top)
}

/// Draws the chart; `None` names the truth.
pub fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    experiment: &FieldExperiment,
    quantity: Quantity,
    motions: &[(Option<ModelKind>, &Trajectory)],
) -> Drawn<DB> {
    let frame = frame(pen.size(), experiment, quantity, motions);
    for y in Frame::ticks(frame.y, 3) {
        rule(pen, &frame, y, &label(y))?;
    }
    below(pen, &frame, " time")?;
    for (kind, motion) in motions.iter().rev() {
        let values = motion.over_time(|state| quantity.value(&experiment.system, state));
        for piece in pieces(&frame, values) {
            match kind {
                None => pen.dashed(piece, pen.palette.truth, 2.0)?,
                Some(kind) => pen.path(piece, pen.palette.model(*kind), 1.0, 2.0)?,
            }
        }
    }
    Ok(())
}
