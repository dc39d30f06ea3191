//! What the pictures of this page show, in sentences.

use crate::pages::learning::quantity::Quantity;
use crate::session::state::Session;
use crate::session::words::{alongside, subject};
use crate::words::number;
use physics::phase_space::PhasePoint;

/// What the chart over time shows, in a sentence.
pub fn conserved(state: &Session, quantity: Quantity) -> String {
    let experiment = &state.workbench.field;
    let value = |at: &PhasePoint| quantity.value(&experiment.system, at);
    let start = experiment.start();
    let mut text = match state.scene.truth.motion.states.last() {
        Some(end) if experiment.recording.is_some() => {
            format!("The recorded {} goes from {} to {}.", quantity.name(), number(value(&start)), number(value(end)))
        }
        _ => format!("The true {} stays at {}.", quantity.name(), number(value(&start))),
    };
    for (kind, model) in &state.models {
        let snapshot = model.snapshot.as_ref();
        if let Some(end) = snapshot.and_then(|snapshot| alongside(state, &snapshot.motion).last()) {
            let name = subject(*kind);
            text.push_str(&format!(" {name} ends at {}.", number(value(end))));
        }
    }
    text
}

/// What the portrait shows, in a sentence.
pub fn portrait(state: &Session) -> String {
    let start = state.workbench.field.start();
    format!(
        "Position across, momentum upwards. The motions start at q = {:.2}, p = {:.2}.{}",
        start.q[0],
        start.p[0],
        if state.workbench.field.recording.is_none() { " Arrow keys move the start." } else { "" }
    )
}

/// What the picture of the orbits shows, in a sentence.
pub fn orbits(state: &Session) -> String {
    let what = state.workbench.field.system.mechanics().label();
    format!("Paths of the {what} through the plane, from orbit number {}.", state.workbench.field.view.orbit)
}
