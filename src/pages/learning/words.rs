//! What the pictures of this page show, in sentences.

use crate::pages::learning::matching::Match;
use crate::pages::learning::quantity::{Curve, Quantity};
use crate::pages::learning::shown;
use crate::session::state::Session;
use crate::session::words::subject;
use crate::words::number;

/// What the chart over time shows, in a sentence.
pub fn conserved(state: &Session, quantity: Quantity) -> String {
    let recorded = state.workbench.field.recording.is_some();
    let mut text = String::new();
    for Curve { kind, faint, points } in quantity.curves(state) {
        // A recording may end before the shown time does.
        let shown = if recorded { points.len().min(state.scene.truth.motion.states.len()) } else { points.len() };
        let (Some((_, first)), Some((_, last))) = (points.first(), points[..shown].last()) else { continue };
        let named = if quantity == Quantity::LearnedEnergy { Quantity::Energy } else { quantity };
        let (name, first, last) = (named.name(), number(*first), number(*last));
        text.push_str(&match kind {
            None if quantity == Quantity::Distance => "Distances are from the true motion.".to_owned(),
            None if recorded => format!("The recorded {name} goes from {first} to {last}."),
            None if quantity.is_conserved(&state.workbench.field) => format!("The true {name} stays at {first}."),
            None => format!("The true {name} goes from {first} to {last}."),
            Some(kind) if faint => format!(" {}, true energy: ends at {last}.", subject(kind)),
            Some(kind) => format!(" {} ends at {last}.", subject(kind)),
        });
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
