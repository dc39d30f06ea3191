//! Sums over the batch, and what is left to be done with them: a gradient is a sum of scaled ones, a figure of the loss is
//! evaluated where it is read.

use crate::cpu::PlanError;
use crate::gpu::plan::{Reduction, Term, node};
use crate::program::{Function, Op, Over};
use std::collections::BTreeSet;

/// The sums of a function.
pub(super) struct Reduced {
    pub reductions: Vec<Reduction>,
    /// For each node that is a sum, alone or with others: its number.
    pub sums: Vec<Option<usize>>,
}

/// The sums over the batch of a function; sums of which only their own sum is needed are one.
pub(super) fn find(function: &Function) -> Result<Reduced, PlanError> {
    let count = function.nodes.len();
    let mut uses = vec![0; count];
    function.nodes.iter().for_each(|node| node.op.for_operands(|operand| uses[operand as usize] += 1));
    function.outputs.iter().for_each(|output| uses[*output] += 1);
    let mut late = vec![false; count];
    let mut sums = vec![None; count];
    let mut reductions: Vec<Reduction> = vec![];
    for (number, current) in function.nodes.iter().enumerate() {
        let shape = current.shape;
        let mut add = |pair, columns| {
            reductions.push(Reduction { pairs: vec![pair], rows: shape.rows, columns });
            Some(reductions.len() - 1)
        };
        let sum = match &current.op {
            Op::Outer(x, g) => add((Some(node(*x)), node(*g)), shape.columns),
            Op::ColumnSum(g) => add((None, node(*g)), shape.columns),
            // Its columns are summed later.
            Op::BatchMean(g) => add((None, node(*g)), function.nodes[node(*g)].shape.columns),
            Op::Add(a, b)
                if mergeable(function, &sums, &uses, node(*a)) && mergeable(function, &sums, &uses, node(*b)) =>
            {
                let (kept, given) = (sums[node(*a)], sums[node(*b)]);
                if let (Some(kept), Some(given)) = (kept, given)
                    && kept != given
                {
                    let pairs = std::mem::take(&mut reductions[given].pairs);
                    reductions[kept].pairs.extend(pairs);
                }
                kept
            }
            _ => None,
        };
        sums[number] = sum;
        let mut after = false;
        current.op.for_operands(|operand| after |= late[node(operand)]);
        late[number] = after || sum.is_some();
        if shape.over == Over::Items && late[number] {
            return Err(PlanError::TwoPasses);
        }
    }
    // Sums that became part of others are gone.
    let mut numbers = vec![0; reductions.len()];
    let mut left = vec![];
    for (old, reduction) in reductions.into_iter().enumerate() {
        numbers[old] = left.len();
        if !reduction.pairs.is_empty() {
            left.push(reduction);
        }
    }
    let sums = sums.into_iter().map(|sum| sum.map(|old: usize| numbers[old])).collect();
    Ok(Reduced { reductions: left, sums })
}

/// Whether a node is a sum over the batch that only one other node reads.
fn mergeable(function: &Function, sums: &[Option<usize>], uses: &[usize], number: usize) -> bool {
    sums[number].is_some() && uses[number] == 1 && !matches!(function.nodes[number].op, Op::BatchMean(_))
}

impl Reduced {
    /// Values that the sums read.
    pub fn operands(&self) -> impl Iterator<Item = usize> {
        let pairs = self.reductions.iter().flat_map(|reduction| &reduction.pairs);
        pairs.flat_map(|(x, g)| x.iter().copied().chain([*g])).collect::<BTreeSet<_>>().into_iter()
    }

    /// A shared value as scaled sums over the batch: empty where it is zero, none where it is something else.
    pub fn terms(&self, function: &Function, number: usize) -> Option<Vec<Term>> {
        let of = |id: &u32| self.terms(function, node(*id));
        let scaled = |terms: Vec<Term>, factor: f64| -> Vec<Term> {
            terms.into_iter().map(|term| Term { scale: term.scale * factor, ..term }).collect()
        };
        let op = &function.nodes[number].op;
        if let Some(reduction) = self.sums[number] {
            let total = matches!(op, Op::BatchMean(_));
            return Some(vec![Term { reduction, scale: 1.0, transposed: false, total }]);
        }
        match op {
            Op::Fill(number) if number.get() == 0.0 => Some(vec![]),
            Op::Add(x, y) => Some([of(x)?, of(y)?].concat()),
            Op::Subtract(x, y) => Some([of(x)?, scaled(of(y)?, -1.0)].concat()),
            Op::Affine(x, factor, offset) if offset.get() == 0.0 => Some(scaled(of(x)?, factor.get())),
            Op::Transpose(x) => {
                let turned = of(x)?.into_iter().map(|term| Term { transposed: !term.transposed, ..term });
                Some(turned.collect())
            }
            _ => None,
        }
    }
}

/// A shared value from sums over the batch, in double precision: `[rows, columns]`, row by row. None where it needs anything
/// else.
pub(super) fn evaluate(
    function: &Function,
    sums: &[Option<usize>],
    totals: &[Vec<f64>],
    number: usize,
) -> Option<Vec<f64>> {
    let of = |id: &u32| evaluate(function, sums, totals, node(*id));
    let current = &function.nodes[number];
    let shape = current.shape;
    let pairwise = |x: &u32, y: &u32, f: fn(f64, f64) -> f64| -> Option<Vec<f64>> {
        Some(of(x)?.into_iter().zip(of(y)?).map(|(x, y)| f(x, y)).collect())
    };
    if let Some(sum) = sums[number] {
        let all = totals[sum].clone();
        return Some(if matches!(current.op, Op::BatchMean(_)) { vec![all.iter().sum()] } else { all });
    }
    match &current.op {
        Op::Fill(number) => Some(vec![number.get(); shape.size()]),
        Op::Add(x, y) => pairwise(x, y, |x, y| x + y),
        Op::Subtract(x, y) => pairwise(x, y, |x, y| x - y),
        Op::Multiply(x, y) => pairwise(x, y, |x, y| x * y),
        Op::Affine(x, s, t) => Some(of(x)?.into_iter().map(|x| s.get() * x + t.get()).collect()),
        Op::Unary(function, x) => Some(of(x)?.into_iter().map(|x| function.value(x)).collect()),
        Op::Transpose(x) => of(x),
        _ => None,
    }
}
