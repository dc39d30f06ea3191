//! The settings of the other parts of the page, one entry each: molecules, formulas, graph networks.

use crate::experiment::fields::macros::place;
use crate::experiment::fields::{Field, Group, Kind};
use crate::experiment::view::{Against, FormulaSource, GraphView, MatterKind};
use crate::worlds::world::World;

/// Them.
pub(super) static PAGES: &[Field] = &[
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
        FormulaSource::Messages => "messages", "Messages learned here";
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
    Field {
        key: "world",
        label: "World",
        help: "how two bodies act on one another; brings its quick recipe along",
        group: Group::Graph,
        kind: Kind::Choice {
            options: &[
                ("spring", "springs"),
                ("r1", "1/r attraction"),
                ("r2", "1/r² attraction"),
                ("charge", "charges"),
                ("superposition", "charges and attraction"),
                ("damped", "damped springs"),
                ("discontinuous", "springs that let go"),
                ("string", "a falling string"),
                ("network", "a network of springs"),
            ],
            get: |e| Some(place(&World::ALL, e.view.graph.world)),
            set: |e, i| {
                let GraphView { against, seed, .. } = e.view.graph;
                e.view.graph = GraphView { against, seed, ..GraphView::of(World::ALL[i]) };
            },
        },
    },
    number!("bodies", "Bodies", "in the worlds that are learned from", Graph, 2.0, 30.0, view.graph.bodies as usize),
    number!(
        "dimensions",
        "Dimensions",
        "of space, and numbers of a bottleneck's message",
        Graph,
        2.0,
        3.0,
        view.graph.dimensions as usize
    ),
    choice!("against", "Held against", "messages of another kind, trained beside the bottleneck", Graph, [
        Against::Standard => "standard", "100 free numbers";
        Against::Sparse => "l1", "100 numbers that cost (L1)";
        Against::Kl => "kl", "100 noisy numbers (KL)";
        Against::Nothing => "nothing", "nothing";
    ], view.graph.against),
    number!("graph-steps", "Steps", "updates of the networks", Graph, 1.0, 100_000.0, view.graph.steps as u64),
    number!("graph-hidden", "Width", "neurons in each hidden layer", Graph, 4.0, 300.0, view.graph.hidden as usize),
    number!(
        "graph-seed",
        "Seed",
        "what every random draw descends from",
        Graph,
        0.0,
        999_999.0,
        view.graph.seed as u32
    ),
    number!(
        "shown",
        "Bodies shown",
        "how many the world in the picture has",
        Graph,
        2.0,
        30.0,
        view.graph.shown as usize
    ),
    number!(
        "graph-start",
        "Start shown",
        "which of the random starts is in the picture",
        Graph,
        0.0,
        999_999.0,
        view.graph.start as u32
    ),
];
