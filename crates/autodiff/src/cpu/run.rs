//! One operation on a block, or on a shared array, which lies like a block of its own rows.

use crate::cpu::layout::{LANES, Pack, ZERO, panels};
use crate::cpu::pointwise::{map, map_in_place, unary, zip, zip_in_place};
use crate::cpu::products::Block;
use crate::cpu::simd::{add, vectorized};
use crate::program::Op;

/// An operand: what lies in the place of the result itself, or a block.
#[derive(Clone, Copy)]
pub(crate) enum Operand<'a> {
    /// Already in the place of the result.
    InPlace,
    /// Elsewhere.
    At(Block<'a>),
}

impl<'a> Operand<'a> {
    fn packs(self) -> Option<&'a [Pack]> {
        match self {
            Operand::InPlace => None,
            Operand::At(block) => Some(block.packs),
        }
    }

    fn block(self) -> Block<'a> {
        match self {
            Operand::InPlace => unreachable!("only operations on each number are done in place"),
            Operand::At(block) => block,
        }
    }
}

/// A place for a result.
pub(crate) struct Out<'a> {
    pub(crate) packs: &'a mut [Pack],
    pub(crate) stride: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

/// Carries out an operation that is neither a product nor a sum over the batch. `items` is how many items there are in use.
pub(crate) fn compute<'a>(op: &Op, operand: &dyn Fn(u32) -> Operand<'a>, items: usize, out: Out<'_>) {
    let Out { packs, stride, rows, columns } = out;
    match op {
        Op::Fill(number) => packs.fill([number.get() as f32; LANES]),
        Op::Row(x) => {
            let x = operand(*x).block();
            for (out, x) in packs.chunks_exact_mut(stride).zip(x.packs) {
                out.fill(*x);
            }
        }
        Op::Spread(x) => packs.fill([operand(*x).block().packs[0][0]; LANES]),
        Op::Transpose(x) => {
            let x = operand(*x).block();
            for i in 0..x.rows * x.columns {
                let from = if x.rows == 1 { x.packs[i / LANES][i % LANES] } else { x.packs[i][0] };
                if rows == 1 {
                    packs[i / LANES][i % LANES] = from;
                } else {
                    packs[i] = ZERO;
                    packs[i][0] = from;
                }
            }
        }
        Op::Unary(function, x) => {
            let (function, x) = (*function, operand(*x).packs());
            vectorized(
                #[inline(always)]
                move |_| unary(function, x, packs),
            );
        }
        Op::Affine(x, factor, offset) => {
            let (x, s, t) = (operand(*x).packs(), factor.get() as f32, offset.get() as f32);
            vectorized(
                #[inline(always)]
                move |_| match x {
                    Some(x) => map(x, packs, |x| s * x + t),
                    None => map_in_place(packs, |x| s * x + t),
                },
            );
        }
        Op::Add(x, y) => pointwise(operand(*x), operand(*y), packs, |x, y| x + y),
        Op::Subtract(x, y) => pointwise(operand(*x), operand(*y), packs, |x, y| x - y),
        Op::Multiply(x, y) => pointwise(operand(*x), operand(*y), packs, |x, y| x * y),
        Op::Gather(x, index) => {
            let x = operand(*x).block();
            let (from_rows, to_rows) = (x.rows / items, index.len());
            for (out, x) in packs.chunks_exact_mut(stride).zip(x.packs.chunks_exact(x.stride)) {
                for item in 0..items {
                    let (out, x) = (&mut out[item * to_rows..][..to_rows], &x[item * from_rows..][..from_rows]);
                    out.iter_mut().zip(index.iter()).for_each(|(out, row)| *out = x[*row as usize]);
                }
            }
        }
        Op::Scatter(x, index) => {
            let x = operand(*x).block();
            let (from_rows, to_rows) = (index.len(), rows / items);
            for (out, x) in packs.chunks_exact_mut(stride).zip(x.packs.chunks_exact(x.stride)) {
                out.fill(ZERO);
                for item in 0..items {
                    let (out, x) = (&mut out[item * to_rows..][..to_rows], &x[item * from_rows..][..from_rows]);
                    x.iter().zip(index.iter()).for_each(|(x, row)| add(&mut out[*row as usize], x));
                }
            }
        }
        Op::Concatenate(parts) => {
            let mut at = 0;
            for part in parts {
                let part = operand(*part).block();
                copy_columns(part, 0, part.columns, packs, (stride, at));
                at += part.columns;
            }
        }
        Op::Slice(x, from) => {
            packs.fill(ZERO);
            copy_columns(operand(*x).block(), *from as usize, columns, packs, (stride, 0));
        }
        Op::Pad(x, before) => {
            let x = operand(*x).block();
            packs.fill(ZERO);
            copy_columns(x, 0, x.columns, packs, (stride, *before as usize));
        }
        Op::SumColumns(x) => {
            let x = operand(*x).block();
            for (row, out) in packs[..rows].iter_mut().enumerate() {
                let mut sums = ZERO;
                for panel in 0..panels(x.columns) {
                    let width = LANES.min(x.columns - panel * LANES);
                    let pack = &x.packs[panel * x.stride + row];
                    sums.iter_mut().zip(&pack[..width]).for_each(|(sum, x)| *sum += x);
                }
                *out = ZERO;
                out[0] = sums.iter().sum();
            }
        }
        Op::SpreadColumns(x) => {
            let x = operand(*x).block();
            for out in packs.chunks_exact_mut(stride) {
                out[..rows].iter_mut().zip(x.packs).for_each(|(out, x)| *out = [x[0]; LANES]);
            }
        }
        Op::Input(_)
        | Op::Parameter(_)
        | Op::Product(..)
        | Op::ProductTransposed(..)
        | Op::Outer(..)
        | Op::ColumnSum(_)
        | Op::BatchMean(_) => unreachable!("carried out by the executor itself"),
    }
}

