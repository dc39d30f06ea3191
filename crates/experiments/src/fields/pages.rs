//! The settings of the other parts of the page, one entry each: molecules, formulas, graph networks.

use crate::fields::macros::place;
use crate::fields::{Field, Group, Kind};
use crate::formula::FormulaSource;
use crate::graph::{Gain, MessageKind};
use crate::molecules::{EnsembleKind, MatterKind};
use models::graph::recipe::Pooling;
use physics::particles::dataset::Target;
use physics::particles::world::World;

/// The worlds as the options of a setting.
const WORLDS: [(&str, &str); World::ALL.len()] = {
    let mut options = [("", ""); World::ALL.len()];
    let mut i = 0;
    while i < options.len() {
        options[i] = (World::ALL[i].key(), World::ALL[i].label());
        i += 1;
    }
    options
};

const REGULARISERS: [MessageKind; 4] =
    [MessageKind::Bottleneck, MessageKind::Standard, MessageKind::SparseL1, MessageKind::Kl];

/// The settings of these pages.
pub(super) static PAGES: &[Field] = &[
    choice!("matter", "Matter", "what the molecules are", Molecules, [
        MatterKind::Dilute => "gas", "thin gas";
        MatterKind::Fluid => "fluid", "fluid";
        MatterKind::Dense => "dense-fluid", "dense fluid";
        MatterKind::Chain => "chain", "harmonic chain";
    ], molecules.matter),
    number!(
        "particles",
        "Particles",
        "how many molecules, or masses of the chain (at most 128)",
        Molecules,
        16.0,
        256.0,
        molecules.particles as usize
    ),
    choice!("ensemble", "Ensemble", "what is given: their energy, or the temperature of a heat bath that they are in", Molecules, [
        EnsembleKind::Microcanonical => "microcanonical", "alone: energy given";
        EnsembleKind::Canonical => "canonical", "heat bath: temperature given";
    ], molecules.ensemble),
    number!(
        "temperature",
        "Temperature",
        "of a gas or of the heat bath, in units of the depth of its potential",
        Molecules,
        0.2,
        3.0,
        molecules.temperature
    ),
    choice!("formula", "Numbers", "in which numbers a formula is looked for", Formula, [
        FormulaSource::Newton => "newton", "Newton: two masses";
        FormulaSource::Clock => "clock", "Pendulums: one swing";
        FormulaSource::Planets => "planets", "Planets: their years";
        FormulaSource::Slides => "slides", "Example: f of five numbers";
        FormulaSource::Energy => "energy", "Energy learned here";
        FormulaSource::Slopes => "slopes", "Slopes of that energy";
        FormulaSource::File => "file", "Your own table";
        FormulaSource::Messages => "messages", "Messages learned here";
    ], formula.source),
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
            get: |e| e.formula.operators,
            set: |e, bits| e.formula.operators = bits,
        },
    },
    choice!("units", "Units", "whether a formula has to fit the units of the columns", Formula, [
        false => "free", "need not fit";
        true => "fit", "have to fit";
    ], formula.units),
    choice!("errors", "Errors", "whether rows that are far off decide: sizes of errors hardly feel them, squares do", Formula, [
        false => "squared", "squared";
        true => "robust", "robust: rows far off count less";
    ], formula.robust),
    number!(
        "seconds",
        "Seconds",
        "how long a formula is looked for at a time",
        Formula,
        1.0,
        3600.0,
        formula.seconds as u32
    ),
    number!(
        "complexity",
        "Longest law",
        "largest complexity of a formula: operators, names and numbers",
        Formula,
        3.0,
        60.0,
        formula.complexity as usize
    ),
    number!(
        "search-seed",
        "Seed",
        "another one searches along other ways",
        Formula,
        0.0,
        999_999.0,
        formula.seed as u32
    ),
    Field {
        key: "world",
        label: "World",
        help: "how two bodies act on one another; brings its quick recipe along",
        group: Group::Graph,
        kind: Kind::Choice {
            options: &WORLDS,
            get: |e| Some(place(&World::ALL, e.graph.world)),
            set: |e, i| e.graph = e.graph.turned_to(World::ALL[i], e.graph.paper),
        },
    },
    Field {
        key: "recipe",
        label: "Recipe",
        help: "quick, or as in the paper: 300 wide, absolute positions shifted at random, a million steps",
        group: Group::Graph,
        kind: Kind::Choice {
            options: &[("quick", "quick"), ("paper", "of the paper")],
            get: |e| Some(usize::from(e.graph.paper)),
            set: |e, i| e.graph = e.graph.turned_to(e.graph.world, i == 1),
        },
    },
    number!("bodies", "Bodies", "in the worlds that are learned from", Graph, 2.0, 30.0, graph.bodies as usize),
    Field {
        key: "dims",
        label: "Dimensions",
        help: "of space, and numbers of a bottleneck's message",
        group: Group::Graph,
        kind: Kind::Number {
            min: 2.0,
            max: 3.0,
            whole: true,
            get: |e| Some(e.graph.dimensions as f64),
            set: |e, x| {
                let graph = &mut e.graph;
                graph.dimensions = x as usize;
                *graph = graph.with_messages(graph.regulariser);
            },
        },
    },
    number!(
        "gravity",
        "Gravity",
        "uniform, against the second axis; an attribute of the whole graph that both networks are told",
        Graph,
        0.0,
        5.0,
        graph.gravity
    ),
    choice!("predicts", "Predicts", "what a network says of each body", Graph, [
        Target::Acceleration => "acceleration", "its acceleration";
        Target::VelocityChange => "velocity-change", "its change of velocity over a step";
    ], graph.target),
    Field {
        key: "strategy",
        label: "Messages",
        help: "what the first network may say along an edge",
        group: Group::Graph,
        kind: Kind::Choice {
            options: &[
                ("bottleneck", "as many numbers as a force has"),
                ("standard", "free numbers"),
                ("l1", "numbers that cost (L1)"),
                ("kl", "noisy numbers (KL)"),
            ],
            get: |e| Some(place(&REGULARISERS, e.graph.regulariser)),
            set: |e, i| e.graph = e.graph.with_messages(REGULARISERS[i]),
        },
    },
    number!(
        "message_dim",
        "Numbers in a message",
        "of the first network",
        Graph,
        1.0,
        256.0,
        graph.message_dim as usize
    ),
    choice!("pooling", "Pooling ρ", "how the messages that a body receives become one", Graph, [
        Pooling::Sum => "sum", "their sum";
        Pooling::Mean => "mean", "their mean";
        Pooling::Max => "max", "the largest of each number";
    ], graph.pooling),
    choice!("against", "Compare with", "messages of another kind, trained beside the first network", Graph, [
        Some(MessageKind::Standard) => "standard", "100 free numbers";
        Some(MessageKind::SparseL1) => "l1", "100 numbers that cost (L1)";
        Some(MessageKind::Kl) => "kl", "100 noisy numbers (KL)";
        Some(MessageKind::Bottleneck) => "bottleneck", "as many numbers as a force has";
        None => "nothing", "nothing";
    ], graph.against),
    choice!("initial-gain", "Initial gain", "of messages with more numbers than a force has: usual, or so large that they stay far from the force", Graph, [
        Gain::Usual => "usual", "usual";
        Gain::Large => "large", "large";
    ], graph.gain),
    number!("graph-steps", "Steps", "updates of the networks", Graph, 1.0, 1_000_000.0, graph.steps as u64),
    number!("graph-hidden", "Width", "neurons in each hidden layer", Graph, 4.0, 300.0, graph.hidden as usize),
    number!("graph-seed", "Seed", "what every random draw descends from", Graph, 0.0, 999_999.0, graph.seed as u32),
    number!(
        "shown",
        "Bodies shown",
        "how many the world in the picture has",
        Graph,
        2.0,
        30.0,
        graph.view.bodies as usize
    ),
    number!(
        "graph-start",
        "Start shown",
        "which of the random starts is in the picture",
        Graph,
        0.0,
        999_999.0,
        graph.view.start as u32
    ),
];
