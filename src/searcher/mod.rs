//! A searcher: one island of formulas behind messages.
//!
//! [`sheet`] makes a table of whatever the page sends, [`hunt`] searches it a few milliseconds at a time and prints what it
//! finds. Both are plain Rust; only [`serve`] knows the browser. No Burn here: this is a small Wasm file of its own.

pub mod sheet;

pub mod hunt;

#[cfg(feature = "search")]
pub mod serve;