fn pointwise(x: Operand<'_>, y: Operand<'_>, out: &mut [Pack], of: impl Fn(f32, f32) -> f32 + Copy) {
    let (x, y) = (x.packs(), y.packs());
    vectorized(
        #[inline(always)]
        move |_| match (x, y) {
            (Some(x), Some(y)) => zip(x, y, out, of),
            (None, Some(y)) => zip_in_place(out, y, of),
            (Some(x), None) => zip_in_place(out, x, |y, x| of(x, y)),
            (None, None) => map_in_place(out, |x| of(x, x)),
        },
    );
}

/// `count` columns of a block from the column `from` on, into columns of another from `at` on.
fn copy_columns(x: Block<'_>, from: usize, count: usize, out: &mut [Pack], (stride, at): (usize, usize)) {
    if [from, at, count].iter().all(|place| place.is_multiple_of(LANES)) {
        let of = x.packs.chunks_exact(x.stride).skip(from / LANES).take(count / LANES);
        let to = out.chunks_exact_mut(stride).skip(at / LANES);
        to.zip(of).for_each(|(to, of)| to[..x.rows].copy_from_slice(&of[..x.rows]));
        return;
    }
    for column in 0..count {
        let (of, to) = (from + column, at + column);
        let of_panel = &x.packs[of / LANES * x.stride..][..x.rows];
        let to_panel = &mut out[to / LANES * stride..][..x.rows];
        for (to_row, of_row) in to_panel.iter_mut().zip(of_panel) {
            to_row[to % LANES] = of_row[of % LANES];
        }
    }
}

/// Sum of all numbers of a block.
pub(crate) fn total(x: Block<'_>) -> f64 {
    let mut sum = 0.0;
    for (panel, packs) in x.packs.chunks_exact(x.stride).enumerate() {
        let mut lanes = ZERO;
        packs[..x.rows].iter().for_each(|row| add(&mut lanes, row));
        let width = LANES.min(x.columns - panel * LANES);
        sum += lanes[..width].iter().map(|lane| f64::from(*lane)).sum::<f64>();
    }
    sum
}
