//! A search for a formula: the numbers it explains, and what it may be written with.

use physics::system::System;
use serde::{Deserialize, Serialize};
use symbolic::operators::Operator;

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
    /// The example of the deck.
    Slides,
}

/// What formulas are looked for, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormulaExperiment {
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
    /// Whether sizes of errors count instead of their squares, so that a few rows that are far off do not decide.
    pub robust: bool,
}

/// The bits of + − × /.
pub const ARITHMETIC: u16 = 0b1111;

/// The bits of + − × / and power: what is tried of a table about which nothing is known.
pub const FOR_TABLES: u16 = 0b1_1111;

impl Default for FormulaExperiment {
    fn default() -> Self {
        Self {
            source: FormulaSource::Newton,
            operators: ARITHMETIC,
            seed: 0,
            seconds: 60,
            complexity: 30,
            units: false,
            robust: false,
        }
    }
}

impl FormulaSource {
    /// The operators that suit it, a bit each in the order of [`Operator::ALL`]; `None` where nothing is known about the numbers.
    pub fn operators(self, system: &System) -> Option<u16> {
        let bit =
            |operator: Operator| Operator::ALL.iter().position(|known| *known == operator).map_or(0, |at| 1 << at);
        match self {
            FormulaSource::Newton | FormulaSource::Messages | FormulaSource::Slides => Some(ARITHMETIC),
            FormulaSource::Clock | FormulaSource::Planets => Some(ARITHMETIC | bit(Operator::Sqrt)),
            // Of an angle, energies have a cosine and slopes a sine; in the range of a spring's motion it would pass for a square.
            FormulaSource::Energy | FormulaSource::Slopes if !system.mechanics().turns() => {
                Some(ARITHMETIC & !bit(Operator::Divide))
            }
            FormulaSource::Energy => Some(ARITHMETIC & !bit(Operator::Divide) | bit(Operator::Cos)),
            FormulaSource::Slopes => Some(ARITHMETIC & !bit(Operator::Divide) | bit(Operator::Sin)),
            FormulaSource::File => Some(FOR_TABLES),
        }
    }
}

/// The operators whose bits are set.
pub fn operators(bits: u16) -> impl Iterator<Item = Operator> {
    Operator::ALL.into_iter().enumerate().filter(move |(i, _)| bits >> i & 1 == 1).map(|(_, operator)| operator)
}
