//! Functions of each number, over packs.
//!
//! tanh and the exponential are spelled out because the mathematical library computes them one number at a time: here every
//! operation is one that SIMD has.

use crate::cpu::layout::{LANES, Pack};
use crate::cpu::simd::multiply_add;
use crate::unary::Unary;

/// f of each number. Written to a local pack: through a reference this loop is compiled to scalar code.
#[inline(always)]
fn each(mut pack: Pack, of: impl Fn(f32) -> f32) -> Pack {
    for number in &mut pack {
        *number = of(*number);
    }
    pack
}

/// f of each pair of numbers.
#[inline(always)]
fn both(mut x: Pack, y: &Pack, of: impl Fn(f32, f32) -> f32) -> Pack {
    for i in 0..LANES {
        x[i] = of(x[i], y[i]);
    }
    x
}

/// out = f(x).
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn map(x: &[Pack], out: &mut [Pack], of: impl Fn(f32) -> f32) {
    for (x, out) in x.iter().zip(out) {
        *out = each(*x, &of);
    }
}

/// x = f(x).
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn map_in_place(x: &mut [Pack], of: impl Fn(f32) -> f32) {
    for x in x {
        *x = each(*x, &of);
    }
}

/// out = f(x, y).
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn zip(x: &[Pack], y: &[Pack], out: &mut [Pack], of: impl Fn(f32, f32) -> f32) {
    for ((x, y), out) in x.iter().zip(y).zip(out) {
        *out = both(*x, y, &of);
    }
}

/// x = f(x, y).
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn zip_in_place(x: &mut [Pack], y: &[Pack], of: impl Fn(f32, f32) -> f32) {
    for (x, y) in x.iter_mut().zip(y) {
        *x = both(*x, y, &of);
    }
}

/// out = function(x); x is `out` itself where none is given.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn unary(function: Unary, x: Option<&[Pack]>, out: &mut [Pack]) {
    macro_rules! apply {
        ($of:expr) => {
            match x {
                Some(x) => map(x, out, $of),
                None => map_in_place(out, $of),
            }
        };
    }
    // These are long: they are there once, and copying first takes little beside them.
    macro_rules! apply_packs {
        ($of:expr) => {{
            if let Some(x) = x {
                out.copy_from_slice(x);
            }
            for x in out {
                *x = $of(*x);
            }
        }};
    }
    match function {
        Unary::Tanh => apply_packs!(tanh),
        Unary::Sigmoid => apply_packs!(sigmoid),
        Unary::Softplus => apply_packs!(softplus),
        Unary::Exp => apply_packs!(exp),
        Unary::Ln => apply!(f32::ln),
        Unary::Sqrt => apply!(f32::sqrt),
        Unary::Reciprocal => apply!(|x| 1.0 / x),
        // Not `max`, which would turn a NaN into 0: training must see it.
        Unary::Relu => apply!(|x| if x < 0.0 { 0.0 } else { x }),
        Unary::Step => apply!(|x| if x > 0.0 { 1.0 } else { 0.0 }),
        Unary::Abs => apply!(f32::abs),
        Unary::Sign => apply!(|x| if x > 0.0 {
            1.0
        } else if x < 0.0 {
            -1.0
        } else {
            0.0
        }),
        Unary::Sine => apply!(f32::sin),
        Unary::Cosine => apply!(f32::cos),
    }
}

/// Beyond this tanh is ±1 in `f32`.
const SATURATED: f32 = 9.1;
/// Beyond this eˣ leaves the normal numbers of `f32`.
const LARGEST_EXPONENT: f32 = 87.3;
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

/// 1.5 · 2²³: a number far below that which is added to it is rounded to a whole one, ties to even, and lies in the lowest bits.
const ROUNDING: f32 = 12_582_912.0;

/// The nearest whole number n and 2ⁿ, |x| ≤ 126. Conversions to integers would be checked for their range, one number at a time.
#[inline(always)]
fn whole_and_power(x: f32) -> (f32, f32) {
    let rounded = x + ROUNDING;
    // 2ⁿ is the number whose exponent bits are n + 127.
    (rounded - ROUNDING, f32::from_bits((rounded.to_bits() << 23).wrapping_add(127 << 23)))
}

/// c₀ + c₁x + c₂x² + …
#[inline(always)]
fn polynomial<const N: usize>(coefficients: [f32; N], x: &Pack) -> Pack {
    let mut sum = [coefficients[N - 1]; LANES];
    for c in coefficients[..N - 1].iter().rev() {
        sum = multiply_add(&sum, x, &[*c; LANES]);
    }
    sum
}

