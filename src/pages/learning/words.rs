//! What the pictures of this page show, in sentences.

use crate::pages::learning::matching::Match;
use crate::pages::learning::quantity::{Curve, Quantity};
use crate::pages::learning::shown;
use crate::session::state::Session;
use crate::session::words::subject;
use crate::words::number;
use language::{fixed, tr, translated};

/// What the chart over time shows, in a sentence.
pub fn conserved(state: &Session, quantity: Quantity) -> String {
    let recorded = state.workbench.field.recording.is_some();
    let mut text = String::new();
    for Curve { kind, faint, points } in quantity.curves(state) {
        // A recording may end before the shown time does.
        let shown = if recorded { points.len().min(state.scene.truth.motion.states.len()) } else { points.len() };
        let (Some((_, first)), Some((_, last))) = (points.first(), points[..shown].last()) else { continue };
        let named = if quantity == Quantity::LearnedEnergy { Quantity::Energy } else { quantity };
        let (name, first, last) = (translated(named.name()), number(*first), number(*last));
        if kind.is_some() {
            text.push(' ');
        }
        text.push_str(&match kind {
            None if quantity == Quantity::Distance => tr!("Distances are from the true motion.").to_owned(),
            None if recorded => {
                tr!("The recorded {quantity} goes from {first} to {last}.", quantity = name, first = first, last = last)
            }
            None if quantity.is_conserved(&state.workbench.field) => {
                tr!("The true {quantity} stays at {first}.", quantity = name, first = first)
            }
            None => {
                tr!("The true {quantity} goes from {first} to {last}.", quantity = name, first = first, last = last)
            }
            Some(kind) if faint => tr!("{model}, true energy: ends at {last}.", model = subject(kind), last = last),
            Some(kind) => tr!("{model} ends at {last}.", model = subject(kind), last = last),
        });
    }
    text
}

/// What the portrait shows, in a sentence.
pub fn start(state: &Session) -> String {
    let start = state.workbench.field.start();
    tr!(
        "Position across, momentum upwards. The motions start at q = {q}, p = {p}.",
        q = fixed(start.q[0], 2),
        p = fixed(start.p[0], 2)
    )
}

/// The same, with what can be done there.
pub fn portrait(state: &Session) -> String {
    let start = start(state);
    match state.workbench.field.recording {
        Some(_) => start,
        None => format!("{start} {}", tr!("Arrow keys move the start.")),
    }
}

/// What the picture of the orbits shows, in a sentence.
pub fn orbits(state: &Session) -> String {
    let what = state.workbench.field.system.mechanics().label();
    let orbit = state.workbench.field.view.orbit;
    tr!("Paths of the {system} through the plane, from orbit number {orbit}.", system = what, orbit = orbit)
}

/// How the learned H compares with the true one, in sentences.
pub fn energies(state: &Session) -> String {
    match shown::energies(state).map(|(_, matched)| matched) {
        None => tr!("Once the HNN has learned something, its H stands here beside the true one.").to_owned(),
        Some(matched) => described(state, matched),
    }
}

/// What a match says, in sentences.
fn described(state: &Session, Match { scale, offset, clock, r_squared }: Match) -> String {
    let (scale, sign) = (number(scale), if offset < 0.0 { "−" } else { "+" });
    let (offset, r_squared) = (number(offset.abs()), fixed(r_squared, 4));
    let matched = if state.workbench.field.recording.is_some() {
        tr!(
            "The reference energy E ≈ {scale} × learned H {sign} {offset}, R² = {r_squared} where data may be.",
            scale = scale,
            sign = sign,
            offset = offset,
            r_squared = r_squared
        )
    } else {
        tr!(
            "The true energy ≈ {scale} × learned H {sign} {offset}, R² = {r_squared} where data may be.",
            scale = scale,
            sign = sign,
            offset = offset,
            r_squared = r_squared
        )
    };
    let factor = state.workbench.field.system.mechanics().reference_factor();
    let open = match factor {
        None => tr!(
            "The zero of an energy is arbitrary, and so is its factor here, since p was measured in units of its own: both are fitted."
        ),
        Some(1.0) => tr!("The zero of an energy is arbitrary and fitted; its factor is not."),
        Some(_) => tr!(
            "The zero of an energy is arbitrary and fitted; its factor is what the motion fixes, since dq/dt = 4p makes H = 2E."
        ),
    };
    if factor.is_none() {
        return format!("{matched} {open}");
    }
    let clock = tr!("The learned clock runs at {clock} times the right speed.", clock = number(clock));
    format!("{matched} {open} {clock}")
}
