//! The settings of interaction networks and of inferred graphs, one entry each.

use crate::fields::macros::place;
use crate::fields::{Field, Group, Kind};
use crate::relational::MotionSource;
use models::relational::recipe::Inference;
use physics::coupled::system::Coupling;
use physics::interactions::domain::Domain;

const INFERENCES: [Inference; 2] = [Inference::Free, Inference::Amortised];

/// The settings of these pages.
pub(super) static RELATED: &[Field] = &[
    Field {
        key: "in-domain",
        label: "Domain",
        help: "what acts on the bodies; brings the quick recipe of that domain along",
        group: Group::Interactions,
        kind: Kind::Choice {
            options: &[
                ("nbody", "bodies under gravity"),
                ("balls", "balls in a box"),
                ("string", "a string over a disc"),
            ],
            get: |e| Some(place(&Domain::ALL, e.interactions.domain)),
            set: |e, i| e.interactions = e.interactions.turned_to(Domain::ALL[i]),
        },
    },
    choice!("in-train", "Trained on", "numbers of bodies in the scenes that networks learn from; the paper has one", Interactions, [
        true => "mixed", "several sizes";
        false => "one", "one size";
    ], interactions.mixed),
    number!(
        "in-hidden",
        "Width",
        "neurons in each hidden layer",
        Interactions,
        4.0,
        128.0,
        interactions.hidden as usize
    ),
    number!("in-steps", "Steps", "updates of the networks", Interactions, 1.0, 100_000.0, interactions.steps as u64),
    number!(
        "in-seed",
        "Seed",
        "what every random draw descends from",
        Interactions,
        0.0,
        999_999.0,
        interactions.seed as u32
    ),
    number!(
        "in-bodies",
        "Bodies shown",
        "how many the scene in the picture has; no network is trained again",
        Interactions,
        2.0,
        30.0,
        interactions.view.bodies as usize
    ),
    number!(
        "in-start",
        "Start shown",
        "which of the random starts is in the picture",
        Interactions,
        0.0,
        999_999.0,
        interactions.view.start as u32
    ),
    Field {
        key: "nri-system",
        label: "System",
        help: "how pairs of bodies act on one another; brings its recipe along",
        group: Group::Hidden,
        kind: Kind::Choice {
            options: &[("springs", "springs"), ("charged", "charges")],
            get: |e| Some(place(&Coupling::ALL, e.hidden.coupling)),
            set: |e, i| e.hidden = e.hidden.turned_to(Coupling::ALL[i], e.hidden.inference),
        },
    },
    Field {
        key: "nri-mode",
        label: "Inference",
        help: "free: probabilities of each motion by themselves, in seconds; amortised: by an encoder that reads motions, in a minute or two",
        group: Group::Hidden,
        kind: Kind::Choice {
            options: &[("free", "free"), ("amortised", "by an encoder")],
            get: |e| Some(place(&INFERENCES, e.hidden.inference)),
            set: |e, i| e.hidden = e.hidden.turned_to(e.hidden.coupling, INFERENCES[i]),
        },
    },
    choice!("nri-data", "Motions", "simulated, or from a file of one’s own, which stays in the page", Hidden, [
        MotionSource::Simulated => "simulated", "simulated";
        MotionSource::File => "file", "your own file";
    ], hidden.source),
    number!("nri-bodies", "Bodies", "of every motion", Hidden, 3.0, 10.0, hidden.bodies as usize),
    number!("nri-steps", "Steps", "updates of the networks", Hidden, 1.0, 100_000.0, hidden.steps as u64),
    number!("nri-seed", "Seed", "what every random draw descends from", Hidden, 0.0, 999_999.0, hidden.seed as u32),
    number!(
        "nri-motion",
        "Motion shown",
        "which of the explained motions is in the picture",
        Hidden,
        0.0,
        299.0,
        hidden.view.motion as u32
    ),
];
