//! The table itself: every setting of an experiment, one entry each.

use crate::experiment::Models;
use crate::experiment::fields::{Field, Group, Kind};
use crate::experiment::schedule::DeviceChoice;
use crate::experiment::view::{FormulaSource, MatterKind, Page};
use crate::learned::activation::Activation;
use crate::physics::dataset::Targets;
use crate::physics::integrator::Scheme;
use crate::physics::system::System;
use crate::seed::Seed;

macro_rules! number {
    ($key:literal, $label:literal, $help:literal, $group:ident, $min:expr, $max:expr, $($path:ident).+) => {
        Field { key: $key, label: $label, help: $help, group: Group::$group, kind: Kind::Number {
            min: $min, max: $max, whole: false,
            get: |e| Some(e.$($path).+),
            set: |e, x| e.$($path).+ = x,
        } }
    };
    ($key:literal, $label:literal, $help:literal, $group:ident, $min:expr, $max:expr, $($path:ident).+ as $whole:ty) => {
        Field { key: $key, label: $label, help: $help, group: Group::$group, kind: Kind::Number {
            min: $min, max: $max, whole: true,
            get: |e| Some(e.$($path).+ as f64),
            set: |e, x| e.$($path).+ = x as $whole,
        } }
    };
}

macro_rules! parameter {
    ($key:literal, $label:literal, $help:literal, $min:expr, $max:expr, $($system:ident.$field:ident),+) => {
        Field { key: $key, label: $label, help: $help, group: Group::Data, kind: Kind::Number {
            min: $min, max: $max, whole: false,
            get: |e| match &e.system {
                $(System::$system(s) => Some(s.$field),)+
                #[allow(unreachable_patterns)]
                _ => None,
            },
            set: |e, x| match &mut e.system {
                $(System::$system(s) => s.$field = x,)+
                #[allow(unreachable_patterns)]
                _ => {}
            },
        } }
    };
}

/// A setting of simulated data only.
macro_rules! of_simulations {
    ($key:literal, $label:literal, $help:literal, ($min:expr, $max:expr, $whole:expr), $($path:ident).+ as $type:ty) => {
        Field { key: $key, label: $label, help: $help, group: Group::Data, kind: Kind::Number {
            min: $min, max: $max, whole: $whole,
            get: |e| e.recording.is_none().then_some(e.$($path).+ as f64),
            set: |e, x| e.$($path).+ = x as $type,
        } }
    };
}

/// A setting of bodies on orbits only.
macro_rules! of_orbits {
    ($key:literal, $label:literal, $help:literal, $group:ident, ($min:expr, $max:expr, $whole:expr), $($path:ident).+ as $type:ty) => {
        Field { key: $key, label: $label, help: $help, group: Group::$group, kind: Kind::Number {
            min: $min, max: $max, whole: $whole,
            get: |e| (!e.system.is_planar()).then_some(e.$($path).+ as f64),
            set: |e, x| e.$($path).+ = x as $type,
        } }
    };
}

/// A coordinate of the shown start, where phase space is a plane.
macro_rules! of_planes {
    ($key:literal, $label:literal, $help:literal, $($path:ident).+) => {
        Field { key: $key, label: $label, help: $help, group: Group::View, kind: Kind::Number {
            min: -6.0, max: 6.0, whole: false,
            get: |e| (e.system.is_planar() && e.recording.is_none()).then_some(e.$($path).+),
            set: |e, x| e.$($path).+ = x,
        } }
    };
}

macro_rules! choice {
    ($key:literal, $label:literal, $help:literal, $group:ident, [$($value:expr => $name:literal, $words:literal);+ $(;)?], $($path:ident).+) => {
        Field { key: $key, label: $label, help: $help, group: Group::$group, kind: Kind::Choice {
            options: &[$(($name, $words)),+],
            get: |e| [$($value),+].iter().position(|value| *value == e.$($path).+),
            set: |e, i| e.$($path).+ = [$($value),+][i],
        } }
    };
}

