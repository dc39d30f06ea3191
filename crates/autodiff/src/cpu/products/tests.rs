//! Both ways of multiplying give the same.

use super::{Block, product, product_on_its_side};
use crate::cpu::layout::{LANES, Layout, ZERO, fill, panels};
use crate::cpu::packs::Packs;
use crate::cpu::simd::vectorized;
use crate::parameters::Matrix;

#[test]
fn a_product_on_its_side_is_the_product() {
    let number = |i: usize| (i as f32 * 0.7).sin();
    for (rows, columns, width) in [(1_usize, 1, 1), (5, 2, 9), (8, 64, 64), (13, 20, 3), (30, 9, 17)] {
        let stride = rows.next_multiple_of(LANES);
        let mut packs = vec![ZERO; panels(columns) * stride];
        fill(&mut packs, stride, columns, &(0..rows * columns).map(number).collect::<Vec<_>>());
        let values = (0..columns * width).map(|i| number(3 * i)).collect();
        let w = Layout::Panels.pack(&Matrix { rows: columns, columns: width, values });
        let bias: Vec<_> = (0..panels(width)).map(|i| [number(5 * i); LANES]).collect();
        let x = Block { packs: &packs, stride, rows, columns };
        for bias in [None, Some(&*bias)] {
            let (mut one, mut other) = (vec![ZERO; panels(width) * stride], vec![ZERO; panels(width) * stride]);
            let (w, out) = (&*w, &mut *one);
            vectorized(
                #[inline(always)]
                move |vectors| product(vectors, x, w, bias, &mut Packs::default(), out),
            );
            let out = &mut *other;
            vectorized(move |vectors| product_on_its_side(vectors, x, w, bias, &mut Packs::default(), out));
            for (one, other) in one.chunks_exact(stride).zip(other.chunks_exact(stride)) {
                assert_eq!(one[..rows], other[..rows], "{rows} rows of {columns} columns times {width}");
            }
        }
    }
}
