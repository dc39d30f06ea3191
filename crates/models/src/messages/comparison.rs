//! Messages held against true forces: the figures of Table 1 of Cranmer et al. (2020), live.
//!
//! A node network that knows its body's mass can take the force as well as the force divided by that mass, so both are
//! tried and the better one is taken. Both fits are reported (see [`crate::messages::fit`]); a figure that is shown should
//! say which it is.

use crate::messages::affine::AffineMap;
use crate::messages::fit::{Fitting, Line};
use crate::messages::table::{Table, TableError};
use serde::{Deserialize, Serialize};

/// What the messages are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Truth {
    /// The force F on the receiver.
    Force,
    /// F/m, with the mass of the receiver.
    ForcePerMass,
}

/// How much a message component varies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Which component.
    pub component: usize,
    /// Its standard deviation over all samples.
    pub deviation: f64,
}

/// The leading message components as an affine map of the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// What they are held against.
    pub truth: Truth,
    /// R² of each leading component, `[D]`, in the order of [`Comparison::spreads`].
    pub r_squared: Vec<f64>,
    /// (leading components) = A · truth + b. Its inverse turns messages into forces.
    pub map: AffineMap,
}

/// One fit against both truths.
#[derive(Clone, Debug, PartialEq)]
pub struct Matches {
    /// Against F.
    pub force: Match,
    /// Against F/m.
    pub force_per_mass: Match,
}

/// All figures of one set of messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// All components, those that vary most first. The first D of them are compared.
    pub spreads: Vec<Spread>,
    /// By plain least squares.
    pub least_squares: Matches,
    /// Without the worst tenth.
    pub trimmed: Matches,
}

/// Messages that cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComparisonError {
    /// Tables of different lengths.
    #[error("there are {messages} messages but {forces} forces and {masses} masses")]
    Unequal {
        /// Rows of messages.
        messages: usize,
        /// Rows of forces.
        forces: usize,
        /// Masses.
        masses: usize,
    },
    /// Too few samples.
    #[error("{samples} messages are too few to compare: it takes {FEWEST_SAMPLES}")]
    TooFew {
        /// How many there are.
        samples: usize,
    },
    /// A force divided by a mass of zero.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// Fewer samples than this do not determine a map of up to 4 numbers per component.
pub const FEWEST_SAMPLES: usize = 40;

impl Match {
    /// Mean R² over the leading components.
    pub fn mean(&self) -> f64 {
        self.r_squared.iter().sum::<f64>() / self.r_squared.len().max(1) as f64
    }

    fn fitted(messages: &Table, leading: &[Spread], truths: &Table, truth: Truth, fitting: Fitting) -> Self {
        let fit = |spread: &Spread| Line::fit(truths, &messages.column(spread.component), fitting);
        let lines: Vec<Line> = leading.iter().map(fit).collect();
        let map = AffineMap {
            matrix: lines.iter().flat_map(|line| line.slopes.iter().copied()).collect(),
            offset: lines.iter().map(|line| line.offset).collect(),
        };
        Self { truth, r_squared: lines.iter().map(|line| line.r_squared).collect(), map }
    }
}

impl Matches {
    /// The one with the higher mean R²; of equal ones the force.
    pub fn better(&self) -> &Match {
        if self.force_per_mass.mean() > self.force.mean() { &self.force_per_mass } else { &self.force }
    }
}

impl Comparison {
    /// Compares `messages` `[samples, M]` with `forces` `[samples, D]` on receivers of mass `masses` `[samples]`: the `D` numbers that vary
    /// most, or all where there are fewer: each is a function of the force then too, though the force is none of them.
    pub fn of(messages: &Table, forces: &Table, masses: &[f64]) -> Result<Self, ComparisonError> {
        Self::of_leading(spreads(messages), messages, forces, masses)
    }

    /// The same of numbers in another order, the leading ones first.
    pub fn of_leading(
        spreads: Vec<Spread>,
        messages: &Table,
        forces: &Table,
        masses: &[f64],
    ) -> Result<Self, ComparisonError> {
        let (samples, d) = (messages.len(), forces.width());
        if samples != forces.len() || samples != masses.len() {
            return Err(ComparisonError::Unequal { messages: samples, forces: forces.len(), masses: masses.len() });
        }
        if samples < FEWEST_SAMPLES {
            return Err(ComparisonError::TooFew { samples });
        }
        let per_mass = forces.divided(masses)?;
        let leading = &spreads[..d.min(spreads.len())];
        let matches = |fitting| Matches {
            force: Match::fitted(messages, leading, forces, Truth::Force, fitting),
            force_per_mass: Match::fitted(messages, leading, &per_mass, Truth::ForcePerMass, fitting),
        };
        let (least_squares, trimmed) = (matches(Fitting::LeastSquares), matches(Fitting::Trimmed));
        Ok(Self { spreads, least_squares, trimmed })
    }

    /// Both fits.
    pub fn matches(&self, fitting: Fitting) -> &Matches {
        match fitting {
            Fitting::LeastSquares => &self.least_squares,
            Fitting::Trimmed => &self.trimmed,
        }
    }
}

/// The components of messages, those that vary most first; equal ones in their own order.
pub fn spreads(messages: &Table) -> Vec<Spread> {
    let with_index = messages.deviations().into_iter().enumerate();
    let mut spreads: Vec<Spread> = with_index.map(|(component, deviation)| Spread { component, deviation }).collect();
    spreads.sort_by(|a, b| b.deviation.total_cmp(&a.deviation));
    spreads
}

/// The components of messages that were pressed towards noise, those furthest from it first: by the mean of μ² + σ² − ln σ², as in Cranmer
/// et al. 2020. A number may vary much and yet say nothing, where its noise is as large.
pub fn by_divergence(messages: &Table, divergences: &[f64]) -> Vec<Spread> {
    let mut spreads = spreads(messages);
    let of = |spread: &Spread| divergences.get(spread.component).copied().unwrap_or(f64::NEG_INFINITY);
    spreads.sort_by(|a, b| of(b).total_cmp(&of(a)));
    spreads
}
