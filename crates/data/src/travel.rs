//! A small recording in a link: rounded, packed, compressed, and written in letters that a URL may hold.
//!
//! Every column is rounded to whole numbers of a power of two, coarsely where else the link would be too long; what is rounded
//! once stays the same however often it is sent on. Second differences of a smooth motion are small numbers, which postcard
//! writes in a byte or two and DEFLATE makes smaller still. Reading is total: any text gives a sound recording or an error,
//! and no text makes it take more than [`MAX_UNPACKED`] bytes.

use crate::recording::{Quantity, Recording, Source, Trial, Unsound};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use language::tr;
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};
use serde::{Deserialize, Serialize};

/// Longest text, in characters.
pub const MAX_TEXT: usize = 4096;
/// Most bytes that a text is unpacked to.
pub const MAX_UNPACKED: usize = 1 << 20;
/// Longer recordings do not fit however coarse: they are not tried.
const MAX_TRAVELLING_ROWS: usize = 8192;
/// Journeys after which a rounded recording no longer changes.
const MOST_JOURNEYS: usize = 8;
/// Bits of the largest q and p that are kept, finest first: the first is far finer than the noise of a sensor, the last still finer than most.
const BITS: [i32; 4] = [14, 13, 12, 11];
/// Bits of the usual step of time that are kept.
const TIME_BITS: i32 = 12;
/// The largest exponent of a rounding step that is read: 2⁴⁰ is beyond every value, 2⁻⁶⁰ below every difference.
const EXPONENTS: std::ops::RangeInclusive<i8> = -60..=40;

/// Why a text is no recording.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TravelError {
    /// More than [`MAX_TEXT`] characters.
    #[error(
        "{}",
        tr!("The recording in the link has {characters} characters; at most {most} are read.", characters = .0, most = MAX_TEXT)
    )]
    TooLong(usize),
    /// Not base64, not compressed, or not a recording.
    #[error("{}", tr!("The recording in the link is damaged."))]
    Damaged,
    /// A recording with impossible content.
    #[error("{}", tr!("The recording in the link cannot be used: {why}.", why = .0))]
    Unsound(#[from] Unsound),
}

/// A recording in whole numbers. The order of fields is the format.
#[derive(Serialize, Deserialize)]
struct Packed {
    name: String,
    source: Source,
    quantities: [Quantity; 3],
    /// The rounding steps of time, q and p are two to the power of these.
    exponents: [i8; 3],
    trials: Vec<PackedTrial>,
}

/// Second differences of the rounded time, q and p.
#[derive(Serialize, Deserialize)]
struct PackedTrial([Vec<i64>; 3]);

/// The recording as text for a link, or nothing where it is too long for one.
pub fn to_link(recording: &Recording) -> Option<String> {
    if recording.rows() > MAX_TRAVELLING_ROWS {
        return None;
    }
    BITS.iter().find_map(|bits| {
        let text = written(recording, *bits)?;
        // Times that were almost the same may have become the same.
        from_link(&text).is_ok().then_some(text)
    })
}

/// The recording of a text that [`to_link`] wrote.
pub fn from_link(text: &str) -> Result<Recording, TravelError> {
    if text.len() > MAX_TEXT {
        return Err(TravelError::TooLong(text.chars().count()));
    }
    let compressed = URL_SAFE_NO_PAD.decode(text).map_err(|_| TravelError::Damaged)?;
    let bytes = decompress_to_vec_with_limit(&compressed, MAX_UNPACKED).map_err(|_| TravelError::Damaged)?;
    let packed: Packed = postcard::from_bytes(&bytes).map_err(|_| TravelError::Damaged)?;
    if packed.exponents.iter().any(|exponent| !EXPONENTS.contains(exponent)) {
        return Err(TravelError::Damaged);
    }
    let [time_step, q_step, p_step] = packed.exponents.map(|exponent| f64::from(exponent).exp2());
    let trial = |PackedTrial([times, q, p]): PackedTrial| Trial {
        times: unrounded(&times, time_step),
        q: unrounded(&q, q_step),
        p: unrounded(&p, p_step),
    };
    let [time, q, p] = packed.quantities;
    let trials = packed.trials.into_iter().map(trial).collect();
    let recording = Recording { name: packed.name, source: packed.source, trials, time, q, p };
    recording.check()?;
    Ok(recording)
}

/// A recording as it is after travelling in links, if it fits one: whoever opens the link sees the same numbers. Rounding can
/// change the step of the next rounding, so it goes on until nothing changes.
pub fn settled(mut recording: Recording) -> Recording {
    for _ in 0..MOST_JOURNEYS {
        match to_link(&recording).and_then(|text| from_link(&text).ok()) {
            Some(next) if next != recording => recording = next,
            _ => break,
        }
    }
    recording
}

/// With so many bits for q and p; nothing where that is too long.
fn written(recording: &Recording, bits: i32) -> Option<String> {
    let range = |column: fn(&Trial) -> &Vec<f64>| {
        recording.trials.iter().flat_map(column).fold(0.0, |most: f64, value| most.max(value.abs()))
    };
    let exponents = [
        exponent(recording.median_step(), TIME_BITS),
        exponent(range(|trial| &trial.q), bits),
        exponent(range(|trial| &trial.p), bits),
    ];
    let [time_step, q_step, p_step] = exponents.map(|exponent| f64::from(exponent).exp2());
    let trial = |trial: &Trial| {
        PackedTrial([rounded(&trial.times, time_step), rounded(&trial.q, q_step), rounded(&trial.p, p_step)])
    };
    let packed = Packed {
        name: recording.name.clone(),
        source: recording.source,
        quantities: [recording.time.clone(), recording.q.clone(), recording.p.clone()],
        exponents,
        trials: recording.trials.iter().map(trial).collect(),
    };
    let bytes = postcard::to_allocvec(&packed).ok()?;
    let text = URL_SAFE_NO_PAD.encode(compress_to_vec(&bytes, 9));
    (text.len() <= MAX_TEXT).then_some(text)
}

/// The exponent of the power of two that divides `size` into about 2^bits parts.
fn exponent(size: f64, bits: i32) -> i8 {
    let exponent = size.max(f64::MIN_POSITIVE).log2().floor() as i32 - bits;
    exponent.clamp(i32::from(*EXPONENTS.start()), i32::from(*EXPONENTS.end())) as i8
}

/// Second differences of whole numbers of `step`; the first two entries start them off.
fn rounded(values: &[f64], step: f64) -> Vec<i64> {
    let mut differences: Vec<i64> = values.iter().map(|value| (value / step).round() as i64).collect();
    for _ in 0..2 {
        for i in (1..differences.len()).rev() {
            differences[i] = differences[i].wrapping_sub(differences[i - 1]);
        }
    }
    differences
}

/// The values of second differences. Sums that overflow give some number; whether it can be one is asked afterwards.
fn unrounded(differences: &[i64], step: f64) -> Vec<f64> {
    let mut whole = differences.to_vec();
    for _ in 0..2 {
        for i in 1..whole.len() {
            whole[i] = whole[i].wrapping_add(whole[i - 1]);
        }
    }
    whole.into_iter().map(|value| value as f64 * step).collect()
}
