//! Loops compiled for the vectors of this processor.
//!
//! In WebAssembly these are known when the file is built, once with relaxed SIMD, which multiplies and adds in one instruction, and
//! once without. Elsewhere a loop is compiled for several processors and the right one is chosen when it runs; those with wide
//! vectors also multiply and add in one instruction.

use crate::cpu::layout::{LANES, Pack};

/// What the processor's vectors can do, as far as loops are written differently for it. Constant where a loop is compiled.
#[derive(Clone, Copy)]
pub(crate) struct Vectors {
    /// They multiply and add in one instruction.
    fused: bool,
    /// There are registers for sixteen sums of eight numbers and more.
    many: bool,
}

impl Vectors {
    /// Whether there are registers for sixteen packs of sums. In WebAssembly this is an argument that the compiler does not see through,
    /// and there are not.
    #[inline(always)]
    pub(crate) fn many(self) -> bool {
        self.many && cfg!(not(target_arch = "wasm32"))
    }
}

/// Runs a body, told what vectors it runs with.
///
/// What the body uses has to be moved into it: a closure that can be called more than once is not inlined, and runs without
/// vectors.
#[cfg(not(target_arch = "wasm32"))]
#[inline]
pub(crate) fn vectorized<R>(body: impl FnOnce(Vectors) -> R) -> R {
    struct Body<F>(F);
    impl<R, F: FnOnce(Vectors) -> R> pulp::WithSimd for Body<F> {
        type Output = R;

        #[inline(always)]
        fn with_simd<S: pulp::Simd>(self, _: S) -> R {
            let many = S::REGISTER_COUNT * S::F32_LANES >= 32 * LANES;
            (self.0)(Vectors { fused: !S::IS_SCALAR, many })
        }
    }
    pulp::Arch::new().dispatch(Body(body))
}

/// Runs a body.
#[cfg(target_arch = "wasm32")]
#[inline]
pub(crate) fn vectorized<R>(body: impl FnOnce(Vectors) -> R) -> R {
    body(Vectors { fused: false, many: false })
}

/// x · y + z, in one instruction for four numbers where the processor has it.
#[cfg(target_feature = "relaxed-simd")]
#[inline(always)]
pub(crate) fn multiply_add(x: &Pack, y: &Pack, z: &Pack) -> Pack {
    use std::arch::wasm32::{f32x4, f32x4_extract_lane, f32x4_relaxed_madd};
    let half = |pack: &Pack, at: usize| f32x4(pack[at], pack[at + 1], pack[at + 2], pack[at + 3]);
    let low = f32x4_relaxed_madd(half(x, 0), half(y, 0), half(z, 0));
    let high = f32x4_relaxed_madd(half(x, 4), half(y, 4), half(z, 4));
    [
        f32x4_extract_lane::<0>(low),
        f32x4_extract_lane::<1>(low),
        f32x4_extract_lane::<2>(low),
        f32x4_extract_lane::<3>(low),
        f32x4_extract_lane::<0>(high),
        f32x4_extract_lane::<1>(high),
        f32x4_extract_lane::<2>(high),
        f32x4_extract_lane::<3>(high),
    ]
}

/// x · y + z.
#[cfg(not(target_feature = "relaxed-simd"))]
#[inline(always)]
pub(crate) fn multiply_add(x: &Pack, y: &Pack, z: &Pack) -> Pack {
    let mut sum = *z;
    for i in 0..LANES {
        sum[i] += x[i] * y[i];
    }
    sum
}

/// sum + x · pack.
#[inline(always)]
pub(crate) fn added(vectors: Vectors, mut sum: Pack, x: f32, pack: &Pack) -> Pack {
    // In WebAssembly `vectors` is an argument that the compiler does not see through.
    if cfg!(target_arch = "wasm32") {
        return multiply_add(&[x; LANES], pack, &sum);
    }
    for i in 0..LANES {
        sum[i] = if vectors.fused { x.mul_add(pack[i], sum[i]) } else { sum[i] + x * pack[i] };
    }
    sum
}

/// sum += pack.
#[inline(always)]
pub(crate) fn add(sum: &mut Pack, pack: &Pack) {
    for i in 0..LANES {
        sum[i] += pack[i];
    }
}

/// A square of numbers on its side.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
pub(crate) fn turned(rows: &[Pack; LANES]) -> [Pack; LANES] {
    let mut turned = [[0.0; LANES]; LANES];
    for (lane, turned) in turned.iter_mut().enumerate() {
        for (to, row) in turned.iter_mut().zip(rows) {
            *to = row[lane];
        }
    }
    turned
}

/// A square of numbers on its side, quarter by quarter.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
pub(crate) fn turned(rows: &[Pack; LANES]) -> [Pack; LANES] {
    let mut turned = [[0.0; LANES]; LANES];
    quarter(rows, &mut turned, 0, 0);
    quarter(rows, &mut turned, 0, 4);
    quarter(rows, &mut turned, 4, 0);
    quarter(rows, &mut turned, 4, 4);
    turned
}

/// Four numbers each of four rows from `row` on become those of four rows from `lane` on.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn quarter(rows: &[Pack; LANES], turned: &mut [Pack; LANES], row: usize, lane: usize) {
    use std::arch::wasm32::{f32x4, f32x4_extract_lane, i32x4_shuffle as shuffle};
    let four = |row: &Pack| f32x4(row[lane], row[lane + 1], row[lane + 2], row[lane + 3]);
    let (a, b, c, d) = (four(&rows[row]), four(&rows[row + 1]), four(&rows[row + 2]), four(&rows[row + 3]));
    // Pairs of rows are interleaved, then pairs of pairs.
    let (ab, cd) = (shuffle::<0, 4, 1, 5>(a, b), shuffle::<0, 4, 1, 5>(c, d));
    let (upper_ab, upper_cd) = (shuffle::<2, 6, 3, 7>(a, b), shuffle::<2, 6, 3, 7>(c, d));
    let columns = [
        shuffle::<0, 1, 4, 5>(ab, cd),
        shuffle::<2, 3, 6, 7>(ab, cd),
        shuffle::<0, 1, 4, 5>(upper_ab, upper_cd),
        shuffle::<2, 3, 6, 7>(upper_ab, upper_cd),
    ];
    for (turned, column) in turned[lane..].iter_mut().zip(columns) {
        turned[row] = f32x4_extract_lane::<0>(column);
        turned[row + 1] = f32x4_extract_lane::<1>(column);
        turned[row + 2] = f32x4_extract_lane::<2>(column);
        turned[row + 3] = f32x4_extract_lane::<3>(column);
    }
}
