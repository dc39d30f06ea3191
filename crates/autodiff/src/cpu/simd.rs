//! Loops compiled for the vectors of this processor.
//!
//! In WebAssembly these are known when the file is built. Elsewhere a loop is compiled for several processors and the right
//! one is chosen when it runs; those with wide vectors also multiply and add in one instruction.

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

/// sum + x · pack.
#[inline(always)]
pub(crate) fn added(vectors: Vectors, mut sum: Pack, x: f32, pack: &Pack) -> Pack {
    // In WebAssembly this is an argument that the compiler does not see through, and there is no such instruction.
    let fused = vectors.fused && cfg!(not(target_arch = "wasm32"));
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
