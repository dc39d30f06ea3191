//! A searcher: one island of formulas behind messages.
//!
//! [`sheet`] makes a table of whatever the page sends, [`hunt`] searches it a few milliseconds at a time and prints what it
//! finds. Both are plain Rust, and a worker is built around them. No Burn here: that is a small Wasm file of its own.

pub mod sheet;

pub mod hunt;
