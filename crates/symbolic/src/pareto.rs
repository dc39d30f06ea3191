//! The front of loss against complexity: for each complexity the best law, as far as it beats all simpler ones.
//!
//! The score of a law is −Δ ln(loss) / Δ complexity against the law before it on the front: how fast the loss falls where this
//! law comes in (Cranmer et al. 2020, arXiv:2006.11288, §4). Suggested, at a glance, is the last law whose score is at least half
//! the highest: where the front falls steeply twice, the law after the second fall. [`crate::verdict`] looks closer, with rows that
//! are held out. It is no more than a suggestion: every law of the front may be picked.

use crate::constants::free;
use crate::evaluate::Objective;
use crate::expr::Expr;
use serde::{Deserialize, Serialize};

/// A fall of the front at least this part as steep as the steepest is followed. The highest score alone prefers a first rough
/// law, q² for 2(1 − cos q), by a hair; what comes after the true law on noisy data is flatter by a factor of ten or more.
pub(crate) const STEEP: f64 = 0.5;

/// A law on the front.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Law {
    /// The law.
    pub expr: Expr,
    /// Its complexity.
    pub complexity: usize,
    /// Its loss on all rows.
    pub loss: f64,
    /// Its loss on rows that its constants were not fitted to; infinite if it has no value on one of them or was not judged.
    pub held_out: f64,
    /// How many of its constants are neither whole nor half.
    pub free_constants: usize,
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
    /// A product of powers that noise does not tell from the best law, where the suggested one is none: for who expects a straight line
    /// in the logarithms.
    pub power: Option<Law>,
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
pub struct Reference {
    /// What laws are judged by.
    pub objective: Objective,
    /// The loss that is only rounding.
    pub floor: f64,
    /// The loss of the best constant.
    pub constant: f64,
    /// Rows of the data.
    pub rows: usize,
    /// Different tokens a law may be written with: operators, variables, and one for a constant.
    pub tokens: usize,
}

impl HallOfFame {
    /// Empty, for complexities up to the largest.
    pub fn new(max_complexity: usize) -> Self {
        Self { best: vec![None; max_complexity + 1] }
    }

    /// Whether it can be that of a search up to such a complexity, for one that was read: every law at its place, a loss for each.
    pub(crate) fn fits(&self, max_complexity: usize, known: impl Fn(&Expr) -> bool) -> bool {
        let mut entries = self.best.iter().enumerate().filter_map(|(place, entry)| Some((place, entry.as_ref()?)));
        self.best.len() == max_complexity + 1
            && entries
                .all(|(place, Entry { expr, loss, .. })| expr.complexity() == place && loss.is_finite() && known(expr))
    }

    /// Whether a law of this complexity and loss would be let in.
    pub fn awaits(&self, complexity: usize, loss: f64) -> bool {
        let better = |slot: &Option<Entry>| slot.as_ref().is_none_or(|known| loss < known.loss);
        loss.is_finite() && self.best.get(complexity).is_some_and(better)
    }

    /// Lets a law in if it is the best of its complexity; whether it was.
    pub fn admit(&mut self, complexity: usize, loss: f64, entry: impl FnOnce() -> Entry) -> bool {
        let awaits = self.awaits(complexity, loss);
        if awaits {
            self.best[complexity] = Some(entry());
        }
        awaits
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
    pub fn front(&self, reference: Reference) -> Front {
        let floor = reference.floor;
        let mut laws: Vec<Law> = Vec::new();
        for (complexity, entry) in self.leaders(floor) {
            let Entry { expr, loss, found_at, .. } = entry.clone();
            laws.push(Law { complexity, loss, found_at, ..Law::unjudged(expr) });
        }
        let mut front = Front { laws, suggestion: 0, finding: reference.finding(&[]), power: None };
        front.score(floor);
        let laws = &front.laws;
        let steepest = laws.iter().map(|law| law.score).fold(0.0, f64::max);
        let suggestion = laws.iter().rposition(|law| law.score >= STEEP * steepest).unwrap_or(0);
        front.finding = reference.finding(laws);
        front.suggestion = if front.finding == Finding::NothingBetterThanAConstant { 0 } else { suggestion };
        front
    }
}

impl Law {
    /// A law of which nothing is known but how it is written.
    pub(crate) fn unjudged(expr: Expr) -> Self {
        let (complexity, free_constants) = (expr.complexity(), free(&expr));
        let unknown = f64::INFINITY;
        Self { expr, complexity, loss: unknown, held_out: unknown, free_constants, score: 0.0, found_at: 0 }
    }
}

impl Front {
    /// Gives every law its score.
    pub(crate) fn score(&mut self, floor: f64) {
        let mut before: Option<(f64, usize)> = None;
        for law in &mut self.laws {
            let now = (law.loss.max(floor).ln(), law.complexity);
            law.score = before.map_or(0.0, |(loss, complexity)| (loss - now.0) / (now.1 - complexity) as f64);
            before = Some(now);
        }
    }

    /// Puts the best constant in the place of whatever else is as simple, and suggests it.
    pub(crate) fn begin_with_constant(&mut self, constant: f64, loss: f64, held_out: f64) {
        let expr = Expr::constant(constant);
        let found_at = self.laws.first().map_or(0, |law| law.found_at);
        self.laws.retain(|law| law.complexity > expr.complexity());
        let law = Law { loss, held_out, found_at, ..Law::unjudged(expr) };
        self.laws.insert(0, law);
        self.suggestion = 0;
    }

    /// The suggested law.
    pub fn suggested(&self) -> Option<&Law> {
        self.laws.get(self.suggestion)
    }
}

impl Reference {
    /// Whether a law pays for its own description. Every token of it is a choice among `tokens`, ln(tokens) nats, and every free
    /// constant half the logarithm of the rows (Rissanen 1978); a loss lower by a factor saves n/2 times the factor's logarithm (n
    /// for sizes of errors). In noise, trying many laws finds some that fit by chance, but not by more than it takes to say
    /// which.
    pub(crate) fn finding(&self, laws: &[Law]) -> Finding {
        let rows = self.rows as f64;
        let saved =
            |law: &Law| 0.5 * self.objective.exponent() * rows * (self.constant.ln() - law.loss.max(self.floor).ln());
        let costs =
            |law: &Law| law.complexity as f64 * (self.tokens as f64).ln() + 0.5 * law.free_constants as f64 * rows.ln();
        let pays = |law: &Law| saved(law) > costs(law);
        match laws.last() {
            Some(law) if law.loss <= self.floor && pays(law) => Finding::Exact,
            _ if laws.iter().any(|law| law.complexity > 1 && pays(law)) => Finding::Approximate,
            // A single column can be a law.
            _ if laws.iter().any(|law| law.expr.constants().count() == 0 && pays(law)) => Finding::Approximate,
            _ => Finding::NothingBetterThanAConstant,
        }
    }
}
