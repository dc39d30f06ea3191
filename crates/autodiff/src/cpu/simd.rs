//! Loops compiled for the vectors of this processor.
//!
//! In WebAssembly these are known when the file is built. Elsewhere a loop is compiled for several processors and the right
//! one is chosen when it runs; those with wide vectors also multiply and add in one instruction.

use crate::cpu::layout::{LANES, Pack};

/// Runs a body, which is told whether it may multiply and add in one instruction.
///
/// What the body uses has to be moved into it: a closure that can be called more than once is not inlined, and runs without
/// vectors.
#[cfg(not(target_arch = "wasm32"))]
#[inline]
pub(crate) fn vectorized<R>(body: impl FnOnce(bool) -> R) -> R {
    struct Body<F>(F);
    impl<R, F: FnOnce(bool) -> R> pulp::WithSimd for Body<F> {
        type Output = R;

        #[inline(always)]
        fn with_simd<S: pulp::Simd>(self, _: S) -> R {
            (self.0)(!S::IS_SCALAR)
        }
    }
    pulp::Arch::new().dispatch(Body(body))
}

/// Runs a body.
#[cfg(target_arch = "wasm32")]
#[inline]
pub(crate) fn vectorized<R>(body: impl FnOnce(bool) -> R) -> R {
    body(false)
}

/// sum + x · pack.
#[cfg(not(feature = "relaxed"))]
#[inline(always)]
pub(crate) fn added(fused: bool, mut sum: Pack, x: f32, pack: &Pack) -> Pack {
    for i in 0..LANES {
        sum[i] = if fused { x.mul_add(pack[i], sum[i]) } else { sum[i] + x * pack[i] };
    }
    sum
}

/// sum + x · pack, in one instruction for every four numbers.
#[cfg(feature = "relaxed")]
#[inline]
#[target_feature(enable = "relaxed-simd")]
pub(crate) fn added(_: bool, sum: Pack, x: f32, pack: &Pack) -> Pack {
    use std::arch::wasm32::{f32x4, f32x4_extract_lane, f32x4_relaxed_madd, f32x4_splat};
    let half = |p: &Pack, i: usize| f32x4(p[i], p[i + 1], p[i + 2], p[i + 3]);
    let x = f32x4_splat(x);
    let (low, high) =
        (f32x4_relaxed_madd(x, half(pack, 0), half(&sum, 0)), f32x4_relaxed_madd(x, half(pack, 4), half(&sum, 4)));
    let mut out = [0.0; LANES];
    out[0] = f32x4_extract_lane::<0>(low);
    out[1] = f32x4_extract_lane::<1>(low);
    out[2] = f32x4_extract_lane::<2>(low);
    out[3] = f32x4_extract_lane::<3>(low);
    out[4] = f32x4_extract_lane::<0>(high);
    out[5] = f32x4_extract_lane::<1>(high);
    out[6] = f32x4_extract_lane::<2>(high);
    out[7] = f32x4_extract_lane::<3>(high);
    out
}

/// sum += pack.
#[inline(always)]
pub(crate) fn add(sum: &mut Pack, pack: &Pack) {
    for i in 0..LANES {
        sum[i] += pack[i];
    }
}
