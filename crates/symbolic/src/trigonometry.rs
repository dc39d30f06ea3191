//! Sine and cosine of a block of numbers at once, the same to the last digit on every machine.
//!
//! A standard library's cosine takes one number at a time and differs between a browser and a desktop, so that a search with
//! `cos` would be slow, and another one elsewhere. Here the argument is reduced to |r| ≤ π/2 around a multiple of π (Cody and
//! Waite 1980: π/2 in three parts whose products with the multiple are exact) and Taylor's series is summed, without a
//! branch: a loop over a block becomes SIMD instructions. Errors stay below 4 · 10⁻¹⁶.

use crate::data::Block;
use std::f64::consts::FRAC_1_PI;

/// Arguments up to this size are reduced here; a block with a larger one, or with one that is not finite, goes to the standard
/// library. Twice the multiple then has at most 20 bits.
const LARGEST: f64 = 1e6;

/// 1.5 · 2⁵²: what is added to it is rounded to a whole number.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// π/2 in three parts: the first two have 33 bits, so that a multiple of them is exact.
const PARTS: [f64; 3] = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21];

/// 1/1!, −1/3!, 1/5!, … to the 23rd power: the next term, (π/2)²⁵/25!, is 10⁻²⁰.
const SERIES: [f64; 12] = [
    1.0,
    -1.0 / 6.0,
    1.0 / 120.0,
    -1.0 / 5_040.0,
    1.0 / 362_880.0,
    -1.0 / 39_916_800.0,
    1.0 / 6_227_020_800.0,
    -1.0 / 1_307_674_368_000.0,
    1.0 / 355_687_428_096_000.0,
    -1.0 / 121_645_100_408_832_000.0,
    1.0 / 51_090_942_171_709_440_000.0,
    -1.0 / 25_852_016_738_884_976_640_000.0,
];

/// The sines of a block.
pub fn sines(block: &mut Block) {
    if small(block) {
        block.iter_mut().for_each(|x| *x = shifted(*x, 0.0));
    } else {
        block.iter_mut().for_each(|x| *x = x.sin());
    }
}

/// The cosines of a block: sines, half of π on.
pub fn cosines(block: &mut Block) {
    if small(block) {
        block.iter_mut().for_each(|x| *x = shifted(*x, 0.5));
    } else {
        block.iter_mut().for_each(|x| *x = x.cos());
    }
}

/// False also where something is not a number.
fn small(block: &Block) -> bool {
    block.iter().fold(true, |all, x| all & (x.abs() <= LARGEST))
}

/// sin(x + shift · π), for |x| up to [`LARGEST`] and a shift of 0 or ½.
#[inline(always)]
fn shifted(x: f64, shift: f64) -> f64 {
    let turns = (x * FRAC_1_PI + shift + ROUNDER) - ROUNDER;
    let multiple = 2.0 * (turns - shift);
    let r = ((x - multiple * PARTS[0]) - multiple * PARTS[1]) - multiple * PARTS[2];
    let square = r * r;
    let sine = r * SERIES.iter().rev().fold(0.0, |sum, c| sum * square + c);
    // Odd half turns change the sign. Exact, and without a branch.
    let even = (turns * 0.5 + ROUNDER) - ROUNDER;
    sine * (1.0 - 2.0 * (turns - 2.0 * even).abs())
}
