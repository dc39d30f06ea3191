//! Bytes made worse, by a stream of random numbers.

use numerics::seed::{Purpose, Seed};
use rand::RngExt;
use rand::seq::IndexedRandom;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Numbers by which all chance is decided.
pub type Chance = rand_chacha::ChaCha8Rng;

/// The stream of a test.
pub fn chance(test: u32) -> Chance {
    let seed = env::var("ORRERY_FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    Seed(seed).stream_of(Purpose::Sweep, test)
}

/// So many cases, or as many times that as ORRERY_FUZZ says.
pub fn cases(usual: usize) -> usize {
    let times = env::var("ORRERY_FUZZ").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    usual * times
}

/// Calls a test with a case, and shows the case where it panics.
pub fn survives<R>(case: &[u8], what: &str, test: impl FnOnce() -> R) -> R {
    catch_unwind(AssertUnwindSafe(test)).unwrap_or_else(|_| {
        let shown: String = case.iter().take(4096).map(|byte| format!("{byte:02x}")).collect();
        panic!("{what} panicked, see above; the case, of {} bytes: {shown}", case.len())
    })
}

/// A copy with one to four changes: bits, bytes, cuts, insertions, repetitions, numbers that are far too large.
pub fn mutated(chance: &mut Chance, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..chance.random_range(1..=4) {
        let at = chance.random_range(0..=bytes.len());
        let to = (at + chance.random_range(0..16)).min(bytes.len());
        match chance.random_range(0..8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.random_range(0..8),
            1 if at < bytes.len() => bytes[at] = *[0, 1, 0x7f, 0x80, 0xff].choose(chance).unwrap_or(&0),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..to)),
            4 => {
                let fresh: Vec<u8> = (at..to).map(|_| chance.random()).collect();
                bytes.splice(at..at, fresh);
            }
            5 => {
                let again = bytes[at..to].to_vec();
                let place = chance.random_range(0..=bytes.len());
                bytes.splice(place..place, again);
            }
            // The largest number as postcard writes it, in the place of some bytes or between two.
            6 => drop(bytes.splice(at..to, [[0xff; 9].as_slice(), &[1]].concat())),
            // Four or eight bytes that are not a number, or infinite.
            _ => {
                let float: &[u8] = if chance.random() { &f32::NAN.to_le_bytes() } else { &f64::INFINITY.to_le_bytes() };
                let end = (at + float.len()).min(bytes.len());
                bytes.splice(at..end, float.iter().copied());
            }
        }
    }
    bytes
}
