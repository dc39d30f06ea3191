//! Numbers and sentences as people read them.

use crate::shell::state::State;
use jobs::pool::{Choice, Graphics, Why, name};
use models::field::model::ModelKind;
use models::field::score::ROLLOUTS;
use physics::dataset::Targets;
use physics::phase_space::PhasePoint;
use physics::trajectory::Trajectory;

/// What is awaited while workers are fetched, with what has arrived of them.
pub fn starting(what: &str, bytes: u64) -> String {
    if bytes == 0 { what.into() } else { format!("{what}: {:.1} MB are here", bytes as f64 / 1e6) }
}

/// A number in three digits, small ones as powers of ten with real superscripts.
pub fn number(x: f64) -> String {
    if !x.is_finite() {
        return "—".into();
    }
    let size = x.abs();
    if size == 0.0 {
        "0".into()
    } else if (1e-3..1e4).contains(&size) {
        let decimals = (2 - size.log10().floor() as i32).max(0) as usize;
        format!("{x:.decimals$}")
    } else {
        let mut power = size.log10().floor() as i32;
        // What would be rounded to ten of a power is one of the next.
        if size / 10f64.powi(power) >= 9.95 {
            power += 1;
        }
        let mantissa = x / 10f64.powi(power);
        format!("{mantissa:.1} × 10{}", superscript(power))
    }
}

fn superscript(power: i32) -> String {
    let of = |c: char| match c {
        '-' => '⁻',
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    };
    power.to_string().chars().map(of).collect()
}

/// A factor between two errors.
pub fn factor(ratio: f64) -> String {
    if ratio >= 1e4 {
        number(ratio)
    } else if ratio >= 10.0 {
        format!("{ratio:.0}")
    } else {
        format!("{ratio:.1}")
    }
}

/// A duration in seconds or minutes.
pub fn seconds(seconds: f64) -> String {
    if seconds >= 90.0 { format!("{:.0} min", seconds / 60.0) } else { format!("{:.0} s", seconds.ceil()) }
}

/// A model's states for as long as there is a truth to hold them against: a recording may end before the shown time does.
fn alongside<'a>(state: &State, motion: &'a Trajectory) -> &'a [PhasePoint] {
    let recorded = state.experiment.recording.as_ref().map_or(usize::MAX, |_| state.scene.truth.motion.states.len());
    &motion.states[..motion.states.len().min(recorded)]
}

/// What the chart over time shows, in a sentence.
pub fn conserved(state: &State) -> String {
    let experiment = &state.experiment;
    let value = |at: &PhasePoint| state.quantity.value(&experiment.system, at);
    let start = experiment.start();
    let mut text = match state.scene.truth.motion.states.last() {
        Some(end) if experiment.recording.is_some() => {
            format!(
                "The recorded {} goes from {} to {}.",
                state.quantity.name(),
                number(value(&start)),
                number(value(end))
            )
        }
        _ => format!("The true {} stays at {}.", state.quantity.name(), number(value(&start))),
    };
    for (kind, model) in &state.models {
        let look = model.look.as_ref();
        if let Some(end) = look.and_then(|look| alongside(state, &look.motion).last()) {
            let name = subject(*kind);
            text.push_str(&format!(" {name} ends at {}.", number(value(end))));
        }
    }
    text
}

/// What the loss chart shows, in a sentence.
pub fn losses(state: &State) -> String {
    let mut text = String::new();
    for (kind, model) in &state.models {
        if let (Some((_, first)), Some((step, last))) = (model.losses.first(), model.losses.last()) {
            let name = subject(*kind);
            text.push_str(&format!(
                "{name}: test loss from {} to {} in {step} steps. ",
                number(first.test),
                number(last.test)
            ));
        }
    }
    if text.is_empty() { "Nothing has been trained yet.".into() } else { text }
}

/// What the portrait shows, in a sentence.
pub fn portrait(state: &State) -> String {
    let start = state.experiment.start();
    format!(
        "Position across, momentum upwards. The motions start at q = {:.2}, p = {:.2}.{}",
        start.q[0],
        start.p[0],
        if state.experiment.recording.is_none() { " Arrow keys move the start." } else { "" }
    )
}

/// A model as the subject of a sentence.
pub fn subject(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Baseline => "The baseline",
        ModelKind::Hnn => "The HNN",
        ModelKind::Dissipative => "The HNN with friction",
    }
}

/// What the picture of the orbits shows, in a sentence.
pub fn orbits(state: &State) -> String {
    let bodies = state.experiment.system.dof() / 2;
    format!("Paths of {bodies} bodies through their plane, from orbit number {}.", state.experiment.view.orbit)
}

