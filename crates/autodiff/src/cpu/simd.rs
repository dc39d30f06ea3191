//! Loops compiled for the vectors of this processor.
//!
//! In WebAssembly these are known when the file is built. Elsewhere a loop is compiled for several processors and the right
//! one is chosen when it runs; those with wide vectors also multiply and add in one instruction.

use crate::cpu::layout::{LANES, Pack};

/// Runs a body with a flag: whether a fused multiply-add may be used.
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
#[inline(always)]
pub(crate) fn added(fused: bool, mut sum: Pack, x: f32, pack: &Pack) -> Pack {
    // In WebAssembly `fused` is an argument that the compiler does not see through, and there is no such instruction.
    let fused = fused && cfg!(not(target_arch = "wasm32"));
    for i in 0..LANES {
        sum[i] = if fused { x.mul_add(pack[i], sum[i]) } else { sum[i] + x * pack[i] };
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
