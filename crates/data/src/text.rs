//! From the bytes of a file to text with one kind of line ending, so that line numbers are those of an editor.
//!
//! Measuring programs on Windows write UTF-16 with a mark in front, or Latin-1 with its one-byte degree sign; both are read.
//! What has control characters in it is no text.

use crate::error::ReadError;
use crate::limits::MAX_BYTES;
use serde::{Deserialize, Serialize};

/// How the characters were stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, with a byte order mark or plainly so.
    Utf16,
    /// One byte a character (ISO 8859-1), assumed where UTF-8 fails.
    Latin1,
}

impl Encoding {
    /// What the field calls it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 => "UTF-16",
            Encoding::Latin1 => "Latin-1",
        }
    }
}

/// The text of a file with `\n` for every line ending, and how it was stored.
///
/// Fails on an empty file, one above [`MAX_BYTES`], and one that is no text.
pub fn decode(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    let (text, encoding) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (from_utf16(rest, u16::from_le_bytes), Encoding::Utf16),
        [0xFE, 0xFF, rest @ ..] => (from_utf16(rest, u16::from_be_bytes), Encoding::Utf16),
        [0xEF, 0xBB, 0xBF, rest @ ..] => from_bytes(rest),
        _ if zeros(bytes, 1) => (from_utf16(bytes, u16::from_le_bytes), Encoding::Utf16),
        _ if zeros(bytes, 0) => (from_utf16(bytes, u16::from_be_bytes), Encoding::Utf16),
        _ => from_bytes(bytes),
    };
    // No measuring program writes these; compressed files, pictures and spreadsheets are full of them.
    if text.chars().any(|c| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c')) {
        return Err(ReadError::Binary);
    }
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    if text.trim().is_empty() { Err(ReadError::Empty) } else { Ok((text, encoding)) }
}

/// Whether every second byte from `first` on is 0, and no other: UTF-16 that has lost its mark.
fn zeros(bytes: &[u8], first: usize) -> bool {
    let start = &bytes[..bytes.len().min(200)];
    start.len() > 3 && start.iter().enumerate().all(|(i, byte)| (*byte == 0) == (i % 2 == first))
}

fn from_bytes(bytes: &[u8]) -> (String, Encoding) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        Err(_) => (bytes.iter().map(|byte| char::from(*byte)).collect(), Encoding::Latin1),
    }
}

/// An odd byte at the end is dropped, half a character becomes the replacement character.
fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
