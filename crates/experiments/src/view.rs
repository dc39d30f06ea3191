//! What is looked at while and after training. Nothing here changes what is learned.

use crate::graph_view::GraphView;
use crate::placed::Placed;
use physics::integrator::Scheme;
use physics::system::System;
use serde::{Deserialize, Serialize};
use symbolic::operators::Operator;

/// The parts of the page that can be looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// Networks learn the experiment's system.
    #[default]
    Learning,
    /// The integrators, on the true system and on what was learned of it.
    Integrators,
    /// Molecules: what a simulation without learning can tell.
    Molecules,
    /// Formulas, looked for in numbers.
    Formula,
    /// Graph networks that learn how particles act on one another.
    Graph,
}

/// Where the numbers come from that a formula is looked for in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormulaSource {
    /// Newton's law of gravitation.
    #[default]
    Newton,
    /// The periods of pendulums.
    Clock,
    /// The years of the planets.
    Planets,
    /// The energy that the HNN has learned.
    Energy,
    /// Its slopes.
    Slopes,
    /// A file of the visitor's.
    File,
    /// The messages of a graph network.
    Messages,
}

/// What formulas are looked for, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormulaView {
    /// In these numbers.
    pub source: FormulaSource,
    /// With these operators: bit i stands for number i of [`Operator::ALL`].
    pub operators: u16,
    /// What the search's random draws descend from.
    pub seed: u32,
    /// Seconds after which it holds.
    pub seconds: u32,
    /// The largest complexity of a law.
    pub complexity: usize,
    /// Whether laws shall fit the units.
    pub units: bool,
}

/// The bits of + − × /.
pub const ARITHMETIC: u16 = 0b1111;

impl Default for FormulaView {
    fn default() -> Self {
        Self {
            source: FormulaSource::Newton,
            operators: ARITHMETIC,
            seed: 0,
            seconds: 60,
            complexity: 30,
            units: false,
        }
    }
}

impl FormulaSource {
    /// The operators that suit it, a bit each in the order of [`Operator::ALL`]; `None` where nothing is known about the numbers.
    pub fn operators(self, system: &System) -> Option<u16> {
        let bit =
            |operator: Operator| Operator::ALL.iter().position(|known| *known == operator).map_or(0, |at| 1 << at);
        match self {
            FormulaSource::Newton | FormulaSource::Messages => Some(ARITHMETIC),
            FormulaSource::Clock | FormulaSource::Planets => Some(ARITHMETIC | bit(Operator::Sqrt)),
            // Of an angle, energies have a cosine and slopes a sine; in the range of a spring's motion it would pass for a square.
            FormulaSource::Energy | FormulaSource::Slopes if !system.mechanics().turns() => {
                Some(ARITHMETIC & !bit(Operator::Divide))
            }
            FormulaSource::Energy => Some(ARITHMETIC & !bit(Operator::Divide) | bit(Operator::Cos)),
            FormulaSource::Slopes => Some(ARITHMETIC & !bit(Operator::Divide) | bit(Operator::Sin)),
            FormulaSource::File => None,
        }
    }
}

/// The operators whose bits are set.
pub fn operators(bits: u16) -> impl Iterator<Item = Operator> {
    Operator::ALL.into_iter().enumerate().filter(move |(i, _)| bits >> i & 1 == 1).map(|(_, operator)| operator)
}

/// Matter of the page of molecules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MatterKind {
    /// A thin gas.
    Dilute,
    /// A fluid.
    #[default]
    Fluid,
    /// A dense fluid.
    Dense,
    /// A harmonic chain whose energy starts in one mode.
    Chain,
}

/// What the page of molecules shows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoleculesView {
    /// Of what.
    pub matter: MatterKind,
    /// How many.
    pub particles: usize,
    /// Temperature of a gas, in units of the depth of its potential.
    pub temperature: f64,
}

/// Where the shown motion starts and how it is stepped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewConfig {
    /// The part of the page.
    pub page: Page,
    /// Position at the start.
    pub start_q: f64,
    /// Momentum at the start.
    pub start_p: f64,
    /// Which of the random orbits, where the start is not a point of a plane.
    pub orbit: u32,
    /// The scheme for truth and models, where it suits them.
    pub scheme: Scheme,
    /// Time step.
    pub dt: f64,
    /// Time shown.
    pub horizon: f64,
    /// Whether every momentum is turned round at half of it.
    pub turn: bool,
    /// The molecules.
    pub molecules: MoleculesView,
    /// The formulas. A trainer need not know.
    #[serde(skip)]
    pub formula: FormulaView,
    /// The graph networks. Neither need it know these.
    #[serde(skip)]
    pub graph: GraphView,
    /// A formula that moves the world of the graph networks too: what is received along x, as text.
    #[serde(skip)]
    pub law: Option<String>,
    /// Bodies of that world that the visitor put where they are, in the places of the first random ones.
    #[serde(skip)]
    pub placed: Vec<Placed>,
}
