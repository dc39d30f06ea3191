//! A Python script that loads the weights, moves the models from the shown start, and draws the figure: NumPy and SciPy only.

use crate::coordinates::Coordinates;
use crate::network::Network;
use crate::numpy::{exact, numpy};
use crate::record::{ModelRecord, Record, facts};
use crate::text::{json_string, one_line};
use experiments::FieldExperiment;
use models::field::model::ModelKind;
use physics::integrator::Scheme;
use physics::system::System;
use std::fmt::Write as _;

/// A network as a Python module: `load()` reads the weights beside it, `evaluate(w, …)` is its forward pass.
pub fn module(network: &Network, facts: &[(String, String)]) -> String {
    let mut text = format!("\"\"\"{}\n\n", network.about);
    about(&mut text, facts);
    let inputs: Vec<&str> = network.inputs.iter().map(|port| port.name.as_str()).collect();
    let _ = write!(
        text,
        "\nUse: import {0}; w = {0}.load(); outputs = {0}.evaluate(w, {1})\nNeeds NumPy and SciPy.\n\"\"\"\n{LOADING}",
        network.name.replace('-', "_"),
        inputs.join(", ")
    );
    text = text.replace("NAME.safetensors", &format!("{}.safetensors", network.name));
    text.push_str("\n\n");
    text.push_str(&numpy(network, "evaluate"));
    text
}

/// Where a file comes from, as lines of a docstring.
fn about(text: &mut String, facts: &[(String, String)]) {
    for (name, value) in facts {
        let _ = writeln!(text, "{}: {}", name, one_line(value).replace('\\', "/").replace("\"\"\"", "'''"));
    }
}

/// The script that moves the models of a run and draws their paths. The module of each model is beside it.
pub fn script(experiment: &FieldExperiment, record: &Record) -> String {
    let mut text = String::from(
        "#!/usr/bin/env python3\n\"\"\"Moves the trained models of one run of Orrery and draws their paths.\n\n",
    );
    about(&mut text, &facts(experiment, record));
    text.push_str(ABOUT);
    for model in &record.models {
        let _ = writeln!(text, "import {}", model.kind.key());
    }
    text.push_str(SCHEMES);
    text.push_str("\n\n# Model: its module, the scheme that stepped it on the page, its start.\nMODELS = {\n");
    for model in &record.models {
        let start: Vec<String> =
            model.motion.states.first().into_iter().flat_map(|state| state.coordinates()).map(exact).collect();
        let name = model.kind.key();
        let _ = writeln!(text, "    \"{name}\": ({name}, {}, [{}]),", scheme(model), start.join(", "));
    }
    let view = &experiment.view;
    let steps = (view.horizon / view.dt).round() as usize;
    let (steps, half) = if view.turn { (0, (view.horizon / view.dt / 2.0).round() as usize) } else { (steps, 0) };
    let _ = write!(
        text,
        "}}\nNAMES = {}\nDT = {}\n# Steps; or, where every momentum is turned round at half time, steps of each half.\nSTEPS, HALF = {steps}, {half}\n\
         # Coordinates that are drawn: across, up.\nPATHS = {}\n",
        list(Coordinates::of(experiment).names.iter().map(|name| json_string(name))),
        exact(view.dt),
        list(paths(experiment).into_iter().map(|(across, up)| format!("({across}, {up})"))),
    );
    text.push_str(MOVING);
    text
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn scheme(model: &ModelRecord) -> &'static str {
    match model.scheme {
        Scheme::Euler => "euler",
        Scheme::ImplicitMidpoint => "implicit_midpoint",
        Scheme::GeneralisedLeapfrog if model.kind == ModelKind::Hnn => "generalised_leapfrog",
        // No other scheme is used for what is learned, see `Scheme::suited`.
        _ => "rk4",
    }
}

/// Pairs of coordinates whose paths are drawn: of bodies in a plane their places, of one coordinate the phase portrait.
fn paths(experiment: &FieldExperiment) -> Vec<(usize, usize)> {
    let dof = experiment.system.dof();
    match experiment.system {
        System::Gravity(_) => (0..dof / 2).map(|body| (body, dof / 2 + body)).collect(),
        _ => vec![(0, 1)],
    }
}

