//! What the run shows, in sentences.

use crate::session::state::Session;
use crate::words::number;
use data::recording::Recording;
use language::{fixed, tr, written};
use models::field::model::ModelKind;
use models::field::score::ROLLOUTS;
use physics::dataset::Targets;
use physics::phase_space::PhasePoint;
use physics::trajectory::Trajectory;

/// A model's states for as long as there is a truth to hold them against: a recording may end before the shown time does.
pub fn alongside<'a>(state: &Session, motion: &'a Trajectory) -> &'a [PhasePoint] {
    let recorded =
        state.workbench.field.recording.as_ref().map_or(usize::MAX, |_| state.scene.truth.motion.states.len());
    &motion.states[..motion.states.len().min(recorded)]
}

/// A model as the subject of a sentence.
pub fn subject(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Baseline => tr!("The baseline"),
        ModelKind::Hnn => tr!("The HNN"),
        ModelKind::Dissipative => tr!("The HNN with friction"),
    }
}

/// What the loss chart shows, in a sentence.
pub fn losses(state: &Session) -> String {
    let mut text = String::new();
    for (kind, model) in &state.models {
        if let (Some((_, first)), Some((step, last))) = (model.losses.first(), model.losses.last()) {
            text.push_str(&tr!(
                "{model}: test loss from {first} to {last} in {steps} steps.",
                model = subject(*kind),
                first = number(first.test),
                last = number(last.test),
                steps = step
            ));
            text.push(' ');
        }
    }
    if text.is_empty() { tr!("Nothing has been trained yet.").into() } else { text }
}

/// Which scheme steps what, where that is not the one that was chosen.
pub fn schemes(state: &Session) -> String {
    let chosen = state.workbench.field.view.scheme;
    let dt = written(state.workbench.field.view.dt.to_string());
    let mut text = vec![tr!("Stepped by {scheme} with Δt = {dt}.", scheme = chosen.name(), dt = dt)];
    if state.workbench.field.view.turn {
        let start = state.workbench.field.start();
        let truth = (None, &state.scene.truth.motion);
        let learned =
            state.models.iter().filter_map(|(kind, model)| Some((Some(*kind), &model.snapshot.as_ref()?.motion)));
        let ends = std::iter::once(truth).chain(learned).map(|(kind, motion)| {
            let far = motion.states.last().map(|end| {
                // Back at the start it moves the other way.
                let back = PhasePoint { p: end.p.iter().map(|p| -p).collect(), ..end.clone() };
                number(back.distance(motion.states.first().unwrap_or(&start)))
            });
            format!("{} {}", kind.map_or(tr!("truth"), ModelKind::label), far.unwrap_or_default())
        });
        text.push(tr!(
            "At half time every momentum is turned round, and the end is this far from the start: {}.",
            ends.collect::<Vec<_>>().join(" ")
        ));
    }
    let suited = chosen.suited(state.workbench.field.system.dynamics());
    if suited != chosen {
        text.push(tr!("The truth: {} instead, because its kinetic energy depends on the position.", suited.name()));
    }
    for (kind, model) in &state.models {
        if let Some(snapshot) = model.snapshot.as_ref().filter(|snapshot| snapshot.scheme != chosen) {
            let scheme = snapshot.scheme.name();
            text.push(match kind {
                ModelKind::Hnn => {
                    tr!("The HNN: {} instead, because a learned H(q, p) does not split into T(p) + V(q).", scheme)
                }
                ModelKind::Dissipative => {
                    tr!("The HNN with friction: {} instead, because friction leaves it no Hamiltonian.", scheme)
                }
                ModelKind::Baseline => tr!(
                    "The baseline: {} instead, because it has no energy, so no scheme is symplectic for it.",
                    scheme
                ),
            });
        }
    }
    text.join(" ")
}

/// What the figures of merit were taken on.
pub fn trials(state: &Session) -> String {
    if state.workbench.field.recording.is_some() {
        return tr!("along the rows not learned from").into();
    }
    if state.workbench.field.film_recipe().is_some() {
        return tr!("up to {} held-out films, 200 frames", ROLLOUTS);
    }
    let end = written(state.workbench.field.system.mechanics().trials().horizon.to_string());
    tr!("{count} fresh motions to t = {time}", count = ROLLOUTS, time = end)
}

/// Swings there and back that a motion needs before a loss of energy can be told from what goes to and fro in it.
const ENOUGH_SWINGS: f64 = 2.0;
/// Rows to be judged by below which errors say little.
const ENOUGH_ROWS: usize = 20;

/// A warning where few rows of a recording are left to judge by.
pub fn few_rows(recording: &Recording) -> Option<String> {
    let rows = recording.testing_rows();
    (rows < ENOUGH_ROWS).then(|| {
        tr!("Only one row is left for testing: errors on so little say little. A longer recording says more."
            | "Only {n} rows are left for testing: errors on so few say little. A longer recording says more." % rows)
    })
}

/// A part of something in percent, a gain as a negative one.
fn percent(part: f64) -> String {
    // No zero has a sign.
    let whole = (100.0 * part).round() + 0.0;
    format!("{} %", fixed(whole, 0))
}

/// How much energy a recorded motion loses, and what each model says about it; nothing where no motion was recorded.
pub fn lost(state: &Session) -> Option<String> {
    let recording = state.workbench.field.recording.as_ref()?;
    let system = &state.workbench.field.system;
    let shown = &state.scene.truth.motion;
    let lasts = shown.dt * shown.states.len().saturating_sub(1) as f64;
    if recording.period().is_none_or(|period| lasts < ENOUGH_SWINGS * period) {
        return Some(
            tr!("The shown rows are less than two whole swings: too few to tell how much energy is lost.").into(),
        );
    }
    // The mean over the first and the last fifth: single rows are noisy.
    let share = |motion: &Trajectory| {
        let energies: Vec<f64> = alongside(state, motion).iter().map(|at| system.energy(at)).collect();
        let fifth = energies.len().div_ceil(5);
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
        let (first, last) = (mean(energies.get(..fifth)?), mean(energies.get(energies.len() - fifth..)?));
        Some(percent(1.0 - last / first))
    };
    let truth = share(&state.scene.truth.motion)?;
    let mut models = String::new();
    for (kind, model) in &state.models {
        if let Some(part) = model.snapshot.as_ref().and_then(|snapshot| share(&snapshot.motion)) {
            models.push_str(&format!("; {}: {part}", kind.label()));
        }
    }
    Some(match state.workbench.field.data.targets {
        Targets::Central => tr!(
            "Over the shown rows the pendulum loses {share} of its energy{models}. The HNN keeps the H that it has learned: what it \
             loses beyond that is its error. The HNN with friction may lose energy, and learns how much.",
            share = truth,
            models = models
        ),
        _ => tr!(
            "Over the shown rows the pendulum loses {share} of its energy{models}. Each velocity was taken from a row to the next, so \
             it belongs to a time half a step later than its state: that looks like friction, and a model that may have friction \
             learns it. Central differences do not lag.",
            share = truth,
            models = models
        ),
    })
}
