//! Tables that tell the kernels of [`crate::gpu::batch`] what to do.

use crate::cpu::PlanError;
use crate::gpu::batch::{NONE, SIDE};
use crate::gpu::plan::{Adapter, Plan, Stored, WORKGROUP, Weight};

/// Rows of a chunk, at least.
const CHUNK: usize = 64;
/// Workgroups of a sum that are enough to keep a card busy.
const BUSY: usize = 384;

/// Sums over a batch of a certain size.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    /// For the kernel.
    pub jobs: Vec<u32>,
    /// Workgroups.
    pub groups: usize,
    /// Numbers that the parts of all sums take.
    pub size: usize,
    /// For each sum: where its parts are, how many, and the size of each.
    pub parts: Vec<[usize; 3]>,
}

impl Sums {
    pub fn new(plan: &Plan, items: usize, adapter: Adapter) -> Self {
        let part = SIDE * adapter.side();
        let mut sums = Self { jobs: vec![plan.reductions.len() as u32], groups: 0, size: 0, parts: vec![] };
        let operand = |node: usize| plan.operands.iter().find(|(other, ..)| *other == node).copied();
        let mut pairs = vec![];
        for reduction in &plan.reductions {
            let tiles = reduction.rows.div_ceil(part) * reduction.columns.div_ceil(part);
            let rows = reduction.pairs.iter().filter_map(|(_, g)| operand(*g)).map(|(_, _, rows, _)| rows * items);
            let longest = rows.max().unwrap_or(1);
            let chunks = (longest / CHUNK).clamp(1, (BUSY / tiles).clamp(1, 32));
            let size = reduction.rows * reduction.columns;
            let numbers =
                [sums.groups, chunks, reduction.rows, reduction.columns, sums.size, pairs.len(), reduction.pairs.len()];
            sums.jobs.extend(numbers.map(|number| number as u32));
            sums.parts.push([sums.size, chunks, size]);
            sums.groups += tiles * chunks;
            sums.size += chunks * size;
            for (x, g) in &reduction.pairs {
                let place = |node: usize| match operand(node) {
                    Some((_, Stored::Slot(slot), rows, columns)) => [slot as u32, columns as u32, rows as u32],
                    _ => unreachable!("operands of sums are stored"),
                };
                let [g_slot, g_columns, rows] = place(*g);
                let [x_slot, x_columns, _] = x.map_or([0; 3], place);
                pairs.push([u32::from(x.is_some()), x_slot, x_columns, g_slot, g_columns, rows]);
            }
        }
        sums.jobs.extend(pairs.into_iter().flatten());
        sums
    }

    /// The sums, from all parts: means over so many items.
    pub fn totals(&self, partial: &[f32], items: usize) -> Vec<Vec<f64>> {
        let of = |[from, chunks, size]: &[usize; 3]| {
            let mut total = vec![0.0; *size];
            for part in partial[*from..from + chunks * size].chunks_exact(*size) {
                total.iter_mut().zip(part).for_each(|(total, part)| *total += f64::from(*part));
            }
            total.iter_mut().for_each(|total| *total /= items as f64);
            total
        };
        self.parts.iter().map(of).collect()
    }
}

/// What Adam does: a table, and how many workgroups.
pub(super) fn parameters(
    plan: &Plan,
    sums: &Sums,
    weights: &[Weight],
    first: usize,
) -> Result<(Vec<u32>, usize), PlanError> {
    let (mut entries, mut terms) = (vec![], vec![]);
    let mut groups = 0;
    for (weight, output) in weights.iter().zip(&plan.terms[first..]) {
        let output = output.as_ref().ok_or(PlanError::Gradient)?;
        // Nothing depends on this parameter.
        if output.is_empty() {
            continue;
        }
        let transposed = weight.transposed.map_or(NONE, |place| place as u32);
        let [rows, columns, offset] = [weight.rows, weight.columns, weight.offset].map(|number| number as u32);
        entries.push([groups as u32, rows, columns, offset, transposed, terms.len() as u32, output.len() as u32]);
        groups += (weight.rows * weight.columns).div_ceil(WORKGROUP);
        for term in output {
            let [from, chunks, size] = sums.parts[term.reduction].map(|number| number as u32);
            let wide = plan.reductions[term.reduction].columns as u32;
            let [down, right] = match (term.total, term.transposed) {
                (true, _) => [0, 0],
                (false, false) => [wide, 1],
                (false, true) => [1, wide],
            };
            let count = if term.total { wide } else { 1 };
            terms.push([from, chunks, size, down, right, count, (term.scale as f32).to_bits()]);
        }
    }
    let table =
        [entries.len() as u32].into_iter().chain(entries.into_iter().flatten()).chain(terms.into_iter().flatten());
    Ok((table.collect(), groups))
}
