//! An activation with its first two derivatives, over packs.
//!
//! tanh is spelled out because the mathematical library computes it one number at a time: here every operation is one that
//! SIMD has.

use crate::field::activation::Activation;
use crate::kernel::block::{LANES, Pack};

/// Replaces z by σ(z), and writes σ′(z) and, where it is wanted, σ″(z).
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub fn apply(kind: Activation, z: &mut [Pack], slopes: &mut [Pack], curvatures: &mut [Pack]) {
    match kind {
        Activation::Tanh => each(z, slopes, curvatures, |z| {
            let h = tanh(z);
            let slope = 1.0 - h * h;
            (h, slope, -2.0 * h * slope)
        }),
        Activation::Softplus => each(z, slopes, curvatures, |z| {
            let slope = 1.0 / (1.0 + (-z).exp());
            (z.max(0.0) + (-z.abs()).exp().ln_1p(), slope, slope * (1.0 - slope))
        }),
        Activation::Sine => each(z, slopes, curvatures, |z| {
            let (sin, cos) = z.sin_cos();
            (sin, cos, -sin)
        }),
    }
}

#[inline(always)]
fn each(z: &mut [Pack], slopes: &mut [Pack], curvatures: &mut [Pack], of: impl Fn(f32) -> (f32, f32, f32)) {
    for ((z, slope), curvature) in z.iter_mut().zip(slopes).zip(curvatures) {
        // On copies: written through the references this loop is compiled to scalar code.
        let (mut h, mut first, mut second) = (*z, [0.0; LANES], [0.0; LANES]);
        for i in 0..LANES {
            (h[i], first[i], second[i]) = of(h[i]);
        }
        (*z, *slope, *curvature) = (h, first, second);
    }
}

/// Beyond this tanh is ±1 in `f32`.
const SATURATED: f32 = 9.1;
/// Coefficients of 2ˣ around 0, (ln 2)ⁿ/n!: below 6e-9 off on [−½, ½].
const POWERS: [f32; 8] = [
    1.0,
    std::f32::consts::LN_2,
    0.240_226_5,
    0.055_504_11,
    0.009_618_129,
    1.333_355_8e-3,
    1.540_353e-4,
    1.525_273_4e-5,
];

/// tanh(x) = (e²ˣ − 1)/(e²ˣ + 1) to 2e-7, with e²ˣ as a power of two times a polynomial.
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    // A NaN passes through: training must see it.
    let x = if x > SATURATED { SATURATED } else { x };
    let x = if x < -SATURATED { -SATURATED } else { x };
    let twos = x * (2.0 * std::f32::consts::LOG2_E);
    let whole = twos.round_ties_even();
    let part = twos - whole;
    let power = POWERS.iter().rev().fold(0.0, |sum, c| sum * part + c);
    // 2ⁿ is the number whose exponent bits are n + 127.
    let exponential = power * f32::from_bits(((whole as i32 + 127) << 23) as u32);
    (exponential - 1.0) / (exponential + 1.0)
}

#[cfg(test)]
mod tests {
    use super::tanh;

    #[test]
    fn tanh_is_that_of_the_mathematical_library() {
        for i in -200_000..=200_000 {
            let x = i as f32 * 1e-4;
            assert!((f64::from(tanh(x)) - f64::from(x).tanh()).abs() < 2e-7, "{x}");
        }
        assert!(tanh(f32::NAN).is_nan());
        assert_eq!((tanh(f32::INFINITY), tanh(f32::NEG_INFINITY)), (1.0, -1.0));
    }
}
