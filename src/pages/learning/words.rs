//! What the pictures of this page show, in sentences.

use crate::pages::learning::draw::energy_map::Match;
use crate::pages::learning::quantity::Quantity;
use crate::pages::learning::shown;
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
pub fn start(state: &Session) -> String {
    let start = state.workbench.field.start();
    format!("Position across, momentum upwards. The motions start at q = {:.2}, p = {:.2}.", start.q[0], start.p[0],)
}

/// The same, with what can be done there.
pub fn portrait(state: &Session) -> String {
    format!(
        "{}{}",
        start(state),
        if state.workbench.field.recording.is_none() { " Arrow keys move the start." } else { "" }
    )
}

/// What the picture of the orbits shows, in a sentence.
pub fn orbits(state: &Session) -> String {
    let what = state.workbench.field.system.mechanics().label();
    format!("Paths of the {what} through the plane, from orbit number {}.", state.workbench.field.view.orbit)
}

/// How the learned H compares with the true one, in sentences.
pub fn energies(state: &Session) -> String {
    match shown::energies(state).map(|(_, matched)| matched) {
        None => "Once the HNN has learned something, its H stands here beside the true one.".to_owned(),
        Some(Match { scale, offset, r_squared }) => {
            let (name, factor) = if state.workbench.field.recording.is_some() {
                // E is twice the H of a motion whose p is dq/dt.
                ("the reference_energy E", "E is p² where H has p²/2, so a factor of 2 is right")
            } else {
                ("true H", "a factor away from 1 is a clock that runs too slow or too fast")
            };
            format!(
                "Best affine match where data may be: {name} ≈ {} × learned H {} {}, R² = {r_squared:.4}. The zero of an energy is arbitrary; {factor}.",
                number(scale),
                if offset < 0.0 { "−" } else { "+" },
                number(offset.abs()),
            )
        }
    }
}
