//! The settings of an experiment and of its shown motions, one entry each.

use crate::Models;
use crate::fields::macros::place;
use crate::fields::{Field, Group, Kind, LARGEST_BATCH};
use crate::page::Page;
use crate::schedule::DeviceChoice;
use models::activation::Activation;
use models::field::annealing::Annealing;
use numerics::seed::Seed;
use physics::dataset::Targets;
use physics::integrator::Scheme;
use physics::system::System;

const TARGETS: [Targets; 3] = [Targets::Exact, Targets::Difference, Targets::Central];
const ACTIVATIONS: [Activation; 3] = Activation::SMOOTH;

/// What an experiment is about, before the parameters of its system.
pub(super) static FIRST: &[Field] = &[
    choice!("models", "Models", "which networks are trained", Own, [
        Models::Both => "baseline,hnn", "baseline and HNN";
        Models::Hnn => "hnn", "HNN only";
        Models::Baseline => "baseline", "baseline only";
        Models::All => "baseline,hnn,dissipative", "baseline, HNN, HNN with friction";
        Models::Hamiltonian => "hnn,dissipative", "HNN with and without friction";
        Models::Dissipative => "dissipative", "HNN with friction only";
    ], field.models),
    choice!("page", "Page", "which part of the page is open", View, [
        Page::Learning => "learning", "Networks learn";
        Page::Integrators => "integrators", "Integrators";
        Page::Molecules => "molecules", "Molecules";
        Page::Formula => "formula", "Find a formula";
        Page::Graph => "graph", "Graph networks";
        Page::Interactions => "interactions", "Interactions";
        Page::Hidden => "hidden", "Hidden graph";
        Page::Ode => "ode", "Through an integrator";
        Page::Recurrent => "recurrent", "A coarse step";
    ], page),
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
            get: |e| Some(f64::from(e.field.seed.0)),
            set: |e, x| e.field.seed = Seed(x as u32),
        },
    },
];

