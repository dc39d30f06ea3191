//! What the pictures of this page show, in sentences.

use crate::pages::learning::matching::Match;
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
        Some(matched) => described(state, matched),
    }
}

/// What a match says, in sentences.
fn described(state: &Session, Match { scale, offset, clock, r_squared }: Match) -> String {
    let sign = if offset < 0.0 { "−" } else { "+" };
    let matched = format!(
        "{} ≈ {} × learned H {sign} {}, R² = {r_squared:.4} where data may be. The zero of an energy is arbitrary",
        if state.workbench.field.recording.is_some() { "The reference energy E" } else { "The true energy" },
        number(scale),
        number(offset.abs()),
    );
    let clock = number(clock);
    match state.workbench.field.system.mechanics().reference_factor() {
        None => {
            format!("{matched}, and so is its factor here, since p was measured in units of its own: both are fitted.")
        }
        Some(1.0) => {
            format!("{matched} and fitted; its factor is not. The learned clock runs at {clock} times the right speed.")
        }
        Some(_) => format!(
            "{matched} and fitted; its factor is what the motion fixes, since dq/dt = 4p makes H = 2E. The learned clock runs at {clock} times the right speed."
        ),
    }
}