const ABOUT: &str = r#"
Run: python reproduce.py
Reads the modules and weights of the models and motion.csv beside it; writes figure.svg and says how far the motions are from those of the page.
Needs Python 3.9, NumPy and SciPy.
"""

import csv
import sys
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

"#;

const LOADING: &str = r#"
import json
import struct
from pathlib import Path

import numpy as np
from scipy.special import expit


def load(path=Path(__file__).resolve().with_name("NAME.safetensors")):
    """Arrays of a safetensors file, by name, as float64."""
    raw = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    numbers = raw[8 + length :]

    def array(entry):
        first, last = entry["data_offsets"]
        return np.frombuffer(numbers[first:last], "<f4").astype(float).reshape(entry["shape"])

    return {name: array(entry) for name, entry in header.items()}
"#;

const SCHEMES: &str = r#"
HERE = Path(__file__).resolve().parent


def euler(f, x, dt):
    return x + dt * f(x)


def rk4(f, x, dt):
    k1 = f(x)
    k2 = f(x + dt / 2 * k1)
    k3 = f(x + dt / 2 * k2)
    k4 = f(x + dt * k3)
    return x + dt * (k1 + 2 * k2 + 2 * k3 + k4) / 6


def repeated(x, f):
    """Solves x = f(x) by repetition, until the change no longer shrinks."""
    last = np.inf
    for _ in range(100):
        following = f(x)
        change = np.max(np.abs(following - x))
        x = following
        scale = max(1.0, np.max(np.abs(x)))
        if (change <= 1e-12 * scale and change >= last) or change == 0.0 or not np.isfinite(change):
            break
        last = change
    return x


def implicit_midpoint(f, x, dt):
    return x + dt * repeated(f(x), lambda v: f(x + dt / 2 * v))


def generalised_leapfrog(f, x, dt):
    """f is Hamiltonian: (dH/dp, -dH/dq)."""
    half = len(x) // 2
    q, p = x[:half], x[half:]

    def rate(q, p):
        v = f(np.concatenate([q, p]))
        return v[:half], v[half:]

    def kick(p_half):
        return p + dt / 2 * rate(q, p_half)[1]

    p_half = repeated(kick(p), kick)
    departing = q + dt / 2 * rate(q, p_half)[0]

    def drift(q_new):
        return departing + dt / 2 * rate(q_new, p_half)[0]

    q_new = repeated(drift(departing), drift)
    return np.concatenate([q_new, p_half + dt / 2 * rate(q_new, p_half)[1]])
"#;

const MOVING: &str = r##"COLOURS = {"truth": "#3c4043", "baseline": "#c65100", "hnn": "#0072b2", "dissipative": "#007d5a"}


def moved(f, scheme, start, steps):
    states = [np.array(start)]
    for _ in range(steps):
        following = scheme(f, states[-1], DT)
        if not np.all(np.abs(following) < 1e3):
            break
        states.append(following)
    return np.array(states)


def motion(f, scheme, start):
    if not HALF:
        return moved(f, scheme, start, STEPS)
    there = moved(f, scheme, start, HALF)
    turned = np.concatenate([there[-1][: len(start) // 2], -there[-1][len(start) // 2 :]])
    return np.concatenate([there[:-1], moved(f, scheme, turned, HALF)])


def shown():
    """Motions of the page, by model, from motion.csv."""
    with open(HERE / "motion.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(line for line in file if not line.startswith("#")))
    found = {}
    for who in ["truth", *MODELS]:
        first = next(i for i, name in enumerate(rows[0]) if name.startswith(who + " "))
        cells = [row[first : first + len(NAMES)] for row in rows[1:]]
        found[who] = np.array([[float(x) for x in row] for row in cells if all(row)])
    return found


def figure(motions):
    """The paths as an SVG picture."""
    points = np.concatenate([states[:, list(pair)] for states in motions.values() for pair in PATHS])
    half = 1.08 * np.max(np.abs(points))
    lines = []
    for who, states in reversed(motions.items()):
        for across, up in PATHS:
            places = " ".join(f"{250 + 240 * x / half:.2f},{250 - 240 * y / half:.2f}" for x, y in states[:, [across, up]])
            dashes = ' stroke-dasharray="6 5"' if who == "truth" else ""
            lines.append(f'<polyline points="{places}" fill="none" stroke="{COLOURS[who]}" stroke-width="1.6"{dashes}/>')
    for i, who in enumerate(motions):
        lines.append(f'<text x="12" y="{20 + 16 * i}" fill="{COLOURS[who]}" font-size="12" font-family="sans-serif">{who}</text>')
    across, up = (NAMES[i] for i in PATHS[0])
    lines.append(f'<text x="488" y="490" text-anchor="end" font-size="12" font-family="sans-serif">{up} over {across}</text>')
    box = '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"><rect width="500" height="500" fill="white"/>'
    return box + "\n".join(lines) + "</svg>\n"


def main():
    page = shown()
    motions = {"truth": page["truth"]}
    worst = 0.0
    for name, (model, scheme, start) in MODELS.items():
        arrays = model.load()

        def f(x):
            return model.evaluate(arrays, x[None, :])[0][0]

        states = motion(f, scheme, start)
        motions[name] = states
        count = min(len(states), len(page[name]))
        size = np.max(np.abs(page[name]))
        off = np.max(np.abs(states[:count] - page[name][:count])) / size
        worst = max(worst, off if len(states) == len(page[name]) else np.inf)
        text = f"{name}: within {off:.1e} of the page's motion, relative to its size"
        if not HALF and len(states) > 1:
            times = DT * np.arange(len(states))
            exact = solve_ivp(lambda t, x: f(x), (0.0, times[-1]), states[0], "DOP853", times, rtol=1e-10, atol=1e-12)
            if exact.success:
                text += f"; {scheme.__name__} with a step of {DT} is within {np.max(np.abs(exact.y.T - states)):.1e} of an exact solution"
        print(text)
    (HERE / "figure.svg").write_text(figure(motions), encoding="utf-8")
    print("figure.svg is written.")
    return worst


if __name__ == "__main__":
    sys.exit(0 if main() < 1e-5 else 1)
"##;
