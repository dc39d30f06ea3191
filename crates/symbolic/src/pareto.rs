//! The front of loss against complexity: for each complexity the best law, as far as it beats all simpler ones.
//!
//! The score of a law is −Δ ln(loss) / Δ complexity against the law before it on the front: how fast the loss falls where this
//! law comes in (Cranmer et al. 2020, arXiv:2006.11288, §4). Suggested is the last law whose score is at least half
//! the highest: where the front falls steeply twice, the law after the second fall. It is no more than a suggestion: every law
//! of the front may be picked.

use crate::expr::Expr;
use serde::{Deserialize, Serialize};

/// A fall of the front at least this part as steep as the steepest is followed. The highest score alone prefers a first rough
/// law, q² for 2(1 − cos q), by a hair; what comes after the true law on noisy data is flatter by a factor of ten or more.
const STEEP: f64 = 0.5;

/// A law on the front.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Law {
    /// The law.
    pub expr: Expr,
    /// Its complexity.
    pub complexity: usize,
    /// Its loss on all rows.
    pub loss: f64,
    /// −Δ ln(loss) / Δ complexity; 0 for the first.
    pub score: f64,
    /// After how many evaluations it was found.
    pub found_at: u64,
}

/// The best laws, simplest first, each with a lower loss than all before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Front {
    /// The laws; at least one.
    pub laws: Vec<Law>,
    /// Which of them is suggested.
    pub suggestion: usize,
    /// Whether there is a law worth more than a constant.
    pub finding: Finding,
}

/// What a search has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// A law that is right to rounding.
    Exact,
    /// A law that is better than a constant, by more than its length would by chance.
    Approximate,
    /// Nothing better than a constant.
    NothingBetterThanAConstant,
}

/// The best law of each complexity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HallOfFame {
    best: Vec<Option<Entry>>,
}

/// A law in the hall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The law.
    pub expr: Expr,
    /// Its loss.
    pub loss: f64,
    /// After how many evaluations it was found.
    pub found_at: u64,
    /// Whether its constants have been fitted.
    pub fitted: bool,
}

/// What a front is judged against.
#[derive(Clone, Copy, Debug)]
pub struct ReferenceEnergy {
    /// The loss that is only rounding.
    pub floor: f64,
    /// The loss of the best constant.
    pub constant: f64,
    /// Rows of the data.
    pub rows: usize,
    /// Different tokens a law may be written with: operators, variables, and one for a constant.
    pub tokens: usize,
    /// 1 for squared errors, 2 for relative ones: how often the loss's logarithm counts twice.
    pub exponent: f64,
}

impl HallOfFame {
    /// Empty, for complexities up to the largest.
    pub fn new(max_complexity: usize) -> Self {
        Self { best: vec![None; max_complexity + 1] }
    }

    /// Lets a law in if it is the best of its complexity; whether it was.
    pub fn admit(&mut self, complexity: usize, loss: f64, entry: impl FnOnce() -> Entry) -> bool {
        match self.best.get_mut(complexity) {
            Some(slot) if loss.is_finite() && slot.as_ref().is_none_or(|known| loss < known.loss) => {
                *slot = Some(entry());
                true
            }
            _ => false,
        }
    }

    /// The laws with a lower loss than all simpler ones, simplest first. A loss below the floor counts as the floor.
    pub fn leaders(&self, floor: f64) -> Vec<(usize, &Entry)> {
        let mut least = f64::INFINITY;
        let mut leaders = Vec::new();
        for (complexity, entry) in self.best.iter().enumerate() {
            if let Some(entry) = entry
                && entry.loss.max(floor) < least
            {
                least = entry.loss.max(floor);
                leaders.push((complexity, entry));
            }
        }
        leaders
    }

    /// The front.
    pub fn front(&self, reference_energy: ReferenceEnergy) -> Front {
        let floor = reference_energy.floor;
        let mut laws: Vec<Law> = Vec::new();
        for (complexity, entry) in self.leaders(floor) {
            let score = laws.last().map_or(0.0, |before| {
                let fall = before.loss.max(floor).ln() - entry.loss.max(floor).ln();
                fall / (complexity - before.complexity) as f64
            });
            let Entry { expr, loss, found_at, .. } = entry.clone();
            laws.push(Law { expr, complexity, loss, score, found_at });
        }
        let steepest = laws.iter().map(|law| law.score).fold(0.0, f64::max);
        let suggestion = laws.iter().rposition(|law| law.score >= STEEP * steepest).unwrap_or(0);
        let finding = reference_energy.finding(&laws);
        let suggestion = if finding == Finding::NothingBetterThanAConstant { 0 } else { suggestion };
        Front { laws, suggestion, finding }
    }
}

impl Front {
    /// The suggested law.
    pub fn suggested(&self) -> Option<&Law> {
        self.laws.get(self.suggestion)
    }
}

impl ReferenceEnergy {
    /// Whether a law pays for its own description. Every token of it is a choice among `tokens`, ln(tokens) nats; a loss lower by a
    /// factor saves n/2 times the factor's logarithm (n for relative ones). In noise, trying many laws finds some that fit by
    /// chance, but not by more than it takes to say which.
    fn finding(&self, laws: &[Law]) -> Finding {
        let saved =
            |law: &Law| 0.5 * self.exponent * self.rows as f64 * (self.constant.ln() - law.loss.max(self.floor).ln());
        let pays = |law: &Law| saved(law) > law.complexity as f64 * (self.tokens as f64).ln();
        match laws.last() {
            Some(law) if law.loss <= self.floor => Finding::Exact,
            _ if laws.iter().any(|law| law.complexity > 1 && pays(law)) => Finding::Approximate,
            // A single column can be a law.
            _ if laws.iter().any(|law| law.expr.constants().count() == 0 && pays(law)) => Finding::Approximate,
            _ => Finding::NothingBetterThanAConstant,
        }
    }
}