/// Every setting but the preset and the version, in the order links write them.
pub static FIELDS: &[Field] = &[
    choice!("models", "Models", "which networks are trained", Own, [
        Models::Both => "baseline,hnn", "baseline and HNN";
        Models::Hnn => "hnn", "HNN only";
        Models::Baseline => "baseline", "baseline only";
        Models::All => "baseline,hnn,dissipative", "baseline, HNN, HNN with friction";
        Models::Hamiltonian => "hnn,dissipative", "HNN with and without friction";
        Models::Dissipative => "dissipative", "HNN with friction only";
    ], models),
    choice!("page", "Page", "which part of the page is open", View, [
        Page::Learning => "learning", "Networks learn";
        Page::Integrators => "integrators", "Integrators";
        Page::Molecules => "molecules", "Molecules";
        Page::Formula => "formula", "Find a formula";
    ], view.page),
    choice!("device", "Device", "which engine trains; auto takes the faster", Own, [
        DeviceChoice::Auto => "auto", "Auto";
        DeviceChoice::Cpu => "cpu", "CPU";
        DeviceChoice::Gpu => "gpu", "GPU";
    ], device),
    Field {
        key: "seed",
        label: "Seed",
        help: "what every random draw descends from",
        group: Group::Own,
        kind: Kind::Number {
            min: 0.0,
            max: 999_999.0,
            whole: true,
            get: |e| Some(f64::from(e.seed.0)),
            set: |e, x| e.seed = Seed(x as u32),
        },
    },
    parameter!("m", "Mass", "mass of what moves", 0.1, 5.0, MassSpring.mass, Pendulum.mass),
    parameter!("k", "Stiffness", "how hard the spring pulls", 0.1, 10.0, MassSpring.stiffness),
    parameter!("l", "Length", "length of the rod", 0.2, 3.0, Pendulum.length),
    parameter!(
        "a",
        "Energy scale",
        "a in the energy a(1 − cos q) + p² that models are judged by",
        0.01,
        100.0,
        Recorded.weight
    ),
    parameter!("g", "Gravity", "acceleration of free fall", 0.5, 20.0, Pendulum.gravity),
    of_simulations!(
        "noise",
        "Noise",
        "standard deviation of the error on each observed coordinate",
        (0.0, 1.0, false),
        data.noise as f64
    ),
    of_simulations!(
        "trajectories",
        "Trajectories",
        "how many motions are observed, those for testing included",
        (2.0, 5000.0, true),
        data.trajectories as usize
    ),
    of_simulations!(
        "samples",
        "Samples each",
        "observations along each motion",
        (2.0, 200.0, true),
        data.samples as usize
    ),
    of_simulations!("span", "Time each", "how long each motion is observed", (0.1, 30.0, false), data.span as f64),
    of_simulations!(
        "radius-min",
        "Smallest start",
        "least distance of a start from the middle",
        (0.0, 5.0, false),
        data.radius_min as f64
    ),
    of_simulations!(
        "radius-max",
        "Largest start",
        "greatest distance of a start from the middle",
        (0.01, 5.0, false),
        data.radius_max as f64
    ),
    of_orbits!(
        "spread",
        "Start speeds",
        "how far speeds at the start are off those of a circular orbit, as a part of them",
        Data,
        (0.0, 0.5, false),
        data.spread as f64
    ),
    of_simulations!(
        "held-out",
        "Held out",
        "the part of the motions kept for testing",
        (0.1, 0.9, false),
        data.held_out as f64
    ),
    Field {
        key: "targets",
        label: "Targets",
        help: "exact derivatives, or differences between samples as on the slides",
        group: Group::Data,
        kind: Kind::Choice {
            options: &[("exact", "exact derivatives"), ("difference", "differences Δ/Δt")],
            get: |e| e.recording.is_none().then_some(usize::from(e.data.targets == Targets::Difference)),
            set: |e, i| e.data.targets = if i == 0 { Targets::Exact } else { Targets::Difference },
        },
    },
    number!("hidden", "Width", "neurons in each hidden layer", Training, 1.0, 512.0, network.hidden as usize),
    number!("depth", "Depth", "hidden layers", Training, 1.0, 5.0, network.depth as usize),
    choice!("activation", "Activation", "what bends between layers", Training, [
        Activation::Tanh => "tanh", "tanh";
        Activation::Softplus => "softplus", "softplus";
        Activation::Sine => "sine", "sine";
    ], network.activation),
    number!("steps", "Steps", "updates of the networks", Training, 1.0, 100_000.0, schedule.steps as u64),
    number!("batch", "Batch", "samples a step; 0 takes all of them", Training, 0.0, 10_000.0, schedule.batch as usize),
    number!("lr", "Learning rate", "size of an update", Training, 1e-6, 1.0, schedule.lr),
    number!("decay", "Weight decay", "pull of the weights towards zero", Training, 0.0, 0.1, schedule.decay),
    choice!("integrator", "Integrator", "how the shown motions are stepped", View, [
        Scheme::Rk4 => "rk4", "RK4";
        Scheme::Euler => "euler", "Euler";
        Scheme::ImplicitMidpoint => "implicit-midpoint", "implicit midpoint";
        Scheme::GeneralisedLeapfrog => "generalised-leapfrog", "generalised leapfrog";
        Scheme::SymplecticEuler => "symplectic-euler", "symplectic Euler";
        Scheme::Leapfrog => "leapfrog", "leapfrog";
        Scheme::Yoshida4 => "yoshida4", "Yoshida 4";
    ], view.scheme),
    number!("dt", "Time step", "step of the shown motions", View, 0.01, 0.5, view.dt),
    number!("horizon", "Time shown", "how far the shown motions run", View, 1.0, 100.0, view.horizon),
    of_planes!("start-q", "Start q", "position the shown motions start from", view.start_q),
    of_planes!("start-p", "Start p", "momentum the shown motions start with", view.start_p),
    choice!("matter", "Matter", "what the molecules are", Molecules, [
        MatterKind::Dilute => "gas", "thin gas";
        MatterKind::Fluid => "fluid", "fluid";
        MatterKind::Dense => "dense-fluid", "dense fluid";
        MatterKind::Chain => "chain", "harmonic chain";
    ], view.molecules.matter),
    number!(
        "particles",
        "Particles",
        "how many molecules, or masses of the chain (at most 128)",
        Molecules,
        16.0,
        256.0,
        view.molecules.particles as usize
    ),
    number!(
        "temperature",
        "Temperature",
        "of a gas, in units of the depth of its potential",
        Molecules,
        0.2,
        3.0,
        view.molecules.temperature
    ),
    choice!("formula", "Numbers", "in which numbers a formula is looked for", Formula, [
        FormulaSource::Newton => "newton", "Newton: two masses";
        FormulaSource::Clock => "clock", "Pendulums: one swing";
        FormulaSource::Planets => "planets", "Planets: their years";
        FormulaSource::Energy => "energy", "Energy learned here";
        FormulaSource::File => "file", "Your own table";
    ], view.formula.source),
    Field {
        key: "operators",
        label: "Operators",
        help: "what a formula may be written with",
        group: Group::Formula,
        kind: Kind::Words {
            // In the order of `Operator::ALL`.
            options: &[
                ("add", "+"),
                ("subtract", "−"),
                ("multiply", "×"),
                ("divide", "/"),
                ("power", "power"),
                ("sqrt", "√"),
                ("exp", "exp"),
                ("log", "log"),
                ("sin", "sin"),
                ("cos", "cos"),
                ("if", "if … else"),
            ],
            get: |e| e.view.formula.operators,
            set: |e, bits| e.view.formula.operators = bits,
        },
    },
    choice!("units", "Units", "whether a formula has to fit the units of the columns", Formula, [
        false => "free", "need not fit";
        true => "fit", "have to fit";
    ], view.formula.units),
    number!(
        "seconds",
        "Seconds",
        "how long a formula is looked for at a time",
        Formula,
        1.0,
        3600.0,
        view.formula.seconds as u32
    ),
    number!(
        "complexity",
        "Longest law",
        "largest complexity of a formula: operators, names and numbers",
        Formula,
        3.0,
        60.0,
        view.formula.complexity as usize
    ),
    number!(
        "search-seed",
        "Seed",
        "another one searches along other ways",
        Formula,
        0.0,
        999_999.0,
        view.formula.seed as u32
    ),
    of_orbits!(
        "orbit",
        "Orbit shown",
        "which of the random orbits is shown; none of them is in the data",
        View,
        (0.0, 999.0, true),
        view.orbit as u32
    ),
];