/// Which scheme steps what, where that is not the one that was chosen.
pub fn schemes(state: &State) -> String {
    let chosen = state.experiment.view.scheme;
    let dt = state.experiment.view.dt;
    let mut text = format!("Stepped by {} with Δt = {dt}.", chosen.name());
    if state.experiment.view.turn {
        text.push_str(" At half time every momentum is turned round, and the end is this far from the start:");
        let start = state.experiment.start();
        let truth = (None, &state.scene.truth.motion);
        let learned = state.models.iter().filter_map(|(kind, model)| Some((Some(*kind), &model.look.as_ref()?.motion)));
        for (kind, motion) in std::iter::once(truth).chain(learned) {
            let far = motion.states.last().map(|end| {
                // Back at the start it moves the other way.
                let back = PhasePoint { p: end.p.iter().map(|p| -p).collect(), ..end.clone() };
                number(back.distance(motion.states.first().unwrap_or(&start)))
            });
            text.push_str(&format!(" {} {}", kind.map_or("truth", ModelKind::label), far.unwrap_or_default()));
        }
        text.push('.');
    }
    for (kind, model) in &state.models {
        if let Some(look) = model.look.as_ref().filter(|look| look.scheme != chosen) {
            let why = match kind {
                ModelKind::Hnn => "a learned H(q, p) does not split into T(p) + V(q)",
                ModelKind::Dissipative => "friction leaves it no Hamiltonian",
                ModelKind::Baseline => "it has no energy, so no scheme is symplectic for it",
            };
            text.push_str(&format!(" {}: {} instead, because {why}.", subject(*kind), look.scheme.name()));
        }
    }
    text
}

/// What the figures of merit were taken on.
pub fn trials(state: &State) -> String {
    if state.experiment.recording.is_some() {
        return "along the rows not learned from".into();
    }
    if state.experiment.film_recipe().is_some() {
        return format!("up to {ROLLOUTS} held-out films, 200 frames");
    }
    format!("{ROLLOUTS} fresh motions to t = {}", state.experiment.system.mechanics().trials().horizon)
}

/// How much energy a recorded motion loses, and what each model says about it; nothing where no energy is lost.
pub fn lost(state: &State) -> Option<String> {
    state.experiment.recording.as_ref()?;
    let system = &state.experiment.system;
    // The mean over the first and the last fifth: single rows are noisy.
    let share = |motion: &Trajectory| {
        let energies: Vec<f64> = alongside(state, motion).iter().map(|at| system.energy(at)).collect();
        let fifth = energies.len().div_ceil(5);
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
        let (first, last) = (mean(energies.get(..fifth)?), mean(energies.get(energies.len() - fifth..)?));
        Some(format!("{:.0} %", 100.0 * (1.0 - last / first)))
    };
    let mut text =
        format!("Over the shown rows the pendulum loses {} of its energy", share(&state.scene.truth.motion)?);
    for (kind, model) in &state.models {
        if let Some(part) = model.look.as_ref().and_then(|look| share(&look.motion)) {
            text.push_str(&format!("; {}: {part}", kind.label()));
        }
    }
    text.push_str(match state.experiment.data.targets {
        Targets::Central => ". The HNN cannot lose any; the HNN with friction may, and learns how much.",
        _ => {
            ". Each velocity was taken from a row to the next, so it belongs to a time half a step later than its state: that looks \
             like friction, and a model that may have friction learns it. Central differences do not lag."
        }
    });
    Some(text)
}

/// Which engine was taken, and why.
pub fn chosen(choice: Choice) -> String {
    let engine = name(choice.engine);
    match choice.why {
        Why::Asked => format!("Trains on the {engine}, as asked."),
        Why::Small => format!("Trains on the {engine}: a network this small has nothing to gain from a GPU."),
        Why::NoCard(Graphics::Software) => {
            format!("Trains on the {engine}: the GPU of this browser is only simulated.")
        }
        Why::NoCard(_) => format!("Trains on the {engine}: this browser offers no GPU."),
        Why::GpuLost => format!("Trains on the {engine}: the GPU was lost too often."),
        Why::Measured { cpu, gpu } => {
            let speed = |speed: Option<f64>| speed.map_or("did not start".into(), |rate| format!("{rate:.0} steps/s"));
            format!("Trains on the {engine}. Measured: {} on one CPU core, {} on the GPU.", speed(cpu), speed(gpu))
        }
    }
}