/// How data are made, how networks learn, what is shown: after the parameters of the system.
pub(super) static LATER: &[Field] = &[
    of_simulations!(
        "noise",
        "Noise",
        "standard deviation of the error on each observed coordinate",
        (0.0, 1.0, false),
        field.data.noise as f64
    ),
    of_simulations!(
        "trajectories",
        "Trajectories",
        "how many motions are observed, those for testing included",
        (2.0, 5000.0, true),
        field.data.trajectories as usize
    ),
    of_simulations!(
        "samples",
        "Samples each",
        "observations along each motion",
        (3.0, 200.0, true),
        field.data.samples as usize
    ),
    of_simulations!(
        "span",
        "Time each",
        "how long each motion is observed",
        (0.1, 30.0, false),
        field.data.span as f64
    ),
    of_simulations!(
        "radius-min",
        "Smallest start",
        "least distance of a start from the middle",
        (0.0, 5.0, false),
        field.data.radius_min as f64
    ),
    of_simulations!(
        "radius-max",
        "Largest start",
        "greatest distance of a start from the middle",
        (0.01, 5.0, false),
        field.data.radius_max as f64
    ),
    of_systems!(
        |system: &System| system.mechanics().spreads(),
        "spread",
        "Start speeds",
        "how far speeds at the start are off those of a circular orbit, as a fraction of them",
        Data,
        (0.0, 0.5, false),
        field.data.spread as f64
    ),
    of_simulations!(
        "held-out",
        "Held out",
        "the fraction of the motions kept for testing",
        (0.1, 0.9, false),
        field.data.held_out as f64
    ),
    of_films!(
        "films",
        "Films",
        "how many are shot, a fifth of them for testing",
        Data,
        2.0,
        400.0,
        field.data.trajectories
    ),
    of_films!("frames", "Frames each", "frames of each film", Data, 10.0, 200.0, field.data.samples),
    Field {
        key: "targets",
        label: "Targets",
        help: "exact derivatives, or differences between samples as on the slides",
        group: Group::Data,
        kind: Kind::Choice {
            options: &[
                ("exact", "exact derivatives"),
                ("difference", "forward differences Δ/Δt"),
                ("central", "central differences"),
            ],
            get: |e| e.field.is_simulated().then(|| place(&TARGETS, e.field.data.targets)),
            set: |e, i| e.field.data.targets = TARGETS[i],
        },
    },
    Field {
        key: "differences",
        label: "Targets",
        help: "velocities from a row to the next, or from the row before to the row after: nobody knows exact ones of what was measured",
        group: Group::Data,
        kind: Kind::Choice {
            options: &[("forward", "forward differences Δ/Δt"), ("central", "central differences")],
            get: |e| e.field.recording.as_ref().map(|_| usize::from(e.field.data.targets == Targets::Central)),
            set: |e, i| e.field.data.targets = TARGETS[i + 1],
        },
    },
    number!("hidden", "Width", "neurons in each hidden layer", Training, 1.0, 512.0, field.network.hidden as usize),
    of_films!(
        "autoencoder",
        "Autoencoder",
        "width of the layers between frames and two numbers",
        Training,
        4.0,
        400.0,
        field.network.autoencoder
    ),
    Field {
        key: "depth",
        label: "Depth",
        help: "hidden layers",
        group: Group::Training,
        kind: Kind::Number {
            min: 1.0,
            max: 5.0,
            whole: true,
            get: |e| e.field.film_recipe().is_none().then_some(e.field.network.depth as f64),
            set: |e, x| e.field.network.depth = x as usize,
        },
    },
    Field {
        key: "activation",
        label: "Activation",
        help: "what bends between layers",
        group: Group::Training,
        kind: Kind::Choice {
            options: &[("tanh", "tanh"), ("softplus", "softplus"), ("sine", "sine")],
            get: |e| e.field.film_recipe().is_none().then_some(place(&ACTIVATIONS, e.field.network.activation)),
            set: |e, i| e.field.network.activation = ACTIVATIONS[i],
        },
    },
    number!("steps", "Steps", "updates of the networks", Training, 1.0, 100_000.0, field.schedule.steps as u64),
    number!(
        "batch",
        "Batch",
        "samples a step; 0 takes all of them",
        Training,
        0.0,
        LARGEST_BATCH as f64,
        field.schedule.batch as usize
    ),
    number!("lr", "Learning rate", "size of an update", Training, 1e-6, 1.0, field.schedule.lr),
    choice!("annealing", "Annealing", "how the learning rate changes on the way", Training, [
        Annealing::Constant => "constant", "constant";
        Annealing::Cosine => "cosine", "cosine, to a hundredth";
    ], field.schedule.annealing),
    number!("decay", "Weight decay", "pull of the weights towards zero", Training, 0.0, 0.1, field.schedule.decay),
    choice!("integrator", "Integrator", "how the shown motions are stepped", View, [
        Scheme::Rk4 => "rk4", Scheme::Rk4.name();
        Scheme::Euler => "euler", Scheme::Euler.name();
        Scheme::ImplicitMidpoint => "implicit-midpoint", Scheme::ImplicitMidpoint.name();
        Scheme::GeneralisedLeapfrog => "generalised-leapfrog", Scheme::GeneralisedLeapfrog.name();
        Scheme::SymplecticEuler => "symplectic-euler", Scheme::SymplecticEuler.name();
        Scheme::Leapfrog => "leapfrog", Scheme::Leapfrog.name();
        Scheme::Yoshida4 => "yoshida4", Scheme::Yoshida4.name();
    ], field.view.scheme),
    number!("dt", "Time step", "step of the shown motions", View, 0.01, 0.5, field.view.dt),
    number!("horizon", "Time shown", "how far the shown motions run", View, 1.0, 100.0, field.view.horizon),
    Field {
        key: "turn",
        label: "Turn round",
        help: "whether every momentum is turned round at half of the time shown: a reversible motion goes back to its start",
        group: Group::View,
        kind: Kind::Choice {
            options: &[("no", "no"), ("half-time", "at half time")],
            get: |e| e.field.recording.is_none().then_some(usize::from(e.field.view.turn)),
            set: |e, i| e.field.view.turn = i == 1,
        },
    },
    of_planes!("start-q", "Start q", "position the shown motions start from", field.view.start_q),
    of_planes!("start-p", "Start p", "momentum the shown motions start with", field.view.start_p),
    of_systems!(
        |system: &System| !system.is_planar(),
        "orbit",
        "Orbit shown",
        "which of the random orbits is shown; none of them is in the data",
        View,
        (0.0, 999.0, true),
        field.view.orbit as u32
    ),
];