/// 2ˣ as a power of two times a polynomial, |x| ≤ 126.
#[inline(always)]
fn power_of_two(x: Pack) -> Pack {
    let whole = each(x, |x| whole_and_power(x).0);
    let scale = each(x, |x| whole_and_power(x).1);
    both(polynomial(POWERS, &both(x, &whole, |x, whole| x - whole)), &scale, |sum, scale| sum * scale)
}

/// x between ±limit; a NaN passes through, since training must see it.
#[inline(always)]
fn limited(x: f32, limit: f32) -> f32 {
    let x = if x > limit { limit } else { x };
    if x < -limit { -limit } else { x }
}

/// tanh(x) = (e²ˣ − 1)/(e²ˣ + 1) to 2e-7.
#[inline(always)]
fn tanh(x: Pack) -> Pack {
    let exponential = power_of_two(each(x, |x| limited(x, SATURATED) * (2.0 * std::f32::consts::LOG2_E)));
    each(exponential, |exponential| (exponential - 1.0) / (exponential + 1.0))
}

/// 1/(1 + e⁻ˣ).
#[inline(always)]
fn sigmoid(x: Pack) -> Pack {
    each(tanh(each(x, |x| 0.5 * x)), |tanh| 0.5 + 0.5 * tanh)
}

/// eˣ to 1e-6 of itself, with |x| at most 87.3.
#[inline(always)]
fn exp(x: Pack) -> Pack {
    let x = each(x, |x| limited(x, LARGEST_EXPONENT));
    // e^x = 2^(x log₂e); the product is split so that large x keep their digits.
    let whole = each(x, |x| whole_and_power(x * std::f32::consts::LOG2_E).0);
    let scale = each(x, |x| whole_and_power(x * std::f32::consts::LOG2_E).1);
    let rest = both(x, &whole, |x, whole| (x - whole * 0.693_359_4) + whole * 2.121_944_4e-4);
    both(power_of_two(each(rest, |rest| rest * std::f32::consts::LOG2_E)), &scale, |power, scale| power * scale)
}

/// Coefficients of artanh(s)/s by powers of s².
const AREA_TANGENT: [f32; 8] = [1.0, 1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 9.0, 1.0 / 11.0, 1.0 / 13.0, 1.0 / 15.0];

/// ln(1 + eˣ) to 1e-7, as max(x, 0) + ln(1 + u) with u = e^−|x|.
#[inline(always)]
fn softplus(x: Pack) -> Pack {
    let u = exp(each(x, |x| -x.abs()));
    // ln(1 + u) = 2 artanh(u/(2 + u)), whose series needs few terms up to a third.
    let s = each(u, |u| u / (2.0 + u));
    let series = polynomial(AREA_TANGENT, &each(s, |s| s * s));
    let logarithm = both(s, &series, |s, series| 2.0 * s * series);
    both(x, &logarithm, |x, logarithm| (if x < 0.0 { 0.0 } else { x }) + logarithm)
}

#[cfg(test)]
mod tests {
    use crate::cpu::layout::{LANES, Pack};

    fn of(function: impl Fn(Pack) -> Pack, x: f32) -> f32 {
        function([x; LANES])[0]
    }

    fn softplus(x: f32) -> f32 {
        of(super::softplus, x)
    }

    fn tanh(x: f32) -> f32 {
        of(super::tanh, x)
    }

    fn exp(x: f32) -> f32 {
        of(super::exp, x)
    }

    #[test]
    fn softplus_is_that_of_the_mathematical_library() {
        for i in -30_000..=30_000 {
            let x = i as f32 * 1e-3;
            let exact = f64::from(x).max(0.0) + (-f64::from(x).abs()).exp().ln_1p();
            let off = (f64::from(softplus(x)) - exact).abs();
            assert!(off < 2e-7 * exact.max(1.0), "{x}: {off:e}");
        }
        assert!(softplus(f32::NAN).is_nan());
    }

    #[test]
    fn tanh_is_that_of_the_mathematical_library() {
        for i in -200_000..=200_000 {
            let x = i as f32 * 1e-4;
            assert!((f64::from(tanh(x)) - f64::from(x).tanh()).abs() < 2e-7, "{x}");
        }
        assert!(tanh(f32::NAN).is_nan());
        assert_eq!((tanh(f32::INFINITY), tanh(f32::NEG_INFINITY)), (1.0, -1.0));
    }

    #[test]
    fn the_exponential_is_that_of_the_mathematical_library() {
        for i in -87_000..=87_000 {
            let x = i as f32 * 1e-3;
            assert!((f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs() < 1e-6, "{x}");
        }
        assert!(exp(f32::NAN).is_nan() && exp(1e9).is_finite());
    }
}
