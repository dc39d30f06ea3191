//! How large a file, a table and a recording may be.

use language::{fixed, tr};

/// Largest file that is read, in bytes.
pub const MAX_BYTES: usize = 20_000_000;
/// Most rows that are read.
pub const MAX_ROWS: usize = 100_000;
/// Most columns that are read.
pub const MAX_COLUMNS: usize = 256;
/// Longest line that is read, in bytes: a row of 256 numbers has a twentieth of it.
pub const MAX_LINE: usize = 100_000;
/// Fewest rows that anything can be learned from: less than one swing of most recordings.
pub const MIN_ROWS: usize = 20;
/// Fewest rows of one trial: a parabola goes through three.
pub const MIN_TRIAL_ROWS: usize = 3;
/// Larger values are mistakes of a sensor or of a spreadsheet, not motions.
pub const MAX_VALUE: f64 = 1e6;
/// Longest name, in characters.
pub const MAX_NAME: usize = 60;

/// Why a file of so many bytes is not read.
pub fn too_large(bytes: usize) -> String {
    tr!(
        "The file has {size} MB; at most {most} MB are read.",
        size = fixed(bytes as f64 / 1e6, 1),
        most = MAX_BYTES / 1_000_000
    )
}

/// A finite number within [`MAX_VALUE`].
pub fn is_usual(value: f64) -> bool {
    value.abs() <= MAX_VALUE
}

/// The first characters of a text that can be shown, with … where some are missing: at most `most` in all.
pub fn shortened(text: &str, most: usize) -> String {
    let shown: Vec<char> = text.chars().filter(|c| !c.is_control()).take(most + 1).collect();
    if shown.len() <= most { shown.into_iter().collect() } else { shown[..most - 1].iter().chain(&['…']).collect() }
}
