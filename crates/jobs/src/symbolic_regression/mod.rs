//! The search for formulas, carried out: one island, tables in, printed laws out.
//!
//! [`sheet`] makes a table of whatever the page sends, [`session`] searches it and prints what it finds, [`table`] only tells
//! which columns there are. No Burn here: that is a small Wasm file of its own.

pub mod sheet;

pub mod laws;
pub mod session;

pub mod table;
