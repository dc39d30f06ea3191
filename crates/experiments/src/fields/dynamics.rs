//! The settings of networks trained through integrators, one entry each.

use crate::fields::macros::place;
use crate::fields::{Field, Group, Kind};
use crate::recurrent::Start;
use models::ode::recipe::MOST_BODIES;
use models::ode::score::{LONG, SHORT};
use models::ode::stepping::Stepping;
use models::recurrent::recipe::{Coarse, MOST_MASSES, MOST_UNROLL};
use physics::oscillators::random::{FEWEST, Joined};

const JOINED: [Joined; 2] = [Joined::Ring, Joined::All];

/// The settings of these pages.
pub(super) static DYNAMICS: &[Field] = &[
    Field {
        key: "ode-joined",
        label: "Springs",
        help: "which bodies they join; brings its recipe along",
        group: Group::Ode,
        kind: Kind::Choice {
            options: &[("ring", "a ring with chords"), ("all", "between all pairs")],
            get: |e| Some(place(&JOINED, e.ode.joined)),
            set: |e, i| e.ode = e.ode.turned_to(JOINED[i]),
        },
    },
    number!(
        "ode-bodies",
        "Bodies",
        "in the systems that are learned from",
        Ode,
        FEWEST as f64,
        MOST_BODIES as f64,
        ode.bodies as usize
    ),
    number!(
        "ode-trajectories",
        "Trajectories",
        "how many motions are learned from, each of a system of its own",
        Ode,
        10.0,
        2000.0,
        ode.trajectories as usize
    ),
    number!("ode-data-dt", "Time step of the data", "and of the integrator in the loss", Ode, 0.05, 0.5, ode.dt),
    number!("ode-steps", "Steps", "updates of the networks", Ode, 1.0, 100_000.0, ode.steps as u64),
    number!("ode-hidden", "Width", "neurons in each hidden layer", Ode, 4.0, 128.0, ode.hidden as usize),
    number!("ode-batch", "Batch", "steps of motions in an update", Ode, 1.0, 256.0, ode.batch as usize),
    number!("ode-lr", "Learning rate", "the highest", Ode, 1e-6, 0.1, ode.lr),
    number!("ode-seed", "Seed", "what every random draw descends from", Ode, 0.0, 999_999.0, ode.seed as u32),
    number!(
        "ode-shown",
        "Bodies shown",
        "how many the system in the picture has",
        Ode,
        FEWEST as f64,
        MOST_BODIES as f64,
        ode.view.bodies as usize
    ),
    number!(
        "ode-start",
        "System shown",
        "which of the random systems is in the picture",
        Ode,
        0.0,
        999_999.0,
        ode.view.start as u32
    ),
    choice!("ode-time", "Time", "for which the motions shown go on", Ode, [
        SHORT => "10", "10";
        LONG => "50", "50";
    ], ode.view.time),
    number!(
        "ode-factor",
        "Time step",
        "of the motions shown, as a factor of the step that was learned from",
        Ode,
        0.2,
        2.0,
        ode.view.factor
    ),
    choice!("ode-integrator", "Integrator", "how the motions shown are stepped; the networks were trained with RK4", Ode, [
        Stepping::Rk1 => "rk1", Stepping::Rk1.label();
        Stepping::Rk2 => "rk2", Stepping::Rk2.label();
        Stepping::Rk3 => "rk3", Stepping::Rk3.label();
        Stepping::Rk4 => "rk4", Stepping::Rk4.label();
        Stepping::Leapfrog => "leapfrog", Stepping::Leapfrog.label();
    ], ode.view.stepping),
    choice!("ode-change", "DeltaGN", "what it does with another step of time", Ode, [
        Stepping::AsItIs => "as-it-is", "its change as it is";
        Stepping::Scaled => "scaled", "its change times the factor";
    ], ode.view.change),
    choice!("ode-table", "Table", "errors for several steps of time and all integrators, which takes a while", Ode, [
        false => "no", "no";
        true => "yes", "yes";
    ], ode.view.table),
    Field {
        key: "srnn-world",
        label: "World",
        help: "what moves; brings its recipe along",
        group: Group::Recurrent,
        kind: Kind::Choice {
            options: &[("chain", "a chain between walls"), ("three-bodies", "three bodies")],
            get: |e| Some(place(&Coarse::ALL, e.recurrent.world)),
            set: |e, i| e.recurrent = e.recurrent.turned_to(Coarse::ALL[i]),
        },
    },
    Field {
        key: "srnn-masses",
        label: "Masses",
        help: "of the chain",
        group: Group::Recurrent,
        kind: Kind::Number {
            min: 2.0,
            max: MOST_MASSES as f64,
            whole: true,
            get: |e| (e.recurrent.world == Coarse::Chain).then_some(e.recurrent.masses as f64),
            set: |e, x| e.recurrent.masses = x as usize,
        },
    },
    Field {
        key: "srnn-omega-dt",
        label: "ω dt",
        help: "step of time times the fastest frequency of the chain; leapfrog breaks down at 2",
        group: Group::Recurrent,
        kind: Kind::Number {
            min: 0.1,
            max: 1.95,
            whole: false,
            get: |e| (e.recurrent.world == Coarse::Chain).then_some(e.recurrent.omega_dt),
            set: |e, x| e.recurrent.omega_dt = x,
        },
    },
    number!(
        "srnn-trajectories",
        "Trajectories",
        "how many motions are learned from",
        Recurrent,
        10.0,
        5000.0,
        recurrent.trajectories as usize
    ),
    number!(
        "srnn-noise",
        "Noise",
        "on what is learned from, as a fraction of the spread of each coordinate",
        Recurrent,
        0.0,
        0.5,
        recurrent.noise
    ),
    number!(
        "srnn-unroll",
        "Steps in the loss",
        "of the multi-step network, after a first quarter with one",
        Recurrent,
        1.0,
        MOST_UNROLL as f64,
        recurrent.unroll as usize
    ),
    number!("srnn-steps", "Steps", "updates of the networks", Recurrent, 1.0, 100_000.0, recurrent.steps as u64),
    number!("srnn-hidden", "Width", "neurons in each hidden layer", Recurrent, 4.0, 256.0, recurrent.hidden as usize),
    number!("srnn-batch", "Batch", "pieces of motions in an update", Recurrent, 1.0, 256.0, recurrent.batch as usize),
    number!("srnn-lr", "Learning rate", "the highest", Recurrent, 1e-6, 0.1, recurrent.lr),
    number!(
        "srnn-seed",
        "Seed",
        "what every random draw descends from",
        Recurrent,
        0.0,
        999_999.0,
        recurrent.seed as u32
    ),
    number!(
        "srnn-start",
        "Start shown",
        "which of the random starts is in the picture",
        Recurrent,
        0.0,
        999_999.0,
        recurrent.view.start as u32
    ),
    number!(
        "srnn-refine",
        "Refine the step",
        "how many times finer the step is than in training",
        Recurrent,
        1.0,
        10.0,
        recurrent.view.refine as usize
    ),
    choice!("srnn-from", "Starts from", "the true state, an observation with noise, or the start that fits eleven observations best", Recurrent, [
        Start::Clean => "clean", "the true state";
        Start::Noisy => "noisy", "a noisy observation";
        Start::Optimised => "optimised", "an optimised start";
    ], recurrent.view.from),
];
